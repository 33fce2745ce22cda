//! Tables of parameters, headers, properties and members: which column says what.

use std::borrow::Cow;

use foldhash::{HashSet, HashSetExt as _};
use smol_str::SmolStr;

use super::context::Context;
use super::members::listed_values;
use super::type_name::{self, Name, TypeName};
use super::unwritten;
use crate::diagnostic::Code;
use crate::markdown::{Cell, Document, Row, Table};
use crate::source::Span;
use crate::vocabulary::{Primitive, is_type_name};
use crate::words::{all_bytes, file_stem, nearest, strip_end, strip_start, trimmed};

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
    /// The place of the row.
    pub span: Span,
}

impl<'a> NamedRow<'a> {
    /// What is known of something that is named outside of tables.
    pub(super) fn undescribed(name: &'a str, span: Span) -> Self {
        Self {
            name: Cow::Borrowed(name),
            ty: None,
            value: None,
            description: Cow::Borrowed(""),
            required: None,
            span,
        }
    }

    /// Whether the row was left in from the template that pages are begun with.
    pub fn is_leftover(&self) -> bool {
        strip_start(&self.name, "x-sample-").is_some()
            || self.description.contains("Update accordingly or remove")
    }
}

/// Which cell of a row is what.
#[derive(Clone, Copy, Debug, Default)]
struct Columns {
    name: usize,
    ty: Option<usize>,
    value: Option<usize>,
    description: Option<usize>,
    required: Option<usize>,
}

/// The title of the column of types.
const TYPE: &str = "type";

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
    check_type_column(cx, document, table, &columns);
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
        match read_row(document, row, &columns, kind) {
            Some(read) if are_unique && !names.insert(written(row)) => {
                let message = format!("`{}` has a row in this table already", read.name);
                let help = "the first counts: leave this one out, or call it what is meant";
                cx.report_with_help(Code::RowTwice, row.span, message, help);
                cx.accounting.table_rows.reported += 1;
            }
            Some(read) => {
                check_cells(cx, document, table, row);
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

/// Reports a column of types whose title has a slip in it.
fn check_type_column(
    cx: &mut Context<'_>,
    document: &Document<'_>,
    table: &Table,
    columns: &Columns,
) {
    let header = document.cells(&table.header);
    let Some(cell) = columns.ty.and_then(|column| header.get(column)) else {
        return;
    };
    let title = document.plain(&cell.inlines);
    if strip_end(without_remark(&title), TYPE).is_none() {
        let message = format!("the column `{title}` is read as *Type*");
        cx.report_with_help(Code::TableColumns, cell.span, message, "write `Type`");
    }
}

/// Whether a table lists parameters or properties, wherever it stands: it has a column for each of
/// their names and one for their types.
pub fn documents(document: &Document<'_>, table: &Table) -> bool {
    columns(document, table, TableKind::Named).is_some_and(|columns| columns.ty.is_some())
}

/// Whether a table has a column for names and one for what it says of each.
pub fn describes(document: &Document<'_>, table: &Table) -> bool {
    columns(document, table, TableKind::Named)
        .is_some_and(|columns| (columns.ty.or(columns.value).or(columns.description)).is_some())
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

fn columns(document: &Document<'_>, table: &Table, kind: TableKind) -> Option<Columns> {
    let cells = document.cells(&table.header).iter();
    let titles: Vec<_> = cells.map(|cell| document.plain(&cell.inlines)).collect();
    let find = |names: &[&str]| {
        names.iter().find_map(|name| {
            let mut titles = titles.iter();
            titles.position(|title| without_remark(title).eq_ignore_ascii_case(name))
        })
    };
    let names: &[&str] = match kind {
        TableKind::Named | TableKind::Path | TableKind::Headers => &[
            "parameter name",
            "parameter",
            "property name",
            "property",
            "name",
            "relationship name",
            "relationship",
            "header",
            "query parameter",
            "header name",
        ],
        TableKind::Members => &["member", "member name", "name", "value"],
    };
    let numbers = ["numeric value", "int value", "value"];
    // The values of an enumeration may be called those of something: `displayAs value`.
    let values = || {
        let is_number = |title: &str| numbers.iter().any(|name| title.eq_ignore_ascii_case(name));
        let mut titles = titles.iter();
        titles.position(|title| strip_end(title, " value").is_some() && !is_number(title))
    };
    let name = match kind {
        TableKind::Named | TableKind::Path | TableKind::Headers => find(names),
        TableKind::Members => find(names).or_else(values),
    }?;
    let other = |found: Option<usize>| found.filter(|&column| column != name);
    // Without their types, all that a table lists would be text.
    let slip = || {
        let near = nearest(TYPE, titles.iter().map(|title| &**title))?;
        titles.iter().position(|title| *title == near)
    };
    Some(Columns {
        name,
        ty: other(find(&["type", "data type"]).or_else(slip)),
        value: other(find(&numbers)),
        description: other(find(&["description", "remarks"])),
        required: other(find(&["required", "required?", "required (y/n)"])),
    })
}

fn read_row<'a>(
    document: &Document<'a>,
    row: &Row,
    columns: &Columns,
    kind: TableKind,
) -> Option<NamedRow<'a>> {
    let cells = document.cells(row);
    let text = |column: Option<usize>| {
        let cell = column.and_then(|column| cells.get(column));
        cell.map(|cell| document.plain(&cell.inlines))
            .unwrap_or_default()
    };
    let name = match text(Some(columns.name)) {
        Cow::Borrowed(text) => Cow::Borrowed(clean_name(text)),
        Cow::Owned(text) => Cow::Owned(clean_name(&text).to_owned()),
    };
    if name.is_empty() {
        return None;
    }
    // In a table of headers, the value stands where the description does elsewhere.
    let description = columns
        .description
        .or(columns.value)
        .and_then(|column| cells.get(column));
    let description = description.map_or(Cow::Borrowed(""), |cell| markdown(document, cell));
    let said = requirement(&description);
    let (name, description) = match kind {
        TableKind::Headers => without_preference(name, description),
        _ => (name, description),
    };
    let stated = match text(columns.required).to_ascii_lowercase().as_str() {
        "yes" | "y" | "true" | "required" => Some(true),
        "no" | "n" | "false" | "optional" => Some(false),
        _ => None,
    };
    Some(NamedRow {
        required: stated.or(said),
        name,
        ty: match (columns.ty, columns.value) {
            (None, Some(column)) if matches!(kind, TableKind::Named | TableKind::Path) => {
                let cell = cells.get(column);
                cell.and_then(|cell| type_of_value(document, cell))
            }
            (column, _) => {
                let ty = type_name::parse(&text(column));
                let cell = column.and_then(|column| cells.get(column));
                let ty = ty.map(|ty| of_linked_items(document, cell, ty));
                ty.map(|ty| of_listed_values(ty, &description))
            }
        },
        value: text(columns.value).parse().ok(),
        description,
        span: row.span,
    })
}

/// The name of a header without what it is to say, which a row may be about: `Prefer: respond-async`. The
/// description begins with that then.
fn without_preference<'a>(
    name: Cow<'a, str>,
    description: Cow<'a, str>,
) -> (Cow<'a, str>, Cow<'a, str>) {
    match name.split_once(':') {
        Some((header, value)) => {
            let value = format!("`{}`", value.trim());
            let description = match &*description {
                "" => value,
                said => format!("{value}: {said}"),
            };
            (header.trim_end().to_owned().into(), description.into())
        }
        None => (name, description),
    }
}

