//! The values that requests have in their paths and query strings, beside the types of the parameters, and the
//! names of options and headers.

use super::bodies::message_of;
use super::finding;
use super::placeholders::stands_for_a_value;
use super::values::{form, member};
use crate::conformance::{Types, is_written_as};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, ExampleRequest, Operation, Parameter, TypeKind};
use crate::nearness::nearest;
use crate::page::Page;
use crate::source::Span;

/// Headers that clients may send to any service, whatever its pages say (RFC 9110; RFC 9111, section 5; RFC 6265,
/// section 4.2).
const HEADERS_OF_HTTP: [&str; 29] = [
    "Accept",
    "Accept-Charset",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Cache-Control",
    "Connection",
    "Content-Encoding",
    "Content-Language",
    "Content-Length",
    "Content-Location",
    "Content-Range",
    "Content-Type",
    "Cookie",
    "Date",
    "Expect",
    "From",
    "Host",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "If-Unmodified-Since",
    "Origin",
    "Pragma",
    "Range",
    "Referer",
    "Transfer-Encoding",
    "User-Agent",
];

/// OData's system query options, with those that only links in an answer, references and other options have
/// (OData 4.01 URL conventions, section 5.1, and Protocol, section 11; Data Aggregation 4.0, section 3).
const OPTIONS_OF_ODATA: [&str; 17] = [
    "$apply",
    "$compute",
    "$count",
    "$deltatoken",
    "$expand",
    "$filter",
    "$format",
    "$id",
    "$index",
    "$levels",
    "$orderby",
    "$schemaversion",
    "$search",
    "$select",
    "$skip",
    "$skiptoken",
    "$top",
];

/// Reports the values of parameters in a page's requests that are none of the documented types, the options
/// and headers that no table describes where one describes another of nearly the same name, and the options
/// that are nearly one of OData's.
pub(super) fn check(
    page: &Page<'_>,
    operations: &[Operation],
    api: &Api,
    types: &Types<'_>,
    found: &mut Vec<Diagnostic>,
) {
    for row in &page.query_parameters {
        if let Some(near) = system_option_near(&row.name) {
            found.push(unknown_system_option(page, row.span, &row.name, near));
        }
    }
    for operation in operations {
        for example in &operation.examples {
            found.extend(unknown_headers(page, &example.request));
            found.extend(unknown_system_options(page, operation, &example.request));
        }
        // Few pages describe parameters.
        let tables = [
            &operation.path_parameters,
            &operation.function_parameters,
            &operation.query_parameters,
        ];
        if tables.into_iter().all(Vec::is_empty) {
            continue;
        }
        for example in &operation.examples {
            let request = &example.request;
            if let Some(taken) = &request.route {
                let path = &api.route(taken.route).path;
                for (row, value) in operation.described_values(path, &taken.arguments) {
                    found.extend(fault(page, types, request, row, value));
                }
            }
            for (name, value) in request.query_pairs() {
                let mut rows = operation.query_parameters.iter();
                found.extend(match rows.find(|row| row.name == name) {
                    Some(row) => fault(page, types, request, row, &value),
                    None => unknown(page, operation, request, &name),
                });
            }
        }
    }
}

/// What is said of the options in a request that are nearly one of OData's. A row about one is reported itself.
fn unknown_system_options(
    page: &Page<'_>,
    operation: &Operation,
    request: &ExampleRequest,
) -> Vec<Diagnostic> {
    // Most requests have no query string.
    if request.query.is_empty() {
        return Vec::new();
    }
    let pairs = request.query_pairs().into_iter();
    let unknown = pairs.filter(|(name, _)| {
        let mut rows = operation.query_parameters.iter();
        !rows.any(|row| row.name == *name)
    });
    let found = unknown.filter_map(|(name, _)| {
        let near = system_option_near(&name)?;
        let span = name_span(page, request, &name)?;
        Some(unknown_system_option(page, span, &name, near))
    });
    found.collect()
}

fn unknown_system_option(page: &Page<'_>, span: Span, name: &str, near: &str) -> Diagnostic {
    let message = format!("OData has no option `{name}`");
    let help = format!("did you mean `{near}`?");
    finding(Code::ParameterUnknown, page, span, message).with_help(help)
}

