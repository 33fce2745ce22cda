//! Options of the query string that sentences name: `` the `includeHidden` query parameter ``.

use std::borrow::Cow;

use crate::markdown::{Document, InlineKind, Inlines};
use crate::page::Page;
use crate::page::table::NamedRow;
use crate::page::type_name::{Name, TypeName};
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

/// Takes what sentences name as documented, where no table does so.
pub(super) fn add<'a>(page: &mut Page<'a>, said: Vec<NamedRow<'a>>) {
    for option in said {
        let mut known = page.query_parameters.iter();
        if !known.any(|row| row.name == option.name) {
            page.query_parameters.push(option);
        }
    }
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
