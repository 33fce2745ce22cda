//! Tables of members below a heading that is the name of their enumeration and nothing else, `### ParcelState`, or that of
//! the property whose values they are; or, on the page of an enumeration, below its title or a heading such as *Values*.

use super::columns::{has_members, lists_members};
use super::members::MemberTable;
use super::{TableKind, describes_values, unread};
use crate::diagnostic::Code;
use crate::lists::push;
use crate::markdown::{Document, Table};
use crate::page::context::Context;
use crate::page::resource::is_of_enumeration;
use crate::page::section::Section;
use crate::page::{Page, table, type_sections};
use crate::text::{is_of_several_words, lower};
use crate::vocabulary::is_type_name;

/// Of what the members in such a table are the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Of the enumeration that the page is about.
    Page,
    /// Of the type or the property that is the heading.
    Heading,
    /// Nothing tells it: the heading only looks like a name.
    Unknown,
}

/// Of what the members in a table are the values, where it is on the page of an enumeration, or below a heading that a
/// table of the page has for a type or for a property, or that looks like a name. On a page of types, what looks like a
/// name is one. `None` where it is no such table.
pub(super) fn owner<'a>(
    cx: &mut Context<'a>,
    page: &Page<'a>,
    document: &Document<'a>,
    table: &Table,
    section: &Section<'a>,
) -> Option<Owner> {
    let name = &*section.title;
    if is_of_page(page, section) && has_members(document, table) {
        return Some(Owner::Page);
    }
    if !may_be_named(section) || !lists_members(document, table) {
        return None;
    }
    let named = cx
        .types_of_rows
        .get_or_insert_with(|| type_sections::of_rows(document));
    let is_of_type = named.contains(&*lower(name));
    // What is no type has values only where something is said of them.
    if !is_of_type && !describes_values(document, table) {
        return None;
    }
    let known_rows = cx.known_rows.get_or_insert_default();
    let looks_like_name = is_of_several_words(name);
    let is_named = is_of_type
        || known_rows.has_property(page, name)
        || looks_like_name && type_sections::is_of_types(&page.title);
    match is_named {
        true => Some(Owner::Heading),
        false => looks_like_name.then_some(Owner::Unknown),
    }
}

/// Reads such a table.
pub(super) fn read<'a>(
    cx: &mut Context<'a>,
    page: &mut Page<'a>,
    document: &Document<'a>,
    table: &Table,
    section: &Section<'a>,
    owner: Owner,
) {
    let name = &*section.title;
    match owner {
        Owner::Page => {
            let rows = table::read(cx, document, table, TableKind::Members);
            let members = MemberTable {
                name: None,
                flags: name.eq_ignore_ascii_case("flags"),
                rows,
                span: section.span,
            };
            push(&mut page.members, members);
        }
        Owner::Heading => {
            let rows = table::read(cx, document, table, TableKind::Members);
            if !rows.is_empty() {
                push(&mut page.members, MemberTable::of(name, rows, section.span));
            }
        }
        Owner::Unknown => {
            let message = format!("nothing says of what the values below *{name}* are");
            let help = format!(
                "where they are the members of an enumeration, call the section *{name} values*"
            );
            unread::report(cx, table, Code::TableUnread, message, &help);
        }
    }
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
