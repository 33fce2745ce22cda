//! `tests/examples.rs`: a test for each documented request and response.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::docs::{Docs, code, escape};
use super::example_call::{self, literal};
use super::file::RustFile;
use super::names::{Case, Ident, Scope, single};
use super::operations;
use super::routes;
use super::types::{self, Output};
use crate::model::{BodyContent, Example, OperationId, PathTemplate};
use crate::words::file_stem;

/// The address that the paths of an example begin with, where it shows none and no other does.
const NO_BASE: &str = "http://localhost";

/// The file with the tests. Examples that cannot be a test are listed in its docs with the reason.
pub(super) fn file(context: &Context<'_>) -> RustFile {
    let mut scope = Scope::new(Case::Snake, &[]);
    let mut tests = TokenStream::new();
    let mut left_out = Vec::new();
    let operations = context.api.operations.iter().zip(0..);
    for (operation, index) in operations {
        for example in &operation.examples {
            let place = context.api.locate(example.request.source);
            let page = &context.api.pages[example.request.source.page.0 as usize].path;
            let wanted = [
                example.name.clone(),
                format!("{} {}", example.name, file_stem(page)),
            ];
            match body(context, OperationId(index), example, &place) {
                Ok(body) => {
                    let name = scope.claim(&wanted).ident;
                    tests.extend(test(example, &name, &place, &body));
                }
                Err(why) => left_out.push(format!(
                    "{} ({}): {why}.",
                    code(&place),
                    escape(&example.name)
                )),
            }
        }
    }
    let docs = Docs::new().text(
        "The documented examples: each request is made by the client against a server that \
         expects it as documented, and answers as documented.",
    );
    let docs = match left_out.is_empty() {
        true => docs,
        false => docs.text("Not run:").list(left_out),
    };
    let library = single(Case::Snake, &context.options.name);
    let used = tests.to_string();
    let names = |module: &str| used.contains(&format!("{module} :: "));
    let modules = ["enums", "resources"]
        .into_iter()
        .filter(|module| names(module));
    let modules = modules
        .map(|module| single(Case::Snake, module))
        .collect::<Vec<_>>();
    let uses = (!tests.is_empty()).then(|| {
        quote! {
            use docwright_client::testing::{self, Example};
            use #library::{Client, Method, Route, #(#modules),*};
        }
    });
    RustFile {
        path: "tests/examples.rs".to_owned(),
        pages: context.pages(),
        docs,
        items: quote! { #uses #tests },
        tail: String::new(),
    }
}

fn test(example: &Example, name: &Ident, place: &str, body: &TokenStream) -> TokenStream {
    let docs = match example.title.trim() {
        "" => Docs::new(),
        title => Docs::new().text(format!("{}.", escape(title))),
    };
    let shown = format!("{}, {}.", code(&example.name), code(place));
    let docs = docs.text(shown).outer();
    quote! {
        #docs
        #[tokio::test]
        async fn #name() -> testing::Result {
            #body
        }
    }
}

