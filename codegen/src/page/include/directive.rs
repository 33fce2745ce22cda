//! Directives: `[!INCLUDE [label](../includes/note.md)]`, alone in its line or within one.

use std::iter;
use std::ops::Range;

use crate::source::Span;
use crate::text::{is_blank, line_end, line_start, strip_end, strip_start, trimmed};

/// What that which includes a file begins with.
const MARK: &str = "[!INCLUDE";

/// What includes a file.
pub(super) struct Directive<'t> {
    /// What the file stands in the place of: the line with its end, or a part of it.
    pub(super) range: Range<usize>,
    /// Whether that is a line.
    pub(super) is_line: bool,
    /// The link to the file.
    pub(super) link: &'t str,
    /// The path of the file as it is written.
    pub(super) destination: &'t str,
}

/// What includes files in a text, from a byte on.
pub(super) fn directives(text: &str, start: usize) -> impl Iterator<Item = Directive<'_>> {
    let bytes = text.as_bytes();
    let marks = memchr::memchr_iter(b'!', &bytes[start..]).map(move |at| start + at);
    let mut marks = marks.filter(move |&at| bytes[start..at].ends_with(b"["));
    let mut end = start;
    iter::from_fn(move || {
        loop {
            let mark = marks.find(|&at| at > end)? - 1;
            if let Some(found) = directive(text, mark) {
                end = found.range.end;
                return Some(found);
            }
        }
    })
}

/// The `[!INCLUDE [label](path)]` that begins with a `[!`, with all of its line if that is nothing else.
fn directive(text: &str, mark: usize) -> Option<Directive<'_>> {
    // Most of them are notes.
    strip_start(&text[mark..], MARK)?;
    let line = line_start(text, mark)..line_end(text, mark);
    let rest = &text[mark + MARK.len()..line.end];
    // One in a code span shows how files are included.
    if text[..mark].ends_with('`') {
        return None;
    }
    let link = rest.trim_start();
    let inner = link.strip_prefix('[')?;
    let mut ends = memchr::memchr_iter(b')', inner.as_bytes());
    let (end, open) = ends.find_map(|end| {
        let mut opens = memchr::memrchr_iter(b'(', &inner.as_bytes()[..end]);
        let open = opens.find(|&at| inner[..at].ends_with(']'))?;
        inner[end..].starts_with(")]").then_some((end, open))
    })?;
    let behind = &inner[end + ")]".len()..];
    let range = mark..line.end - behind.len();
    let is_line = is_blank(&text[line.start..mark]) && is_blank(behind);
    Some(Directive {
        range: if is_line { line } else { range },
        is_line,
        link: &link[..end + "[)".len()],
        destination: trimmed(&inner[open + 1..end]),
    })
}

/// Whether a link is that to a file which is included.
pub(in crate::page) fn is_included(text: &str, link: Span) -> bool {
    let Range { start, end } = link.range();
    text[..end].ends_with(')')
        && text[end..].starts_with(']')
        && strip_end(text[line_start(text, start)..start].trim_end(), MARK).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directive_is_a_line_of_its_own_or_stands_within_one() {
        let found = |text: &str| {
            let found = directives(text, 0)
                .map(|it| (text[it.range].to_owned(), it.destination.to_owned()));
            found.collect::<Vec<_>>()
        };
        let note = |range: &str| (range.to_owned(), "../includes/note.md".to_owned());
        for line in [
            "[!INCLUDE [n](../includes/note.md)]",
            "  [!include [n (or m)](../includes/note.md)] \r\n",
        ] {
            assert_eq!(found(line), [note(line)]);
        }
        let part = "[!INCLUDE[n](../includes/note.md)]";
        assert_eq!(found(&format!("| id | {part} |\n")), [note(part)]);
        assert_eq!(
            found(&format!("{part} and {part}{part}")),
            vec![note(part); 3]
        );
        for text in [
            "[!NOTE]\n[!INCLUDE",
            "`[!INCLUDE [n](note.md)]`",
            "[!INCLUDE [n](a b",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
