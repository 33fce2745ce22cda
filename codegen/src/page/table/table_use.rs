//! What a table is for: the section in which it stands tells what it documents.

use super::bare_members::{self, Owner};
use super::columns::lists_typed;
use super::members::MemberTable;
use super::methods::{self, MethodRow};
use super::unread::Unread;
use super::{TableKind, answer, inner, statuses};
use crate::markdown::{Document, Table, tables};
use crate::page::context::Context;
use crate::page::prose::Sentence;
use crate::page::section::{Section, SectionKind};
use crate::page::{Page, permission, route, table};
use crate::vocabulary::split_name;

/// What a table is for.
#[derive(Debug)]
pub(super) enum TableUse<'a> {
    /// Each row says what a status comes with.
    Statuses(Vec<Sentence<'a>>),
    /// It lists members of an enumeration, without a section that is for these.
    BareMembers(Owner),
    /// Each row is a route.
    Routes,
    /// It says who may call the operation.
    Permissions,
    /// It lists what can be done with a resource.
    Methods(Vec<MethodRow>),
    /// It lists values in the path.
    PathParameters,
    /// It lists arguments of a function.
    FunctionParameters,
    /// It lists values in the query string.
    QueryParameters,
    /// It lists request headers.
    RequestHeaders,
    /// It lists what is sent.
    RequestBody,
    /// It lists what comes back.
    Answer,
    /// It lists properties of a resource.
    Properties,
    /// It lists navigation properties of a resource.
    Relationships,
    /// It lists members of an enumeration, of which the heading says this much.
    Members(MemberTable<'a>),
    /// It documents something, and nothing can be made of it.
    Unread(Unread),
    /// It documents nothing that is called: it shows or explains something.
    Nothing,
}

/// Says what a table is for of which all rows are about the same.
pub(super) fn table_use<'a>(
    cx: &mut Context<'a>,
    page: &Page<'a>,
    document: &Document<'a>,
    table: &Table,
    section: &Section<'a>,
) -> TableUse<'a> {
    if section.kind == SectionKind::Response
        && let Some(sentences) = statuses::read(document, table, &section.title)
    {
        return TableUse::Statuses(sentences);
    }
    if let Some(owner) = bare_members::owner(cx, page, document, table, section) {
        return TableUse::BareMembers(owner);
    }
    match section.kind {
        SectionKind::HttpRequest if route::table::lists_routes(document, table) => TableUse::Routes,
        SectionKind::Permissions
            if !page.permissions.is_empty() && permission::renames_scopes(document, table) =>
        {
            TableUse::Nothing
        }
        SectionKind::Permissions if permission::is_table(document, table) => TableUse::Permissions,
        SectionKind::Permissions if permission::lists_scopes(document, table) => {
            TableUse::Unread(Unread::ScopesOfNobody)
        }
        SectionKind::Methods => {
            methods::read(document, table).map_or(TableUse::Nothing, TableUse::Methods)
        }
        // Some pages of resources have no heading above it.
        SectionKind::Introduction | SectionKind::Type
            if methods::lists_methods(document, table)
                && let Some(rows) = methods::read(document, table) =>
        {
            TableUse::Methods(rows)
        }
        _ if explains(page, document, table, section) => TableUse::Nothing,
        SectionKind::PathParameters => TableUse::PathParameters,
        SectionKind::FunctionParameters => TableUse::FunctionParameters,
        SectionKind::QueryParameters => TableUse::QueryParameters,
        SectionKind::RequestHeaders => TableUse::RequestHeaders,
        SectionKind::RequestBody => match inner::row(page, document, table, section) {
            Some(row) => TableUse::Unread(Unread::WithinRow(row.to_owned())),
            None => TableUse::RequestBody,
        },
        SectionKind::Response if answer::is_described(page, document, table, section) => {
            TableUse::Answer
        }
        SectionKind::Properties | SectionKind::Relationships
            if is_about_another(cx, page, section) =>
        {
            TableUse::Unread(Unread::OfAnotherType)
        }
        SectionKind::Properties | SectionKind::Type => TableUse::Properties,
        SectionKind::Relationships => TableUse::Relationships,
        // Members have no types: what has is a value in what is sent or comes back.
        SectionKind::Members if !lists_typed(document, table) => {
            let members = MemberTable::below(&section.title, section.span);
            members.map_or(TableUse::Nothing, TableUse::Members)
        }
        // What an example shows in a table, it only shows.
        SectionKind::Example => TableUse::Nothing,
        _ if table::documents(document, table) => TableUse::Unread(Unread::Unplaced),
        _ => TableUse::Nothing,
    }
}

/// Whether a heading names the type of a property that a table above it lists, and not that of the page:
/// `### mast` or `### mast properties` on the page of a ship. The only type of which a page shows the JSON is its own,
/// whatever the page is called.
fn is_about_another(cx: &mut Context<'_>, page: &Page<'_>, section: &Section<'_>) -> bool {
    // A heading such as *Properties* names no type.
    if section.is_named && !section.title.contains(' ') {
        return false;
    }
    let first = |text: &'_ str| text.split(' ').next().unwrap_or("").to_ascii_lowercase();
    let word = first(&section.title);
    let is_word = |name: &str| split_name(name).1.eq_ignore_ascii_case(&word);
    let is_own = || matches!(page.resources.as_slice(), [own] if is_word(&own.name));
    let known_rows = cx.known_rows.get_or_insert_default();
    word != first(&page.title) && known_rows.has_type(page, &word) && !is_own()
}

/// Whether a table only explains what its section documents: it has no column of names, and stands
/// behind another table or below a title of its own; or it says nothing of any name, where sentences
/// have named the options.
fn explains(
    page: &Page<'_>,
    document: &Document<'_>,
    table: &Table,
    section: &Section<'_>,
) -> bool {
    if section.kind == SectionKind::QueryParameters && !page.query_options.named.is_empty() {
        return !table::describes(document, table);
    }
    let first = tables(section.own_blocks(document)).next();
    let is_expected = section.is_named && first.is_some_and(|first| std::ptr::eq(first, table));
    let kind = match section.kind {
        SectionKind::Members => TableKind::Members,
        _ => TableKind::Named,
    };
    !is_expected && !table::has_names(document, table, kind)
}
