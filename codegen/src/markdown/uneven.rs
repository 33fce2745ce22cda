//! Tables whose line of dashes has not as many cells as their header. To Markdown they are paragraphs (GitHub
//! Flavored Markdown, section 4.10), and what was meant is plain to see.

use std::ops::Range;

use super::builder::Builder;
use super::plain::columns_of_dashes;
use super::{Cell, Inlines, Row, Table};
use crate::source::Span;
use crate::text::line_end;

impl Builder<'_> {
    /// Reads a paragraph as such a table. `None` where it is none, or where it takes pulldown-cmark to read what
    /// stands in it.
    pub(super) fn uneven_table(&mut self, range: Range<usize>) -> Option<Table> {
        let text = &self.text[range.clone()];
        let dashes = range.start + line_end(text, 0);
        let begin = range.start + line_end(text, dashes - range.start);
        let line = &self.text[dashes..begin];
        if columns_of_dashes(line).is_none() || text.contains('\r') {
            return None;
        }
        let (inlines, cells) = (self.inlines.len(), self.cells.len());
        let table = self
            .rows(range.start, begin..range.end)
            .map(|(header, rows)| Table {
                header,
                rows,
                uneven: Some(Span::of(line.trim_end(), self.text)),
            });
        if table.is_none() {
            self.inlines.truncate(inlines);
            self.cells.truncate(cells);
        }
        table
    }

    /// The header that stands at a place and the rows of a range, of as many cells each.
    fn rows(&mut self, header: usize, range: Range<usize>) -> Option<(Row, Vec<Row>)> {
        let (header, _) = self.plain_row(header)?;
        let columns = header.cells.count();
        let mut rows = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let begin = self.cells.len();
            let (row, end) = self.plain_row(at)?;
            // As Markdown has it, cells that are missing are empty, and what is too much is left out.
            let run = self.inlines.len() as u32;
            let empty = Cell {
                span: Span::new(end, end),
                inlines: Inlines(run..run),
            };
            self.cells.resize(begin + columns, empty);
            rows.push(self.row(begin, row.span.range()));
            at = end;
        }
        (!rows.is_empty()).then_some((header, rows))
    }
}
