//! From pulldown-cmark's events to blocks.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::builder::Builder;
use super::inline::footnote_mark;
use super::plain::is_zone_mark;
use super::{BlockKind, Cell, Container, Fence, FenceEnd, Inline, InlineKind, Inlines, Table};
use crate::source::Span;
use crate::text::line_end;

/// Reads a range of the text with pulldown-cmark, and says where to go on: behind it, where a fence in it
/// should have ended, or behind the mark of a zone.
pub(super) fn read(builder: &mut Builder<'_>, range: Range<usize>) -> usize {
    let parser = Parser::new_ext(&builder.text[range.clone()], Options::ENABLE_TABLES);
    let mut reader = Reader {
        run: builder.inlines.len(),
        builder,
        containers: Vec::new(),
        table: None,
        row: 0,
        fence: None,
        mark: 0..0,
        resume: None,
    };
    for (event, at) in parser.into_offset_iter() {
        reader.event(event, at.start + range.start..at.end + range.start);
        if let Some(resume) = reader.resume {
            return resume;
        }
    }
    range.end
}

/// The blocks so far, and those that are open.
struct Reader<'b, 'a> {
    builder: &'b mut Builder<'a>,
    /// The lists and quotes around, each with how many inline elements belong to blocks already.
    containers: Vec<(Container, usize)>,
    /// Where the inline elements of the open paragraph, heading or cell begin.
    run: usize,
    /// The open table, and where it begins.
    table: Option<(usize, Table)>,
    /// Where the cells of the open row begin.
    row: usize,
    fence: Option<Fence<'a>>,
    /// The inside of the last mark of a footnote.
    mark: Range<usize>,
    /// Where to go on behind a fence that should have ended before the parser thinks it does, or behind the mark
    /// of a zone.
    resume: Option<usize>,
}

