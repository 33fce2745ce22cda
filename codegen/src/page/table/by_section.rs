//! What becomes of a table: the section in which it stands tells what it documents.

use foldhash::HashSet;

use super::columns::lists_typed;
use super::members::MemberTable;
use super::{
    NamedRow, TableKind, answer, bare_members, grouped, inner, methods, statuses, undivided,
};
use crate::diagnostic::Code;
use crate::lists::push;
use crate::markdown::{Document, Table, tables};
use crate::page::context::Context;
use crate::page::resource::named_type;
use crate::page::section::{Section, SectionKind};
use crate::page::{Page, permission, prose, route, table};
use crate::text::{lower, strip_end};
use crate::vocabulary::{QueryOption, split_name};

/// Reads a table into the page.
pub(in crate::page) fn read<'a>(
    cx: &mut Context<'a>,
    page: &mut Page<'a>,
    document: &Document<'a>,
    table: &Table,
    section: &Section<'a>,
) {
    undivided::report_uneven(cx, table);
    if section.kind.may_have_groups() {
        let groups = grouped::of(document, table, section);
        for (section, group) in &groups {
            read_whole(cx, page, document, group, section);
        }
        if !groups.is_empty() {
            return;
        }
    }
    read_whole(cx, page, document, table, section);
}

/// Reads a table of which all rows are about the same.
fn read_whole<'a>(
    cx: &mut Context<'a>,
    page: &mut Page<'a>,
    document: &Document<'a>,
    table: &Table,
    section: &Section<'a>,
) {
    cx.accounting.table_rows.read += table.rows.len() as u32;
    if section.kind == SectionKind::Response && read_statuses(cx, page, document, table, section) {
        return;
    }
    if bare_members::read(cx, page, document, table, section) {
        return;
    }
    let named = |cx: &mut Context<'a>| table::read(cx, document, table, TableKind::Named);
    let properties = |cx: &mut Context<'a>| without_inner(named(cx));
    match section.kind {
        SectionKind::HttpRequest if route::table::lists_routes(document, table) => {
            if let Some(block) = route::table::read(cx, document, table, section.about()) {
                push(&mut page.routes, block);
            }
        }
        SectionKind::Permissions if permission::renames_scopes(document, table) => {
            cx.accounting.table_rows.aside += table.rows.len() as u32;
        }
        SectionKind::Permissions if permission::is_table(document, table) => {
            let sets = permission::read_table(cx, document, table, &section.title);
            append(&mut page.permissions, sets);
        }
        SectionKind::Permissions if permission::lists_scopes(document, table) => {
            let message = "the table lists scopes, and its header does not say for whom";
            let help = "head a column *Permission type*, or the columns with kinds of callers";
            report_unread(cx, table, Code::PermissionUnread, message, help);
        }
        SectionKind::Methods => match methods::read(document, table) {
            Some(rows) => {
                append(&mut page.methods, rows);
                cx.accounting.table_rows.used += table.rows.len() as u32;
            }
            None => cx.accounting.table_rows.aside += table.rows.len() as u32,
        },
        // Some pages of resources have no heading above it.
        SectionKind::Introduction | SectionKind::Type
            if methods::lists_methods(document, table)
                && let Some(rows) = methods::read(document, table) =>
        {
            append(&mut page.methods, rows);
            cx.accounting.table_rows.used += table.rows.len() as u32;
        }
        _ if explains(page, document, table, section) => {
            cx.accounting.table_rows.aside += table.rows.len() as u32;
        }
        SectionKind::PathParameters => {
            let rows = table::read(cx, document, table, TableKind::Path);
            append(&mut page.path_parameters, rows);
        }
        SectionKind::FunctionParameters => append(&mut page.function_parameters, named(cx)),
        SectionKind::QueryParameters => {
            let mut rows = named(cx);
            rows.retain(|row| match QueryOption::sent_as(&row.name) {
                Some(option) => {
                    page.query_options.list(option);
                    false
                }
                None => true,
            });
            append(&mut page.query_parameters, rows);
        }
        SectionKind::RequestHeaders => {
            let mut rows = table::read(cx, document, table, TableKind::Headers);
            rows.retain(|row| {
                let is_leftover = row.is_leftover();
                if is_leftover {
                    report_leftover(cx, row);
                }
                !is_leftover
            });
            append(&mut page.headers, rows);
        }
        SectionKind::RequestBody if let Some(row) = inner::row(page, document, table, section) => {
            let message = format!("nothing is made of the table: it lists what is in `{row}`");
            let help = "name a type for that in the row, and describe it below a heading such as *mast object*";
            report_unread(cx, table, Code::TableUnread, message, help);
        }
        SectionKind::RequestBody => {
            // Of which of several tables a sentence speaks is not plain.
            if !page.body_rows.is_empty() {
                let sentences = page.request_prose.iter_mut();
                sentences.for_each(|sentence| sentence.requires_all = false);
            }
            let mut rows = properties(cx);
            // A table of all parameters has those of the path as well.
            if strip_end(&section.title, "parameters").is_some() {
                let in_path = rows.extract_if(.., |row| is_in_path(page, row)).collect();
                append(&mut page.path_parameters, in_path);
            }
            append(&mut page.body_rows, rows);
        }
        SectionKind::Response if answer::is_described(page, document, table, section) => {
            page.answer_rows = properties(cx);
        }
        SectionKind::Properties | SectionKind::Relationships
            if is_about_another(cx, page, section) =>
        {
            let message = format!("the table below *{}* is about another type", section.title);
            let help = "describe that type on a page of its own";
            report_unread(cx, table, Code::TableUnread, message, help);
        }
        SectionKind::Properties | SectionKind::Type => {
            let rows = properties(cx);
            check_types(cx, page, document, table, &rows);
            append(&mut page.properties, rows);
        }
        SectionKind::Relationships => append(&mut page.relationships, properties(cx)),
        // Members have no types: what has is a value in what is sent or comes back.
        SectionKind::Members if !lists_typed(document, table) => {
            match MemberTable::below(&section.title, section.span) {
                Some(mut members) => {
                    members.rows = table::read(cx, document, table, TableKind::Members);
                    // One that is not read says nothing of what the members are.
                    if !members.rows.is_empty() {
                        push(&mut page.members, members);
                    }
                }
                None => cx.accounting.table_rows.aside += table.rows.len() as u32,
            }
        }
        // What an example shows in a table, it only shows.
        SectionKind::Example => cx.accounting.table_rows.aside += table.rows.len() as u32,
        _ if table::documents(document, table) => {
            let message = format!("nothing is made of the table below *{}*", section.title);
            let is_of_answer = section.kind == SectionKind::Response;
            let is_failure = lower(&section.title).contains("error")
                || is_of_answer && page.is_failure(table.header.span);
            let help = match named_type(&section.title) {
                Some((name, _)) if section.kind == SectionKind::Other => format!(
                    "tables are read below headings such as *Properties* and *Request body*; where this one is of a type, call its section *{name} resource type*"
                ),
                _ if is_failure => "give what failures are answered with a page of its own, as a type, and link to it in a row for `4XX` of a table of statuses".to_owned(),
                _ => "tables are read below headings such as *Properties*, *Request body* and *Query parameters*".to_owned(),
            };
            report_unread(cx, table, Code::TableUnread, message, &help);
        }
        _ => cx.accounting.table_rows.aside += table.rows.len() as u32,
    }
}

