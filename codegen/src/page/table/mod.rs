//! Tables of parameters, headers, properties and members: what each row documents.

pub(super) mod answer;
mod bare_members;
pub(super) mod by_section;
pub(crate) mod capitals;
mod cells;
mod columns;
mod grouped;
mod inner;
pub(super) mod known_rows;
pub(crate) mod members;
pub(crate) mod methods;
mod statuses;
mod table_use;
pub(super) mod undivided;
pub(super) mod unowned;
mod unread;
pub(super) mod unwritten;

use std::borrow::Cow;

use foldhash::{HashSet, HashSetExt as _};

use super::context::Context;
use super::prose::deprecation;
use super::type_name::{self, Name, TypeName};
use crate::diagnostic::Code;
use crate::markdown::{Cell, Document, Row, Table};
use crate::source::Span;
use crate::text::{strip_start, trimmed};
use cells::{
    clean_name, of_linked_items, of_listed_values, requirement, type_of_value, without_preference,
};
use columns::{Columns, columns};

pub use columns::{describes, describes_values, documents, has_names, types};

/// A row that documents something by name.
#[derive(Clone, Debug)]
pub struct NamedRow<'a> {
    /// The name, without remarks behind it.
    pub name: Cow<'a, str>,
    /// The type, where the table has a column for it and the cell names one.
    pub ty: Option<TypeName>,
    /// The number in the column for values, for members of an enumeration.
    pub value: Option<i64>,
    /// The description, as Markdown.
    pub description: Cow<'a, str>,
    /// Whether it must be given, where the row says so.
    pub required: Option<bool>,
    /// Whether the row says that it is deprecated.
    pub deprecated: bool,
    /// The place of the row.
    pub span: Span,
}

impl<'a> NamedRow<'a> {
    /// Whether it calls what it documents a number and does not say of which kind, or a timestamp, which may be one.
    pub fn is_number(&self) -> bool {
        let named = self.ty.as_ref();
        named.is_some_and(|ty| matches!(ty.name, Name::Number | Name::Timestamp))
    }

    /// What is known of something that is named outside of tables.
    pub(super) fn undescribed(name: &'a str, span: Span) -> Self {
        Self {
            name: Cow::Borrowed(name),
            ty: None,
            value: None,
            description: Cow::Borrowed(""),
            required: None,
            deprecated: false,
            span,
        }
    }

    /// Whether the row was left in from the template that pages are begun with.
    pub fn is_leftover(&self) -> bool {
        strip_start(&self.name, "x-sample-").is_some()
            || self.description.contains("Update accordingly or remove")
    }
}

/// What a table documents: it decides what its columns may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// Parameters or properties: name, type and description.
    Named,
    /// The same for the values in a path, of which two may have one name: `/racks/{id}/locks/{id}`.
    Path,
    /// Headers: name, value and description.
    Headers,
    /// Members of an enumeration: name, number and description.
    Members,
}

/// Reads the rows of a table. Rows that cannot be read are reported.
pub fn read<'a>(
    cx: &mut Context<'a>,
    document: &Document<'a>,
    table: &Table,
    kind: TableKind,
) -> Vec<NamedRow<'a>> {
    let Some(columns) = columns(document, table, kind) else {
        let message = "the table has no column of names, and nothing is made of it";
        let help = match kind {
            TableKind::Named => {
                "properties are named in a column *Property*, parameters in one *Parameter*"
            }
            TableKind::Path => "the values in the path are named in a column *Parameter*",
            TableKind::Headers => "headers are named in a column *Name*",
            TableKind::Members => "members are named in a column *Member*",
        };
        cx.report_with_help(Code::TableColumns, table.header.span, message, help);
        cx.accounting.table_rows.reported += table.rows.len() as u32;
        return Vec::new();
    };
    columns::check_titles(cx, document, table, &columns);
    let mut rows = Vec::with_capacity(table.rows.len());
    // The names below the row that groups them, as they are written: a remark may tell two apart.
    let mut names = HashSet::with_capacity(table.rows.len());
    let are_unique = matches!(kind, TableKind::Named | TableKind::Members);
    let written = |row| {
        document
            .cells(row)
            .get(columns.name)
            .map(|cell| document.slice(cell.span))
    };
    for row in &table.rows {
        if documents_nothing(document, row, kind) {
            cx.accounting.table_rows.used += 1;
            names.clear();
            continue;
        }
        let cells = count_cells(document, table, row);
        let rest = rest_of_row(document, table, row, cells);
        match read_row(document, row, rest, &columns, kind) {
            Some(read) if are_unique && !names.insert(written(row)) => {
                let message = format!("`{}` has a row in this table already", read.name);
                let help = "the first counts: leave this one out, or call it what is meant";
                cx.report_with_help(Code::RowTwice, row.span, message, help);
                cx.accounting.table_rows.reported += 1;
            }
            Some(read) => {
                check_cells(cx, table, row, cells);
                check_type(cx, document, row, &columns, &read);
                cx.accounting.table_rows.used += 1;
                rows.push(read);
            }
            None => {
                let message = "the row has no name";
                cx.report(Code::TableRow, row.span, message);
                cx.accounting.table_rows.reported += 1;
            }
        }
    }
    unwritten::report(cx, &rows);
    rows
}

