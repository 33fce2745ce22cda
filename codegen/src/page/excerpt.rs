//! Lines of a code block as one text that still knows where each of its characters stands.

use std::borrow::Cow;
use std::ops::Range;

use crate::source::Span;

/// Consecutive lines of a code block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt<'a> {
    /// The lines with line ends between them.
    pub text: Cow<'a, str>,
    place: Place,
}

/// Where the text of an excerpt stands in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// It is a piece of the page.
    Whole(Span),
    /// It was put together of these lines.
    Lines(Vec<Span>),
}

impl<'a> Excerpt<'a> {
    /// The excerpt of some lines of a page. The text is the page's own unless the lines are
    /// indented, as they are within lists.
    pub fn new(page: &'a str, lines: &[Span]) -> Self {
        let gap = |pair: &[Span]| &page.as_bytes()[pair[0].end as usize..pair[1].start as usize];
        let mut pairs = lines.windows(2);
        let contiguous = pairs.all(|pair| matches!(gap(pair), b"\n" | b"\r\n"));
        if !contiguous {
            let texts: Vec<_> = lines.iter().map(|line| &page[line.range()]).collect();
            let text = Cow::Owned(texts.join("\n"));
            let place = Place::Lines(lines.to_vec());
            return Self { text, place };
        }
        let whole = around(lines);
        Self {
            text: Cow::Borrowed(&page[whole.range()]),
            place: Place::Whole(whole),
        }
    }

    /// The place in the page of a range of bytes of the text; of its first line, if it has more.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let text = self.text.as_bytes();
        let start = start.min(text.len());
        let (from, line_end) = match &self.place {
            Place::Whole(whole) => {
                let rest = &text[start..];
                let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                let from = whole.start + start as u32;
                (from, from + line.len() as u32)
            }
            Place::Lines(lines) => {
                let before = &text[..start];
                let line = memchr::memchr_iter(b'\n', before).count();
                let column = start - memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
                let Some(line) = lines.get(line.min(lines.len().saturating_sub(1))) else {
                    return Span::default();
                };
                ((line.start + column as u32).min(line.end), line.end)
            }
        };
        let length = end.saturating_sub(start) as u32;
        Span {
            start: from,
            end: (from + length).min(line_end),
        }
    }

    /// The place of a part of the text with the quotes around it, if it has any; `None` where it is no
    /// part: what is escaped is none.
    pub(crate) fn quoted(&self, part: &str) -> Option<Span> {
        let text = self.text.as_bytes();
        if !text.as_ptr_range().contains(&part.as_ptr()) {
            return None;
        }
        let Range { start, end } = Span::of(part, &self.text).range();
        // A name in JSON that is not strict may be a bare word.
        let before = start.checked_sub(1).and_then(|at| text.get(at));
        Some(match before {
            Some(b'"' | b'\'') => self.span(start - 1, end + 1),
            _ => self.span(start, end),
        })
    }

    /// The place of the whole excerpt.
    pub fn whole(&self) -> Span {
        match &self.place {
            Place::Whole(whole) => *whole,
            Place::Lines(lines) => around(lines),
        }
    }
}

/// From the first of some lines to the last.
fn around(lines: &[Span]) -> Span {
    match (lines.first(), lines.last()) {
        (Some(first), Some(last)) => Span {
            start: first.start,
            end: last.end,
        },
        _ => Span::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_indented_excerpt_knows_where_its_characters_stand() {
        let page = "  {\n    \"a\": 1\n  }";
        let lines = [Span::new(2, 3), Span::new(6, 14), Span::new(17, 18)];
        let excerpt = Excerpt::new(page, &lines);
        assert_eq!(excerpt.text, "{\n  \"a\": 1\n}");
        let at = excerpt.text.find("\"a\"").unwrap();
        let span = excerpt.span(at, at + 3);
        assert_eq!(&page[span.range()], "\"a\"");
    }

    #[test]
    fn an_excerpt_of_whole_lines_is_a_piece_of_the_page() {
        let page = "x\nab\r\ncd";
        let excerpt = Excerpt::new(page, &[Span::new(2, 4), Span::new(6, 8)]);
        assert!(matches!(excerpt.text, Cow::Borrowed("ab\r\ncd")));
        assert_eq!(excerpt.whole(), Span::new(2, 8));
        assert_eq!(excerpt.span(1, 6), Span::new(3, 4));
        assert_eq!(excerpt.span(4, 6), Span::new(6, 8));
        assert_eq!(excerpt.span(6, 7), Span::new(8, 8));
    }
}
