//! The Markdown of a part of a page, as it can stand elsewhere.

use std::borrow::Cow;

use super::{Document, InlineKind};
use crate::source::Span;
use crate::text::{strip_start, trimmed};

impl<'a> Document<'a> {
    /// The Markdown of a span, without the comments that stand between its words: they are no
    /// content. What links say by a reference, they say themselves, since it stands elsewhere; and a file that
    /// is included in the middle of a sentence is called by its label.
    pub fn markdown(&self, span: Span) -> Cow<'a, str> {
        let own = trimmed(self.slice(span));
        // Hardly any bracket is not followed by a destination, and few texts have anything in angle brackets.
        let (mut has_references, mut has_tags) = (false, false);
        for at in memchr::memchr2_iter(b']', b'<', own.as_bytes()) {
            match own.as_bytes()[at] {
                b'<' => has_tags = true,
                _ => has_references |= own.as_bytes().get(at + 1) != Some(&b'('),
            }
        }
        let text = match has_references {
            true => {
                let text = self.without_references(Span::of(own, self.text));
                Cow::Owned(without_includes(text))
            }
            false => Cow::Borrowed(own),
        };
        match has_tags.then(|| without_comments(&text)).flatten() {
            Some(kept) => Cow::Owned(kept),
            None => text,
        }
    }

    /// A text whose links by a reference have their destinations.
    fn without_references(&self, span: Span) -> String {
        let mut text = String::with_capacity(2 * span.range().len());
        let mut at = span.start as usize;
        let begin = self
            .inlines
            .partition_point(|inline| inline.span.start < span.start);
        let inlines = self.inlines[begin..].iter();
        let own = inlines.take_while(|inline| inline.span.start < span.end);
        for inline in own {
            let range = inline.span.range();
            let InlineKind::LinkStart(destination) = &inline.kind else {
                continue;
            };
            if range.start < at || range.end > span.end as usize {
                continue;
            }
            let written = self.text[range.clone()].strip_prefix('[');
            let Some(said) = written.and_then(|it| it.strip_suffix(']')) else {
                continue;
            };
            let said = said.rsplit_once("][").map_or(said, |(said, _)| said);
            text.push_str(&self.text[at..range.start]);
            text.push_str(&format!("[{said}]({destination})"));
            let rest = &self.text[range.end..span.end as usize];
            at = span.end as usize - rest.strip_prefix("[]").unwrap_or(rest).len();
        }
        text.push_str(&self.text[at..span.end as usize]);
        text
    }
}

/// A text without its comments, `None` where it has none.
fn without_comments(text: &str) -> Option<String> {
    let mut rest = text;
    let mut kept = String::new();
    while let Some(open) = rest.find("<!--")
        && let Some(close) = rest[open..].find("-->")
    {
        kept.push_str(&rest[..open]);
        rest = &rest[open + close + "-->".len()..];
    }
    if rest.len() == text.len() {
        return None;
    }
    kept.push_str(rest);
    Some(kept.trim().to_owned())
}

/// A text with the labels of the files that it includes: `[!INCLUDE [label](path)]`, as DocFX has it. That such a file
/// is not put in its place is no loss to what a page documents: it is a name of the product, as a rule. Where the text is
/// nothing else, the file is a note or the like, which the label does not stand for.
fn without_includes(text: String) -> String {
    let mut kept = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("[!") {
        let label = strip_start(&rest[at..], "[!INCLUDE").and_then(|link| {
            let (label, behind) = link.trim_start().strip_prefix('[')?.split_once("](")?;
            let (_, behind) = behind.split_once(")]")?;
            (at > 0 || !behind.is_empty()).then_some((label, behind))
        });
        let (said, behind) = label.unwrap_or((&rest[at..at + 2], &rest[at + 2..]));
        kept.extend([&rest[..at], said]);
        rest = behind;
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_within_a_sentence_are_called_by_their_labels() {
        for (text, said) in [
            ("in [!INCLUDE[the app](../a.md)].", "in the app."),
            ("[!include [a](b.md)] and [!INCLUDE [c](d.md)]", "a and c"),
            ("[!NOTE] [!INCLUDE [a]", "[!NOTE] [!INCLUDE [a]"),
            ("[!INCLUDE [note](a.md)]", "[!INCLUDE [note](a.md)]"),
        ] {
            assert_eq!(without_includes(text.to_owned()), said);
        }
    }
}
