//! Blocks that are read without pulldown-cmark.
//!
//! Pages are for the most part fences, comments, headings, tables, paragraphs and lists of single
//! lines, which begin their lines and hold nothing but text, links and code. Those are read here, in
//! a fraction of the time. Whatever is not plainly one of them is left to pulldown-cmark, which is the judge of what
//! Markdown means: tests hold this reader against it.

use std::ops::Range;

use super::builder::Builder;
use super::inline::{each_line_end, is_blank};
use super::{BlockKind, Cell, Container, Fence, FenceEnd, Row, Table};
use crate::source::Span;
use crate::text::line_end;

impl<'a> Builder<'a> {
    /// Reads the block at the beginning of a line, outside of lists and quotes, and says where the
    /// next one begins; `None` where it takes pulldown-cmark to read it.
    pub(super) fn plain_block(&mut self, at: usize) -> Option<usize> {
        let (blocks, inlines, cells) = (self.blocks.len(), self.inlines.len(), self.cells.len());
        let rest = &self.text[at..];
        let end = match rest.as_bytes().first()? {
            _ if is_blank_line(rest) => Some(line_end(self.text, at)),
            b'#' => self.plain_heading(at),
            b'|' => self.plain_table(at),
            b'<' => self.plain_comment(at),
            b'>' => self.plain_quote(at),
            b'`' if fence_mark(rest) > 0 => self.plain_fence(at),
            b'-' if rest.starts_with("---\n") => Some(at + 4),
            b':' if is_zone_mark(rest) => Some(line_end(self.text, at)),
            b'-' | b'*' if rest[1..].starts_with(' ') => self.plain_list(at),
            _ if begins_text(rest) => self.plain_paragraph(at),
            _ => None,
        };
        if end.is_none() {
            self.blocks.truncate(blocks);
            self.inlines.truncate(inlines);
            self.cells.truncate(cells);
        }
        end
    }

    fn plain_heading(&mut self, at: usize) -> Option<usize> {
        let run = self.inlines.len();
        let level = heading_level(&self.text[at..])?;
        let begin = self.skip_blanks(at + usize::from(level));
        let end = self.plain_inlines(begin, false)?;
        let inlines = self.run(run);
        // A heading may be closed by the marks that it begins with.
        let content = self.text[begin..end].trim_end_matches(' ');
        if content.is_empty() || content.ends_with(['#', '\t']) {
            return None;
        }
        let end = line_end(self.text, end);
        self.block(at..end, BlockKind::Heading(level, inlines));
        Some(end)
    }

    fn plain_paragraph(&mut self, at: usize) -> Option<usize> {
        let run = self.inlines.len();
        let mut line = at;
        loop {
            let end = self.plain_inlines(line, false)?;
            let next = line_end(self.text, end);
            let rest = &self.text[next..];
            if ends_block(rest) || rest.starts_with('>') {
                let inlines = self.run(run);
                self.block(at..next, BlockKind::Paragraph(inlines, Container::Page));
                return Some(next);
            }
            if !begins_text(rest) {
                return None;
            }
            self.plain_break(end, next);
            line = next;
        }
    }

    /// A quote of a single paragraph, which is how most notes are written.
    fn plain_quote(&mut self, at: usize) -> Option<usize> {
        let run = self.inlines.len();
        let inner = |line: usize| {
            let begin = line + 1 + usize::from(self.text[line + 1..].starts_with(' '));
            begins_text(&self.text[begin..]).then_some(begin)
        };
        let begin = inner(at)?;
        let mut line = begin;
        loop {
            let end = self.plain_inlines(line, false)?;
            let next = line_end(self.text, end);
            let rest = &self.text[next..];
            if ends_block(rest) {
                let inlines = self.run(run);
                self.block(begin..next, BlockKind::Paragraph(inlines, Container::Quote));
                return Some(next);
            }
            if !rest.starts_with('>') {
                return None;
            }
            line = inner(next)?;
            self.plain_break(end, next);
        }
    }

