//! Files as they were read, and places in them.
//!
//! Everything that docwright says about a page, in a diagnostic or in a doc comment of the
//! generated crate, names a place in it. Offsets are bytes; lines and columns count from one, and
//! a column counts characters, as editors do.

mod origin;
mod read;

use std::borrow::Cow;
use std::iter;
use std::ops::Range;

use origin::Origin;

pub use origin::{Piece, Place};
pub use read::read_docs;
pub(crate) use read::{Docs, WRITTEN};

/// The index of a page in the sorted list of the pages that were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

/// A place in a page: what a diagnostic points at, and where a part of the model was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// The page.
    pub page: PageId,
    /// The line, counted from one.
    pub line: u32,
    /// The column in characters, counted from one.
    pub column: u32,
}

/// A range of bytes in the text of one page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte behind the last one.
    pub end: u32,
}

impl Span {
    /// The span from one byte offset up to another.
    pub fn new(start: usize, end: usize) -> Self {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            start: offset(start),
            end: offset(end),
        }
    }

    /// The span of `part`, which must be a slice of `text`.
    pub fn of(part: &str, text: &str) -> Self {
        let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        debug_assert!(start + part.len() <= text.len());
        Self::new(start, start + part.len())
    }

    /// The same range as the standard library writes it.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// The text of one page.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path that diagnostics and generated docs show: relative to the project, with `/`.
    pub path: String,
    /// The text, without a byte order mark, with `\n` alone at the end of lines, and without tabs in
    /// the rows below the headings of tables.
    pub text: String,
    /// How many lines end before each stretch of the text.
    line_ends: Vec<u32>,
    /// How many bytes of the path are the label of the folder that was read.
    label: usize,
    /// Where the lines of the text are written, if that is not all in the one file.
    origins: Vec<Origin>,
}

impl SourceFile {
    /// A page of the given path and text. The first folder of the path is the label of the one that was
    /// read.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let path = path.into();
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        // Most pages have neither, which is seen at once.
        if memchr::memchr2(b'\r', b'\t', text.as_bytes()).is_some() {
            // Pages are the same pages in a working copy whose lines end as those of Windows do, and
            // pulldown-cmark takes such line ends for pieces of their own within code blocks.
            if text.contains('\r') {
                text = text.replace("\r\n", "\n");
            }
            text = spaced(text);
        }
        Self {
            label: path.find('/').unwrap_or(0),
            path,
            line_ends: line_ends(&text),
            text,
            origins: Vec::new(),
        }
    }

    /// The same page, in a folder that was read under a label with which its path begins.
    pub(crate) fn below(self, label: &str) -> Self {
        debug_assert!(self.path.starts_with(label));
        let label = label.len();
        Self { label, ..self }
    }

    /// The label of the folder that was read: empty where the path begins with what is in it.
    pub(crate) fn label(&self) -> &str {
        &self.path[..self.label]
    }

    /// The line and column of a byte in the text as it is, both counted from one.
    fn position_in_text(&self, offset: u32) -> (u32, u32) {
        let before = &self.text[..self.text.floor_char_boundary(offset as usize)];
        let stretch = before.len() / STRETCH;
        let lines = self.line_ends[stretch] + count_lines(&before.as_bytes()[stretch * STRETCH..]);
        let start = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |end| end + 1);
        let column = before[start..].chars().count();
        (lines + 1, column as u32 + 1)
    }

    /// The text of a line counted from one, without its end.
    pub fn line(&self, line: u32) -> &str {
        let rest = self.text_from(line).unwrap_or("");
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        rest[..end].trim_end_matches('\r')
    }

    /// The text from the beginning of a line on.
    fn text_from(&self, line: u32) -> Option<&str> {
        let before = line.saturating_sub(1);
        if before == 0 {
            return Some(&self.text);
        }
        let stretch = self.line_ends.partition_point(|&ends| ends < before) - 1;
        let from = stretch * STRETCH;
        let mut ends = memchr::memchr_iter(b'\n', &self.text.as_bytes()[from..]);
        let end = ends.nth((before - self.line_ends[stretch]) as usize - 1)?;
        Some(&self.text[from + end + 1..])
    }
}

/// The bytes after which lines are counted anew. Few places of a page are ever asked for, and to count
/// the line ends before one in so many bytes takes no longer than to find it in a list of all.
const STRETCH: usize = 128;

/// How many lines end before each stretch of a text.
fn line_ends(text: &str) -> Vec<u32> {
    let mut lines = 0;
    let (stretches, _) = text.as_bytes().as_chunks::<STRETCH>();
    let counts = stretches.iter().map(|stretch| {
        lines += count_lines(stretch);
        lines
    });
    iter::once(0).chain(counts).collect()
}

/// How many lines end in a stretch or a part of it: few enough for a byte, so that the compiler counts many
/// at once, which takes half the time that memchr takes for so short a text.
fn count_lines(stretch: &[u8]) -> u32 {
    debug_assert!(stretch.len() <= STRETCH);
    let ends = stretch.iter().map(|&byte| u8::from(byte == b'\n'));
    u32::from(ends.sum::<u8>())
}

/// What reports call a folder of this label: an empty one stands for the folder of the project itself.
pub(crate) fn shown_folder(label: &str) -> &str {
    if label.is_empty() { "." } else { label }
}

/// A path with slashes for backslashes.
pub(crate) fn slashed(path: &str) -> Cow<'_, str> {
    match memchr::memchr(b'\\', path.as_bytes()) {
        Some(_) => path.replace('\\', "/").into(),
        None => path.into(),
    }
}