/// The statements of a test, or why there can be none.
fn body(
    context: &Context<'_>,
    id: OperationId,
    example: &Example,
    place: &str,
) -> Result<TokenStream, String> {
    let operation = context.api.operation(id);
    let response = example
        .response
        .as_ref()
        .ok_or("the page shows no response")?;
    let route = example
        .request
        .route
        .as_ref()
        .ok_or("no documented route fits the request")?;
    if let Some(difference) = &route.difference {
        return Err(format!(
            "it is not quite a documented route, since {}",
            escape(difference)
        ));
    }
    let path = &context.api.route(route.route).path;
    let (steps, ty) = context
        .tree
        .walk(path)
        .ok_or("no documented route fits the request")?;
    let call = ty.calls.iter().find(|call| call.operation == id);
    let call = call.ok_or("its route leads to another operation")?;

    let mut values = route.arguments.iter();
    let mut chain = quote! { client };
    for step in steps {
        let method = &step.method;
        let arguments = step
            .arguments
            .iter()
            .map(|_| values.next().map_or("", String::as_str));
        let arguments = arguments.map(literal);
        chain.extend(quote! { .#method(#(#arguments),*) });
    }
    let method = &call.method;
    let (arguments, options) = example_call::settings(operation, &example.request)?;
    let sent = match &operation.request_body {
        None => None,
        Some(body) => Some(sent_body(
            context,
            id,
            &body.content,
            example.request.body.as_deref(),
        )?),
    };
    let (statement, body) = sent.unzip();
    let arguments = arguments.into_iter().chain(body);
    let request = quote! { #chain.#method(#(#arguments),*) #options };
    let answer = answer(operation, response, &request)?;

    let texts = [request_text(example), response_text(response)].map(|text| literal(&text));
    let [request_text, response_text] = texts;
    let base = base(context, example);
    let route = route_checks(context, example, path);
    // A redirect is the documented answer here, so the client must not follow it.
    let is_redirect = (300..400).contains(&response.status);
    let redirects = is_redirect.then(|| quote! { .max_redirects(0) });
    // Here an answer that asks to come again is the documented one.
    let passing = matches!(response.status, 429 | 503 | 504);
    let retry = passing.then(|| quote! { .retry(docwright_client::RetryPolicy::none()) });
    Ok(quote! {
        let request = #request_text;
        let answer = #response_text;
        let example = Example::new(request, answer).at(#place).base(#base)?;
        let server = example.serve().await?;
        let client = Client::builder(server.base_url()) #redirects #retry .build()?;
        #statement
        #answer
        server.finish().await?;
        #route
        Ok(())
    })
}

/// A statement that makes the body, and the argument that passes it.
fn sent_body(
    context: &Context<'_>,
    id: OperationId,
    content: &BodyContent,
    body: Option<&str>,
) -> Result<(TokenStream, TokenStream), String> {
    let text = literal(body.unwrap_or(""));
    let ty = match content {
        BodyContent::Bytes => return Ok((TokenStream::new(), quote! { #text })),
        BodyContent::Value(ty) => {
            let value = types::value(context, ty.kind, false, &mut types::Uses::default());
            let value = example_call::qualify(ty.kind, value);
            if ty.collection {
                quote! { Vec<#value> }
            } else {
                value
            }
        }
        BodyContent::Object(_) => {
            let name = context
                .names
                .operation(id)
                .body
                .as_ref()
                .map(|names| &names.ty);
            quote! { resources::#name }
        }
    };
    if !is_json(body) {
        return Err("the page shows no JSON as the body of the request".to_owned());
    }
    Ok((
        quote! { let body: #ty = serde_json::from_str(#text)?; },
        quote! { &body },
    ))
}

/// The statements that send the request and check the answer.
fn answer(
    operation: &crate::model::Operation,
    response: &crate::model::ExampleResponse,
    request: &TokenStream,
) -> Result<TokenStream, String> {
    if !(200..300).contains(&response.status) {
        let documented = format!("documented as {}", response.status);
        return Ok(quote! {
            let error = #request.await.expect_err(#documented);
            example.check_error(&error)?;
        });
    }
    let check = match types::output(operation) {
        Output::Json(_) if !is_json(response.body.as_deref()) => {
            return Err("the page shows no JSON as the body of the response".to_owned());
        }
        Output::Json(_) => quote! { example.check_json(&response)?; },
        Output::Text => quote! { example.check_text(&response)?; },
        Output::Bytes => quote! { example.check_bytes(response).await?; },
        Output::Empty => quote! { example.check_empty(&response)?; },
    };
    Ok(quote! {
        let response = #request.await?;
        #check
    })
}

/// That the enum of routes reads and writes the documented path.
fn route_checks(context: &Context<'_>, example: &Example, path: &PathTemplate) -> TokenStream {
    let Some(route) = &example.request.route else {
        return TokenStream::new();
    };
    let method = operations::method(&example.request.method);
    let shown = literal(&example.request.path);
    let written = literal(&example_call::written_path(path, &route.arguments));
    let values = route.arguments.iter().map(|value| {
        let value = literal(value);
        quote! { #value.into() }
    });
    let library = single(Case::Snake, &context.options.name);
    let documented = routes::value(context, &library, route.route, &values.collect::<Vec<_>>());
    quote! {
        let route = Route::parse(#method, #shown)?;
        let documented = #documented;
        assert_eq!(route, documented);
        assert_eq!(route.path(), #written);
    }
}

/// What stands before the path of the example.
fn base(context: &Context<'_>, example: &Example) -> String {
    let target = example.request.target.split('?').next().unwrap_or("");
    let own = target
        .strip_suffix(example.request.path.as_str())
        .filter(|own| own.contains("://"));
    let known = own.or(context.api.base_url.as_deref());
    known.unwrap_or(NO_BASE).to_owned()
}

fn request_text(example: &Example) -> String {
    let request = &example.request;
    let start = format!("{} {}", request.method, request.target);
    message(start, &request.headers, request.body.as_deref())
}

fn response_text(response: &crate::model::ExampleResponse) -> String {
    let start = format!("HTTP/1.1 {}", response.status);
    message(start, &response.headers, response.body.as_deref())
}

/// A message as HTTP/1.1 writes it (RFC 9112, section 2.1), with the line ends of the page.
fn message(start: String, headers: &[(String, String)], body: Option<&str>) -> String {
    let headers = headers
        .iter()
        .map(|(name, value)| format!("\n{name}: {value}"));
    let head = start + &headers.collect::<String>();
    match body {
        Some(body) => format!("{head}\n\n{body}"),
        None => head,
    }
}

fn is_json(body: Option<&str>) -> bool {
    body.is_some_and(|body| serde_json::from_str::<serde::de::IgnoredAny>(body).is_ok())
}