/// Reads a row, the last cell of which may be more than the table has of it.
fn read_row<'a>(
    document: &Document<'a>,
    row: &Row,
    rest: Option<Span>,
    columns: &Columns,
    kind: TableKind,
) -> Option<NamedRow<'a>> {
    let cells = document.cells(row);
    let text = |column: Option<usize>| {
        let cell = column.and_then(|column| cells.get(column));
        cell.map(|cell| document.plain(&cell.inlines))
            .unwrap_or_default()
    };
    let written = text(Some(columns.name));
    let is_remarked = deprecation::is_remarked(&written);
    let name = match written {
        Cow::Borrowed(text) => Cow::Borrowed(clean_name(text)),
        Cow::Owned(text) => Cow::Owned(clean_name(&text).to_owned()),
    };
    if name.is_empty() {
        return None;
    }
    let value = text(columns.value).parse().ok();
    // In a table of headers, the value stands where the description does elsewhere. The number of a member describes
    // nothing.
    let is_number = kind == TableKind::Members && value.is_some();
    let described = columns.description.or(columns.value.filter(|_| !is_number));
    // A bar in the last column is one of the text: nothing stands behind it.
    let rest = rest.filter(|_| described.is_some_and(|column| column + 1 == cells.len()));
    let cell = described.and_then(|column| cells.get(column));
    let description = match rest.or(cell.map(|cell| cell.span)) {
        Some(span) => document.markdown(span),
        None => Cow::Borrowed(""),
    };
    let description = match unwritten::stands_for_nothing(&description) {
        true => Cow::Borrowed(""),
        false => description,
    };
    let said = requirement(&description);
    let is_said = deprecation::is_said_of(&name, &description);
    // The name is kept without its remarks, and this one is more than a footnote.
    let description = match is_remarked && !is_said {
        true => deprecation::noted(description),
        false => description,
    };
    let (name, description) = match kind {
        TableKind::Headers => without_preference(name, description),
        _ => (name, description),
    };
    let stated = match text(columns.required).to_ascii_lowercase().as_str() {
        "yes" | "y" | "true" | "required" | "mandatory" | "x" | "✓" | "✔" => Some(true),
        "no" | "n" | "false" | "optional" => Some(false),
        _ => None,
    };
    Some(NamedRow {
        required: stated.or(said),
        deprecated: is_remarked || is_said,
        name,
        ty: match (columns.ty, columns.value) {
            (None, Some(column)) if matches!(kind, TableKind::Named | TableKind::Path) => {
                let cell = cells.get(column);
                cell.and_then(|cell| type_of_value(document, cell))
            }
            (Some(column), _) => {
                let ty = type_name::parse(&text(Some(column)));
                let ty = ty.map(|ty| of_linked_items(document, cells.get(column), ty));
                ty.map(|ty| of_listed_values(ty, &description))
            }
            (None, _) => None,
        },
        value,
        description,
        span: row.span,
    })
}