    /// A list of items of one line each, one right below the other.
    fn plain_list(&mut self, at: usize) -> Option<usize> {
        let marker = &self.text[at..at + 2];
        let mut next = at;
        while self.text[next..].starts_with(marker) {
            let run = self.inlines.len();
            let begin = next + marker.len();
            let rest = &self.text[begin..];
            if !begins_text(rest) || fence_mark(rest) > 0 {
                return None;
            }
            let end = self.plain_inlines(begin, false)?;
            next = line_end(self.text, end);
            let inlines = self.run(run);
            self.block(begin..next, BlockKind::Paragraph(inlines, Container::Item));
        }
        if !ends_block(&self.text[next..]) {
            return None;
        }
        // The last item takes the blank lines behind it, and the list may go on behind them.
        while next < self.text.len() && is_blank_line(&self.text[next..]) {
            next = line_end(self.text, next);
        }
        self.blocks.last_mut()?.span.end = next as u32;
        let rest = &self.text[next..];
        let is_end = rest.is_empty() || interrupts(rest) || begins_text(rest);
        is_end.then_some(next)
    }

    fn plain_comment(&mut self, at: usize) -> Option<usize> {
        if !self.text[at..].starts_with("<!--") {
            return None;
        }
        let behind = self.comment(at, self.text.len());
        let end = line_end(self.text, behind);
        self.html(behind..end);
        Some(end)
    }

    fn plain_fence(&mut self, at: usize) -> Option<usize> {
        let text = self.text;
        let mark = fence_mark(&text[at..]);
        let begin = line_end(text, at);
        let info = &text[at + mark..begin];
        // Escapes and entities in an info string are pulldown-cmark's to resolve.
        if info.contains(['\\', '&']) {
            return None;
        }
        let close = closing_fence(text, begin, mark)?;
        // Few fences have lines that are shorter on average.
        let mut lines = Vec::with_capacity((close.start - begin) / 16);
        let mut line = begin;
        each_line_end(&text.as_bytes()[begin..close.start], |end| {
            lines.push(Span::new(line, begin + end));
            line = begin + end + 1;
        });
        let fence = Fence {
            language: info.split_whitespace().next().unwrap_or(""),
            lines,
            end: FenceEnd::Closed,
        };
        let resume = self.fence(fence, at..close.end, true);
        Some(resume.unwrap_or_else(|| line_end(text, close.end)))
    }

    fn plain_table(&mut self, at: usize) -> Option<usize> {
        let (header, next) = self.plain_row(at)?;
        let columns = header.cells.count();
        let mut at_row = line_end(self.text, next);
        if columns_of_dashes(&self.text[next..at_row]) != Some(columns) {
            return None;
        }
        let mut rows = Vec::with_capacity(8);
        while self.text[at_row..].starts_with('|') {
            let (row, end) = self.plain_row(at_row)?;
            // What to do with too few or too many cells is pulldown-cmark's to say.
            if row.cells.count() != columns {
                return None;
            }
            rows.push(row);
            at_row = end;
        }
        if !ends_block(&self.text[at_row..]) {
            return None;
        }
        self.block(
            at..at_row,
            BlockKind::Table(Table {
                header,
                rows,
                uneven: None,
            }),
        );
        Some(at_row)
    }

    pub(super) fn plain_row(&mut self, at: usize) -> Option<(Row, usize)> {
        let bytes = self.text.as_bytes();
        let cells = self.cells.len();
        let mut end = at;
        while bytes.get(end) == Some(&b'|') {
            let start = end + 1;
            end = self.skip_blanks(start);
            if !matches!(bytes.get(end), None | Some(b'\n')) {
                let run = self.inlines.len();
                end = self.plain_inlines(end, true)?;
                let span = Span::new(start, end);
                let inlines = self.run(run);
                self.cells.push(Cell { span, inlines });
            }
        }
        let end = line_end(self.text, end);
        let row = self.row(cells, at..end);
        (row.cells.count() > 0).then_some((row, end))
    }

    fn skip_blanks(&self, at: usize) -> usize {
        let rest = self.text.as_bytes()[at..].iter();
        at + rest.take_while(|byte| is_blank(byte)).count()
    }
}

