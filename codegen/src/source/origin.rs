//! Texts that are put together of the lines of several files, and the way back to those.

use super::{SourceFile, Span};

/// Lines of a file, of which those at both ends may be parts.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'f> {
    /// The file.
    pub file: &'f SourceFile,
    /// From the first byte to behind the last, which is the end of its line unless another piece goes on with that.
    pub lines: Span,
    /// Whether it goes on with the line that the piece before it ends in.
    pub goes_on: bool,
    /// The line of the page in whose place they stand, where they are not the page's own.
    pub included_at: Option<u32>,
}

/// Where the lines from a byte of a text on are written.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    /// The byte.
    start: u32,
    /// The number of the first of the lines in their file.
    line: u32,
    /// The column in that line where the text begins.
    column: u32,
    /// The path of the file where it is not the page's own, and the line of the page in whose place
    /// it stands.
    included: Option<(String, u32)>,
}

/// A place in a file: its path, and line and column as [`SourceFile::position`] counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'f> {
    /// The path of the file.
    pub path: &'f str,
    /// The line, counted from one.
    pub line: u32,
    /// The column in characters, counted from one.
    pub column: u32,
}

impl SourceFile {
    /// A page that is made of pieces, its own and others'.
    pub fn of_pieces(path: impl Into<String>, pieces: &[Piece<'_>]) -> Self {
        let mut text = String::new();
        let mut origins = Vec::with_capacity(pieces.len());
        for piece in pieces {
            if !piece.goes_on && !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            let at = |line| (piece.file.path.clone(), line);
            let (line, column) = piece.file.position(piece.lines.start);
            origins.push(Origin {
                start: Span::new(text.len(), text.len()).start,
                line,
                column,
                included: piece.included_at.map(at),
            });
            text.push_str(&piece.file.text[piece.lines.range()]);
        }
        let label = pieces.first().map_or(0, |piece| piece.file.label);
        Self {
            path: path.into(),
            line_ends: super::line_ends(&text),
            text,
            label,
            origins,
        }
    }

    /// The place where a byte of the text is written: in an included file where it comes from there.
    pub fn place(&self, offset: u32) -> Place<'_> {
        let path = self.path_of(offset);
        let (line, column) = self.position_in_text(offset);
        let written = self.origin(offset, (line, column));
        let (line, column) = written.map_or((line, column), |(_, at)| at);
        Place { path, line, column }
    }

    /// The path of the file in which a byte of the text is written.
    pub fn path_of(&self, offset: u32) -> &str {
        let included = self.origin_of(offset).and_then(|it| it.included.as_ref());
        included.map_or(&self.path, |(path, _)| path)
    }

    /// The line and column in the page itself, both counted from one, of a byte of its text. What
    /// comes from an included file stands where the page includes it: all on that one line, each
    /// character in a column of its own.
    pub fn position(&self, offset: u32) -> (u32, u32) {
        let (line, column) = self.position_in_text(offset);
        match self.origin(offset, (line, column)) {
            Some((origin, at)) => match origin.included {
                Some((_, included_at)) => {
                    let end = self.text.floor_char_boundary(offset as usize);
                    let before = self.text.get(origin.start as usize..end).unwrap_or("");
                    (included_at, before.chars().count() as u32 + 1)
                }
                None => at,
            },
            None => (line, column),
        }
    }

    /// The origin of a byte at a line and a column of the text, and its line and column there.
    fn origin(&self, offset: u32, (line, column): (u32, u32)) -> Option<(&Origin, (u32, u32))> {
        let origin = self.origin_of(offset)?;
        let (first, begin) = self.position_in_text(origin.start);
        let column = match line == first {
            true => origin.column + column - begin,
            false => column,
        };
        Some((origin, (origin.line + line - first, column)))
    }

    fn origin_of(&self, offset: u32) -> Option<&Origin> {
        let origins = &self.origins;
        let behind = origins.partition_point(|origin| origin.start <= offset);
        origins.get(behind.checked_sub(1)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_leads_back_to_its_file() {
        let page = SourceFile::new("docs/a.md", "one\nINCLUDE\nthree\n");
        let note = SourceFile::new("docs/includes/n.md", "---\n---\nfirst\nsecond");
        let piece = |file, start, end, included_at| Piece {
            file,
            lines: Span::new(start, end),
            goes_on: false,
            included_at,
        };
        let pieces = [
            piece(&page, 0, 4, None),
            piece(&note, 8, 20, Some(2)),
            piece(&page, 12, 18, None),
        ];
        let file = SourceFile::of_pieces("docs/a.md", &pieces);
        assert_eq!(file.text, "one\nfirst\nsecond\nthree\n");
        let place = |text: &str| {
            let at = file.text.find(text).unwrap() as u32;
            let Place { path, line, column } = file.place(at);
            (path, line, column, file.position(at))
        };
        assert_eq!(place("ne"), ("docs/a.md", 1, 2, (1, 2)));
        assert_eq!(place("irst"), ("docs/includes/n.md", 3, 2, (2, 2)));
        assert_eq!(place("second"), ("docs/includes/n.md", 4, 1, (2, 7)));
        assert_eq!(place("hree"), ("docs/a.md", 3, 2, (3, 2)));
    }

    #[test]
    fn what_stands_behind_words_of_another_file_keeps_its_column() {
        let page = SourceFile::new("docs/a.md", "in INCLUDE, or\nout\n");
        let name = SourceFile::new("docs/includes/n.md", "the long name\n");
        let piece = |file, start, end, included_at: Option<u32>| Piece {
            file,
            lines: Span::new(start, end),
            goes_on: start > 0 || included_at.is_some(),
            included_at,
        };
        let pieces = [
            piece(&page, 0, 3, None),
            piece(&name, 0, 13, Some(1)),
            piece(&page, 10, 19, None),
        ];
        let file = SourceFile::of_pieces("docs/a.md", &pieces);
        assert_eq!(file.text, "in the long name, or\nout\n");
        let place = |text: &str| {
            let at = file.text.find(text).unwrap() as u32;
            let Place { path, line, column } = file.place(at);
            (path, line, column)
        };
        assert_eq!(place("long"), ("docs/includes/n.md", 1, 5));
        assert_eq!(place("or"), ("docs/a.md", 1, 13));
        assert_eq!(place("ut"), ("docs/a.md", 2, 2));
    }
}
