//! Anchors: the places within a page that links lead to.

use std::borrow::Cow;
use std::cell::OnceCell;

use foldhash::HashSet;
use memchr::{memchr, memmem};

use crate::words::folded;

/// The places of a page: its headings, and HTML elements with names. Sites make anchors of headings in slightly
/// different ways, so that only letters and digits of these count.
pub(super) struct Anchors<'t> {
    headings: HashSet<String>,
    text: &'t str,
    /// The names of elements, once one is asked for: most links lead to headings.
    names: OnceCell<HashSet<&'t str>>,
}

impl<'t> Anchors<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self {
            headings: headings(text)
                .map(|heading| folded(&without_links(heading)))
                .collect(),
            text,
            names: OnceCell::new(),
        }
    }

    /// Whether one of them has the name that a link gives behind its `#`.
    pub(super) fn has(&self, fragment: &str) -> bool {
        // The second of two equal headings has a number behind its anchor.
        let numbered = fragment.rsplit_once('-');
        let numbered = numbered.filter(|(_, number)| number.bytes().all(|b| b.is_ascii_digit()));
        let is_heading = |name: &str| self.headings.contains(&folded(name));
        is_heading(fragment)
            || numbered.is_some_and(|(first, _)| is_heading(first))
            || self.names().contains(fragment)
    }

    fn names(&self) -> &HashSet<&'t str> {
        self.names.get_or_init(|| {
            let names = ["name=\"", "id=\""].into_iter();
            names
                .flat_map(|attribute| values(self.text, attribute))
                .collect()
        })
    }
}

/// What stands behind each beginning of an attribute, up to the next quote.
fn values<'t>(text: &'t str, attribute: &'static str) -> impl Iterator<Item = &'t str> {
    let found = memmem::find_iter(text.as_bytes(), attribute);
    let behind = found.map(move |at| &text[at + attribute.len()..]);
    behind.filter_map(|rest| Some(&rest[..memchr(b'"', rest.as_bytes())?]))
}

/// What stands behind the `#` of each line that begins with one.
fn headings(text: &str) -> impl Iterator<Item = &str> {
    let first = text.starts_with('#').then_some(0);
    let others = memmem::find_iter(text.as_bytes(), "\n#").map(|at| at + 1);
    let lines = first.into_iter().chain(others).map(|start| {
        let line = &text[start..];
        &line[..memchr(b'\n', line.as_bytes()).unwrap_or(line.len())]
    });
    lines.map(|line| line.trim_start_matches('#'))
}

/// A heading with the texts of its links in the place of the links.
fn without_links(heading: &str) -> Cow<'_, str> {
    if memchr(b']', heading.as_bytes()).is_none() {
        return Cow::Borrowed(heading);
    }
    let mut plain = String::new();
    let mut rest = heading;
    while let Some((before, link)) = rest.split_once("](") {
        plain.push_str(before);
        rest = link.split_once(')').map_or("", |(_, rest)| rest);
    }
    Cow::Owned(plain + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_made_of_headings() {
        let page = "# The `size` enum\n## Use of [sizes](size.md)\n<a id=\"old\"></a>\ntext\n";
        let anchors = Anchors::of(page);
        for anchor in ["the-size-enum", "use-of-sizes", "use-of-sizes-1", "old"] {
            assert!(anchors.has(anchor), "{anchor}");
        }
        for anchor in ["text", "size", "sizemd"] {
            assert!(!anchors.has(anchor), "{anchor}");
        }
    }
}
