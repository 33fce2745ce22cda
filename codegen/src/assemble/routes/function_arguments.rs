//! Arguments of functions that a route line does not write as they are sent.

use std::borrow::Cow;

use super::function_calls::{function, placeholder};
use crate::assemble::findings::OfPage;
use crate::diagnostic::Code;
use crate::page::Page;
use crate::page::route::{RouteLine, path_segments};
use crate::page::type_name::Name;
use crate::source::Span;
use crate::vocabulary::{Argument, Call, Primitive, SegmentKind, split_query};
use crate::words::same_folded;

/// What is made of an argument.
#[derive(Clone, Copy)]
enum Mend {
    /// A placeholder in the place of a value that the page describes, and so shows one of the many that a table
    /// speaks of, or of the argument's own name, which stands for one. It stands between quotes where the examples
    /// have them, whether the value does or not.
    Placeholder { quoted: bool },
    /// Quotes around a placeholder where the page's examples have them around values: text stands between
    /// quotes in a path (OData URL conventions 4.01, section 5.1.1.6.1), and a client that is told nothing of
    /// them sends none.
    Quotes,
}

/// The route line with its arguments as they are sent, as far as the page's tables and `calls` tell that.
pub(super) fn mend<'l, 'a>(
    of: &mut OfPage<'_, '_>,
    calls: &[(&str, &str)],
    mut line: Cow<'l, RouteLine<'a>>,
) -> Cow<'l, RouteLine<'a>> {
    for at in 0..line.path.segments.len() {
        let segment = &line.path.segments[at];
        if segment.kind != SegmentKind::Function {
            continue;
        }
        let written = segment.to_string();
        let Some(call) = Call::read(&written) else {
            continue;
        };
        let mut mended = Vec::new();
        let arguments = call.arguments().map(|argument| {
            match needed(of.page, calls, line.method, call.name, argument) {
                Some(mend) => {
                    let written = mend.written(argument);
                    mended.push((argument, mend, written.clone()));
                    written
                }
                None => argument.to_string(),
            }
        });
        let arguments: Vec<String> = arguments.collect();
        if mended.is_empty() {
            continue;
        }
        let Some(function) = function(&format!("{}({})", call.name, arguments.join(","))) else {
            continue;
        };
        for (argument, mend, written) in mended {
            mend.report(of, line.span, argument, &written);
        }
        line.to_mut().path.segments[at] = function;
    }
    line
}

/// What an argument of a route line needs.
fn needed(
    page: &Page<'_>,
    calls: &[(&str, &str)],
    method: &str,
    function: &str,
    argument: Argument<'_>,
) -> Option<Mend> {
    let Argument { name, value } = argument;
    if name.is_empty() {
        return None;
    }
    let is_quoted = || may_be_text(page, name) && is_shown_quoted(calls, method, function, name);
    if !value.contains('{') {
        let is_own_name = value.trim_matches('\'') == name;
        let is_one_of_many = is_own_name || is_described(page, method, name);
        return is_one_of_many.then(|| Mend::Placeholder {
            quoted: is_quoted(),
        });
    }
    let is_bare = value.starts_with('{') && value.ends_with('}');
    (is_bare && is_quoted()).then_some(Mend::Quotes)
}

impl Mend {
    fn written(self, Argument { name, value }: Argument<'_>) -> String {
        match self {
            Self::Placeholder { quoted: true } => format!("{name}='{{{name}}}'"),
            Self::Placeholder { quoted: false } => placeholder(name, value),
            Self::Quotes => format!("{name}='{value}'"),
        }
    }

    /// Reports it, but where a line is made of a request that has the quotes.
    fn report(self, of: &mut OfPage<'_, '_>, line: Span, argument: Argument<'_>, written: &str) {
        let Argument { name, value } = argument;
        let (code, message) = match self {
            Self::Placeholder { .. } => (
                Code::RouteLiteralArgument,
                format!("`{value}` stands where any `{name}` can"),
            ),
            Self::Quotes if of.page.file.text[line.range()].contains(&format!("{name}='")) => {
                return;
            }
            Self::Quotes => (
                Code::RouteQuotes,
                format!("`{name}` is written without quotes, and examples have them"),
            ),
        };
        let span = argument_span(of.page, line, argument);
        of.report_with_help(code, span, message, format!("write `{written}`"));
    }
}

/// Whether a table of the page speaks of an argument.
fn is_described(page: &Page<'_>, method: &str, name: &str) -> bool {
    let body_rows = (method == "GET").then(|| page.arguments_in_body());
    let tables = [
        page.function_parameters.as_slice(),
        &page.path_parameters,
        &page.query_parameters,
    ];
    let mut rows = tables.into_iter().chain(body_rows).flatten();
    rows.any(|row| same_folded(&row.name, name))
}

/// Whether tables say nothing else of an argument than that it is text, or a member of an enumeration,
/// which stands between quotes as well.
fn may_be_text(page: &Page<'_>, name: &str) -> bool {
    let mut rows = page.function_parameters.iter().chain(&page.path_parameters);
    let row = rows.find(|row| same_folded(&row.name, name));
    let is_text = |name: &Name| {
        let is_string = matches!(name, Name::Primitive(Primitive::String));
        is_string || matches!(name, Name::Documented(_) | Name::OneOf(_))
    };
    row.and_then(|row| row.ty.as_ref())
        .is_none_or(|ty| is_text(&ty.name))
}

/// Whether the requests of examples that call a function with an argument all have its value in quotes.
fn is_shown_quoted(calls: &[(&str, &str)], method: &str, function: &str, name: &str) -> bool {
    let calls = calls.iter().filter(|(shown, _)| *shown == method);
    let values = calls.flat_map(|(_, target)| {
        let segments = path_segments(split_query(target).0).into_iter();
        let calls = segments.filter_map(|segment| Call::read(segment.trim()));
        let calls = calls.filter(|call| call.name.eq_ignore_ascii_case(function));
        let arguments = calls.flat_map(Call::arguments);
        let named = arguments.filter(|argument| argument.name.eq_ignore_ascii_case(name));
        named.map(|argument| argument.value)
    });
    let values: Vec<&str> = values.collect();
    let is_quoted =
        |value: &&str| value.len() > 1 && value.starts_with('\'') && value.ends_with('\'');
    !values.is_empty() && values.iter().all(is_quoted)
}

/// Where the value of an argument stands in a route line; the whole line where there are spaces
/// around its sign.
fn argument_span(page: &Page<'_>, line: Span, argument: Argument<'_>) -> Span {
    let written = argument.to_string();
    match page.file.text[line.range()].find(&written) {
        Some(at) => {
            let end = line.start as usize + at + written.len();
            Span::new(end - argument.value.len(), end)
        }
        None => line,
    }
}
