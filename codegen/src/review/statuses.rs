//! Statuses: whether the page names any, and whether the answers fit theirs.

use super::finding;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Primitive;
use crate::page::Page;
use crate::page::example::ExampleMessage;
use crate::page::message::Start;
use crate::page::type_name::{self, Name};

/// Reports a page that names no status, and answers whose body contradicts their status.
pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let mut sentences = page.response_prose.iter();
    if !page.routes.is_empty()
        && let Some(first) = page.response_prose.first()
        && sentences.all(|sentence| sentence.statuses.is_empty())
    {
        let message = "no sentence about the response names a status";
        let help = "begin with one, such as: if successful, this method returns `200 OK`";
        found.push(finding(Code::StatusUndocumented, page, first.span, message).with_help(help));
    }
    for response in &page.examples.responses {
        let Start::Response { status, .. } = response.message.start else {
            continue;
        };
        match &response.message.body {
            // A 204 response has no content (RFC 9110, section 15.3.5).
            Some(body) if status == 204 => {
                let message = "the response has the status 204, which means that there is no body";
                let contradiction = finding(Code::StatusBody, page, body.whole(), message);
                let help = "give the status 200, or leave the body out";
                found.push(contradiction.with_help(help));
            }
            None if status == 200 => found.extend(missing_body(page, response)),
            _ => {}
        }
    }
}

/// Reports a response without the body that its annotation or the sentences of its page speak of.
fn missing_body(page: &Page<'_>, response: &ExampleMessage<'_>) -> Option<Diagnostic> {
    let annotation = response.annotation.as_ref();
    let annotated = annotation.and_then(|annotation| type_name::parse(annotation.ty.as_ref()?));
    let mut said = page.response_prose.iter().filter_map(|it| it.ty.as_ref());
    let ty = annotated.or_else(|| said.next().map(|(ty, _)| ty.clone()))?;
    let label = match ty.name {
        // What bytes are cannot be shown.
        Name::Primitive(Primitive::Stream | Primitive::Binary) => return None,
        Name::Primitive(primitive) => format!("{primitive:?}"),
        Name::Documented(name) => name,
        Name::OneOf(_) | Name::Json => "JSON".to_owned(),
    };
    let message =
        format!("the page says that the answer is `{label}`, and the example has no body");
    let found = finding(Code::StatusBody, page, response.message.span, message);
    Some(found.with_help("show the body, or give the status 204"))
}
