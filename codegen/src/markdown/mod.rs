//! Markdown as the dialect uses it: a flat list of blocks, each with its place in the page.
//!
//! The dialect hangs meaning on the order of blocks, not on their nesting: an annotation binds to
//! the next block, a table belongs to the nearest heading. So lists and quotes are flattened, and
//! what they contain stands in the list like everything else.

mod builder;
mod closed_up;
mod events;
mod inline;
mod overrun;
mod parse;
mod plain;
mod quote;
mod uneven;

use std::borrow::Cow;
use std::ops::Range;

use crate::source::Span;
use crate::text::{lower, trimmed};

pub(crate) use closed_up::closed_up;
pub use parse::parse;

/// The blocks of a page.
#[derive(Debug, PartialEq, Eq)]
pub struct Document<'a> {
    /// The text of the page; every span counts from its beginning.
    pub text: &'a str,
    /// The blocks in their order.
    pub blocks: Vec<Block<'a>>,
    cells: Vec<Cell>,
    inlines: Vec<Inline<'a>>,
}

/// A block and its place.
#[derive(Debug, PartialEq, Eq)]
pub struct Block<'a> {
    /// From its first byte to its last.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind<'a>,
}

/// The kinds of blocks that mean something to the dialect.
#[derive(Debug, PartialEq, Eq)]
pub enum BlockKind<'a> {
    /// A heading, with its level from 1 to 6.
    Heading(u8, Inlines),
    /// A paragraph, or the text of a list item or of a quote.
    Paragraph(Inlines, Container),
    /// A fenced code block.
    Fence(Fence<'a>),
    /// An HTML comment that begins a line.
    Comment(Comment),
    /// A table.
    Table(Table),
    /// A table in HTML, with how many rows it has below the first. What is in it is not read.
    HtmlTable(u32),
}

/// What a paragraph stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// The page itself.
    Page,
    /// An item of a list.
    Item,
    /// A quote, which is how notes are written.
    Quote,
}

/// A fenced code block.
#[derive(Debug, PartialEq, Eq)]
pub struct Fence<'a> {
    /// The first word behind the fence: `http`, `json`…
    pub language: &'a str,
    /// The lines between the fences without their line ends, and without the indentation of a
    /// list around them.
    pub lines: Vec<Span>,
    /// How it ends.
    pub end: FenceEnd,
}

impl Fence<'_> {
    /// Whether it is called code of no language.
    pub fn is_plain(&self) -> bool {
        const NONE: [&str; 6] = [
            "",
            "no-highlight",
            "nohighlight",
            "text",
            "plaintext",
            "none",
        ];
        NONE.iter()
            .any(|none| none.eq_ignore_ascii_case(self.language))
    }
}

/// How a fenced code block ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FenceEnd {
    /// With its closing fence.
    Closed,
    /// Before what shows that the closing fence is missing.
    Shown,
    /// Nobody can tell where, for want of a closing fence. What is behind it may be part of it.
    Unknown,
}

/// An HTML comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// What stands between `<!--` and `-->`.
    pub inner: Span,
    /// Whether `-->` is there.
    pub closed: bool,
}

/// A table: its header and its rows.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// The header row.
    pub header: Row,
    /// The rows below it.
    pub rows: Vec<Row>,
    /// The line of dashes between them, where it has not as many cells as the header: to other readers of
    /// Markdown the table is none then.
    pub uneven: Option<Span>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The whole line.
    pub span: Span,
    /// As many cells as the header has; missing ones are empty.
    pub cells: Cells,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The text between the bars.
    pub span: Span,
    /// Its contents.
    pub inlines: Inlines,
}

/// A run of cells of a [`Document`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells(Range<u32>);

impl Cells {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// A run of inline elements of a [`Document`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inlines(Range<u32>);

/// An inline element.
#[derive(Debug, PartialEq, Eq)]
pub struct Inline<'a> {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind<'a>,
}

