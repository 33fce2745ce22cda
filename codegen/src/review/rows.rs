//! Rows of tables that say of themselves that they are not written yet.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::finding;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::Page;
use crate::page::table::NamedRow;

/// What authors and generators write where they do not know.
static WORDS: LazyLock<[Finder<'static>; 2]> =
    LazyLock::new(|| ["Not yet documented", "** Unknown Type"].map(Finder::new));

/// The word for it that stands alone.
const TODO: &str = "TODO";

static TODOS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(TODO));

/// Reports the rows of a page whose description is still to be written.
pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let tables = [
        &page.path_parameters,
        &page.function_parameters,
        &page.query_parameters,
        &page.headers,
        &page.body_rows,
        &page.properties,
        &page.relationships,
    ];
    let members = page.members.iter().map(|table| &table.rows);
    let tables = tables.into_iter().chain(members);
    // Nearly all tables are written, and it is faster to see that of all rows at once.
    let unwritten = tables.filter(|rows| speaks_of_it(page, rows));
    for row in unwritten.flatten() {
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
    let has = |words: &Finder<'_>| words.find(text.as_bytes()).is_some();
    WORDS.iter().any(has) || has(&TODOS) && text.split([' ', '|', '<', '>']).any(is_todo)
}

/// Whether any of these words stands between the first of some rows and the last.
fn speaks_of_it(page: &Page<'_>, rows: &[NamedRow<'_>]) -> bool {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return false;
    };
    let text = &page.file.text[first.span.range().start..last.span.range().end];
    let mut words = WORDS.iter().chain([&*TODOS]);
    words.any(|words| words.find(text.as_bytes()).is_some())
}
