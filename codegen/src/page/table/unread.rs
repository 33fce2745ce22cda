//! Tables of which nothing is made although they document something.

use crate::diagnostic::Code;
use crate::markdown::Table;
use crate::page::Page;
use crate::page::context::Context;
use crate::page::resource::named_type;
use crate::page::section::{Section, SectionKind};
use crate::text::lower;

/// Why nothing is made of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It lists scopes, and its header does not say for whom.
    ScopesOfNobody,
    /// It lists what is in the value of what is sent that has this name.
    WithinRow(String),
    /// It lists properties of another type than that of the page.
    OfAnotherType,
    /// Its section does not tell what it lists.
    Unplaced,
}

/// Reports a table of which nothing is made, and why.
pub(super) fn report_because(
    cx: &mut Context<'_>,
    page: &Page<'_>,
    table: &Table,
    section: &Section<'_>,
    why: &Unread,
) {
    match why {
        Unread::ScopesOfNobody => {
            let message = "the table lists scopes, and its header does not say for whom";
            let help = "head a column *Permission type*, or the columns with kinds of callers";
            report(cx, table, Code::PermissionUnread, message, help);
        }
        Unread::WithinRow(row) => {
            let message = format!("nothing is made of the table: it lists what is in `{row}`");
            let help = "name a type for that in the row, and describe it below a heading such as *mast object*";
            report(cx, table, Code::TableUnread, message, help);
        }
        Unread::OfAnotherType => {
            let message = format!("the table below *{}* is about another type", section.title);
            let help = "describe that type on a page of its own";
            report(cx, table, Code::TableUnread, message, help);
        }
        Unread::Unplaced => {
            let message = format!("nothing is made of the table below *{}*", section.title);
            let help = help_to_place(page, table, section);
            report(cx, table, Code::TableUnread, message, &help);
        }
    }
}

/// Where a table would be read.
fn help_to_place(page: &Page<'_>, table: &Table, section: &Section<'_>) -> String {
    let is_of_answer = section.kind == SectionKind::Response;
    let is_failure = lower(&section.title).contains("error")
        || is_of_answer && page.is_failure(table.header.span);
    match named_type(&section.title) {
        Some((name, _)) if section.kind == SectionKind::Other => format!(
            "tables are read below headings such as *Properties* and *Request body*; where this one is of a type, call its section *{name} resource type*"
        ),
        _ if is_failure => "give what failures are answered with a page of its own, as a type, and link to it in a row for `4XX` of a table of statuses".to_owned(),
        _ => "tables are read below headings such as *Properties*, *Request body* and *Query parameters*".to_owned(),
    }
}

/// Reports a table of which nothing is made, and counts its rows as reported.
pub(super) fn report(
    cx: &mut Context<'_>,
    table: &Table,
    code: Code,
    message: impl Into<String>,
    help: &str,
) {
    cx.report_with_help(code, table.header.span, message, help);
    cx.accounting.table_rows.reported += table.rows.len() as u32;
}
