//! Options of the query string that sentences name, `` the `includeHidden` query parameter ``, and the tables of their
//! values below.

use std::borrow::Cow;

use foldhash::HashMap;

use crate::markdown::{Document, InlineKind, Inlines, Table};
use crate::page::context::Context;
use crate::page::query_options::is_refusal;
use crate::page::table::{self, NamedRow, TableKind, describes_values, undivided};
use crate::page::type_name::{Name, TypeName};
use crate::page::{MemberTable, Page};
use crate::source::Span;
use crate::text::strip_start;
use crate::vocabulary::Primitive;

/// A paragraph that is longer does not describe each of the options that it names.
const LONGEST: usize = 2000;

/// The options that a paragraph names, other than those of OData, each with the paragraph for its description. A value
/// may stand behind the name, as in `includeHidden=true`. One that is not supported is none.
pub(super) fn read<'a>(
    document: &Document<'a>,
    run: &Inlines,
    span: Span,
) -> impl Iterator<Item = NamedRow<'a>> {
    let description = document.markdown(span);
    let description = match description.len() > LONGEST {
        true => Cow::Borrowed(""),
        false => description,
    };
    let mut is_denied = false;
    let pairs = document.inlines(run).windows(2);
    pairs.filter_map(move |pair| {
        let [code, behind] = pair else {
            return None;
        };
        if let InlineKind::Text(before) = &code.kind {
            is_denied = goes_on_to_deny(before, is_denied);
        }
        let (InlineKind::Code(Cow::Borrowed(text)), InlineKind::Text(behind)) =
            (&code.kind, &behind.kind)
        else {
            return None;
        };
        let behind = strip_start(behind.trim_start(), "query ")?;
        let is_one = |rest: &str| !rest.starts_with(char::is_alphanumeric) && !denies(rest);
        let is_option = ["parameter", "string parameter", "option"]
            .iter()
            .any(|words| strip_start(behind, words).is_some_and(is_one));
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        if is_denied || !is_option || !is_name(name) {
            return None;
        }
        let of_truth = || TypeName::primitive(Primitive::Boolean);
        Some(NamedRow {
            ty: matches!(value, "true" | "false").then(of_truth),
            description: description.clone(),
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
        option.ty = Some(TypeName::single(Name::OneOf(words)));
        values.push(MemberTable::of(&option.name, rows, table.header.span));
    }
    true
}

/// Takes what sentences name as documented, where no table does so. Where one does, and says no more of a value than that
/// it is text, a table of the values says more.
pub(super) fn add<'a>(page: &mut Page<'a>, said: Vec<NamedRow<'a>>) {
    // Hardly any page has one.
    if said.is_empty() {
        return;
    }
    let rows = &mut page.query_parameters;
    let known = rows.iter().enumerate();
    let mut known: HashMap<Cow<'a, str>, usize> =
        known.map(|(at, row)| (row.name.clone(), at)).collect();
    for option in said {
        match known.get(&option.name) {
            Some(&at) if is_text(&rows[at]) && has_values(&option) => rows[at].ty = option.ty,
            Some(_) => {}
            None => {
                known.insert(option.name.clone(), rows.len());
                rows.push(option);
            }
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

/// Whether a sentence that goes on with a text says of what stands behind it that there is none: *doesn't support the*.
/// `is_denied` is whether it said so of what stands before the text.
fn goes_on_to_deny(text: &str, is_denied: bool) -> bool {
    const DENIALS: [&str; 3] = ["n't use ", "n’t use ", "not use "];
    let ends = [". ", " but "].iter().filter_map(|end| text.rfind(end));
    let begin = ends.max();
    let rest = &text[begin.unwrap_or(0)..];
    let denies = is_refusal(rest) || DENIALS.iter().any(|words| rest.contains(words));
    let goes_on = is_denied && begin.is_none();
    (goes_on || denies) && !text.ends_with('.')
}

/// Whether the words behind an option say that there is none.
fn denies(rest: &str) -> bool {
    let mut denials = [
        "is not ",
        "isn't ",
        "isn’t ",
        "is no longer ",
        "cannot ",
        "can't ",
        "can’t ",
        "was removed",
        "has been removed",
    ]
    .iter();
    denials.any(|words| rest.trim_start().starts_with(words))
}

#[cfg(test)]
mod tests {
    use crate::source::SourceFile;

    #[test]
    fn a_long_paragraph_is_not_said_of_each_of_its_options() {
        for (count, is_described) in [(2, true), (500, false)] {
            let options = (0..count).map(|number| format!("`a{number}` query parameter and "));
            let options: String = options.collect();
            let page = format!(
                "# Get kite\n\n## HTTP request\n```http\nGET /kite\n```\n\n\
                 ## Optional query parameters\nUse the {options}no more.\n"
            );
            let files = vec![SourceFile::new("docs/get.md", page)];
            let api = crate::read_files(files, Vec::new()).api;
            let said = &api.operations[0].query_parameters;
            assert_eq!(said.len(), count);
            let mut descriptions = said.iter().map(|it| it.description.as_str());
            assert!(descriptions.all(|text| text.is_empty() != is_described));
        }
    }
}
