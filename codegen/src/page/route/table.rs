//! Tables of routes: one column has the method, another one what is asked for, as *Method* and *Request URI*.

use std::borrow::Cow;

use super::block::{RouteBlock, read_route};
use super::method::{known_method, without_version};
use crate::diagnostic::Code;
use crate::markdown::{Cell, Document, InlineKind, Row, Table};
use crate::page::context::Context;
use crate::source::Span;
use crate::text::trimmed;

/// Which cells of a row have its route.
struct Columns {
    method: usize,
    target: usize,
}

/// Whether a table has routes.
pub(in crate::page) fn lists_routes(document: &Document<'_>, table: &Table) -> bool {
    let Some(columns) = columns(document, table) else {
        return false;
    };
    let mut rows = table.rows.iter();
    rows.any(|row| route(document, row, &columns).is_some())
}

/// Reads the rows of a table of routes. Each becomes a route or a finding.
pub(in crate::page) fn read<'a>(
    cx: &mut Context<'a>,
    document: &Document<'a>,
    table: &Table,
    title: &Cow<'a, str>,
) -> Option<RouteBlock<'a>> {
    let columns = columns(document, table)?;
    let mut lines = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let read = match route(document, row, &columns) {
            Some((method, target)) => {
                read_route(cx, method, target, Span::of(target, document.text))
            }
            None => {
                let message = "the row among the routes is no route";
                let help =
                    "write a method, and the path as it is, without marks in it: `/users/{id}`";
                cx.report_with_help(Code::RouteLineUnread, row.span, message, help);
                None
            }
        };
        match read {
            Some(_) => cx.accounting.table_rows.used += 1,
            None => cx.accounting.table_rows.reported += 1,
        }
        lines.extend(read);
    }
    let has_unread = lines.len() < table.rows.len();
    Some(RouteBlock {
        title: title.clone(),
        lines,
        has_unread,
    })
}

fn columns(document: &Document<'_>, table: &Table) -> Option<Columns> {
    const METHODS: [&str; 4] = ["method", "http method", "verb", "http verb"];
    const TARGETS: [&str; 6] = [
        "request uri",
        "request url",
        "uri",
        "url",
        "endpoint",
        "path",
    ];
    let header = document.cells(&table.header);
    let find = |titles: &[&str]| {
        header.iter().position(|cell| {
            let title = document.plain(&cell.inlines);
            titles.iter().any(|it| it.eq_ignore_ascii_case(&title))
        })
    };
    Some(Columns {
        method: find(&METHODS)?,
        target: find(&TARGETS)?,
    })
}

/// The method and the target of a row, where this is written as it is read: marks within it, as around a part in code, are
/// none of the path.
fn route<'a>(
    document: &Document<'a>,
    row: &Row,
    columns: &Columns,
) -> Option<(&'static str, &'a str)> {
    let cells = document.cells(row);
    let method = document.plain(&cells.get(columns.method)?.inlines);
    let cell = cells.get(columns.target)?;
    let written = target(document, cell);
    let is_plain = document.plain(&cell.inlines).trim_end().ends_with(written);
    let target = without_version(written);
    let is_target = is_plain && target.contains('/') && !target.contains(char::is_whitespace);
    Some((known_method(trimmed(&method))?, target)).filter(|_| is_target)
}

/// What a cell has for a target. A link that it begins with leads to what stands in its place, as that of
/// `[{baseURL}](base-urls.md)/kites` does, and is no part of the path.
fn target<'a>(document: &Document<'a>, cell: &Cell) -> &'a str {
    if let Cow::Borrowed(text) = document.plain(&cell.inlines) {
        return trimmed(text);
    }
    let inlines = document.inlines(&cell.inlines);
    let is_linked = matches!(
        inlines.first().map(|first| &first.kind),
        Some(InlineKind::LinkStart(_))
    );
    let mut ends = inlines
        .iter()
        .filter(|it| matches!(it.kind, InlineKind::LinkEnd));
    let behind = ends.next().filter(|_| is_linked).map(|end| end.span.end);
    let start = behind.unwrap_or(cell.span.start) as usize;
    trimmed(document.slice(Span::new(start, cell.span.end as usize)))
}
