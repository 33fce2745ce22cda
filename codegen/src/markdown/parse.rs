//! From pulldown-cmark's events to blocks.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::overrun;
use super::{
    Block, BlockKind, Cell, Comment, Container, Document, Fence, Inline, InlineKind, Inlines, Row,
    Table,
};
use crate::source::Span;

/// How many fences of a page that are never closed are ended where they should have been. After each,
/// the rest of the page is parsed again.
const MOST_OVERRUNS: usize = 32;

/// Reads the blocks of `text` from the byte `start` on, which is where front matter ends.
pub fn parse(text: &str, start: usize) -> Document<'_> {
    let mut builder = Builder {
        text,
        start,
        // About as much as pages have, so that neither list moves often as it grows.
        blocks: Vec::with_capacity(text.len() / 128),
        inlines: Vec::with_capacity(text.len() / 32),
        containers: Vec::new(),
        run: 0,
        table: None,
        row: None,
        fence: None,
        overruns: 0,
        resume: None,
    };
    let mut from = Some(start);
    while let Some(start) = from.take() {
        let parser = Parser::new_ext(&text[start..], Options::ENABLE_TABLES);
        for (event, range) in parser.into_offset_iter() {
            builder.event(event, range.start + start..range.end + start);
            from = builder.resume.take();
            if from.is_some() {
                break;
            }
        }
    }
    Document {
        text,
        blocks: builder.blocks,
        inlines: builder.inlines,
    }
}

/// The blocks so far, and those that are open.
struct Builder<'a> {
    text: &'a str,
    start: usize,
    blocks: Vec<Block<'a>>,
    inlines: Vec<Inline<'a>>,
    containers: Vec<(Container, usize)>,
    /// Where the inline elements of the open paragraph, heading or cell begin.
    run: usize,
    table: Option<Table>,
    row: Option<Row>,
    fence: Option<Fence<'a>>,
    /// How many fences had to be ended.
    overruns: usize,
    /// Where to go on behind a fence that should have ended before the parser thinks it does.
    resume: Option<usize>,
}

