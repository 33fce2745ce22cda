//! The table of what an answer has.

use crate::diagnostic::Code;
use crate::markdown::{Document, Table};
use crate::page::Page;
use crate::page::context::Context;
use crate::page::section::Section;
use crate::page::table;

/// Whether a table below *Response* describes the answer: it is the first, and not below a heading for something else.
pub(super) fn is_described(
    page: &Page<'_>,
    document: &Document<'_>,
    table: &Table,
    section: &Section<'_>,
) -> bool {
    section.is_named && page.answer_rows.is_empty() && table::documents(document, table)
}

/// Takes the rows back where the page says of which type the answer is, and reports them: that type has its properties
/// from elsewhere.
pub(in crate::page) fn settle(cx: &mut Context<'_>, page: &mut Page<'_>) {
    let Some(first) = page.answer_rows.first() else {
        return;
    };
    let is_annotated = page.examples.responses.iter().any(|response| {
        let annotation = response.annotation.as_ref();
        annotation.is_some_and(|annotation| annotation.ty.is_some())
    });
    if !is_annotated && page.answer_prose().all(|sentence| sentence.ty.is_none()) {
        return;
    }
    let message = "nothing is made of the table of the answer: the page says of which type that is";
    let help = "describe the properties on the page of the type";
    cx.report_with_help(Code::TableUnread, first.span, message, help);
    let rows = page.answer_rows.len() as u32;
    cx.accounting.table_rows.used -= rows;
    cx.accounting.table_rows.reported += rows;
    page.answer_rows.clear();
}
