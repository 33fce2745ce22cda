//! How a test looks at the answer.

use proc_macro2::TokenStream;
use quote::quote;

use super::message;
use super::uses::Uses;
use crate::model::{ExampleResponse, Operation};
use crate::rust::types::Output;

/// What a server answers, and the statements that send the request and look at what comes.
pub(super) struct Answer {
    /// The text of the answer.
    pub(super) text: String,
    /// The statements.
    pub(super) statements: TokenStream,
    /// Whether the body is read as a type of the API.
    pub(super) typed: bool,
}

/// The answer where an example shows none: one with a documented status and no body. What a service
/// answers in its place is its own affair, so that nothing is asked of what comes but that it is good.
pub(super) fn unanswered(operation: &Operation, send: &TokenStream) -> Answer {
    let good = |status: &u16| (200..300).contains(status);
    let mut statuses = operation.outcomes.iter().map(|outcome| outcome.status);
    let status = statuses.find(good).unwrap_or(204);
    Answer {
        text: format!("HTTP/1.1 {status}"),
        statements: quote! { #send.await?; },
        typed: false,
    }
}

/// The answer that an example shows.
pub(super) fn answer(
    operation: &Operation,
    response: &ExampleResponse,
    output: Output,
    request: &Request,
    uses: &mut Uses,
) -> Answer {
    // A part of what the operation answers is read as what it is, and not as the whole.
    let output = match (output, response.ty) {
        (Output::Json(ty), Some(shown)) if ty.kind != shown.kind => Output::Empty,
        (output, _) => output,
    };
    let text = message::response(response);
    let body = response.body.as_deref();
    if is_left_out(operation, output, body, response.status) {
        return without_body(text, request, uses);
    }
    if (200..300).contains(&response.status) {
        return successful(text, output, body, request, uses);
    }
    let documented = format!("documented as {}", response.status);
    let request = &request.call;
    Answer {
        text,
        statements: quote! {
            let error = #request.await.expect_err(#documented);
            example.check_error(&error)?;
        },
        typed: false,
    }
}

/// Whether an example does not show the body that it has: the client takes no answer for what it
/// reads that has none.
fn is_left_out(operation: &Operation, output: Output, body: Option<&str>, status: u16) -> bool {
    let reads = operation.method == "GET" && matches!(output, Output::Json(_));
    reads && body.is_none() && matches!(status, 200..300) && !matches!(status, 204 | 205)
}

fn without_body(text: String, request: &Request, uses: &mut Uses) -> Answer {
    let call = request.of_the_runtime(uses);
    Answer {
        text,
        statements: quote! {
            let response = #call.untyped().await?;
            example.check_empty(&response)?;
        },
        typed: false,
    }
}

/// A request as a value.
pub(in crate::rust) struct Request {
    /// The expression.
    pub(in crate::rust) call: TokenStream,
    /// Whether it is a struct of its own, and not yet a request of the runtime.
    pub(super) wrapped: bool,
}

fn successful(
    text: String,
    output: Output,
    body: Option<&str>,
    request: &Request,
    uses: &mut Uses,
) -> Answer {
    let call = &request.call;
    let check = match (output, body) {
        (Output::Bytes, _) => quote! { example.check_bytes(response).await?; },
        (_, None) => quote! { example.check_empty(&response)?; },
        (Output::Json(ty), Some(body)) if is_json(body, ty.collection) => {
            quote! { example.check_json(&response)?; }
        }
        (Output::Text, Some(_)) => quote! { example.check_text(&response)?; },
        (Output::Json(_) | Output::Empty, Some(_)) => {
            let call = request.of_the_runtime(uses);
            let statements = quote! {
                let response = #call.untyped().await?;
                example.check_bytes(response).await?;
            };
            return Answer {
                text,
                statements,
                typed: false,
            };
        }
    };
    let statements = quote! {
        let response = #call.await?;
        #check
    };
    let typed = matches!(output, Output::Json(_)) && body.is_some();
    Answer {
        text,
        statements,
        typed,
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

/// Whether a body is JSON, and of a collection an object with its items.
fn is_json(body: &str, collection: bool) -> bool {
    let json = serde_json::from_str::<serde_json::Value>(body);
    json.is_ok_and(|json| !collection || json.get("value").is_some_and(|value| value.is_array()))
}
