//! Text with links, code and emphasis that is read without pulldown-cmark.

use std::borrow::Cow;
use std::ops::Range;

use wide::u8x16;

use super::InlineKind;
use super::builder::Builder;
use crate::text::strip_start;

/// What may end plain text, beside control characters and marks [between the cases](between_cases): with these, all
/// that pulldown-cmark looks at.
const TEXT: [u8; 5] = *b"*&<!|";
/// What ends the plain destination of a link.
const DESTINATION: [u8; 11] = *b" ()<>[]\\&`|";
/// What ends plain code.
const CODE: [u8; 3] = *b"`\\|";

/// Whether a byte stands between words.
pub(super) fn is_blank(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// Where the raised mark of a footnote ends that begins at a tag, as in `Read<sup>1</sup>`: it is no part of
/// the word before it. It stands in one line, and in one cell of a table.
pub(super) fn footnote_mark(text: &str, at: usize) -> Option<usize> {
    const CLOSE: &str = "</sup>";
    /// More bytes than any mark has: a page may open many and close none.
    const LONGEST: usize = 200;
    let inner = strip_start(&text[at..], "<sup>")?;
    let begin = text.len() - inner.len();
    let inner = &inner[..inner.floor_char_boundary(LONGEST)];
    let end = inner.find(['\n', '|']).unwrap_or(inner.len());
    let mut tags = memchr::memchr_iter(b'<', &inner.as_bytes()[..end]);
    let close = tags.find(|&at| strip_start(&inner[at..], CLOSE).is_some())?;
    Some(begin + close + CLOSE.len())
}

impl Builder<'_> {
    /// Reads the rest of a line, or of a cell of a table, and says where it ends; `None` where it
    /// takes pulldown-cmark to read it.
    pub(super) fn plain_inlines(&mut self, from: usize, is_cell: bool) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (mut begin, mut at) = (from, from);
        loop {
            at = text_end(bytes, at);
            let Some(mark) = bytes.get(at).filter(|&&byte| !is_end(byte, is_cell)) else {
                self.plain_text(begin..at - trailing_blanks(&bytes[begin..at]));
                return Some(at);
            };
            self.plain_text(begin..at);
            if *mark == b'\\' {
                // The text goes on with what is escaped.
                begin = at + 1;
                at = bytes
                    .get(begin)
                    .filter(|&&byte| is_escapable(byte))
                    .map(|_| begin + 1)?;
                continue;
            }
            begin = match mark {
                b'[' => self.plain_link(at),
                b']' => self.plain_bracket(at),
                b'`' => self.plain_code(at),
                b'*' => self.plain_emphasis(at),
                b'<' => self.plain_tag(at),
                b'&' => self.plain_entity(at),
                _ => None,
            }?;
            at = begin;
        }
    }

    /// Adds the end of a line behind which the paragraph goes on in the next one. Two blanks
    /// before it belong to it.
    pub(super) fn plain_break(&mut self, end: usize, next: usize) {
        let blanks = trailing_blanks(&self.text.as_bytes()[..end]);
        let start = if blanks < 2 { end } else { end - blanks };
        self.inline(InlineKind::Break, start..next);
    }

    // This and what finds its end are put in line: each runs some 300,000 times, and hardly takes longer than a call.
    #[inline(always)]
    fn plain_text(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            let text = Cow::Borrowed(&self.text[range.clone()]);
            self.inline(InlineKind::Text(text), range);
        }
    }

    /// `[text](destination)`, or a bracket that is only that.
    fn plain_link(&mut self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let text = at + 1..text_end(bytes, at + 1);
        if text.is_empty() || !bytes[text.end..].starts_with(b"](") {
            return self.plain_bracket(at);
        }
        let start = text.end + "](".len();
        let end = find(bytes, start, |bytes| among(bytes, DESTINATION));
        if start == end || bytes.get(end) != Some(&b')') {
            return None;
        }
        let range = at..end + 1;
        let destination = Cow::Borrowed(&self.text[start..end]);
        self.inline(InlineKind::LinkStart(destination), range.clone());
        self.plain_text(text);
        self.inline(InlineKind::LinkEnd, range);
        Some(end + 1)
    }

    /// A bracket that is text, unless it may end a link that is not plain.
    fn plain_bracket(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        if rest.starts_with("](") || rest.starts_with("][") || self.has_definitions() {
            return None;
        }
        self.plain_text(at..at + 1);
        Some(at + 1)
    }

    fn plain_code(&mut self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let start = at + 1;
        let end = find(bytes, start, |bytes| among(bytes, CODE));
        let code = &self.text[start..end];
        let is_single = bytes.get(end) == Some(&b'`') && bytes.get(end + 1) != Some(&b'`');
        if !is_single || code.is_empty() || code.starts_with(' ') || code.ends_with(' ') {
            return None;
        }
        self.inline(InlineKind::Code(Cow::Borrowed(code)), at..end + 1);
        Some(end + 1)
    }

    /// `*text*` or `**text**`.
    fn plain_emphasis(&mut self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let run = |at: usize| bytes[at..].iter().take_while(|&&b| b == b'*').count();
        let mark = run(at);
        let text = at + mark..text_end(bytes, at + mark);
        let range = at..text.end + mark;
        if mark > 2 || text.is_empty() || run(text.end) != mark || !is_word(bytes, text.start) {
            return None;
        }
        // What follows a colon or a full stop closes the text only before a blank: `**Note:** …`.
        let is_closed = match self.text[range.end..].chars().next() {
            None | Some(' ' | '\n' | '\u{a0}') => bytes[text.end - 1].is_ascii_graphic(),
            _ => is_word(bytes, text.end - 1),
        };
        if !is_closed {
            return None;
        }
        self.inline(InlineKind::EmphasisStart, range.clone());
        self.plain_text(text);
        self.inline(InlineKind::EmphasisEnd, range.clone());
        Some(range.end)
    }

    /// A tag without attributes: layout, but for the one that breaks a line, and for the mark of a footnote.
    fn plain_tag(&mut self, at: usize) -> Option<usize> {
        if let Some(end) = footnote_mark(self.text, at) {
            let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b" ,</>".contains(byte);
            return self.text.as_bytes()[at..end]
                .iter()
                .all(is_plain)
                .then_some(end);
        }
        let (tag, _) = self.text[at + 1..].split_once('>')?;
        let end = at + tag.len() + "<>".len();
        let name = match tag.strip_prefix('/') {
            Some(name) => name,
            None => tag.strip_suffix('/').unwrap_or(tag).trim_end_matches(' '),
        };
        let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_name || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        if strip_start(tag, "br").is_some() {
            self.inline(InlineKind::Break, at..end);
        }
        Some(end)
    }

    fn plain_entity(&mut self, at: usize) -> Option<usize> {
        let mut entities = ENTITIES.iter();
        let (entity, text) = entities.find(|(entity, _)| self.text[at..].starts_with(entity))?;
        let range = at..at + entity.len();
        self.inline(InlineKind::Text(Cow::Borrowed(text)), range.clone());
        Some(range.end)
    }
}

