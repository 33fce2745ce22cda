//! Tables that are none to Markdown, and that it takes for paragraphs or for HTML.

use crate::diagnostic::Code;
use crate::markdown::Table;
use crate::page::context::Context;
use crate::page::section::Section;
use crate::source::Span;

/// Reports the lines of a paragraph that were meant as a table, which they are not since no line of dashes with a cell
/// for each of its columns divides its header from its rows (GitHub Flavored Markdown, section 4.10).
pub(in crate::page) fn report(cx: &mut Context<'_>, span: Span) {
    let text = &cx.file.text[span.range()];
    if !text.starts_with('|') {
        return;
    }
    let is_dashes =
        |line: &&str| line.contains('-') && line.trim_matches(['|', ':', '-', ' ']).is_empty();
    let lines = text.lines().skip(1).map(str::trim);
    let lines = lines.filter(|line| line.starts_with('|'));
    let (dashes, rows): (Vec<&str>, Vec<&str>) = lines.partition(is_dashes);
    if rows.is_empty() {
        return;
    }
    let (message, help) = match dashes.is_empty() {
        true => (
            "this is no table: no line of dashes stands below its header",
            "write a line such as `|:--|:--|` there",
        ),
        false => (
            "this is no table: the line of dashes has not as many cells as the header",
            "give both as many",
        ),
    };
    cx.report_with_help(Code::TableUnread, span, message, help);
    cx.accounting.table_rows.read += rows.len() as u32;
    cx.accounting.table_rows.reported += rows.len() as u32;
}

/// Reports a table in HTML, where one in Markdown would be read.
pub(in crate::page) fn report_html(
    cx: &mut Context<'_>,
    span: Span,
    rows: u32,
    section: &Section<'_>,
) {
    cx.accounting.table_rows.read += rows;
    if !section.kind.is_of_tables() {
        cx.accounting.table_rows.aside += rows;
        return;
    }
    let message = format!(
        "nothing is made of the table below *{}*: it is HTML",
        section.title
    );
    let help = "write it in Markdown, with a line such as `|:--|:--|` below its header";
    cx.report_with_help(Code::TableUnread, span, message, help);
    cx.accounting.table_rows.reported += rows;
}

/// Reports a table that could be read although its line of dashes has another number of cells than its header.
pub(in crate::page) fn report_uneven(cx: &mut Context<'_>, table: &Table) {
    if let Some(dashes) = table.uneven {
        let message = "the line of dashes has not as many cells as the header";
        let help = "give both as many: to other readers of Markdown this is no table";
        cx.report_with_help(Code::TableRow, dashes, message, help);
    }
}
