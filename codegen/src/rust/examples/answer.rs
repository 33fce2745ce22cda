//! How a test looks at the answer.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::message;
use super::misfit::{self, Misfit};
use super::uses::Uses;
use crate::model::{ExampleResponse, Operation, Type, TypeKind};
use crate::rust::made::view::View;
use crate::rust::types::Output;

/// What a server answers, and the statements that send the request and look at what comes.
pub(super) struct Answer {
    /// The text of the answer.
    pub(super) text: String,
    /// The statements.
    pub(super) statements: TokenStream,
    /// Whether a value that is none of its type keeps the body from being read.
    pub(super) refused: bool,
    /// What to say about how it is tested.
    pub(super) remark: Option<&'static str>,
}

impl Answer {
    /// One that is read, and of which nothing is to be said.
    fn new(text: String, statements: TokenStream) -> Self {
        Self {
            text,
            statements,
            refused: false,
            remark: None,
        }
    }
}

/// What is said of a value that is none of its type.
pub(super) const MISFIT: &str = "A property has a value that is none of its type, as `docwright \
                                 check` says: it is kept as it came.";

/// What is said of a body that no server can send.
const BODY_LEFT_OUT: &str = "The page shows a body for a status that has none: HTTP cannot carry it \
                             (RFC 9110, section 15.3.5), and so it is not sent.";

/// The answer where an example shows none: one with a documented status and no body. What a service
/// answers in its place is its own affair, so that nothing is asked of what comes but that it is good.
pub(super) fn unanswered(operation: &Operation, send: &TokenStream) -> Answer {
    let good = operation.successes().next();
    let status = good.map_or(204, |outcome| outcome.status);
    Answer::new(format!("HTTP/1.1 {status}"), quote! { #send.await?; })
}

/// The answer that an example shows. `has_misfit` says that some value in it is none of its type.
pub(super) fn answer(
    api: View<'_>,
    operation: &Operation,
    response: &ExampleResponse,
    has_misfit: bool,
    output: Output,
    request: &Request,
    uses: &mut Uses,
) -> Answer {
    // A part of what the operation answers is read as what it is, and not as the whole.
    let output = match (output, response.ty) {
        (Output::Json(Type { kind, .. }) | Output::Array(kind), Some(shown))
            if kind != shown.kind =>
        {
            Output::Empty
        }
        (output, _) => output,
    };
    let shown = response.body.as_deref();
    let body = shown.filter(|_| !has_no_body(response.status));
    let text = message::response(response, body);
    if is_left_out(operation, output, body, response.status) {
        return without_body(text, request, uses);
    }
    if (200..300).contains(&response.status) {
        let json = match (output, body) {
            (Output::Json(_) | Output::Array(_), Some(body)) => {
                serde_json::from_str::<Value>(body).ok()
            }
            _ => None,
        };
        let json = json.as_ref();
        // To hold a body against its type takes the API as a whole, so that each change of that would be one of
        // the test: it is done where something is known to be wrong.
        let (output, misfit) = match body {
            Some(body) if has_misfit => (output, misfit::of_answer(api, output, body, json)),
            Some(_) if misfit::has_other_items(output, json) => (Output::Empty, Misfit::Unread),
            _ => (output, Misfit::Unread),
        };
        let answer = successful(text, output, (body, json), misfit, request, uses);
        return Answer {
            remark: match (shown, body) {
                (Some(_), None) => Some(BODY_LEFT_OUT),
                _ => answer.remark,
            },
            ..answer
        };
    }
    let documented = format!("documented as {}", response.status);
    let request = &request.call;
    let statements = quote! {
        let error = #request.await.expect_err(#documented);
        example.check_error(&error)?;
    };
    Answer::new(text, statements)
}

/// Whether an example does not show the body that it has: the client takes no answer for what it
/// reads that has none. For a number of items it asks by itself, whatever the method.
fn is_left_out(operation: &Operation, output: Output, body: Option<&str>, status: u16) -> bool {
    let reads = match output {
        Output::Json(_) | Output::Array(_) => operation.method == "GET" && !has_no_body(status),
        Output::Count => true,
        Output::Bytes | Output::Empty => false,
    };
    reads && body.is_none() && matches!(status, 200..300)
}

/// Whether an answer with a status ends behind its headers (RFC 9110, sections 15.3.5, 15.3.6 and
/// 15.4.5).
fn has_no_body(status: u16) -> bool {
    matches!(status, 204 | 205 | 304)
}

fn without_body(text: String, request: &Request, uses: &mut Uses) -> Answer {
    let call = request.of_the_runtime(uses);
    let statements = quote! {
        let response = #call.untyped().await?;
        example.check_empty(&response)?;
    };
    Answer::new(text, statements)
}

/// A request as a value.
pub(in crate::rust) struct Request {
    /// The expression.
    pub(in crate::rust) call: TokenStream,
    /// Whether it is a struct of its own, and not yet a request of the runtime.
    pub(super) wrapped: bool,
}

/// `body` is what the answer carries: as text, and as JSON where it is read as some and can be.
fn successful(
    text: String,
    output: Output,
    (body, json): (Option<&str>, Option<&Value>),
    misfit: Misfit,
    request: &Request,
    uses: &mut Uses,
) -> Answer {
    let is_kept = misfit == Misfit::Kept;
    let call = &request.call;
    let check = match (output, body) {
        (Output::Bytes, _) => quote! { example.check_bytes(response).await?; },
        (_, None) => quote! { example.check_empty(&response)?; },
        (Output::Json(_) | Output::Array(_), Some(_))
            if json.is_some_and(|json| can_be(json, output, misfit)) =>
        {
            match is_kept {
                true => quote! { example.check_misfit_json(&response)?; },
                false => quote! { example.check_json(&response)?; },
            }
        }
        (Output::Count, Some(body)) if body.trim().parse::<i64>().is_ok() => {
            quote! { example.check_count(&response)?; }
        }
        (_, Some(_)) => {
            let call = request.of_the_runtime(uses);
            let statements = quote! {
                let response = #call.untyped().await?;
                example.check_bytes(response).await?;
            };
            return Answer::new(text, statements);
        }
    };
    let statements = quote! {
        let response = #call.await?;
        #check
    };
    Answer {
        refused: misfit == Misfit::Refused,
        remark: is_kept.then_some(MISFIT),
        ..Answer::new(text, statements)
    }
}

impl Request {
    /// The request without the struct around it.
    pub(super) fn of_the_runtime(&self, uses: &mut Uses) -> TokenStream {
        let call = &self.call;
        match self.wrapped {
            true => {
                let request = uses.request();
                quote! { #request::from(#call) }
            }
            false => call.clone(),
        }
    }
}

/// Whether a body can be what the client reads: an object, which is around the value where it is one of a type
/// that comes so. Null is no item of a collection.
fn can_be(json: &Value, output: Output, misfit: Misfit) -> bool {
    let ty = match output {
        Output::Json(ty) if !ty.collection => ty,
        _ => {
            let items = misfit::items(output, json);
            return items.is_some_and(|(_, items)| !items.contains(&Value::Null));
        }
    };
    match ty.kind {
        TypeKind::Primitive(_) | TypeKind::Enum(_) => json.get("value").is_some(),
        // What is reported is read, to show that it cannot be.
        TypeKind::Resource(_) => json.is_object() || misfit == Misfit::Refused,
        TypeKind::Json => true,
    }
}
