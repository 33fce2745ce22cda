//! The values that requests have in their paths, beside the types of the parameters.

use super::bodies::place;
use super::finding;
use super::placeholders::stands_for_a_value;
use super::values::form;
use crate::conformance::is_written_as;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Operation, RouteMatch, Source, TypeKind};
use crate::page::Page;
use crate::page::message::Start;
use crate::source::Span;

/// Reports the values that a page's requests have in their paths and that are none of the documented
/// types.
pub(super) fn check(
    page: &Page<'_>,
    operations: &[Operation],
    api: &Api,
    found: &mut Vec<Diagnostic>,
) {
    // Few pages describe what is in a path.
    let describes =
        |it: &&Operation| !it.path_parameters.is_empty() || !it.function_parameters.is_empty();
    for operation in operations.iter().filter(describes) {
        for example in &operation.examples {
            if let Some(taken) = &example.request.route {
                let at = example.request.source;
                check_path(page, operation, api, taken, at, found);
            }
        }
    }
}

/// Reports the values in the path of one request, which stands at a place of the page.
fn check_path(
    page: &Page<'_>,
    operation: &Operation,
    api: &Api,
    taken: &RouteMatch,
    at: Source,
    found: &mut Vec<Diagnostic>,
) {
    let segments = api.route(taken.route).path.segments.iter();
    let parameters = segments.flat_map(|segment| {
        let parameters = segment.parameters();
        parameters.map(|parameter| operation.described(parameter, segment.kind))
    });
    for (row, value) in parameters.zip(&taken.arguments) {
        let Some(row) = row else { continue };
        let TypeKind::Primitive(primitive) = row.ty.kind else {
            continue;
        };
        if row.ty.collection
            || is_written_as(primitive, value)
            || stands_for_a_value(&row.name, value)
        {
            continue;
        }
        let (message, help) = form(&row.name, primitive, value);
        let found_at = span(page, at, &row.name, value);
        found.push(finding(Code::ValueForm, page, found_at, message).with_help(help));
    }
}

/// Where the value of a parameter stands in the request at a place of the page: behind the name of an
/// argument, or as a segment. The request where it is written in another way there, such as
/// percent-encoded.
fn span(page: &Page<'_>, at: Source, name: &str, value: &str) -> Span {
    let mut requests = page.examples.requests.iter();
    let request = requests.find(|request| place(page, request) == at);
    let Some(message) = request.map(|request| &request.message) else {
        return Span::default();
    };
    match message.start {
        Start::Request { target, .. } => {
            let mut before = [format!("{name}="), format!("{name}='"), "/".to_owned()].into_iter();
            let found = before.find_map(|before| {
                let at = target.find(&format!("{before}{value}"))? + before.len();
                Some(Span::of(&target[at..at + value.len()], &page.file.text))
            });
            found.unwrap_or(message.span)
        }
        Start::Response { .. } => message.span,
    }
}
