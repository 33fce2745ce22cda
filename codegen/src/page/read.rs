//! The way through a page: its sections one by one, and apart from them its operations where it has a section for each of
//! several, and the types that have sections of their own.

use std::borrow::Cow;
use std::mem;
use std::ops::Range;
use std::sync::Arc;

use super::context::Context;
use super::divided::Division;
use super::front_matter;
use super::links::page_links;
use super::reader::Reader;
use super::resource::named_type;
use super::section::{Section, SectionKind, sections};
use super::type_sections;
use super::undescribed;
use super::{Page, PageLink};
use crate::markdown::{self, Document};
use crate::source::Span;

/// Reads the page of a context, and by themselves its operations where it has a section for each of several, and its
/// types that have sections of their own.
pub(super) fn read<'a>(cx: &mut Context<'a>) -> (Page<'a>, Vec<Page<'a>>) {
    let text = cx.file.text.as_str();
    let (front, start) = front_matter::parse(text);
    let document = markdown::parse(text, start);
    let sections = sections(&document);
    let of_page = OfPage::new(&document, &sections);
    let title = of_page.title();
    let title = title.unwrap_or_else(|| {
        let title = front.get("title").unwrap_or_default();
        (Cow::Borrowed(title), Span::default())
    });
    let mut rest = of_page.rest(cx, title);
    let mut parts = of_page.operations(cx);
    parts.extend(of_page.types(cx));
    // The annotation of the page stands at its end, and is about all of it.
    for reader in &mut parts {
        let annotation = mem::take(&mut reader.page.annotation);
        rest.page.annotation.add(annotation);
    }
    let description = &mut rest.page.description;
    if description.is_empty() {
        *description = Cow::Borrowed(front.get("description").unwrap_or_default());
    }
    let page = rest.finish(cx);
    if parts.is_empty() {
        undescribed::report(cx, &page);
    }
    let finish = |mut reader: Reader<'a>| {
        let own = reader.page.namespace.take();
        reader.page.namespace = own.or_else(|| page.namespace.clone());
        reader.page.annotation.namespace = page.annotation.namespace.clone();
        reader.finish(cx)
    };
    let parts = parts.into_iter().map(finish).collect();
    (page, parts)
}

/// The sections of a page, and what each is about.
struct OfPage<'d, 'a> {
    document: &'d Document<'a>,
    sections: &'d [Section<'a>],
    division: Division,
    /// The sections of each type that has some of its own. One within another comes behind it.
    types: Vec<Range<usize>>,
    /// The index of the type that each section is about.
    type_of: Vec<Option<usize>>,
    links: Arc<Vec<PageLink<'a>>>,
}

impl<'d, 'a> OfPage<'d, 'a> {
    fn new(document: &'d Document<'a>, sections: &'d [Section<'a>]) -> Self {
        let types = type_sections::of(document, sections);
        let mut type_of = vec![None; sections.len()];
        for (index, it) in types.iter().enumerate() {
            type_of[it.clone()].fill(Some(index));
        }
        Self {
            document,
            sections,
            division: Division::of(document, sections),
            types,
            type_of,
            links: Arc::new(page_links(document)),
        }
    }

    /// The title of the page and its place.
    fn title(&self) -> Option<(Cow<'a, str>, Span)> {
        let is_heading = |section: &&Section<'_>| section.kind == SectionKind::Other;
        let title = self.sections.iter().find(|section| section.is_title());
        let title = title.or_else(|| self.sections.iter().find(is_heading))?;
        Some((title.title.clone(), title.span))
    }

    /// Reads what is about the page as a whole.
    fn rest(&self, cx: &mut Context<'a>, (title, span): (Cow<'a, str>, Span)) -> Reader<'a> {
        let mut reader = Reader::new(cx, title, span, Arc::clone(&self.links));
        reader.look_ahead(self.sections);
        // A page titled *Get object* has its request below a heading of the next level.
        let is_request = |it: &Section<'_>| it.kind == SectionKind::HttpRequest && it.level() == 2;
        let has_request = self.sections.iter().any(is_request);
        for at in self.division.rest(self.sections.len()) {
            let section = &self.sections[at];
            if !has_request && is_type(self.document, section) {
                self.section(cx, &mut reader, at, &section.as_type());
            } else if section.route.is_some() && section.kind == SectionKind::Other {
                self.section(cx, &mut reader, at, &section.as_title());
            } else {
                self.section(cx, &mut reader, at, section);
            }
        }
        reader
    }

    /// Reads the operations that have sections of their own, each with what is about all of them.
    fn operations(&self, cx: &mut Context<'a>) -> Vec<Reader<'a>> {
        let mut readers: Vec<Reader<'a>> = Vec::new();
        for operation in &self.division.operations {
            let title = &self.sections[operation.start];
            let mut reader = self.part(cx, title);
            let counted = cx.accounting;
            for &at in &self.division.shared {
                self.section(cx, &mut reader, at, &self.sections[at]);
            }
            // What is about all operations is counted with the first.
            if !readers.is_empty() {
                reader.shares_answer = !reader.page.answer_rows.is_empty();
                cx.accounting = counted;
            }
            let below_title = operation.start + 1..operation.end;
            reader.look_ahead(&self.sections[below_title.clone()]);
            reader.section(cx, self.document, &title.as_title());
            for at in below_title {
                self.section(cx, &mut reader, at, &self.sections[at]);
            }
            readers.push(reader);
        }
        readers
    }

    /// Reads the types that have sections of their own.
    fn types(&self, cx: &mut Context<'a>) -> Vec<Reader<'a>> {
        let types = self.types.iter().enumerate().map(|(index, it)| {
            let title = &self.sections[it.start];
            let mut reader = self.part(cx, title);
            reader.section(cx, self.document, &title.as_type());
            for at in (it.start + 1..it.end).filter(|&at| self.type_of[at] == Some(index)) {
                reader.section(cx, self.document, &self.sections[at]);
            }
            reader
        });
        types.collect()
    }

    /// A reader of what has sections of its own.
    fn part(&self, cx: &mut Context<'a>, title: &Section<'a>) -> Reader<'a> {
        let links = Arc::clone(&self.links);
        let mut reader = Reader::new(cx, title.title.clone(), title.span, links);
        reader.page.is_section = true;
        reader
    }

    /// Reads a section, as what it is to be read as, unless it is one of a type.
    fn section(&self, cx: &mut Context<'a>, reader: &mut Reader<'a>, at: usize, it: &Section<'a>) {
        if self.type_of[at].is_none() {
            reader.section(cx, self.document, it);
        }
    }
}

/// Whether the title of a page calls it one of a type, and a table of what that has stands right below.
fn is_type(document: &Document<'_>, section: &Section<'_>) -> bool {
    section.is_title()
        && type_sections::has_table(document, section)
        && named_type(&section.title).is_some_and(|(_, is_called)| is_called)
}
