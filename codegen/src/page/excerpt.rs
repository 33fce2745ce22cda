//! Lines of a code block as one text that still knows where each of its characters stands.

use std::borrow::Cow;

use crate::source::Span;

/// Consecutive lines of a code block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt<'a> {
    /// The lines with line ends between them.
    pub text: Cow<'a, str>,
    lines: Vec<Span>,
}

impl<'a> Excerpt<'a> {
    /// The excerpt of some lines of a page. The text is the page's own unless the lines are
    /// indented, as they are within lists.
    pub fn new(page: &'a str, lines: &[Span]) -> Self {
        let gaps = lines.windows(2);
        let contiguous = gaps.into_iter().all(|pair| {
            matches!(
                &page[pair[0].end as usize..pair[1].start as usize],
                "\n" | "\r\n"
            )
        });
        let text = match (lines.first(), lines.last()) {
            (Some(first), Some(last)) if contiguous => {
                Cow::Borrowed(&page[first.start as usize..last.end as usize])
            }
            _ => {
                let lines: Vec<_> = lines.iter().map(|line| &page[line.range()]).collect();
                Cow::Owned(lines.join("\n"))
            }
        };
        let lines = lines.to_vec();
        Self { text, lines }
    }

    /// The place in the page of a range of bytes of the text; of its first line, if it has more.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let before = &self.text[..start.min(self.text.len())];
        let line = before.matches('\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
        let Some(line) = self.lines.get(line.min(self.lines.len().saturating_sub(1))) else {
            return Span::default();
        };
        let first = (line.start + column as u32).min(line.end);
        let length = end.saturating_sub(start) as u32;
        Span {
            start: first,
            end: (first + length).min(line.end),
        }
    }

    /// The place of the whole excerpt.
    pub fn whole(&self) -> Span {
        match (self.lines.first(), self.lines.last()) {
            (Some(first), Some(last)) => Span {
                start: first.start,
                end: last.end,
            },
            _ => Span::default(),
        }
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
        assert!(matches!(
            Excerpt::new("ab\ncd", &[Span::new(0, 2), Span::new(3, 5)]).text,
            Cow::Borrowed("ab\ncd")
        ));
    }
}
