//! What a page requires of a request, and its examples leave out.

use std::collections::HashSet;

use super::bodies::message_of;
use super::finding;
use crate::conformance::{Json as _, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ExampleRequest, Operation};
use crate::page::Page;
use crate::page::body::Value;
use crate::page::example::ExampleMessage;
use crate::page::table::NamedRow;

/// Reports the required headers, options and properties that a page's requests lack. A request that is refused
/// may be there to show what happens then.
pub(super) fn check(page: &Page<'_>, operations: &[Operation], found: &mut Vec<Diagnostic>) {
    for operation in operations.iter().filter(|it| requires(page, it)) {
        for example in &operation.examples {
            let request = &example.request;
            let response = example.response.as_ref();
            let is_good = response.is_none_or(|response| response.status < 400);
            let is_own = request
                .route
                .as_ref()
                .is_some_and(|taken| operation.routes.contains(&taken.route));
            if !is_good || !is_own {
                continue;
            }
            let Some(shown) = message_of(page, request) else {
                continue;
            };
            if is_route(page, shown) {
                continue;
            }
            let mut lacking = lacking(operation, request);
            lacking.extend(lacking_in_body(page, operation, shown));
            for what in lacking {
                let span = shown.message.span;
                let message = format!("the example leaves out {what}, which the page requires");
                found.push(finding(Code::ExampleIncomplete, page, span, message));
            }
        }
    }
}

/// Whether a request is the route that an answer was found below, and says no more than that.
fn is_route(page: &Page<'_>, shown: &ExampleMessage<'_>) -> bool {
    let mut lines = page.route_lines();
    shown.annotation.is_none() && lines.any(|line| line.span == shown.message.span)
}

/// Whether an operation requires anything beside its path.
fn requires(page: &Page<'_>, operation: &Operation) -> bool {
    let mut parameters = operation.headers.iter().chain(&operation.query_parameters);
    parameters.any(|row| row.required) || required_rows(page).next().is_some()
}

/// The rows under *Request body* that say that their property must be given.
fn required_rows<'p, 'a>(page: &'p Page<'a>) -> impl Iterator<Item = &'p NamedRow<'a>> {
    page.body_rows
        .iter()
        .filter(|row| row.required == Some(true))
}

/// What a request lacks, in words.
fn lacking(operation: &Operation, request: &ExampleRequest) -> Vec<String> {
    let mut lacking = Vec::new();
    let headers = operation.headers.iter().filter(|row| row.required);
    for row in headers {
        let mut sent = request.headers.iter();
        if !sent.any(|(name, _)| name.eq_ignore_ascii_case(&row.name)) {
            lacking.push(format!("the header `{}`", row.name));
        }
    }
    let options = operation.query_parameters.iter().filter(|row| row.required);
    let sent = request.query_pairs();
    for row in options {
        if !sent
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case(&row.name))
        {
            lacking.push(format!("the option `{}`", row.name));
        }
    }
    lacking
}

/// What the body of a request lacks, in words, where it is an object. Tables often speak of a property of something
/// within the body, and one that is a resource may be given by a reference to it.
fn lacking_in_body(
    page: &Page<'_>,
    operation: &Operation,
    shown: &ExampleMessage<'_>,
) -> Vec<String> {
    let body = shown.json_value();
    let Some(body) = body.filter(|body| body.kind() == Kind::Object) else {
        return Vec::new();
    };
    if operation.request_body.is_none() {
        return Vec::new();
    }
    let mut rows = required_rows(page).peekable();
    if rows.peek().is_none() {
        return Vec::new();
    }
    let mut names = HashSet::new();
    add_names(body, &mut names);
    rows.filter(|row| !names.contains(&row.name.to_ascii_lowercase()))
        .map(|row| format!("the property `{}`", row.name))
        .collect()
}

/// Adds the names of the properties that a value has at any depth, in lower case.
fn add_names(value: Value<'_>, names: &mut HashSet<String>) {
    for (member, value) in value.members() {
        let name = member.split('@').next().unwrap_or(member);
        names.insert(name.to_ascii_lowercase());
        add_names(value, names);
    }
    for item in value.items() {
        add_names(item, names);
    }
}