/// The path that a relative link in a file leads to, both beginning with the label of the folder that
/// was read; `None` where that is outside of the folder.
pub(crate) fn resolve(label: &str, from: &str, destination: &str) -> Option<String> {
    let parent = |path: &str| memchr::memrchr(b'/', path.as_bytes()).unwrap_or(0);
    // Most links go up first and then nowhere but down: there is nothing to be taken back of these.
    let mut path = without_fragment(destination);
    let mut folder = &from[..parent(from)];
    while let Some(rest) = path.strip_prefix("../") {
        // Nothing above the folder is known.
        if folder.len() <= label.len() {
            return None;
        }
        folder = &folder[..parent(folder)];
        path = rest;
    }
    let mut target = String::with_capacity(folder.len() + 1 + path.len());
    target.push_str(folder);
    if leads_down(path.as_bytes()) {
        if !target.is_empty() {
            target.push('/');
        }
        target.push_str(path);
        return Some(target);
    }
    let ends = memchr::memchr_iter(b'/', path.as_bytes()).chain([path.len()]);
    let mut start = 0;
    for end in ends {
        match &path[start..end] {
            "" | "." => {}
            ".." if target.len() <= label.len() => return None,
            ".." => target.truncate(parent(&target)),
            part => {
                if !target.is_empty() {
                    target.push('/');
                }
                target.push_str(part);
            }
        }
        start = end + 1;
    }
    Some(target)
}

/// Whether no part of a path is empty or begins with a dot: it leads nowhere but down.
fn leads_down(path: &[u8]) -> bool {
    let begins_name = |byte: &u8| !matches!(byte, b'.' | b'/');
    path.first().is_some_and(begins_name) && path.last() != Some(&b'/') && {
        // All are looked at, which the compiler does with many at once.
        let pairs = path.iter().zip(&path[1..]);
        pairs.fold(true, |all, (byte, next)| {
            all & (*byte != b'/' || begins_name(next))
        })
    }
}

/// The destination of a link without its query and its fragment.
pub(crate) fn without_fragment(destination: &str) -> &str {
    let end = memchr::memchr2(b'#', b'?', destination.as_bytes());
    &destination[..end.unwrap_or(destination.len())]
}

/// Puts a space for each tab of the rows that separate the heading of a table from the rest. GitHub
/// takes both for blanks there, and pulldown-cmark sees no table where there are tabs.
fn spaced(mut text: String) -> String {
    let mut from = 0;
    while let Some(tab) = memchr::memchr(b'\t', &text.as_bytes()[from..]) {
        let bytes = text.as_bytes();
        let start = memchr::memrchr(b'\n', &bytes[..from + tab]).map_or(0, |at| at + 1);
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at);
        if is_delimiter_row(&text[start..end]) {
            let spaced = text[start..end].replace('\t', " ");
            text.replace_range(start..end, &spaced);
        }
        from = end;
    }
    text
}

fn is_delimiter_row(line: &str) -> bool {
    let mut bytes = line.bytes();
    bytes.all(|byte| b"|:- \t".contains(&byte)) && line.contains("--") && line.contains('|')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let file = SourceFile::new("a.md", "\u{feff}ab\r\nüx\n");
        assert_eq!(file.position(0), (1, 1));
        assert_eq!(file.text, "ab\nüx\n");
        assert_eq!(file.position(3), (2, 1));
        assert_eq!(file.position(5), (2, 2));
        assert_eq!(file.line(1), "ab");
        assert_eq!(file.line(2), "üx");
        assert_eq!(file.line(9), "");
    }

    #[test]
    fn every_line_of_a_long_text_is_found() {
        let lines: Vec<String> = (0..300).map(|length| "x".repeat(length % 70)).collect();
        let file = SourceFile::new("a.md", lines.join("\n"));
        for (line, number) in lines.iter().zip(1..) {
            assert_eq!(file.line(number), line, "line {number}");
        }
        assert_eq!(file.line(301), "");
    }

    #[test]
    fn tabs_are_spaces_in_delimiter_rows_and_nowhere_else() {
        let text = "|\ta |\tb |\r\n|:---\t|\t---|\r\n| -\t|\n";
        let expected = "|\ta |\tb |\n|:--- | ---|\n| -\t|\n";
        assert_eq!(SourceFile::new("a.md", text).text, expected);
    }

    #[test]
    fn links_are_resolved_within_the_folder() {
        let to = |destination| resolve("docs", "docs/api/a.md", destination);
        assert_eq!(to("b.md#x").as_deref(), Some("docs/api/b.md"));
        assert_eq!(
            to("../resources/b.md").as_deref(),
            Some("docs/resources/b.md")
        );
        assert_eq!(to("../../other/b.md"), None);
        assert_eq!(to("../../../b.md"), None);
        let to = |destination| resolve("docs/api", "docs/api/a.md", destination);
        assert_eq!(to("b.md").as_deref(), Some("docs/api/b.md"));
        assert_eq!(to("../resources/b.md"), None);
    }

    #[test]
    fn links_are_resolved_in_a_folder_without_a_label() {
        let to = |from, destination| resolve("", from, destination);
        assert_eq!(to("a.md", "b.md").as_deref(), Some("b.md"));
        assert_eq!(to("a.md", "api/b.md").as_deref(), Some("api/b.md"));
        assert_eq!(to("api/a.md", "../b.md").as_deref(), Some("b.md"));
        assert_eq!(to("api/a.md", "../x/b.md").as_deref(), Some("x/b.md"));
        assert_eq!(to("a.md", "../b.md"), None);
        assert_eq!(to("api/a.md", "../../b.md"), None);
    }
}
