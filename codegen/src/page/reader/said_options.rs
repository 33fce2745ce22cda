//! Options of the query string that sentences name, `` the `includeHidden` query parameter ``, and the tables of their
//! values below.

use std::borrow::Cow;

use crate::markdown::{Document, InlineKind, Inlines, Table};
use crate::page::context::Context;
use crate::page::table::{self, NamedRow, TableKind, describes_values, undivided};
use crate::page::type_name::{Name, TypeName};
use crate::page::{MemberTable, Page};
use crate::source::Span;
use crate::text::strip_start;
use crate::vocabulary::Primitive;

/// The options that a paragraph names, other than those of OData, each with the paragraph for its description. A value
/// may stand behind the name, as in `includeHidden=true`. One that is not supported is none.
pub(super) fn read<'a>(
    document: &Document<'a>,
    run: &Inlines,
    span: Span,
) -> impl Iterator<Item = NamedRow<'a>> {
    let pairs = document.inlines(run).windows(2);
    pairs.filter_map(move |pair| {
        let [code, behind] = pair else {
            return None;
        };
        let (InlineKind::Code(Cow::Borrowed(text)), InlineKind::Text(behind)) =
            (&code.kind, &behind.kind)
        else {
            return None;
        };
        let behind = strip_start(behind.trim_start(), "query ")?;
        let is_option = ["parameter ", "string parameter ", "option "]
            .iter()
            .any(|words| strip_start(behind, words).is_some_and(|rest| !denies(rest)));
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        if !is_option || !is_name(name) {
            return None;
        }
        let of_truth = || TypeName {
            name: Name::Primitive(Primitive::Boolean),
            collection: false,
        };
        Some(NamedRow {
            ty: matches!(value, "true" | "false").then(of_truth),
            description: document.markdown(span),
            ..NamedRow::undescribed(name, code.span)
        })
    })
}

/// Takes a table of values below a paragraph that names one option for the values of that. Tells whether it is one.
pub(super) fn read_values<'a>(
    cx: &mut Context<'a>,
    values: &mut Vec<MemberTable<'a>>,
    said: &mut [NamedRow<'a>],
    document: &Document<'a>,
    table: &Table,
    above: Span,
) -> bool {
    let is_of_it = |row: &&mut NamedRow<'_>| above.range().contains(&row.span.range().start);
    let mut named = said.iter_mut().filter(is_of_it);
    let (Some(option), None) = (named.next(), named.next()) else {
        return false;
    };
    if !is_text(option) || !describes_values(document, table) {
        return false;
    }
    undivided::report_uneven(cx, table);
    cx.accounting.table_rows.read += table.rows.len() as u32;
    let rows = table::read(cx, document, table, TableKind::Members);
    // One whose rows cannot be read says nothing of what the values are.
    if !rows.is_empty() {
        let words = rows.iter().map(|row| row.name.to_string()).collect();
        option.ty = Some(TypeName {
            name: Name::OneOf(words),
            collection: false,
        });
        values.push(MemberTable::of(&option.name, rows, table.header.span));
    }
    true
}

/// Takes what sentences name as documented, where no table does so. Where one does, and says no more of a value than that
/// it is text, a table of the values says more.
pub(super) fn add<'a>(page: &mut Page<'a>, said: Vec<NamedRow<'a>>) {
    for option in said {
        let mut known = page.query_parameters.iter_mut();
        match known.find(|row| row.name == option.name) {
            Some(row) if is_text(row) && has_values(&option) => {
                row.ty = option.ty;
            }
            Some(_) => {}
            None => page.query_parameters.push(option),
        }
    }
}

/// Whether nothing else is known of the value of an option than that it is text.
fn is_text(option: &NamedRow<'_>) -> bool {
    let ty = option.ty.as_ref();
    ty.is_none_or(|ty| ty.name == Name::Primitive(Primitive::String) && !ty.collection)
}

/// Whether the values of an option are known.
fn has_values(option: &NamedRow<'_>) -> bool {
    let ty = option.ty.as_ref();
    ty.is_some_and(|ty| matches!(ty.name, Name::OneOf(_)))
}

/// Whether a text can be the name of an option that is none of OData's.
fn is_name(text: &str) -> bool {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || "@_-.".contains(c);
    !text.is_empty() && text.chars().all(is_of_name)
}

/// Whether the words behind an option say that there is none.
fn denies(rest: &str) -> bool {
    let mut denials = ["is not ", "isn't ", "isn’t "].iter();
    denials.any(|words| rest.starts_with(words))
}
