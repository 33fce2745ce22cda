//! The columns of a table, which are known by their titles.

use super::TableKind;
use crate::diagnostic::Code;
use crate::markdown::{Cell, Document, Table};
use crate::nearness::nearest;
use crate::page::context::Context;
use crate::text::strip_end;

/// Which cell of a row is what.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Columns {
    pub(super) name: usize,
    pub(super) ty: Option<usize>,
    pub(super) value: Option<usize>,
    pub(super) description: Option<usize>,
    pub(super) required: Option<usize>,
}

/// The titles of the column of types. One with a slip in it is taken for the first, as are those below.
const TYPE: [&str; 4] = ["Type", "Data type", "Datatype", "Return type"];

/// The titles of the column that tells what something is for.
const DESCRIPTION: [&str; 5] = ["Description", "Remarks", "Details", "Meaning", "Notes"];

/// The titles of the column that tells whether something must be given.
const REQUIRED: [&str; 3] = ["Required", "Required?", "Mandatory"];

/// Reports columns whose titles have a slip in them.
pub(super) fn check_titles(
    cx: &mut Context<'_>,
    document: &Document<'_>,
    table: &Table,
    columns: &Columns,
) {
    let header = document.cells(&table.header);
    let meant: [(_, &[&str]); 3] = [
        (columns.ty, &TYPE),
        (columns.description, &DESCRIPTION),
        (columns.required, &REQUIRED),
    ];
    for (column, names) in meant {
        let Some(cell) = column.and_then(|column| header.get(column)) else {
            continue;
        };
        let title = document.plain(&cell.inlines);
        if !is_any(without_remark(&title), names) {
            let name = names[0];
            let message = format!("the column `{title}` is read as *{name}*");
            let help = format!("write `{name}`");
            cx.report_with_help(Code::TableColumns, cell.span, message, help);
        }
    }
}

/// Whether a title is one of some names.
fn is_any(title: &str, names: &[&str]) -> bool {
    names.iter().any(|name| title.eq_ignore_ascii_case(name))
}

/// Whether a table lists parameters or properties, wherever it stands: it has a column for each of
/// their names and one for their types.
pub fn documents(document: &Document<'_>, table: &Table) -> bool {
    columns(document, table, TableKind::Named).is_some_and(|columns| columns.ty.is_some())
}

/// Whether a table lists values by their names, with the type of each.
pub(super) fn lists_typed(document: &Document<'_>, table: &Table) -> bool {
    let titles = document.titles(table);
    let has = |names: &[&str]| titles.iter().any(|title| is_any(title, names));
    has(&["value"]) && has(&TYPE)
}

/// The cells for the types of what a table lists.
pub fn types<'d>(document: &'d Document<'_>, table: &'d Table) -> impl Iterator<Item = &'d Cell> {
    let column = columns(document, table, TableKind::Named).and_then(|columns| columns.ty);
    let rows = table.rows.iter();
    rows.filter_map(move |row| document.cells(row).get(column?))
}

/// Whether a table has a column for names and one for what it says of each.
pub fn describes(document: &Document<'_>, table: &Table) -> bool {
    columns(document, table, TableKind::Named)
        .is_some_and(|columns| (columns.ty.or(columns.value).or(columns.description)).is_some())
}

/// Whether a table lists nothing but values, and says what each of them means.
pub fn describes_values(document: &Document<'_>, table: &Table) -> bool {
    let is_of_values = |it: Columns| it.ty.is_none() && it.description.is_some();
    !has_names(document, table, TableKind::Named)
        && columns(document, table, TableKind::Members).is_some_and(is_of_values)
}

/// Whether a table lists nothing but members, and may say nothing of them.
pub(super) fn lists_members(document: &Document<'_>, table: &Table) -> bool {
    !has_names(document, table, TableKind::Named) && has_members(document, table)
}

/// Whether a table may list members, by whatever name.
pub(super) fn has_members(document: &Document<'_>, table: &Table) -> bool {
    columns(document, table, TableKind::Members).is_some_and(|it| it.ty.is_none())
}

/// Whether a table has a column for the names of what it documents.
pub fn has_names(document: &Document<'_>, table: &Table, kind: TableKind) -> bool {
    columns(document, table, kind).is_some()
}

/// The title of a column without the remark that may stand behind it: `Property (ID)`.
fn without_remark(title: &str) -> &str {
    let remark = title.strip_suffix(')').and_then(|it| it.split_once(" ("));
    remark.map_or(title, |(bare, _)| bare)
}

/// Which columns a table has; `None` where it has none of names.
pub(super) fn columns(document: &Document<'_>, table: &Table, kind: TableKind) -> Option<Columns> {
    let cells = document.cells(&table.header).iter();
    let titles: Vec<_> = cells.map(|cell| document.plain(&cell.inlines)).collect();
    let bare: Vec<_> = titles.iter().map(|title| without_remark(title)).collect();
    let find = |names: &[&str]| {
        names.iter().find_map(|name| {
            let mut titles = bare.iter();
            titles.position(|title| title.eq_ignore_ascii_case(name))
        })
    };
    let names: &[&str] = match kind {
        TableKind::Named | TableKind::Path | TableKind::Headers => &[
            "parameter name",
            "parameter",
            "required parameter",
            "optional parameter",
            "property name",
            "property",
            "name",
            "relationship name",
            "relationship",
            "navigation property",
            "navigation",
            "header",
            "query parameter",
            "path parameter",
            "header name",
            "field name",
            "field",
            "attribute name",
            "attribute",
            "argument name",
            "argument",
        ],
        TableKind::Members => &["member", "member name", "name", "value"],
    };
    let numbers = ["numeric value", "int value", "value"];
    // The values of an enumeration may be called those of something: `displayAs value`.
    let values = || {
        let mut titles = titles.iter();
        titles.position(|title| strip_end(title, " value").is_some() && !is_any(title, &numbers))
    };
    let name = match kind {
        TableKind::Headers => find(names),
        // A value of a type is what is sent or comes back, by its name.
        TableKind::Named | TableKind::Path => {
            find(names).or_else(|| find(&TYPE).and(find(&["value"])))
        }
        TableKind::Members => find(names).or_else(values),
    }?;
    let other = |found: Option<usize>| found.filter(|&column| column != name);
    let ty = other(find(&TYPE));
    let value = other(find(&numbers));
    let description = other(find(&DESCRIPTION));
    let required = other(find(&REQUIRED));
    // What a column with a slip in its title says would be lost otherwise: without their types, all that a table lists
    // would be text. Few tables have a column that is none of these.
    let known = [Some(name), ty, value, description, required];
    let has_others = titles.len() > known.iter().flatten().count();
    let slip = |names: &[&str]| {
        let unread = titles.iter().enumerate();
        let mut unread = unread.filter(|(column, _)| !known.contains(&Some(*column)));
        let near = nearest(names[0], unread.clone().map(|(_, title)| &**title))?;
        unread.find_map(|(column, title)| (*title == near).then_some(column))
    };
    let or_slip = |found: Option<usize>, names| match has_others {
        true => found.or_else(|| slip(names)),
        false => found,
    };
    Some(Columns {
        name,
        ty: or_slip(ty, &TYPE),
        value,
        description: or_slip(description, &DESCRIPTION),
        required: or_slip(required, &REQUIRED),
    })
}
