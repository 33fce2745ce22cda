//! What a page requires of a request, and its examples leave out.

use super::bodies::message_of;
use super::finding;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ExampleRequest, Operation};
use crate::page::Page;

/// Reports the required headers and options that a page's requests lack. A request that is refused may be
/// there to show what happens then. Nothing is said of bodies: tables that call a property required often
/// speak of one within another.
pub(super) fn check(page: &Page<'_>, operations: &[Operation], found: &mut Vec<Diagnostic>) {
    for operation in operations.iter().filter(|operation| requires(operation)) {
        for example in &operation.examples {
            let request = &example.request;
            let response = example.response.as_ref();
            let is_good = response.is_none_or(|response| response.status < 400);
            let is_own = request
                .route
                .as_ref()
                .is_some_and(|taken| operation.routes.contains(&taken.route));
            let lacking = match is_good && is_own {
                true => lacking(operation, request),
                false => Vec::new(),
            };
            for what in lacking {
                let Some(shown) = message_of(page, request) else {
                    continue;
                };
                let span = shown.message.span;
                let message = format!("the example leaves out {what}, which the page requires");
                found.push(finding(Code::ExampleIncomplete, page, span, message));
            }
        }
    }
}

/// Whether an operation requires anything beside its path.
fn requires(operation: &Operation) -> bool {
    let mut parameters = operation.headers.iter().chain(&operation.query_parameters);
    parameters.any(|row| row.required)
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
