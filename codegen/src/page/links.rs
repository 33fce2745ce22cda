//! Links to other pages.

use std::borrow::Cow;

use crate::markdown::Document;
use crate::source::Span;

/// A link to another page, or a directive that includes it.
#[derive(Clone, Debug)]
pub struct PageLink<'a> {
    /// The destination as it is written.
    pub destination: Cow<'a, str>,
    /// Whether it is that of an `[!INCLUDE]`.
    pub include: bool,
    /// Its place.
    pub span: Span,
}

/// The links that lead to another page of the same documentation set.
pub(super) fn page_links<'a>(document: &Document<'a>) -> Vec<PageLink<'a>> {
    let is_page = |destination: &str| {
        let bytes = destination.as_bytes();
        let path = &bytes[..memchr::memchr2(b'#', b'?', bytes).unwrap_or(bytes.len())];
        let end = path.len().checked_sub(".md".len()).map(|at| &path[at..]);
        end.is_some_and(|end| end.eq_ignore_ascii_case(b".md"))
            && !path.starts_with(b"/")
            && !destination.contains("://")
    };
    let links = document.destinations();
    let links = links.filter(|(destination, _)| is_page(destination));
    let links = links.map(|(destination, span)| {
        let before = document.text[..span.start as usize].trim_end();
        PageLink {
            destination: destination.clone(),
            include: before.ends_with("[!INCLUDE") || before.ends_with("[!include"),
            span,
        }
    });
    links.collect()
}
