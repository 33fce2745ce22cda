//! The table of what an answer has.

use crate::diagnostic::Code;
use crate::markdown::{Document, Table};
use crate::page::Page;
use crate::page::context::Context;
use crate::page::section::Section;
use crate::page::table;
use crate::text::strip_start;

/// Whether a table below *Response* describes the answer: it is the first, and not below a heading for something else,
/// nor one of headers or of what comes with failures.
pub(super) fn is_described(
    page: &Page<'_>,
    document: &Document<'_>,
    table: &Table,
    section: &Section<'_>,
) -> bool {
    section.is_named
        && page.answer_rows.is_empty()
        && table::documents(document, table)
        && !lists_headers(document, table)
        && !page.is_failure(table.header.span)
}

fn lists_headers(document: &Document<'_>, table: &Table) -> bool {
    let mut titles = document.cells(&table.header).iter();
    titles.any(|title| strip_start(&document.plain(&title.inlines), "header").is_some())
}

/// Takes the rows back where the page says of which type the answer is, and reports them: that type has its properties
/// from elsewhere. So it does where no answer that the page names brings anything: the table is about something else.
pub(in crate::page) fn settle(cx: &mut Context<'_>, page: &mut Page<'_>) {
    let Some(first) = page.answer_rows.first() else {
        return;
    };
    let mut responses = page.examples.responses.iter();
    let is_annotated = responses.any(|response| response.annotated_as().is_some());
    let (message, help) = if is_annotated || page.names_answer() {
        (
            "nothing is made of the table of the answer: the page says of which type that is",
            "describe the properties on the page of the type",
        )
    } else if brings_nothing(page) {
        (
            "nothing is made of the table of the answer: the page names none that brings anything",
            "name the status of the answer that it describes, such as `200 OK`, in a sentence above it",
        )
    } else {
        return;
    };
    cx.report_with_help(Code::TableUnread, first.span, message, help);
    let rows = page.answer_rows.len() as u32;
    cx.accounting.table_rows.used -= rows;
    cx.accounting.table_rows.reported += rows;
    page.answer_rows.clear();
}

/// Whether the page names statuses of success, and none of an answer that brings something.
fn brings_nothing(page: &Page<'_>) -> bool {
    let sentences = page.response_prose.iter();
    let statuses = sentences.flat_map(|sentence| &sentence.statuses);
    let successes = statuses.map(|it| it.0).filter(|it| (200..300).contains(it));
    let mut successes = successes.peekable();
    successes.peek().is_some() && successes.all(|it| matches!(it, 204 | 205))
}
