//! What pages say, as the document has it: their Markdown, which is that of descriptions too (OpenAPI 3.1.1,
//! section 4.3), without links that lead nowhere from there and sentences that point at what is not there.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde::Serializer;

use crate::pointers::without_pointers;

/// Writes what a page says.
pub(super) fn serialize<S: Serializer>(markdown: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&without_local_links(&without_pointers(markdown)))
}

/// Markdown with its text alone in the place of links to other pages and to other places of the same page.
pub(super) fn without_local_links(markdown: &str) -> Cow<'_, str> {
    // Most descriptions have no link at all.
    if !markdown.contains("](") {
        return Cow::Borrowed(markdown);
    }
    let mut kept = String::with_capacity(markdown.len());
    let mut end = 0;
    for Link { whole, text } in local_links(markdown) {
        kept.push_str(&markdown[end..whole.start]);
        kept.push_str(&markdown[text]);
        end = whole.end;
    }
    kept.push_str(&markdown[end..]);
    Cow::Owned(kept)
}

/// A link or an image, and the text in it.
struct Link {
    whole: Range<usize>,
    text: Range<usize>,
}

/// The links that are no URLs. An image within a link goes with it.
fn local_links(markdown: &str) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    // How many links and images are open within the last one.
    let mut within: Option<usize> = None;
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        match (event, &mut within) {
            (Event::Start(Tag::Link { .. } | Tag::Image { .. }), Some(depth)) => *depth += 1,
            (Event::End(TagEnd::Link | TagEnd::Image), Some(0)) => within = None,
            (Event::End(TagEnd::Link | TagEnd::Image), Some(depth)) => *depth -= 1,
            (Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }), None)
                if !is_url(&dest_url) =>
            {
                within = Some(0);
                let text = range.start..range.start;
                links.push(Link { whole: range, text });
            }
            (_, Some(_)) => {
                if let Some(Link { whole, text }) = links.last_mut() {
                    let start = if text.end == whole.start {
                        range.start
                    } else {
                        text.start
                    };
                    *text = start..range.end.max(text.end);
                }
            }
            _ => {}
        }
    }
    links
}

/// Whether a destination is one from everywhere: it has a scheme (RFC 3986, section 3.1).
fn is_url(destination: &str) -> bool {
    destination.split_once(':').is_some_and(|(scheme, _)| {
        let is_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_scheme)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_points_at_the_page_is_left_out() {
        let text = "The [rig](rig.md). See below for more.";
        let written = serialize(text, serde_json::value::Serializer);
        assert_eq!(written.unwrap(), "The rig.");
    }

    #[test]
    fn links_that_lead_nowhere_are_their_text() {
        for (markdown, expected) in [
            ("A [user](../resources/user.md) of it.", "A user of it."),
            ("[**A** `b`](#c) and [d](/e/f)", "**A** `b` and d"),
            (
                "See [there](https://example.com/a).",
                "See [there](https://example.com/a).",
            ),
            (
                "[Write](mailto:a@example.com)",
                "[Write](mailto:a@example.com)",
            ),
            ("![A map](../media/map.png), [](x.md)", "A map, "),
            ("[![A map](map.png)](map.md)!", "A map!"),
            ("`[a](b.md)` \\[c](d.md) [e]", "`[a](b.md)` \\[c](d.md) [e]"),
            (
                "- [a](b.md)\n- [c\n  d](e.md)\n\n  f",
                "- a\n- c\n  d\n\n  f",
            ),
        ] {
            assert_eq!(without_local_links(markdown), expected);
        }
    }
}