/// Where the Markdown that begins in a line ends: before the first line which begins a new block,
/// whatever stands before it.
pub(super) fn markdown_end(text: &str, at: usize) -> usize {
    let mut line = at;
    let mut after_blank = false;
    while line < text.len() {
        let rest = &text[line..];
        if line > at
            && (interrupts(rest) || after_blank && (begins_text(rest) || rest.starts_with('|')))
        {
            return line;
        }
        // A fence goes on behind blank lines and so may HTML, whatever list or quote they are in.
        let markers = [' ', '\t', '>', '-', '+', '*', '.', ')'];
        let content = rest.trim_start_matches(|c: char| markers.contains(&c) || c.is_ascii_digit());
        if ["<", "```", "~~~"]
            .iter()
            .any(|mark| content.starts_with(mark))
        {
            return text.len();
        }
        after_blank = is_blank_line(rest);
        line = line_end(text, line);
    }
    text.len()
}

/// Whether there is nothing in a line.
fn is_blank_line(rest: &str) -> bool {
    let content = rest.bytes().find(|byte| !is_blank(byte));
    content.is_none_or(|byte| byte == b'\n')
}

/// Whether a line ends the paragraph or table before it.
fn ends_block(rest: &str) -> bool {
    is_blank_line(rest) || interrupts(rest)
}

/// Whether a line begins a block even where no blank line stands before it.
fn interrupts(rest: &str) -> bool {
    rest.starts_with("<!--")
        || heading_level(rest).is_some()
        || fence_mark(rest) > 0
        || is_zone_mark(rest)
}

/// Whether a line marks where a part of the page begins or ends that is shown to some readers only:
/// `:::zone pivot="v2"`, `::: moniker-end`.
pub(super) fn is_zone_mark(rest: &str) -> bool {
    rest.starts_with(":::")
}

/// Whether a line can be nothing but text, wherever it stands.
fn begins_text(rest: &str) -> bool {
    match rest.as_bytes() {
        [b'*', next, ..] => *next == b'*' || next.is_ascii_alphanumeric(),
        [first, ..] => first.is_ascii_alphabetic() || b"[(`".contains(first),
        [] => false,
    }
}

fn heading_level(rest: &str) -> Option<u8> {
    let level = rest.bytes().take_while(|&b| b == b'#').count();
    let is_heading = (1..=6).contains(&level) && rest.as_bytes().get(level) == Some(&b' ');
    is_heading.then_some(level as u8)
}

/// The length of the mark of a fence that a line opens; 0 where it opens none.
fn fence_mark(rest: &str) -> usize {
    let mark = rest.bytes().take_while(|&b| b == b'`').count();
    let info = &rest.as_bytes()[mark..];
    let is_fence =
        mark >= 3 && memchr::memchr2(b'`', b'\n', info).is_none_or(|at| info[at] != b'`');
    if is_fence { mark } else { 0 }
}

/// Where the line stands that closes a fence with a mark of such a length: without its line end.
fn closing_fence(text: &str, begin: usize, mark: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut from = begin;
    loop {
        let at = from + memchr::memchr(b'`', &bytes[from..])?;
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(text.len(), |end| at + end);
        let indent = text[from..at].trim_end_matches(' ');
        let begins_line =
            (indent.is_empty() || indent.ends_with('\n')) && at - from - indent.len() < 4;
        let rest = text[at..end].trim_start_matches('`');
        if begins_line && end - at - rest.len() >= mark && rest.trim_matches(' ').is_empty() {
            return Some(from + indent.len()..end);
        }
        from = (end + 1).min(text.len());
    }
}

/// How many cells a line has that separates the heading of a table from its rows; `None` where it is none.
pub(super) fn columns_of_dashes(line: &str) -> Option<usize> {
    let line = line.trim_end_matches([' ', '\n']);
    let line = line.strip_prefix('|')?;
    let line = line.strip_suffix('|').unwrap_or(line);
    let (mut columns, mut has_dash) = (1, false);
    for byte in line.bytes() {
        match byte {
            b'-' => has_dash = true,
            b':' | b' ' => {}
            b'|' if has_dash => (columns, has_dash) = (columns + 1, false),
            _ => return None,
        }
    }
    has_dash.then_some(columns)
}