/// Reads a table of which each row is about a status. Tells whether it is one.
fn read_statuses<'a>(
    cx: &mut Context<'a>,
    page: &mut Page<'a>,
    document: &Document<'a>,
    table: &Table,
    section: &Section<'a>,
) -> bool {
    let Some(sentences) = statuses::read(document, table, &section.title) else {
        return false;
    };
    for sentence in &sentences {
        prose::check(cx, sentence);
    }
    cx.accounting.table_rows.used += table.rows.len() as u32;
    append(&mut page.response_prose, sentences);
    true
}

/// Reports a table of properties that gives none of them a type.
fn check_types(
    cx: &mut Context<'_>,
    page: &Page<'_>,
    document: &Document<'_>,
    table: &Table,
    rows: &[NamedRow<'_>],
) {
    // An overview only tells what some of the properties are.
    let is_of_type = strip_end(&page.title, "type").is_some();
    let has_types = || rows.iter().any(|row| row.ty.is_some()) || table::documents(document, table);
    if is_of_type && !rows.is_empty() && !has_types() {
        let message = "no column of the table holds types";
        let help = "add a column *Type*: without it, each property is a string";
        cx.report_with_help(Code::TableColumns, table.header.span, message, help);
    }
}

/// Reports a table of which nothing is made, and counts its rows as reported.
pub(super) fn report_unread(
    cx: &mut Context<'_>,
    table: &Table,
    code: Code,
    message: impl Into<String>,
    help: &str,
) {
    cx.report_with_help(code, table.header.span, message, help);
    cx.accounting.table_rows.reported += table.rows.len() as u32;
}

/// Leaves out the rows about a property of what another row is about, as `sort.by` is beside `sort`, and `lines[].id`
/// beside `lines`: they tell readers what is in that, and are none of what the table lists.
fn without_inner(mut rows: Vec<NamedRow<'_>>) -> Vec<NamedRow<'_>> {
    let outer = |row: &NamedRow<'_>| row.name.find(['.', '[']);
    // Hardly any name has one of the two.
    if rows.iter().any(|row| outer(row).is_some()) {
        let names: HashSet<_> = rows.iter().map(|row| row.name.clone()).collect();
        rows.retain(|row| outer(row).is_none_or(|end| !names.contains(&row.name[..end])));
    }
    rows
}

/// Whether a row is about a value in the path of a route that sends something: what is only read has no body, and no
/// parameters there.
fn is_in_path(page: &Page<'_>, row: &NamedRow<'_>) -> bool {
    let mut lines = page.route_lines();
    lines.any(|line| {
        !matches!(line.method, "GET" | "DELETE")
            && line.path.parameters().any(|it| *it.name == *row.name)
    })
}

/// Adds the rows of a table to those of the tables before it, of which most pages have none.
fn append<T>(rows: &mut Vec<T>, more: Vec<T>) {
    match rows.is_empty() {
        true => *rows = more,
        false => rows.extend(more),
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

/// Reports a header that stands in the template of pages, and counts its row as reported.
fn report_leftover(cx: &mut Context<'_>, row: &NamedRow<'_>) {
    let message = format!("the header `{}` was left in from a template", row.name);
    cx.report_with_help(Code::TemplateLeftover, row.span, message, "remove the row");
    cx.accounting.table_rows.used -= 1;
    cx.accounting.table_rows.reported += 1;
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