/// The type of a cell, which may say that there are many and leave it to its link of what:
/// `[Collection](answer.md)`.
fn of_linked_items(document: &Document<'_>, cell: Option<&Cell>, ty: TypeName) -> TypeName {
    let is_word = |name: &str| name.eq_ignore_ascii_case("collection");
    if !matches!(&ty.name, Name::Documented(name) if is_word(name)) {
        return ty;
    }
    let mut links = cell
        .into_iter()
        .flat_map(|cell| document.links(&cell.inlines));
    let items: Option<SmolStr> = links.next().map(|link| file_stem(link.destination).into());
    match items.filter(|name| is_type_name(name)) {
        Some(name) => TypeName {
            name: Name::Documented(name),
            collection: true,
        },
        None => ty,
    }
}

/// The type of a cell that says that a value is one of several, and leaves it to the description of which: `Enum`.
fn of_listed_values(ty: TypeName, description: &str) -> TypeName {
    let is_word = |name: &str| {
        let mut words = ["enum", "enumeration"].iter();
        words.any(|word| word.eq_ignore_ascii_case(name))
    };
    if !matches!(&ty.name, Name::Documented(name) if is_word(name)) {
        return ty;
    }
    let name = match listed_values(description) {
        values if values.is_empty() => Name::Primitive(Primitive::String),
        values => Name::OneOf(values),
    };
    TypeName { name, ..ty }
}

/// The type that a cell gives where a table has a column for values and none for types: a primitive one by
/// name, or another one by a link. All else is a value, such as `application/json`.
fn type_of_value(document: &Document<'_>, cell: &Cell) -> Option<TypeName> {
    let ty = type_name::parse(&document.plain(&cell.inlines))?;
    let is_linked = || document.links(&cell.inlines).next().is_some();
    let names_type = match ty.name {
        Name::Primitive(_) => true,
        Name::Documented(_) => is_linked(),
        _ => false,
    };
    names_type.then_some(ty)
}

/// The text of a cell as Markdown.
pub fn markdown<'a>(document: &Document<'a>, cell: &Cell) -> Cow<'a, str> {
    document.markdown(cell.span)
}

