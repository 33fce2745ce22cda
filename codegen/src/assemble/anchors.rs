//! Anchors: the places within a page that links lead to.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use crate::words::same_folded;

/// Whether a page has a place of the name that a link gives behind its `#`: a heading, or an HTML
/// element with that name. Sites make anchors of headings in slightly different ways, so that only
/// letters and digits count.
pub(super) fn has_anchor(text: &str, fragment: &str) -> bool {
    // The second of two equal headings has a number behind its anchor.
    let numbered = fragment.rsplit_once('-');
    let numbered = numbered.filter(|(_, number)| number.bytes().all(|b| b.is_ascii_digit()));
    let first = numbered.map(|(name, _)| name);
    let is_meant = |heading: &str| {
        let heading = without_links(heading);
        same_folded(&heading, fragment) || first.is_some_and(|name| same_folded(&heading, name))
    };
    let named = |attribute: &str| {
        let written = format!("{attribute}=\"{fragment}\"");
        memmem::find(text.as_bytes(), written.as_bytes()).is_some()
    };
    headings(text).any(is_meant) || named("name") || named("id")
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
        for anchor in ["the-size-enum", "use-of-sizes", "use-of-sizes-1", "old"] {
            assert!(has_anchor(page, anchor), "{anchor}");
        }
        for anchor in ["text", "size", "sizemd"] {
            assert!(!has_anchor(page, anchor), "{anchor}");
        }
    }
}
