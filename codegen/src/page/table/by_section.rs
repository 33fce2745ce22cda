//! What becomes of a table, by what it is for.

use foldhash::HashSet;

use super::table_use::{TableUse, table_use};
use super::{NamedRow, TableKind, bare_members, grouped, undivided, unread};
use crate::diagnostic::Code;
use crate::lists::push;
use crate::markdown::{Document, Table};
use crate::page::context::Context;
use crate::page::section::Section;
use crate::page::{Page, permission, prose, route, table};
use crate::text::strip_end;
use crate::vocabulary::QueryOption;

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
    let count = table.rows.len() as u32;
    cx.accounting.table_rows.read += count;
    let table_use = table_use(cx, page, document, table, section);
    let rows = |cx: &mut Context<'a>, kind| table::read(cx, document, table, kind);
    let named = |cx: &mut Context<'a>| rows(cx, TableKind::Named);
    let properties = |cx: &mut Context<'a>| without_inner(named(cx));
    match table_use {
        TableUse::Statuses(sentences) => {
            for sentence in &sentences {
                prose::check(cx, sentence);
            }
            cx.accounting.table_rows.used += count;
            append(&mut page.response_prose, sentences);
        }
        TableUse::BareMembers(owner) => {
            bare_members::read(cx, page, document, table, section, owner);
        }
        TableUse::Routes => {
            if let Some(block) = route::table::read(cx, document, table, section.about()) {
                push(&mut page.routes, block);
            }
        }
        TableUse::Permissions => {
            let sets = permission::read_table(cx, document, table, &section.title);
            append(&mut page.permissions, sets);
        }
        TableUse::Methods(rows) => {
            append(&mut page.methods, rows);
            cx.accounting.table_rows.used += count;
        }
        TableUse::PathParameters => append(&mut page.path_parameters, rows(cx, TableKind::Path)),
        TableUse::FunctionParameters => append(&mut page.function_parameters, named(cx)),
        TableUse::QueryParameters => take_query_parameters(page, named(cx)),
        TableUse::RequestHeaders => {
            let rows = rows(cx, TableKind::Headers);
            take_headers(cx, page, rows);
        }
        TableUse::RequestBody => take_body(page, section, properties(cx)),
        TableUse::Answer => page.answer_rows = properties(cx),
        TableUse::Properties => {
            let rows = properties(cx);
            check_types(cx, page, document, table, &rows);
            append(&mut page.properties, rows);
        }
        TableUse::Relationships => append(&mut page.relationships, properties(cx)),
        TableUse::Members(mut members) => {
            members.rows = rows(cx, TableKind::Members);
            // One that is not read says nothing of what the members are.
            if !members.rows.is_empty() {
                push(&mut page.members, members);
            }
        }
        TableUse::Unread(unread) => unread::report_because(cx, page, table, section, &unread),
        TableUse::Nothing => cx.accounting.table_rows.aside += count,
    }
}

/// Takes rows of values in the query string. OData's own are only listed.
fn take_query_parameters<'a>(page: &mut Page<'a>, mut rows: Vec<NamedRow<'a>>) {
    rows.retain(|row| match QueryOption::sent_as(&row.name) {
        Some(option) => {
            page.query_options.list(option);
            false
        }
        None => true,
    });
    append(&mut page.query_parameters, rows);
}

/// Takes rows of request headers, but for those of a template.
fn take_headers<'a>(cx: &mut Context<'a>, page: &mut Page<'a>, mut rows: Vec<NamedRow<'a>>) {
    rows.retain(|row| {
        let is_leftover = row.is_leftover();
        if is_leftover {
            report_leftover(cx, row);
        }
        !is_leftover
    });
    append(&mut page.headers, rows);
}

/// Takes rows of what is sent.
fn take_body<'a>(page: &mut Page<'a>, section: &Section<'a>, mut rows: Vec<NamedRow<'a>>) {
    // Of which of several tables a sentence speaks is not plain.
    if !page.body_rows.is_empty() {
        let sentences = page.request_prose.iter_mut();
        sentences.for_each(|sentence| sentence.requires_all = false);
    }
    // A table of all parameters has those of the path as well.
    if strip_end(&section.title, "parameters").is_some() {
        let in_path = rows.extract_if(.., |row| is_in_path(page, row)).collect();
        append(&mut page.path_parameters, in_path);
    }
    append(&mut page.body_rows, rows);
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

/// Reports a header that stands in the template of pages, and counts its row as reported.
fn report_leftover(cx: &mut Context<'_>, row: &NamedRow<'_>) {
    let message = format!("the header `{}` was left in from a template", row.name);
    cx.report_with_help(Code::TemplateLeftover, row.span, message, "remove the row");
    cx.accounting.table_rows.used -= 1;
    cx.accounting.table_rows.reported += 1;
}