/// The entities that documentation is full of.
const ENTITIES: [(&str, &str); 4] = [
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
    ("&nbsp;", "\u{a0}"),
];

/// Where what begins as nothing but text ends.
#[inline(always)]
fn text_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    loop {
        at = find(bytes, at, |bytes| among(bytes, TEXT) | between_cases(bytes));
        let is_text = match bytes.get(at) {
            Some(b'_') => at > from && is_word(bytes, at - 1) && is_word(bytes, at + 1),
            Some(b'!') => bytes.get(at + 1) != Some(&b'['),
            Some(b'&') => !begins_entity(&bytes[at..]),
            Some(b'^' | b'\t') => true,
            _ => false,
        };
        if !is_text {
            return at;
        }
        at += 1;
    }
}

/// Whether what begins with `&` may be an entity: it has a name or a number, and a semicolon behind that.
fn begins_entity(bytes: &[u8]) -> bool {
    let mut rest = bytes[1..].iter();
    let end = rest.find(|byte| !byte.is_ascii_alphanumeric() && **byte != b'#');
    end == Some(&b';')
}

fn is_word(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether a backslash before a byte says that it is but text. What it says of another one, of a bar or of
/// a backtick depends on where they stand.
fn is_escapable(byte: u8) -> bool {
    byte.is_ascii_punctuation() && !matches!(byte, b'\\' | b'|' | b'`')
}

fn is_end(byte: u8, is_cell: bool) -> bool {
    byte == b'\n' || is_cell && byte == b'|'
}

/// Where one of some marks stands first from a byte on, or a control character, as line ends and tabs are. Sixteen
/// bytes are compared at once: to look one after the other up in a table is a branch for each that the processor cannot
/// foresee, and took one in forty of the time of `check`.
#[inline(always)]
fn find(bytes: &[u8], from: usize, are_marks: impl Fn(u8x16) -> u8x16) -> usize {
    let find_among = |chunk: [u8; 16]| {
        let bytes = u8x16::from(chunk);
        let are_controls = bytes.simd_lt(b' ');
        let ends = (are_controls | are_marks(bytes)).to_bitmask();
        (ends != 0).then(|| ends.trailing_zeros() as usize)
    };
    let (chunks, rest) = bytes[from..].as_chunks();
    let mut at = from;
    for &chunk in chunks {
        if let Some(end) = find_among(chunk) {
            return at + end;
        }
        at += chunk.len();
    }
    // Behind the text stand control characters.
    let mut last = [0; 16];
    last[..rest.len()].copy_from_slice(rest);
    at + find_among(last).unwrap_or(rest.len())
}

/// Which bytes are one of some marks.
#[inline(always)]
fn among<const N: usize>(bytes: u8x16, marks: [u8; N]) -> u8x16 {
    let each = marks.into_iter().map(|mark| bytes.simd_eq(mark));
    each.fold(u8x16::ZERO, |all, one| all | one)
}

/// Which bytes are marks that stand between the capitals and the small letters of ASCII: ``[\]^_` ``.
#[inline(always)]
fn between_cases(bytes: u8x16) -> u8x16 {
    bytes.simd_gt(b'Z') & bytes.simd_lt(b'a')
}

/// Tells where each line of some bytes ends. Lines of code are short: to look for the end of one after the other
/// takes three times as long.
pub(super) fn each_line_end(bytes: &[u8], mut tell: impl FnMut(usize)) {
    let (chunks, rest) = bytes.as_chunks();
    for (index, &chunk) in chunks.iter().enumerate() {
        let mut ends = u8x16::from(chunk).simd_eq(b'\n').to_bitmask();
        while ends != 0 {
            tell(index * chunk.len() + ends.trailing_zeros() as usize);
            // The first one is done.
            ends &= ends - 1;
        }
    }
    let begin = bytes.len() - rest.len();
    let last = rest.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    last.for_each(|(at, _)| tell(begin + at));
}

/// How many blanks some bytes end with.
fn trailing_blanks(bytes: &[u8]) -> usize {
    bytes.iter().rev().take_while(|byte| is_blank(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_of_a_footnote_is_short() {
        assert_eq!(footnote_mark("<sup>1, <a>2</a></sup>", 0), Some(22));
        let long = format!("<sup>{}</sup>", "ü".repeat(200));
        assert_eq!(footnote_mark(&long, 0), None);
    }
}