impl<'a> Reader<'_, 'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            _ if self.mark.start <= range.start && range.end <= self.mark.end => {}
            Event::Start(tag) => self.open(tag, range),
            Event::End(tag) => self.close(tag, range),
            Event::Text(_) if self.fence.is_some() => self.fence_text(range),
            Event::Text(text) => self.builder.inline(InlineKind::Text(cow(text)), range),
            Event::Code(text) => self.builder.inline(InlineKind::Code(cow(text)), range),
            Event::SoftBreak | Event::HardBreak => self.builder.inline(InlineKind::Break, range),
            Event::InlineHtml(html) if html.get(..3).is_some_and(is_br) => {
                self.builder.inline(InlineKind::Break, range);
            }
            // Other inline HTML is layout, and a comment within a line is no content.
            Event::InlineHtml(_) => {
                if let Some(end) = footnote_mark(self.builder.text, range.start) {
                    self.mark = range.end..end;
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell => {
                self.run = self.builder.inlines.len()
            }
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
                    end: FenceEnd::Closed,
                });
            }
            Tag::HtmlBlock => {
                self.flush_tight_text(range.start);
                if self.resume.is_none() {
                    self.builder.html(range);
                }
            }
            Tag::Table(_) => {
                let lines = memchr::memchr_iter(b'\n', self.builder.text[range.clone()].as_bytes());
                let rows = Vec::with_capacity(lines.count());
                let start = range.start;
                let header = self.builder.row(self.builder.cells.len(), range);
                let table = Table {
                    header,
                    rows,
                    uneven: None,
                };
                self.table = Some((start, table));
            }
            Tag::TableHead | Tag::TableRow => self.row = self.builder.cells.len(),
            Tag::Link { dest_url, .. } => {
                self.builder
                    .inline(InlineKind::LinkStart(cow(dest_url)), range);
            }
            Tag::Emphasis | Tag::Strong => self.builder.inline(InlineKind::EmphasisStart, range),
            Tag::List(_) => self.flush_tight_text(range.start),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => {
                let container = self.container();
                let start = std::mem::replace(&mut self.run, self.builder.inlines.len());
                self.paragraph(start, range, container);
            }
            // A line of dashes below it makes a heading of a paragraph.
            TagEnd::Heading(_) if self.zone_mark(&range).is_some() => {
                let container = self.container();
                let start = std::mem::replace(&mut self.run, self.builder.inlines.len());
                self.paragraph(start, range, container);
            }
            TagEnd::Heading(level) => {
                let inlines = self.take_run();
                self.builder
                    .block(range, BlockKind::Heading(level as u8, inlines));
                self.mark_flushed();
            }
            TagEnd::Item | TagEnd::BlockQuote(_) => {
                self.flush_tight_text(range.end);
                self.containers.pop();
                self.mark_flushed();
            }
            TagEnd::CodeBlock => {
                if let Some(mut fence) = self.fence.take() {
                    if !self.is_closed(&range) {
                        fence.end = FenceEnd::Unknown;
                    }
                    let may_overrun = self.containers.is_empty();
                    self.resume = self.builder.fence(fence, range, may_overrun);
                    self.mark_flushed();
                }
            }
            TagEnd::TableCell => {
                let inlines = self.take_run();
                let span = Span::from(range);
                self.builder.cells.push(Cell { span, inlines });
            }
            TagEnd::TableHead => {
                if let Some((_, table)) = &mut self.table {
                    table.header = self.builder.row(self.row, range);
                }
            }
            TagEnd::TableRow
                if is_zone_mark(&self.builder.text[range.start..]) && self.builder.may_resume() =>
            {
                if let Some(Cell { inlines, .. }) = self.builder.cells.get(self.row) {
                    self.builder.inlines.truncate(inlines.0.start as usize);
                }
                self.builder.cells.truncate(self.row);
                self.end_table(range.start);
                self.resume = Some(line_end(self.builder.text, range.start));
            }
            TagEnd::TableRow => {
                if let Some((_, table)) = &mut self.table {
                    table.rows.push(self.builder.row(self.row, range));
                }
            }
            TagEnd::Table => self.end_table(range.end),
            TagEnd::Link => self.builder.inline(InlineKind::LinkEnd, range),
            TagEnd::Emphasis | TagEnd::Strong => {
                self.builder.inline(InlineKind::EmphasisEnd, range)
            }
            _ => {}
        }
    }

    /// Adds a paragraph of the inline elements from one on. Where a mark of a zone stands in it, it ends there,
    /// and the rest is read anew.
    fn paragraph(&mut self, start: usize, range: Range<usize>, container: Container) {
        let mut end = range.end;
        if let Some(mark) = self.zone_mark(&range)
            && self.builder.may_resume()
        {
            end = mark;
            self.resume = Some(line_end(self.builder.text, end));
            let mut inlines = self.builder.inlines[start..].iter();
            // The line end before the mark is no part of the paragraph either.
            let is_behind = |inline: &Inline<'_>| inline.span.end as usize >= end;
            let kept = inlines.position(is_behind);
            self.builder.inlines.truncate(start + kept.unwrap_or(0));
        }
        let (mut start, mut range) = (start, range.start..end);
        if container == Container::Page
            && let Some(heading) = self.builder.closed_up_heading(start, &range)
        {
            range.start = line_end(self.builder.text, heading.line.end).min(end);
            start = heading.behind;
            let kind = BlockKind::Heading(heading.level, heading.title);
            self.builder.block(heading.line, kind);
        }
        if end > range.start {
            let block = self.block_of(start, range.clone(), container);
            self.builder.block(range, block);
        }
        self.mark_flushed();
    }

    /// What a paragraph is whose inline elements are those from one on.
    fn block_of(
        &mut self,
        start: usize,
        range: Range<usize>,
        container: Container,
    ) -> BlockKind<'a> {
        if self.builder.text.as_bytes()[range.start] == b'|' {
            let inlines = self.builder.inlines.split_off(start);
            if let Some(table) = self.builder.uneven_table(range) {
                return BlockKind::Table(table);
            }
            self.builder.inlines.extend(inlines);
        }
        BlockKind::Paragraph(self.builder.run(start), container)
    }

    /// Where the first line in a range begins that is the mark of a zone.
    fn zone_mark(&self, range: &Range<usize>) -> Option<usize> {
        let text = &self.builder.text[range.clone()];
        if is_zone_mark(text) {
            return Some(range.start);
        }
        let line_end = memchr::memmem::find(text.as_bytes(), b"\n:::")?;
        Some(range.start + line_end + 1)
    }

    fn end_table(&mut self, end: usize) {
        if let Some((start, table)) = self.table.take() {
            self.builder.block(start..end, BlockKind::Table(table));
            self.mark_flushed();
        }
    }

    fn take_run(&mut self) -> Inlines {
        let start = std::mem::replace(&mut self.run, self.builder.inlines.len());
        self.builder.run(start)
    }

    fn open_container(&mut self, container: Container) {
        self.containers
            .push((container, self.builder.inlines.len()));
    }

    /// What a paragraph stands in now: a list in a quote is part of the note that this is.
    fn container(&self) -> Container {
        let mut containers = self.containers.iter().map(|&(container, _)| container);
        let innermost = containers.next_back();
        match containers.any(|container| container == Container::Quote) {
            true => Container::Quote,
            false => innermost.unwrap_or(Container::Page),
        }
    }

    /// Notes that the inline elements so far belong to blocks.
    fn mark_flushed(&mut self) {
        let end = self.builder.inlines.len();
        if let Some((_, start)) = self.containers.last_mut() {
            *start = end;
        }
    }

    /// Makes a block of the text of a tight list item, which has no paragraph around it.
    fn flush_tight_text(&mut self, end: usize) {
        let Some(&(_, start)) = self.containers.last() else {
            return;
        };
        if let Some(first) = self.builder.inlines.get(start) {
            self.paragraph(start, first.span.start as usize..end, self.container());
        }
    }

    /// Adds the text of a fence line by line: an indented fence comes in pieces, any other whole.
    fn fence_text(&mut self, range: Range<usize>) {
        let Some(fence) = &mut self.fence else { return };
        let text = &self.builder.text[range.clone()];
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
                Some(last)
                    if last.end == span.start && !self.builder.text[..at].ends_with('\n') =>
                {
                    last.end = span.end;
                }
                _ => fence.lines.push(span),
            }
        }
    }

    /// Whether the last line of a fenced block is a closing fence.
    fn is_closed(&self, range: &Range<usize>) -> bool {
        let block = self.builder.text[range.clone()].trim_end();
        let first = block.trim_start_matches([' ', '\t']);
        let Some(mark) = first.chars().next().filter(|&c| c == '`' || c == '~') else {
            return true;
        };
        let length = first.len() - first.trim_start_matches(mark).len();
        let last = block.rsplit_once('\n').map_or("", |(_, last)| last);
        let last = last.trim_start_matches([' ', '\t', '>']);
        last.len() >= length && last.chars().all(|c| c == mark)
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