/// Whether a row only groups those below it, with a name in bold or italics, or says that there is nothing to list; and
/// has nothing else in it.
fn documents_nothing(document: &Document<'_>, row: &Row, kind: TableKind) -> bool {
    let text = |cell: &Cell| trimmed(document.slice(cell.span));
    let Some((first, others)) = document.cells(row).split_first() else {
        return false;
    };
    let first = text(first);
    let says_none = || first.trim_end_matches('.').eq_ignore_ascii_case("none");
    let is_empty = |cell: &Cell| matches!(text(cell), "" | "&nbsp;");
    // A table of one column has nothing but names.
    let may_be_group = || !others.is_empty() && is_group(first);
    let may_be = may_be_group() || kind != TableKind::Members && says_none();
    may_be && others.iter().all(is_empty)
}

/// Whether the text of a cell begins in bold, or is one of several words in italics. One word in italics is a name that
/// nothing is said of.
fn is_group(text: &str) -> bool {
    let is_in = |mark: char| text.starts_with(mark) && text.ends_with(mark) && text.contains(' ');
    text.starts_with("**") || is_in('_') || is_in('*')
}

/// Reports a cell for the type of a row that names none: without it, the value is text.
fn check_type(
    cx: &mut Context<'_>,
    document: &Document<'_>,
    row: &Row,
    columns: &Columns,
    read: &NamedRow<'_>,
) {
    let cell = columns.ty.filter(|_| read.ty.is_none());
    let Some(cell) = cell.and_then(|column| document.cells(row).get(column)) else {
        return;
    };
    let text = document.plain(&cell.inlines);
    // A dash stands for nothing, and what is not written yet is reported as such.
    if text.contains(char::is_alphanumeric) && !unwritten::is_unwritten(cx.slice(row.span)) {
        let message = format!("`{text}` names no type");
        let help = "it is taken for text: name a primitive type, such as `Int32`, or one that a page defines";
        cx.report_with_help(Code::TypeUnknown, cell.span, message, help);
    }
}

/// How many cells a row has, of which those that are more than the header has are lost.
fn count_cells(document: &Document<'_>, table: &Table, row: &Row) -> usize {
    let text = trimmed(document.slice(row.span));
    let expected = table.header.cells.count();
    // The last of as many cells as the header has mostly ends at the last bar of the row.
    let last = document.cells(row).last();
    let end = Span::of(text, document.text).end;
    if text.starts_with('|')
        && last.is_some_and(|cell| cell.span.end + 1 == end)
        && text.ends_with('|')
    {
        return expected;
    }
    let inner = text.strip_prefix('|').unwrap_or(text);
    let inner = without_border(inner);
    let mut escaped = None;
    let mut cells = 1;
    for at in memchr::memchr2_iter(b'|', b'\\', inner.as_bytes()) {
        if escaped == Some(at) {
            escaped = None;
        } else if inner.as_bytes()[at] == b'|' {
            cells += 1;
        } else {
            escaped = Some(at + 1);
        }
    }
    cells
}

/// The text of a row without the bar at its end.
fn without_border(text: &str) -> &str {
    let inner = text.strip_suffix('|');
    inner.filter(|inner| !inner.ends_with('\\')).unwrap_or(text)
}

/// The place of the last cell of a row with all that stands behind it, where the row has more cells than the header and
/// they are not empty.
fn rest_of_row(document: &Document<'_>, table: &Table, row: &Row, cells: usize) -> Option<Span> {
    if cells <= table.header.cells.count() {
        return None;
    }
    let last = document.cells(row).last()?;
    let mut text = trimmed(document.slice(row.span));
    while let shorter = trimmed(without_border(text))
        && shorter.len() < text.len()
    {
        text = shorter;
    }
    let end = Span::of(text, document.text).end;
    (end > last.span.end).then(|| Span::new(last.span.start as usize, end as usize))
}

/// Reports a row with more cells than the header has, or with fewer.
fn check_cells(cx: &mut Context<'_>, table: &Table, row: &Row, cells: usize) {
    let expected = table.header.cells.count();
    if cells != expected {
        let message = format!("the table has {expected} columns, the row has {cells}");
        let help = match cells > expected {
            true => "write a bar that is no border as `\\|`",
            false => "leave a cell empty rather than out",
        };
        cx.report_with_help(Code::TableRow, row.span, message, help);
    }
}
