//! The way through a page: its sections one by one, and its operations apart where it has a section for each of several.

use std::borrow::Cow;
use std::mem;
use std::sync::Arc;

use super::Page;
use super::context::Context;
use super::divided::Division;
use super::front_matter;
use super::links::page_links;
use super::reader::Reader;
use super::section::{Section, SectionKind, sections};
use crate::markdown;
use crate::source::Span;

/// Reads the page of a context, and its operations where it has a section for each of several.
pub(super) fn read<'a>(cx: &mut Context<'a>) -> (Page<'a>, Vec<Page<'a>>) {
    let text = cx.file.text.as_str();
    let (front, start) = front_matter::parse(text);
    let document = markdown::parse(text, start);
    let sections = sections(&document);
    let division = Division::of(&document, &sections);
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
    for at in division.rest(sections.len()) {
        rest.section(cx, &document, &sections[at]);
    }
    let mut operations: Vec<Reader<'a>> = Vec::new();
    for operation in division.operations {
        let title = &sections[operation.start];
        let links = Arc::clone(&links);
        let mut reader = Reader::new(cx, title.title.clone(), title.span, links);
        reader.page.is_section = true;
        let counted = cx.accounting;
        for &at in &division.shared {
            reader.section(cx, &document, &sections[at]);
        }
        // What is about all operations is counted with the first.
        if !operations.is_empty() {
            cx.accounting = counted;
        }
        let below_title = &sections[operation.start + 1..operation.end];
        reader.look_ahead(below_title);
        reader.section(cx, &document, &title.as_title());
        for section in below_title {
            reader.section(cx, &document, section);
        }
        operations.push(reader);
    }
    // The annotation of the page stands at its end, and is about all of it.
    for reader in &mut operations {
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
    let operations = operations.into_iter().map(finish).collect();
    (page, operations)
}
