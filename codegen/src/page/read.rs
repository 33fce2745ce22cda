//! The way through a page: its sections one by one, and apart from them its operations where it has a section for each of
//! several, and the types that have sections of their own.

use std::borrow::Cow;
use std::mem;
use std::sync::Arc;

use super::Page;
use super::context::Context;
use super::divided::Division;
use super::front_matter;
use super::links::page_links;
use super::reader::Reader;
use super::resource::named_type;
use super::section::{Section, SectionKind, sections};
use super::{table, type_sections};
use crate::markdown::{self, BlockKind, Document};
use crate::source::Span;

/// Reads the page of a context, and by themselves its operations where it has a section for each of several, and its
/// types that have sections of their own.
pub(super) fn read<'a>(cx: &mut Context<'a>) -> (Page<'a>, Vec<Page<'a>>) {
    let text = cx.file.text.as_str();
    let (front, start) = front_matter::parse(text);
    let document = markdown::parse(text, start);
    let sections = sections(&document);
    let division = Division::of(&document, &sections);
    let types = type_sections::of(&document, &sections);
    // A type within another one comes behind it.
    let mut type_of = vec![None; sections.len()];
    for (index, it) in types.iter().enumerate() {
        type_of[it.clone()].fill(Some(index));
    }
    let is_of_type = |at: &usize| type_of[*at].is_some();
    let is_heading = |section: &&Section<'_>| section.kind == SectionKind::Other;
    let title = sections.iter().find(|section| section.is_title());
    let title = title.or_else(|| sections.iter().find(is_heading));
    let (title, span) = match title {
        Some(section) => (section.title.clone(), section.span),
        None => {
            let title = front.get("title").unwrap_or_default();
            (Cow::Borrowed(title), Span::default())
        }
    };
    let links = Arc::new(page_links(&document));
    let mut rest = Reader::new(cx, title, span, Arc::clone(&links));
    rest.look_ahead(&sections);
    // A page titled *Get object* has its request below a heading of the next level.
    let is_request = |it: &Section<'_>| it.kind == SectionKind::HttpRequest && it.level() == 2;
    let has_request = sections.iter().any(is_request);
    let rest_of_page = division.rest(sections.len());
    for at in rest_of_page.filter(|at| !is_of_type(at)) {
        match !has_request && is_type(&document, &sections[at]) {
            true => rest.section(cx, &document, &sections[at].as_type()),
            false => rest.section(cx, &document, &sections[at]),
        }
    }
    let mut operations: Vec<Reader<'a>> = Vec::new();
    for operation in division.operations {
        let title = &sections[operation.start];
        let links = Arc::clone(&links);
        let mut reader = Reader::new(cx, title.title.clone(), title.span, links);
        reader.page.is_section = true;
        let counted = cx.accounting;
        for &at in division.shared.iter().filter(|at| !is_of_type(at)) {
            reader.section(cx, &document, &sections[at]);
        }
        // What is about all operations is counted with the first.
        if !operations.is_empty() {
            cx.accounting = counted;
        }
        let below_title = operation.start + 1..operation.end;
        reader.look_ahead(&sections[below_title.clone()]);
        reader.section(cx, &document, &title.as_title());
        for at in below_title.filter(|at| !is_of_type(at)) {
            reader.section(cx, &document, &sections[at]);
        }
        operations.push(reader);
    }
    let types = types.into_iter().enumerate().map(|(index, it)| {
        let title = &sections[it.start];
        let mut reader = Reader::new(cx, title.title.clone(), title.span, Arc::clone(&links));
        reader.page.is_section = true;
        reader.section(cx, &document, &title.as_type());
        for at in (it.start + 1..it.end).filter(|&at| type_of[at] == Some(index)) {
            reader.section(cx, &document, &sections[at]);
        }
        reader
    });
    let mut parts = operations;
    parts.extend(types);
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
    let finish = |mut reader: Reader<'a>| {
        let own = reader.page.namespace.take();
        reader.page.namespace = own.or_else(|| page.namespace.clone());
        reader.page.annotation.namespace = page.annotation.namespace.clone();
        reader.finish(cx)
    };
    let parts = parts.into_iter().map(finish).collect();
    (page, parts)
}

/// Whether the title of a page calls it one of a type, and a table of what that has stands right below.
fn is_type(document: &Document<'_>, section: &Section<'_>) -> bool {
    let mut blocks = document.blocks[section.blocks.clone()].iter();
    section.is_title()
        && blocks.any(|block| match &block.kind {
            BlockKind::Table(table) => table::documents(document, table),
            _ => false,
        })
        && named_type(&section.title).is_some_and(|(_, is_called)| is_called)
}
