//! Statuses: whether the page names any, and whether the answers fit theirs.

use super::bodies::response_type;
use super::finding;
use crate::conformance::Types;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Operation, Primitive, Type, TypeKind};
use crate::page::Page;
use crate::page::example::message::Message;
use crate::vocabulary::{is_json, reason};

/// Reports a page that names no status, and answers whose body contradicts their status.
pub(super) fn check(
    page: &Page<'_>,
    operations: &[Operation],
    types: &Types<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let mut sentences = page.response_prose.iter();
    if !page.routes.is_empty()
        && let Some(first) = page.response_prose.first()
        && sentences.all(|sentence| sentence.statuses.is_empty())
    {
        let message = "no sentence about the response names a status";
        let status = shown_success(page).unwrap_or(200);
        let status = format!("{status} {}", reason(status).unwrap_or_default());
        let status = status.trim_end();
        let help = format!("write one such as: if successful, this method returns `{status}`");
        found.push(finding(Code::StatusUndocumented, page, first.span, message).with_help(help));
    }
    for response in &page.examples.responses {
        let status = response.message.status();
        match &response.message.body {
            // A 204 response has no content (RFC 9110, section 15.3.5).
            Some(body) if status == Some(204) => {
                let message = "the response has the status 204, which means that there is no body";
                let contradiction = finding(Code::StatusBody, page, body.whole(), message);
                let help = "give the status 200, or leave the body out";
                found.push(contradiction.with_help(help));
            }
            // What is not JSON is often left out, or shown below the block.
            None if status == Some(200) && !names_another_media_type(&response.message) => {
                let ty = response_type(page, types, operations, response);
                let Some(label) = ty.and_then(|ty| label(ty, types)) else {
                    continue;
                };
                let message = format!("the answer is documented as {label}, and has no body here");
                let missing = finding(Code::StatusBody, page, response.message.span, message);
                found.push(missing.with_help("show the body, or give the status 204"));
            }
            _ => {}
        }
    }
}

/// The first status of success that an example of the page has.
fn shown_success(page: &Page<'_>) -> Option<u16> {
    let responses = page.examples.responses.iter();
    let mut statuses = responses.filter_map(|response| response.message.status());
    statuses.find(|status| (200..300).contains(status))
}

/// What an answer is documented as; `None` for bytes, which cannot be shown, and where only the lack
/// of other words says that there is anything.
fn label(ty: Type, types: &Types<'_>) -> Option<String> {
    match ty.kind {
        TypeKind::Json | TypeKind::Primitive(Primitive::Stream | Primitive::Binary) => None,
        kind => Some(types.label(Type::single(kind))),
    }
}

/// Whether the `Content-Type` of a message is there and is not that of JSON.
fn names_another_media_type(message: &Message<'_>) -> bool {
    let header = message.header("Content-Type");
    header.is_some_and(|header| !is_json(header.value))
}
