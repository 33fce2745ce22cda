//! Tables of what can be done with a resource: each row leads to the page of an operation, and says what that returns.

use crate::markdown::{Document, Table};
use crate::page::Page;
use crate::source::{Span, resolve};

/// What a row says. It is kept as it is written: most operations say themselves what they return.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MethodRow {
    /// The cell whose link leads to the page of the operation.
    pub(crate) operation: Span,
    /// The cell that names the type of what comes back.
    pub(crate) returns: Span,
}

impl MethodRow {
    /// What it says that comes back, as it is written.
    pub(crate) fn answer<'p>(&self, page: &'p Page<'_>) -> &'p str {
        page.file.text[self.returns.range()].trim()
    }

    /// The path of the file to which it leads.
    pub(crate) fn path(&self, page: &Page<'_>) -> Option<String> {
        let links = &page.links;
        let after = links.partition_point(|it| it.span.start < self.operation.start);
        let link = links.get(after)?;
        if link.span.end > self.operation.end {
            return None;
        }
        let from = page.file.path_of(self.operation.start);
        resolve(page.file.label(), from, &link.destination[..link.path])
    }
}

/// Whether the first column of a table has methods, as its header says.
pub(super) fn lists_methods(document: &Document<'_>, table: &Table) -> bool {
    let first = document.cells(&table.header).first();
    first.is_some_and(|cell| document.plain(&cell.inlines).eq_ignore_ascii_case("Method"))
}

/// The rows of a table that has a column for what comes back.
pub(super) fn read(document: &Document<'_>, table: &Table) -> Option<Vec<MethodRow>> {
    const TITLES: [&str; 3] = ["return type", "returns", "return value"];
    let is_returns = |title: &str| TITLES.iter().any(|it| it.eq_ignore_ascii_case(title));
    let mut header = document.cells(&table.header).iter();
    let column = header.position(|cell| is_returns(&document.plain(&cell.inlines)))?;
    let rows = table.rows.iter().filter_map(|row| {
        let cells = document.cells(row);
        let [operation, returns] = [cells.first()?, cells.get(column)?];
        Some(MethodRow {
            operation: operation.span,
            returns: returns.span,
        })
    });
    Some(rows.collect())
}