/// A name without what stands around it: a footnote mark, a remark in parentheses, or, behind one of
/// OData's query options, what is said about it: `$filter with any operator`.
fn clean_name(text: &str) -> &str {
    // Most names are single words.
    if all_bytes(text, |byte| byte.is_ascii_alphanumeric()) {
        return text;
    }
    let remark_before = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let text = match remark_before {
        Some((_, behind)) if !behind.trim().is_empty() => behind,
        _ => text,
    };
    let remark = memchr::memchr2(b'(', b',', text.as_bytes());
    let text = &text[..remark.unwrap_or(text.len())];
    let text = match text.trim_start() {
        option if option.starts_with('$') => option.split(' ').next().unwrap_or(option),
        _ => text,
    };
    text.trim()
        .trim_end_matches('*')
        .trim_matches(['`', '"', ' ', ':'])
}

/// What a description says about whether a value must be given. Pages say it at the beginning, at
/// the end, or in parentheses.
fn requirement(description: &str) -> Option<bool> {
    let text = trimmed(description).trim_start_matches('*');
    let text = text.trim_end_matches(['*', '.']);
    // Few descriptions have parentheses.
    let remarks = memchr::memchr(b'(', text.as_bytes()).map_or("", |at| &text[at..]);
    let says = |word: &str| {
        let begins = strip_start(text, word)
            .is_some_and(|after| after.is_empty() || after.starts_with(['.', ',', ':', '*', ' ']));
        let ends = |text: &str, behind: &str| {
            strip_end(text, word).is_some_and(|before| before.ends_with(behind))
        };
        let is_remark = |at| {
            let after = strip_start(&remarks[at + 1..], word);
            after.is_some_and(|after| after.starts_with(')'))
        };
        // In bold it may stand behind anything, and in small letters it is a part of a sentence there.
        let stands_out = || {
            let before = text.strip_suffix(word);
            before.is_some_and(|before| before.ends_with(" **"))
        };
        begins
            || ends(text, ". ")
            || ends(text, ". **")
            || stands_out()
            || memchr::memchr_iter(b'(', remarks.as_bytes()).any(is_remark)
    };
    if says("Required") {
        Some(true)
    } else if says("Optional") {
        Some(false)
    } else {
        None
    }
}

/// Whether a row only groups those below it, with a bold name, or says that there is nothing to list; and has nothing
/// else in it.
fn documents_nothing(document: &Document<'_>, row: &Row, kind: TableKind) -> bool {
    let text = |cell: &Cell| trimmed(document.slice(cell.span));
    let Some((first, others)) = document.cells(row).split_first() else {
        return false;
    };
    let first = text(first);
    let says_none = || first.trim_end_matches('.').eq_ignore_ascii_case("none");
    let is_empty = |cell: &Cell| matches!(text(cell), "" | "&nbsp;");
    let may_be = first.starts_with("**") || kind != TableKind::Members && says_none();
    may_be && others.iter().all(is_empty)
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
        cx.report(Code::TypeUnknown, cell.span, message);
    }
}

/// Reports a row with more cells than the header has, whose last are lost, or with fewer.
fn check_cells(cx: &mut Context<'_>, document: &Document<'_>, table: &Table, row: &Row) {
    let text = trimmed(cx.slice(row.span));
    // The last of as many cells as the header has mostly ends at the last bar of the row.
    let last = document.cells(row).last();
    let end = Span::of(text, document.text).end;
    if text.starts_with('|')
        && last.is_some_and(|cell| cell.span.end + 1 == end)
        && text.ends_with('|')
    {
        return;
    }
    let inner = text.strip_prefix('|').unwrap_or(text);
    let inner = inner
        .strip_suffix('|')
        .filter(|inner| !inner.ends_with('\\'))
        .unwrap_or(inner);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_say_what_is_required() {
        let cases = [
            ("Required. The name.", Some(true)),
            ("Bearer {token}. Required.", Some(true)),
            ("**Required**. x", Some(true)),
            ("The name (required) of it.", Some(true)),
            ("One of \"a\" and \"b\" **Required**.", Some(true)),
            ("Optional. The name.", Some(false)),
            ("The name. Optional.", Some(false)),
            ("The name. **Required**", Some(true)),
            ("It is **required**.", None),
            ("The required name.", None),
            ("Requiredness.", None),
        ];
        for (text, expected) in cases {
            assert_eq!(requirement(text), expected, "{text}");
        }
    }

    #[test]
    fn names_lose_their_remarks() {
        assert_eq!(clean_name("name (deprecated)"), "name");
        assert_eq!(clean_name("`$top`"), "$top");
        assert_eq!(clean_name("(deprecated) X-Name"), "X-Name");
        assert_eq!(clean_name("(id)"), "");
        assert_eq!(clean_name("id*"), "id");
        assert_eq!(clean_name("$filter with any operator"), "$filter");
        assert_eq!(clean_name("display name"), "display name");
    }
}
