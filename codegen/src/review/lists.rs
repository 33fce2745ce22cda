//! Lists of possible values in the descriptions of tables.

use super::finding;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::Page;
use crate::page::table::members::possible_values;

/// Reports lists with a backtick that has no other: the words behind it change places with what stands
/// between them, and are no members of the type.
pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for (row, _) in page.rows_of_own_types() {
        // Few descriptions have one at all.
        if !row.description.contains('`') {
            continue;
        }
        let list = possible_values(&row.description).unwrap_or_default();
        if list.matches('`').count() % 2 == 1 {
            let message =
                "a backtick in the list of values has no other: what is behind it is not read";
            let unread = finding(Code::MembersUnread, page, row.span, message);
            found.push(unread.with_help("put one on each side of every value"));
        }
    }
}
