//! Links to other pages, and to places of the page that they are on.

use std::borrow::Cow;

use super::include::is_included;
use crate::markdown::Document;
use crate::source::{Span, without_fragment};
use crate::text::strip_end;

/// A link to another page, or to a place of its own.
#[derive(Clone, Debug)]
pub struct PageLink<'a> {
    /// The destination as it is written; it begins with `#` where it is a place of the same page.
    pub destination: Cow<'a, str>,
    /// How many bytes of that are the path, without a query and a fragment.
    pub path: usize,
    /// Its place.
    pub span: Span,
}

/// The links that lead to another page of the same documentation set, or to a place of their own page, without
/// those to a file that is included: what becomes of these is seen before the page is read. Headers of tabs
/// are written as links, with a slash behind the mark, and lead nowhere.
pub(super) fn page_links<'a>(document: &Document<'a>) -> Vec<PageLink<'a>> {
    let is_page = |destination: &str, path: &str| {
        let bytes = destination.as_bytes();
        strip_end(path, ".md").is_some()
            && !path.starts_with('/')
            && memchr::memchr(b':', bytes).is_none_or(|at| !bytes[at..].starts_with(b"://"))
    };
    let is_place = |destination: &str| {
        let anchor = destination.strip_prefix('#');
        anchor.is_some_and(|anchor| memchr::memchr(b'/', anchor.as_bytes()).is_none())
    };
    let links = document.destinations().filter_map(|(destination, span)| {
        let path = without_fragment(destination);
        let is_link = is_place(destination)
            || is_page(destination, path) && !is_included(document.text, span);
        is_link.then(|| PageLink {
            destination: destination.clone(),
            path: path.len(),
            span,
        })
    });
    links.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parse;

    #[test]
    fn a_link_to_a_file_that_is_included_is_none() {
        let text = "[!INCLUDE [a](a.md)]\n\n[!include [b](b.md)] and [c](c.md#d).\n\n\
                    # [HTTP](#tab/http)\n[e](#e)\n\n  [!Include [d](d.md)]\n";
        let document = parse(text, 0);
        let links = page_links(&document);
        let destinations: Vec<_> = links.iter().map(|link| &*link.destination).collect();
        assert_eq!(destinations, ["c.md#d", "#e"]);
    }
}
