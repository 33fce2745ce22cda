//! Rows of tables that say of themselves that they are not written yet.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::NamedRow;
use crate::diagnostic::Code;
use crate::page::context::Context;

/// What is written in the place of a description.
const NOT_YET: &str = "Not yet documented";

/// What authors and generators write where they do not know.
static WORDS: LazyLock<[Finder<'static>; 2]> =
    LazyLock::new(|| [NOT_YET, "** Unknown Type"].map(Finder::new));

/// The word for it that stands alone.
const TODO: &str = "TODO";

static TODOS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(TODO));

/// Reports the rows of a table whose description is still to be written.
pub(in crate::page) fn report(cx: &mut Context<'_>, rows: &[NamedRow<'_>]) {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return;
    };
    // Nearly all tables are written, and it is faster to see that of all rows at once.
    let all = &cx.file.text[first.span.range().start..last.span.range().end];
    let mut words = WORDS.iter().chain([&*TODOS]);
    if !words.any(|words| words.find(all.as_bytes()).is_some()) {
        return;
    }
    for row in rows {
        if is_unwritten(cx.slice(row.span)) {
            let message = format!("`{}` is not documented yet", row.name);
            let help = "say what it is, or leave the row out until it can be said";
            cx.report_with_help(Code::NotDocumented, row.span, message, help);
        }
    }
}

/// Whether a description is nothing but the words that stand where there is none yet.
pub(in crate::page) fn stands_for_nothing(description: &str) -> bool {
    let rest = description.strip_prefix(NOT_YET);
    rest.is_some_and(|rest| matches!(rest, "" | ".")) || description == TODO
}

/// Whether a row of a table holds such words: in any of its cells, since a generator may not know a type
/// either.
pub(in crate::page) fn is_unwritten(row: &str) -> bool {
    let is_todo = |word: &str| word.trim_matches(['*', ':', '.', '[', ']', '`']) == TODO;
    let has = |words: &Finder<'_>| words.find(row.as_bytes()).is_some();
    WORDS.iter().any(has) || has(&TODOS) && row.split([' ', '|', '<', '>']).any(is_todo)
}
