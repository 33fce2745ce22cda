//! The blocks of a page as they are put together, by whichever reader.

use std::ops::Range;

use memchr::memmem;

use super::overrun;
use super::{
    Block, BlockKind, Cell, Cells, Comment, Document, Fence, FenceEnd, Inline, InlineKind, Inlines,
    Row,
};
use crate::source::Span;
use crate::text::strip_start;

/// How many fences of a page that are never closed are ended where they should have been. After each,
/// the rest of the page is parsed again.
const MOST_OVERRUNS: usize = 32;

/// How many marks of zones end what they stand in where pulldown-cmark took them for text. After each, the rest
/// of the page is parsed again.
const MOST_MARKS: usize = 128;

/// The blocks so far.
pub(super) struct Builder<'a> {
    pub(super) text: &'a str,
    pub(super) inlines: Vec<Inline<'a>>,
    pub(super) cells: Vec<Cell>,
    /// Whether something may be defined that brackets elsewhere stand for, once that was asked.
    has_definitions: Option<bool>,
    pub(super) blocks: Vec<Block<'a>>,
    /// How many fences had to be ended.
    overruns: usize,
    /// How many marks of zones had to be looked for in what was parsed already.
    marks: usize,
    /// The block of the table in HTML that is not closed yet.
    html_table: Option<usize>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            has_definitions: None,
            // Few pages have more. Where all lists begin with one size, those of a page are made in the
            // memory of the last one, which the processor still has at hand.
            blocks: Vec::with_capacity(64),
            cells: Vec::with_capacity(128),
            inlines: Vec::with_capacity(512),
            overruns: 0,
            marks: 0,
            html_table: None,
        }
    }

    /// Whether the rest of the page may be parsed again behind the mark of a zone.
    pub(super) fn may_resume(&mut self) -> bool {
        self.marks += 1;
        self.marks <= MOST_MARKS
    }

    /// Whether something may be defined that brackets elsewhere stand for. On most pages nothing depends on it.
    pub(super) fn has_definitions(&mut self) -> bool {
        let find = || memmem::find(self.text.as_bytes(), b"]:").is_some();
        *self.has_definitions.get_or_insert_with(find)
    }

    pub(super) fn finish(self) -> Document<'a> {
        Document {
            text: self.text,
            blocks: self.blocks,
            cells: self.cells,
            inlines: self.inlines,
        }
    }

    pub(super) fn block(&mut self, range: Range<usize>, kind: BlockKind<'a>) {
        let span = Span::from(range);
        self.blocks.push(Block { span, kind });
    }

    pub(super) fn inline(&mut self, kind: InlineKind<'a>, range: Range<usize>) {
        let span = Span::from(range);
        self.inlines.push(Inline { span, kind });
    }

    /// The inline elements from one on.
    pub(super) fn run(&self, start: usize) -> Inlines {
        Inlines(start as u32..self.inlines.len() as u32)
    }

    /// A row of the cells from one on.
    pub(super) fn row(&self, start: usize, range: Range<usize>) -> Row {
        let span = Span::from(range);
        let cells = Cells(start as u32..self.cells.len() as u32);
        Row { span, cells }
    }

    /// Adds a fence. Where it runs into what should follow it, it is cut off, and what is returned is
    /// where to go on.
    pub(super) fn fence(
        &mut self,
        mut fence: Fence<'a>,
        range: Range<usize>,
        may_overrun: bool,
    ) -> Option<usize> {
        let may_overrun = may_overrun && self.overruns < MOST_OVERRUNS;
        let overrun = overrun::find(self.text, &fence, &self.text[range.clone()]);
        if overrun.is_some() {
            // Without a language it may itself be the end of a block, which another one was taken for.
            fence.end = match may_overrun && !fence.language.is_empty() {
                true => FenceEnd::Shown,
                false => FenceEnd::Unknown,
            };
        }
        let resume = overrun.filter(|_| may_overrun).map(|line| {
            self.overruns += 1;
            let end = fence.lines[line].start as usize;
            fence.lines.truncate(line);
            end
        });
        let end = resume.unwrap_or(range.end);
        self.block(range.start..end, BlockKind::Fence(fence));
        resume
    }

    /// Adds the comment that begins at a byte, and says where it ends: no further than `limit`.
    pub(super) fn comment(&mut self, open: usize, limit: usize) -> usize {
        let inner = open + "<!--".len();
        let close = comment_end(&self.text[inner..limit]);
        let end = close.map_or(limit, |close| inner + close);
        let comment = Comment {
            inner: Span::new(inner, end),
            closed: close.is_some(),
        };
        let behind = close.map_or(end, |_| end + "-->".len());
        self.block(open..behind, BlockKind::Comment(comment));
        behind
    }

    /// Takes the comments and the tables out of an HTML block; other HTML is layout.
    pub(super) fn html(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while let Some(open) = comment_start(&self.text[at..range.end]) {
            self.html_tables(at..at + open);
            at = self.comment(at + open, range.end);
        }
        self.html_tables(at..range.end);
    }

    /// Adds the tables of a stretch of HTML, which may go on in the next one: comments and blank lines end it.
    fn html_tables(&mut self, range: Range<usize>) {
        let text = &self.text[range.clone()];
        for at in memchr::memchr_iter(b'<', text.as_bytes()) {
            let is = |tag: &str| {
                let rest = strip_start(&text[at..], tag);
                rest.is_some_and(|rest| rest.starts_with(['>', ' ', '\t', '\r', '\n']))
            };
            if is("<table") || is("</table") {
                self.html_table = None;
            } else if is("<tr") {
                self.html_row(range.start + at..range.end);
            }
        }
    }

    /// Adds a row to the table in HTML to which it belongs. The first row of a table is its header.
    fn html_row(&mut self, range: Range<usize>) {
        let table = self.html_table.and_then(|at| self.blocks.get_mut(at));
        if let Some(BlockKind::HtmlTable(rows)) = table.map(|block| &mut block.kind) {
            *rows += 1;
            return;
        }
        self.html_table = Some(self.blocks.len());
        self.block(range, BlockKind::HtmlTable(0));
    }
}

/// Where the first comment of a text begins.
fn comment_start(text: &str) -> Option<usize> {
    let mut opens = memchr::memchr_iter(b'<', text.as_bytes());
    opens.find(|&at| text[at..].starts_with("<!--"))
}

/// Where the `-->` stands that closes a comment.
fn comment_end(text: &str) -> Option<usize> {
    let mut closes = memchr::memchr_iter(b'>', text.as_bytes());
    let close = closes.find(|&at| text[..at].ends_with("--"))?;
    Some(close - "--".len())
}
