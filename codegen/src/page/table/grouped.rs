//! Tables with a row above each group of what they list, which says where that is sent: *URL parameters*, *Body
//! parameters*.

use std::borrow::Cow;

use super::is_group;
use crate::markdown::{Cell, Document, Row, Table};
use crate::page::section::{Section, SectionKind, kind_of_parameters};
use crate::text::trimmed;

/// The groups of a table, each with the section that it would have if it stood in one of its own; none where its rows
/// do not say that they group parameters. What stands before the first group is in the section of the table.
pub(super) fn of<'a>(
    document: &Document<'a>,
    table: &Table,
    section: &Section<'a>,
) -> Vec<(Section<'a>, Table)> {
    let kinds = || table.rows.iter().map(|row| group(document, row));
    // Hardly any table has groups.
    if !kinds().any(|kind| kind.is_some()) {
        return Vec::new();
    }
    let of = |section: Section<'a>| {
        let table = Table {
            header: table.header.clone(),
            rows: Vec::new(),
            uneven: None,
        };
        (section, table)
    };
    let mut groups = vec![of(section.clone())];
    for (row, kind) in table.rows.iter().zip(kinds()) {
        if let Some((title, kind)) = kind {
            groups.push(of(section.of_parameters(title, kind, row.span)));
        }
        if let Some((_, table)) = groups.last_mut() {
            table.rows.push(row.clone());
        }
    }
    groups.retain(|(_, table)| !table.rows.is_empty());
    groups
}

/// The title of a row that groups parameters, and what it says of them.
fn group<'a>(document: &Document<'a>, row: &Row) -> Option<(Cow<'a, str>, SectionKind)> {
    let (first, others) = document.cells(row).split_first()?;
    let is_empty = |it: &Cell| trimmed(document.slice(it.span)).is_empty();
    let is_title = is_group(trimmed(document.slice(first.span)));
    if !is_title || !others.iter().all(is_empty) {
        return None;
    }
    let title = document.plain(&first.inlines);
    Some((title.clone(), kind_of_parameters(&title)?))
}
