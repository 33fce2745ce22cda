//! Tables of what is in a value that a table before them lists.

use crate::markdown::{BlockKind, Document, Table};
use crate::page::Page;
use crate::page::section::Section;

/// The row of the body that a table says more of, where the sentence above it says so: *each object in the `sails` array
/// has the following values*.
pub(super) fn row<'p>(
    page: &'p Page<'_>,
    document: &Document<'_>,
    table: &Table,
    section: &Section<'_>,
) -> Option<&'p str> {
    // Hardly any body has two tables.
    if page.body_rows.is_empty() {
        return None;
    }
    let blocks = section.own_blocks(document);
    let is_it =
        |kind: &BlockKind<'_>| matches!(kind, BlockKind::Table(it) if std::ptr::eq(it, table));
    let at = blocks.iter().position(|block| is_it(&block.kind))?;
    let BlockKind::Paragraph(run, _) = &blocks[at.checked_sub(1)?].kind else {
        return None;
    };
    let text = document.plain(run);
    let (_, behind) = text.split_once(" in the ")?;
    let mut words = behind.split_whitespace();
    let name = words.next()?;
    let is_inner = matches!(words.next()?, "array" | "list" | "collection" | "object");
    let mut rows = page.body_rows.iter().filter(|_| is_inner);
    rows.find(|row| row.name == name).map(|row| &*row.name)
}
