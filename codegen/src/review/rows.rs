//! Rows of tables that say of themselves that they are not written yet.

use memchr::memmem;

use super::finding;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::Page;
use crate::page::table::NamedRow;

/// What authors and generators write where they do not know.
const WORDS: [&str; 3] = [NOT_YET, UNKNOWN_TYPE, TODO];
const NOT_YET: &str = "Not yet documented";
const UNKNOWN_TYPE: &str = "** Unknown Type";
const TODO: &str = "TODO";

/// Reports the rows of a page whose description is still to be written.
pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    // Few pages have any of the words.
    let text = page.file.text.as_bytes();
    if !WORDS
        .iter()
        .any(|word| memmem::find(text, word.as_bytes()).is_some())
    {
        return;
    }
    let tables = [
        &page.path_parameters,
        &page.function_parameters,
        &page.query_parameters,
        &page.headers,
        &page.body_rows,
        &page.properties,
        &page.relationships,
    ];
    let members = page.members.iter().flat_map(|table| &table.rows);
    for row in tables.into_iter().flatten().chain(members) {
        if is_unwritten(page, row) {
            let message = format!("`{}` is not documented yet", row.name);
            let help = "say what it is, or leave the row out until it can be said";
            found.push(finding(Code::NotDocumented, page, row.span, message).with_help(help));
        }
    }
}

/// Whether a row holds such words: in any of its cells, since a generator may not know a type
/// either.
fn is_unwritten(page: &Page<'_>, row: &NamedRow<'_>) -> bool {
    let text = &page.file.text[row.span.range()];
    let is_todo = |word: &str| word.trim_matches(['*', ':', '.', '[', ']', '`']) == TODO;
    text.contains(NOT_YET)
        || text.contains(UNKNOWN_TYPE)
        || text.split([' ', '|', '<', '>']).any(is_todo)
}
