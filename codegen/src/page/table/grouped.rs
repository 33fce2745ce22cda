//! Tables that say themselves where what they list is sent: by a row above each group of it, *URL parameters*, *Body
//! parameters*; or by a column *In*, whose cells are `path`, `query`, `header` and `body`.

use std::borrow::Cow;

use super::is_group;
use crate::markdown::{Cell, Document, Row, Table};
use crate::page::section::{Section, SectionKind, kind_of_parameters};
use crate::text::trimmed;

/// The groups of a table, each with the section that it would have if it stood in one of its own; none where nothing in it
/// says that it groups parameters. What stands before the first group is in the section of the table.
pub(super) fn of<'a>(
    document: &Document<'a>,
    table: &Table,
    section: &Section<'a>,
) -> Vec<(Section<'a>, Table)> {
    if let Some(column) = column_of_places(document, table) {
        return by_place(document, table, section, column);
    }
    let kinds = || table.rows.iter().map(|row| group(document, row));
    // Hardly any table has groups.
    if !kinds().any(|kind| kind.is_some()) {
        return Vec::new();
    }
    let of = |section| (section, without_rows(table));
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

fn without_rows(table: &Table) -> Table {
    Table {
        header: table.header.clone(),
        rows: Vec::new(),
        uneven: None,
    }
}

/// The titles that sections of parameters have, by the word for where these are sent.
const PLACES: [(&str, &str); 5] = [
    ("path", "Path parameters"),
    ("url", "Path parameters"),
    ("query", "Query parameters"),
    ("header", "Request headers"),
    ("body", "Body parameters"),
];

/// The column whose cells say where what the rows are about is sent.
fn column_of_places(document: &Document<'_>, table: &Table) -> Option<usize> {
    let text = |cell: &Cell| trimmed(document.slice(cell.span));
    let mut titles = document.cells(&table.header).iter().map(text);
    let column = titles.position(|title| {
        matches!(title.len(), 2 | 8)
            && ["In", "Location"]
                .iter()
                .any(|it| it.eq_ignore_ascii_case(title))
    })?;
    let mut rows = table.rows.iter();
    rows.all(|row| place(document, row, column).is_some())
        .then_some(column)
}

/// The title that parameters sent where a row says would stand below.
fn place(document: &Document<'_>, row: &Row, column: usize) -> Option<&'static str> {
    let cell = document.cells(row).get(column)?;
    let text = document.plain(&cell.inlines);
    let word = trimmed(&text).split(' ').next()?;
    let mut places = PLACES.iter();
    let found = places.find(|(place, _)| place.eq_ignore_ascii_case(word));
    found.map(|&(_, title)| title)
}

/// The rows of a table by where what they are about is sent.
fn by_place<'a>(
    document: &Document<'a>,
    table: &Table,
    section: &Section<'a>,
    column: usize,
) -> Vec<(Section<'a>, Table)> {
    let mut groups: Vec<(Section<'a>, Table)> = Vec::new();
    for row in &table.rows {
        let Some(title) = place(document, row, column) else {
            continue;
        };
        let at = match groups
            .iter()
            .position(|(section, _)| section.title == title)
        {
            Some(at) => at,
            None => {
                let kind = kind_of_parameters(title).unwrap_or(section.kind);
                let section = section.of_parameters(title.into(), kind, table.header.span);
                groups.push((section, without_rows(table)));
                groups.len() - 1
            }
        };
        groups[at].1.rows.push(row.clone());
    }
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