/// The option of OData whose name is nearly the given one. No option of a service's own begins with a dollar
/// sign (OData 4.01 URL conventions, section 5.2), so that it matters little what the page describes.
fn system_option_near(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let mut known = OPTIONS_OF_ODATA.iter();
    if !name.starts_with('$') || known.any(|known| known.eq_ignore_ascii_case(name)) {
        return None;
    }
    nearest(name, OPTIONS_OF_ODATA)
}

/// What is said of an option that no table describes.
fn unknown(
    page: &Page<'_>,
    operation: &Operation,
    request: &ExampleRequest,
    name: &str,
) -> Option<Diagnostic> {
    let rows = operation.query_parameters.iter();
    let near = nearest(name, rows.map(|row| row.name.as_str()))?;
    let span = message_of(page, request)?.message.span;
    let message = format!("no table describes the option `{name}` of the example");
    let help = format!("did you mean `{near}`?");
    Some(finding(Code::ParameterUnknown, page, span, message).with_help(help))
}

/// What is said of the headers that no table describes. The page's own table is asked, and not the model: that
/// has not the headers that each client writes by itself, in whose names there may be a slip as well.
fn unknown_headers(page: &Page<'_>, request: &ExampleRequest) -> Vec<Diagnostic> {
    if page.headers.is_empty() {
        return Vec::new();
    }
    let described = || page.headers.iter().map(|row| &*row.name);
    let is_known = |name: &str| {
        let mut known = described().chain(HEADERS_OF_HTTP);
        known.any(|known| known.eq_ignore_ascii_case(name))
    };
    let unknown = request.headers.iter().filter(|(name, _)| !is_known(name));
    let found = unknown.filter_map(|(name, _)| {
        let near = nearest(name, described())?;
        let mut shown = message_of(page, request)?.message.headers.iter();
        let span = shown.find(|header| header.name == name)?.span;
        let message = format!("no table describes the header `{name}` of the example");
        let help = format!("did you mean `{near}`?");
        Some(finding(Code::ParameterUnknown, page, span, message).with_help(help))
    });
    found.collect()
}

/// What is wrong with the value of a parameter.
fn fault(
    page: &Page<'_>,
    types: &Types<'_>,
    request: &ExampleRequest,
    row: &Parameter,
    value: &str,
) -> Option<Diagnostic> {
    if row.ty.collection || stands_for_a_value(&row.name, value) {
        return None;
    }
    let (code, message, help) = match row.ty.kind {
        TypeKind::Primitive(primitive) if !is_written_as(primitive, value) => {
            let (message, help) = form(&row.name, primitive, value);
            (Code::ValueForm, message, Some(help))
        }
        TypeKind::Enum(id) if !types.are_members(id, value) => {
            let (message, help) = member(types, id, value);
            (Code::MemberUnknown, message, help)
        }
        _ => return None,
    };
    let found = finding(code, page, span(page, request, &row.name, value), message);
    Some(match help {
        Some(help) => found.with_help(help),
        None => found,
    })
}

/// Where the name of an option stands in a request: the request where it is written in another way there.
fn name_span(page: &Page<'_>, request: &ExampleRequest, name: &str) -> Option<Span> {
    let message = &message_of(page, request)?.message;
    let Some((_, target)) = message.request() else {
        return Some(message.span);
    };
    let at = target.find(&format!("{name}="));
    let name = at.map(|at| &target[at..at + name.len()]);
    Some(name.map_or(message.span, |name| Span::of(name, &page.file.text)))
}

/// Where the value of a parameter stands in a request: behind the name of an argument or of an option,
/// behind a quote, or as a segment. The request where it is written in another way there, such as
/// percent-encoded.
fn span(page: &Page<'_>, request: &ExampleRequest, name: &str, value: &str) -> Span {
    let Some(message) = message_of(page, request).map(|shown| &shown.message) else {
        return Span::default();
    };
    let Some((_, target)) = message.request() else {
        return message.span;
    };
    let mut before = [format!("{name}="), "'".to_owned(), "/".to_owned()].into_iter();
    let found = before.find_map(|before| {
        let at = target.find(&format!("{before}{value}"))? + before.len();
        Some(Span::of(&target[at..at + value.len()], &page.file.text))
    });
    found.unwrap_or(message.span)
}