impl<'a> Builder<'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(tag) => self.close(tag, range),
            Event::Text(_) if self.fence.is_some() => self.fence_text(range),
            Event::Text(text) => self.inline(InlineKind::Text(cow(text)), range),
            Event::Code(text) => self.inline(InlineKind::Code(cow(text)), range),
            Event::SoftBreak | Event::HardBreak => self.inline(InlineKind::Break, range),
            Event::InlineHtml(html) if html.get(..3).is_some_and(is_br) => {
                self.inline(InlineKind::Break, range);
            }
            // Other inline HTML is layout, and a comment within a line is no content.
            _ => {}
        }
    }

    fn open(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell => self.run = self.inlines.len(),
            Tag::Item => self.open_container(Container::Item),
            Tag::BlockQuote(_) => self.open_container(Container::Quote),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    // An info string with escapes in it is no language.
                    CodeBlockKind::Fenced(CowStr::Borrowed(info)) => {
                        info.split_whitespace().next().unwrap_or("")
                    }
                    _ => "",
                };
                self.flush_tight_text(range.start);
                self.fence = Some(Fence {
                    language,
                    lines: Vec::new(),
                    closed: true,
                });
            }
            Tag::HtmlBlock => {
                self.flush_tight_text(range.start);
                self.html(range);
            }
            Tag::Table(_) => {
                let lines = memchr::memchr_iter(b'\n', self.text[range.clone()].as_bytes());
                let rows = Vec::with_capacity(lines.count());
                let header = row(&range, 0);
                self.table = Some(Table { header, rows });
            }
            Tag::TableHead | Tag::TableRow => {
                let header = self.table.as_ref().map(|table| table.header.cells.len());
                self.row = Some(row(&range, header.unwrap_or_default()));
            }
            Tag::Link { dest_url, .. } => {
                self.inline(InlineKind::LinkStart(cow(dest_url)), range);
            }
            Tag::Emphasis | Tag::Strong => self.inline(InlineKind::EmphasisStart, range),
            Tag::List(_) => self.flush_tight_text(range.start),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => {
                let container = self.container();
                let inlines = self.take_run();
                self.block(range, BlockKind::Paragraph(inlines, container));
                self.mark_flushed();
            }
            TagEnd::Heading(level) => {
                let inlines = self.take_run();
                self.block(range, BlockKind::Heading(level as u8, inlines));
                self.mark_flushed();
            }
            TagEnd::Item | TagEnd::BlockQuote(_) => {
                self.flush_tight_text(range.end);
                self.containers.pop();
                self.mark_flushed();
            }
            TagEnd::CodeBlock => {
                if let Some(mut fence) = self.fence.take() {
                    fence.closed = self.is_closed(&range);
                    let range = self.cut(&mut fence, range);
                    self.block(range, BlockKind::Fence(fence));
                    self.mark_flushed();
                }
            }
            TagEnd::TableCell => {
                let inlines = self.take_run();
                if let Some(row) = &mut self.row {
                    let span = Span::from(range);
                    row.cells.push(Cell { span, inlines });
                }
            }
            TagEnd::TableHead => {
                if let (Some(table), Some(row)) = (&mut self.table, self.row.take()) {
                    table.header = row;
                }
            }
            TagEnd::TableRow => {
                if let (Some(table), Some(row)) = (&mut self.table, self.row.take()) {
                    table.rows.push(row);
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.block(range, BlockKind::Table(table));
                    self.mark_flushed();
                }
            }
            TagEnd::Link => self.inline(InlineKind::LinkEnd, range),
            TagEnd::Emphasis | TagEnd::Strong => self.inline(InlineKind::EmphasisEnd, range),
            _ => {}
        }
    }

    fn block(&mut self, range: Range<usize>, kind: BlockKind<'a>) {
        let span = Span::from(range);
        self.blocks.push(Block { span, kind });
    }

    fn inline(&mut self, kind: InlineKind<'a>, range: Range<usize>) {
        let span = Span::from(range);
        self.inlines.push(Inline { span, kind });
    }

    fn take_run(&mut self) -> Inlines {
        let end = self.inlines.len();
        let start = std::mem::replace(&mut self.run, end);
        Inlines(start as u32..end as u32)
    }

    fn open_container(&mut self, container: Container) {
        self.containers.push((container, self.inlines.len()));
    }

    fn container(&self) -> Container {
        let innermost = self.containers.last();
        innermost.map_or(Container::Page, |&(container, _)| container)
    }

    /// Notes that the inline elements so far belong to blocks.
    fn mark_flushed(&mut self) {
        let end = self.inlines.len();
        if let Some((_, start)) = self.containers.last_mut() {
            *start = end;
        }
    }

    /// Makes a block of the text of a tight list item, which has no paragraph around it.
    fn flush_tight_text(&mut self, end: usize) {
        let Some(&(container, start)) = self.containers.last() else {
            return;
        };
        if let Some(first) = self.inlines.get(start) {
            let range = first.span.start as usize..end;
            let inlines = Inlines(start as u32..self.inlines.len() as u32);
            self.block(range, BlockKind::Paragraph(inlines, container));
            self.mark_flushed();
        }
    }

    /// Adds the text of a fence line by line: an indented fence comes in pieces, any other whole.
    fn fence_text(&mut self, range: Range<usize>) {
        let Some(fence) = &mut self.fence else { return };
        let text = &self.text[range.clone()];
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1);
        let rest = (!text.is_empty() && !text.ends_with('\n')).then_some(text.len());
        fence
            .lines
            .reserve(ends.clone().count() + rest.iter().len());
        let mut start = 0;
        for end in ends.chain(rest) {
            let content = text[start..end].trim_end_matches(['\n', '\r']);
            let at = range.start + start;
            let span = Span::new(at, at + content.len());
            start = end;
            match fence.lines.last_mut() {
                // A piece that goes on where the last one stopped is the same line.
                Some(last) if last.end == span.start && !self.text[..at].ends_with('\n') => {
                    last.end = span.end;
                }
                _ => fence.lines.push(span),
            }
        }
    }

    /// Whether the last line of a fenced block is a closing fence.
    fn is_closed(&self, range: &Range<usize>) -> bool {
        let block = self.text[range.clone()].trim_end();
        let first = block.trim_start_matches([' ', '\t']);
        let Some(mark) = first.chars().next().filter(|&c| c == '`' || c == '~') else {
            return true;
        };
        let last = block.rsplit_once('\n').map_or("", |(_, last)| last);
        let last = last.trim_start_matches([' ', '\t', '>']);
        last.len() >= 3 && last.chars().all(|c| c == mark)
    }

    /// Cuts a fence off where it runs into what should follow it, outside of lists and quotes.
    fn cut(&mut self, fence: &mut Fence<'a>, range: Range<usize>) -> Range<usize> {
        let overrun = overrun::find(self.text, fence, &self.text[range.clone()]);
        let may_end = self.containers.is_empty() && self.overruns < MOST_OVERRUNS;
        let Some(line) = overrun.filter(|_| may_end) else {
            return range;
        };
        self.overruns += 1;
        let end = fence.lines[line].start as usize;
        fence.lines.truncate(line);
        fence.closed = false;
        self.resume = Some(end);
        range.start..end
    }

    /// Takes the comments out of an HTML block; other HTML is layout.
    fn html(&mut self, range: Range<usize>) {
        let find = |text: &str, mark: &str| memmem::find(text.as_bytes(), mark.as_bytes());
        let mut at = range.start.max(self.start);
        while let Some(open) = find(&self.text[at..range.end], "<!--") {
            let open = at + open;
            let inner = open + "<!--".len();
            let close = find(&self.text[inner..range.end], "-->");
            let end = close.map_or(range.end, |close| inner + close);
            let comment = Comment {
                inner: Span::new(inner, end),
                closed: close.is_some(),
            };
            at = close.map_or(end, |_| end + "-->".len());
            self.block(open..at, BlockKind::Comment(comment));
        }
    }
}

