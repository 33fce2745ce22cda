//! Tables of members below a heading that is the name of their enumeration and nothing else, `### ParcelState`, or that of
//! the property whose values they are; or, on the page of an enumeration, below its title or a heading such as *Values*.

use super::by_section::report_unread;
use super::columns::lists_members;
use super::members::MemberTable;
use super::{TableKind, describes_values};
use crate::diagnostic::Code;
use crate::lists::push;
use crate::markdown::{Document, Table};
use crate::page::context::Context;
use crate::page::resource::is_of_enumeration;
use crate::page::section::Section;
use crate::page::{Page, table, type_sections};
use crate::text::{is_of_several_words, lower};
use crate::vocabulary::is_type_name;

/// Reads a table of values on the page of an enumeration, or below a heading that a table of the page has for a type or for a property, or that looks like a
/// name on a page of types; where it only looks like one, nothing tells what the table is of. Tells whether it is a table
/// below a name.
pub(super) fn read<'a>(
    cx: &mut Context<'a>,
    page: &mut Page<'a>,
    document: &Document<'a>,
    table: &Table,
    section: &Section<'a>,
) -> bool {
    let name = &*section.title;
    let is_of_page = is_of_page(page, section);
    if !(is_of_page || may_be_named(section)) || !lists_members(document, table) {
        return false;
    }
    if is_of_page {
        let rows = table::read(cx, document, table, TableKind::Members);
        let flags = name.eq_ignore_ascii_case("flags");
        push(
            &mut page.members,
            MemberTable {
                name: None,
                flags,
                rows,
                span: section.span,
            },
        );
        return true;
    }
    let named = cx
        .types_of_rows
        .get_or_insert_with(|| type_sections::of_rows(document));
    let is_of_type = named.contains(&*lower(name));
    // What is no type has values only where something is said of them.
    if !is_of_type && !describes_values(document, table) {
        return false;
    }
    let known_rows = cx.known_rows.get_or_insert_default();
    let is_named = is_of_type
        || known_rows.has_property(page, name)
        || is_of_several_words(name) && type_sections::is_of_types(&page.title);
    if is_named {
        let rows = table::read(cx, document, table, TableKind::Members);
        if !rows.is_empty() {
            push(&mut page.members, MemberTable::of(name, rows, section.span));
        }
    } else if is_of_several_words(name) {
        let message = format!("nothing says of what the values below *{name}* are");
        let help = format!(
            "where they are the members of an enumeration, call the section *{name} values*"
        );
        report_unread(cx, table, Code::TableUnread, message, &help);
    }
    is_named || is_of_several_words(name)
}

/// Whether a section has the members of the enumeration that the title of its page calls one.
fn is_of_page(page: &Page<'_>, section: &Section<'_>) -> bool {
    let is_own = || {
        let mut words = ["values", "options", "flags"].into_iter();
        section.is_title() || words.any(|word| section.title.eq_ignore_ascii_case(word))
    };
    is_own() && is_of_enumeration(&page.title)
}

/// Whether the heading of a section stands for nothing usual, and may be the name of a type.
fn may_be_named(section: &Section<'_>) -> bool {
    section.may_be_of_type() && !section.is_named && is_type_name(&section.title)
}
