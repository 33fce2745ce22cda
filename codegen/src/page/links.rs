//! Links to other pages, and to places of the page that they are on.

use std::borrow::Cow;

use super::include;
use crate::markdown::Document;
use crate::source::Span;
use crate::words::strip_end;

/// A link to another page, or to a place of its own.
#[derive(Clone, Debug)]
pub struct PageLink<'a> {
    /// The destination as it is written; it begins with `#` where it is a place of the same page.
    pub destination: Cow<'a, str>,
    /// Its place.
    pub span: Span,
}

/// The links that lead to another page of the same documentation set, or to a place of their own page, without
/// those of lines that include a file: what becomes of these is seen before the page is read. Headers of tabs
/// are written as links, with a slash behind the mark, and lead nowhere.
pub(super) fn page_links<'a>(document: &Document<'a>) -> Vec<PageLink<'a>> {
    let is_page = |destination: &str| {
        let bytes = destination.as_bytes();
        let path = &bytes[..memchr::memchr2(b'#', b'?', bytes).unwrap_or(bytes.len())];
        let end = path.len().checked_sub(".md".len()).map(|at| &path[at..]);
        end.is_some_and(|end| end.eq_ignore_ascii_case(b".md"))
            && !path.starts_with(b"/")
            && memchr::memchr(b':', bytes).is_none_or(|at| !bytes[at..].starts_with(b"://"))
    };
    let is_place = |destination: &str| {
        let anchor = destination.strip_prefix('#');
        anchor.is_some_and(|anchor| memchr::memchr(b'/', anchor.as_bytes()).is_none())
    };
    let links = document.destinations();
    let is_directive = |span: Span| {
        let before = document.text[..span.start as usize].trim_end();
        let mark = strip_end(before, "[!INCLUDE").map(str::len);
        mark.is_some_and(|mark| include::directive(document.text, mark).is_some())
    };
    let links = links.filter(|(destination, span)| {
        is_place(destination) || is_page(destination) && !is_directive(*span)
    });
    let links = links.map(|(destination, span)| PageLink {
        destination: destination.clone(),
        span,
    });
    links.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parse;

    #[test]
    fn a_link_of_a_line_that_includes_a_file_is_none() {
        let text = "[!INCLUDE [a](a.md)]\n\n[!include [b](b.md)] and [c](c.md#d).\n\n\
                    # [HTTP](#tab/http)\n[e](#e)\n\n  [!Include [d](d.md)]\n";
        let document = parse(text, 0);
        let links = page_links(&document);
        let destinations: Vec<_> = links.iter().map(|link| &*link.destination).collect();
        assert_eq!(destinations, ["b.md", "c.md#d", "#e"]);
    }
}