fn row(range: &Range<usize>, cells: usize) -> Row {
    Row {
        span: Span::from(range.clone()),
        cells: Vec::with_capacity(cells),
    }
}

fn is_br(start: &str) -> bool {
    start.eq_ignore_ascii_case("<br")
}

fn cow(text: CowStr<'_>) -> Cow<'_, str> {
    match text {
        CowStr::Borrowed(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.into_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Vec<String> {
        let document = parse(text, 0);
        let blocks = document.blocks.iter();
        blocks
            .map(|block| match &block.kind {
                BlockKind::Heading(level, run) => format!("h{level} {}", document.plain(run)),
                BlockKind::Paragraph(run, container) => {
                    format!("{container:?} {}", document.plain(run))
                }
                BlockKind::Fence(fence) => {
                    let lines = fence.lines.iter().map(|&line| document.slice(line));
                    let lines: Vec<_> = lines.collect();
                    format!("fence {} {lines:?} {}", fence.language, fence.closed)
                }
                BlockKind::Comment(comment) => {
                    format!("comment{}{}", document.slice(comment.inner), comment.closed)
                }
                BlockKind::Table(table) => {
                    let rows = std::iter::once(&table.header).chain(&table.rows);
                    let rows = rows.map(|row| {
                        let cells = row.cells.iter().map(|cell| document.plain(&cell.inlines));
                        cells.collect::<Vec<_>>().join("|")
                    });
                    format!("table {}", rows.collect::<Vec<_>>().join("/"))
                }
            })
            .collect()
    }

    #[test]
    fn lists_are_flattened_and_their_fences_lose_the_indentation() {
        let text = "- one\n- two *b*\n\n  <!-- {} -->\n  ```http\n  GET /a\n\n  GET /b\n  ```\n";
        assert_eq!(
            shape(text),
            [
                "Item one",
                "Item two b",
                "comment {} true",
                r#"fence http ["GET /a", "", "GET /b"] true"#,
            ]
        );
    }

    #[test]
    fn a_comment_ends_where_it_is_closed_and_says_so_when_it_is_not() {
        assert_eq!(
            shape("<!-- a --> <!-- b -->\n```\nx\n```\n<!-- open\n\n# no heading\n"),
            [
                "comment a true",
                "comment b true",
                r#"fence  ["x"] true"#,
                "comment open\n\n# no heading\nfalse",
            ]
        );
    }

    #[test]
    fn tables_keep_their_cells_and_breaks() {
        let text = "text\n|A|B|\n|:--|--|\n|**x**|[T](t.md)<br/>y|\n|only|\n";
        assert_eq!(shape(text), ["Page text", "table A|B/x|T y/only|"]);
    }

    #[test]
    fn an_unclosed_fence_is_told_apart() {
        assert_eq!(
            shape("```http\nGET /a\n"),
            [r#"fence http ["GET /a"] false"#]
        );
    }
}
