//! A documented request as a call of the client, as an application writes it.

use proc_macro2::TokenStream;
use quote::quote;

use super::answer::Request;
use super::body::{self, Body};
use super::call::settings;
use super::uses::Uses;
use crate::model::{ExampleRequest, Operation, OperationId, RouteDifference, RouteMatch};
use crate::rust::made::view::View;
use crate::rust::names::table::Names;
use crate::rust::tree::Tree;
use crate::rust::types::{self, Output};

/// The client's code, as far as its callers have to know it.
#[derive(Clone, Copy)]
pub(in crate::rust) struct ClientCode<'a> {
    pub(in crate::rust) api: View<'a>,
    pub(in crate::rust) names: &'a Names,
    pub(in crate::rust) tree: &'a Tree,
}

/// A call of the client.
pub(in crate::rust) struct Call<'a> {
    /// The operation that is called: another than the page's where that has no such route.
    pub(in crate::rust) operation: &'a Operation,
    /// The request, made by `client`.
    pub(in crate::rust) request: Request,
    /// The type of the variable `body`, where the request takes one.
    pub(in crate::rust) body: Option<TokenStream>,
    /// What the answer is read as.
    pub(in crate::rust) output: Output,
}

impl<'a> ClientCode<'a> {
    /// The call that makes a request; `None` where the client has none for it: it takes no route,
    /// or lacks what its operation cannot be called without.
    pub(in crate::rust) fn call(
        &self,
        id: OperationId,
        request: &ExampleRequest,
        uses: &mut Uses,
    ) -> Option<Call<'a>> {
        let matched = request.route.as_ref()?;
        let behind = behind(matched)?;
        let documented = self.api.route(matched.route);
        let (steps, ty) = self.tree.walk(&documented.path)?;
        let mut calls = ty.calls.iter();
        let leads = |&id: &OperationId| documented.operations.contains(&id);
        let wanted = Some(id)
            .filter(leads)
            .or(documented.operations.first().copied())?;
        let call = calls.find(|call| call.operation == wanted)?;
        let operation = self.api.operation(wanted);

        let mut values = matched.arguments.iter();
        let mut chain = quote! { client };
        for step in steps {
            let method = &step.method;
            let arguments = step.arguments.iter().map(|argument| {
                let value = values.next().map_or("", String::as_str);
                argument.described.ty.value(value)
            });
            let arguments = arguments.collect::<Option<Vec<_>>>()?;
            chain.extend(quote! { .#method(#(#arguments),*) });
        }
        let (arguments, options) = settings(operation, request)?;
        let content = operation.request_body.as_ref().map(|body| &body.content);
        let body = match content {
            None => Body::default(),
            Some(content) => body::taken(self.names, wanted, content, request, uses)?,
        };
        let arguments = arguments.into_iter().chain(body.argument);
        let method = &call.method;
        let mut made = Request {
            call: quote! { #chain.#method(#(#arguments),*) #options },
            wrapped: true,
        };
        let mut further = match content {
            None => body::added(request),
            Some(_) => TokenStream::new(),
        };
        let mut output = types::output(operation);
        for segment in behind {
            let (call, read_as) = call_behind(segment);
            further.extend(call);
            output = read_as.unwrap_or(output);
        }
        if !further.is_empty() {
            let call = made.of_the_runtime(uses);
            made = Request {
                call: quote! { #call #further },
                wrapped: false,
            };
        }
        Some(Call {
            operation,
            request: made,
            body: body.ty,
            output,
        })
    }
}

/// The call for a segment behind a route, and what the answer is then read as, if that is another thing.
fn call_behind(segment: &str) -> (TokenStream, Option<Output>) {
    match segment {
        "$count" => (quote! { .count_only() }, Some(Output::Count)),
        "$value" => (quote! { .raw_value() }, Some(Output::Bytes)),
        type_name if type_name.contains('.') => (quote! { .cast(#type_name) }, None),
        name => (quote! { .property(#name) }, Some(Output::Bytes)),
    }
}

/// The segments behind the route, where they are such as OData lets one ask for; `None` where the
/// client has no call for the difference.
pub(super) fn behind(route: &RouteMatch) -> Option<&[String]> {
    match &route.difference {
        None => Some(&[]),
        Some(difference) if !difference.is_convention() => None,
        Some(RouteDifference::Behind(segments)) => Some(segments),
        Some(_) => Some(&[]),
    }
}