/// The kinds of inline elements.
#[derive(Debug, PartialEq, Eq)]
pub enum InlineKind<'a> {
    /// Text, with entities and escapes resolved.
    Text(Cow<'a, str>),
    /// A code span.
    Code(Cow<'a, str>),
    /// The beginning of a link, with its destination.
    LinkStart(Cow<'a, str>),
    /// The end of a link.
    LinkEnd,
    /// The beginning of bold or italic text.
    EmphasisStart,
    /// The end of bold or italic text.
    EmphasisEnd,
    /// A line end, or an HTML `<br>`.
    Break,
}

/// A link: where it leads and what it says.
#[derive(Debug, PartialEq, Eq)]
pub struct Link<'d> {
    /// The destination as it is written.
    pub destination: &'d str,
    /// The text between the brackets.
    pub text: Cow<'d, str>,
    /// The place of the whole link.
    pub span: Span,
}

impl<'a> Document<'a> {
    /// The text of a span.
    pub fn slice(&self, span: Span) -> &'a str {
        &self.text[span.range()]
    }

    /// The cells of a row.
    pub fn cells(&self, row: &Row) -> &[Cell] {
        let Cells(run) = &row.cells;
        &self.cells[run.start as usize..run.end as usize]
    }

    /// The inline elements of a run.
    pub fn inlines(&self, run: &Inlines) -> &[Inline<'a>] {
        &self.inlines[run.0.start as usize..run.0.end as usize]
    }

    /// The destinations of all links of the page, each with its place.
    pub fn destinations(&self) -> impl Iterator<Item = (&Cow<'a, str>, Span)> {
        self.inlines.iter().filter_map(|inline| match &inline.kind {
            InlineKind::LinkStart(destination) => Some((destination, inline.span)),
            _ => None,
        })
    }

    /// A run as plain text: without markup, and with a space for each line end.
    pub fn plain(&self, run: &Inlines) -> Cow<'a, str> {
        plain(self.inlines(run))
    }

    /// What stands above the columns of a table, as plain text in lower case.
    pub fn titles(&self, table: &Table) -> Vec<String> {
        let cells = self.cells(&table.header).iter();
        cells
            .map(|cell| lower(&self.plain(&cell.inlines)).into_owned())
            .collect()
    }

    /// The links of a run.
    pub fn links(&self, run: &Inlines) -> impl Iterator<Item = Link<'_>> {
        let inlines = self.inlines(run);
        let starts = inlines.iter().enumerate();
        starts.filter_map(move |(at, inline)| match &inline.kind {
            InlineKind::LinkStart(destination) => {
                let rest = &inlines[at + 1..];
                let is_end = |inline: &Inline<'_>| matches!(inline.kind, InlineKind::LinkEnd);
                let end = rest.iter().position(is_end).unwrap_or(rest.len());
                Some(Link {
                    destination,
                    text: plain(&rest[..end]),
                    span: inline.span,
                })
            }
            _ => None,
        })
    }
}

/// The tables among some blocks.
pub(crate) fn tables<'d>(blocks: &'d [Block<'_>]) -> impl Iterator<Item = &'d Table> {
    blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Table(table) => Some(table),
        _ => None,
    })
}

/// The text of inline elements, borrowed where there is only one.
pub(crate) fn plain<'a>(inlines: &[Inline<'a>]) -> Cow<'a, str> {
    use InlineKind::{Code, Text};

    // Most runs are one piece of the page's own text.
    if let [inline] = inlines
        && let Text(Cow::Borrowed(text)) | Code(Cow::Borrowed(text)) = inline.kind
    {
        return Cow::Borrowed(trimmed(text));
    }
    static SPACE: Cow<'static, str> = Cow::Borrowed(" ");
    let mut texts = inlines.iter().filter_map(|inline| match &inline.kind {
        Text(text) | Code(text) => Some(text),
        InlineKind::Break => Some(&SPACE),
        _ => None,
    });
    let Some(first) = texts.next() else {
        return Cow::Borrowed("");
    };
    let rest: usize = texts.clone().map(|text| text.len()).sum();
    if rest == 0 {
        return match first {
            Cow::Borrowed(text) => Cow::Borrowed(trimmed(text)),
            Cow::Owned(text) => Cow::Owned(trimmed(text).to_owned()),
        };
    }
    let mut text = String::with_capacity(first.len() + rest);
    text.push_str(first);
    texts.for_each(|more| text.push_str(more));
    match trimmed(&text).len() == text.len() {
        true => Cow::Owned(text),
        false => Cow::Owned(trimmed(&text).to_owned()),
    }
}
