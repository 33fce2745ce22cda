//! The options and headers of an example's request, as calls of the client.

use std::collections::BTreeMap;

use foldhash::{HashSet, HashSetExt as _};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::literal::literal;
use crate::model::{ExampleRequest, Operation, Parameter};
use crate::rust::arguments::ArgumentType;
use crate::rust::names::Ident;
use crate::rust::operations::options::{OptionKind, option_names, system};
use crate::rust::operations::{required_headers, required_queries};
use crate::text::split_outside;
use crate::vocabulary::{essence, is_api_key, is_clients_own};

/// The arguments that an operation needs, and the calls that set the rest of what the example
/// shows; `None` where the example lacks one of the arguments, or shows what no call makes.
pub(super) fn settings(
    operation: &Operation,
    request: &ExampleRequest,
) -> Option<(Vec<TokenStream>, TokenStream)> {
    let mut queries = request.query_pairs();
    if is_repeated(&queries) {
        return None;
    }
    let mut headers = request.headers.clone();
    headers.retain(|(name, value)| {
        let goes_with_body =
            name.eq_ignore_ascii_case("content-type") && is_sent_as(operation, request, value);
        !is_clients_own(name) && !is_api_key(name) && !goes_with_body
    });
    let mut arguments = Vec::new();
    for parameter in required_queries(operation) {
        let at = queries.iter().position(|(name, _)| *name == parameter.name);
        arguments.push(ArgumentType::of(parameter.ty).value(&queries.remove(at?).1)?);
    }
    for parameter in required_headers(operation) {
        let at = headers
            .iter()
            .position(|(name, _)| name.eq_ignore_ascii_case(&parameter.name));
        arguments.push(ArgumentType::of(parameter.ty).value(&headers.remove(at?).1)?);
    }
    let names = option_names(operation);
    let mut calls = TokenStream::new();
    for (name, value) in &queries {
        let known = names
            .system
            .iter()
            .find(|(option, _)| option.name() == name);
        let known =
            known.and_then(|(option, method)| Some((argument(system(*option).1, value)?, method)));
        let row = operation
            .query_parameters
            .iter()
            .find(|row| row.name == *name);
        let named = row.and_then(|row| named(&names.queries, row, value));
        calls.extend(match known.or(named) {
            Some((argument, method)) => quote! { .#method(#argument) },
            None => {
                let (name, text) = (literal(name), literal(value));
                quote! { .query(#name, #text) }
            }
        });
    }
    for (name, value) in &headers {
        let mut rows = operation.headers.iter();
        let row = rows.find(|row| row.name.eq_ignore_ascii_case(name));
        let named = row.and_then(|row| named(&names.headers, row, value));
        calls.extend(match named {
            Some((argument, method)) => quote! { .#method(#argument) },
            None => {
                let (name, text) = (literal(name), literal(value));
                quote! { .header(#name, #text) }
            }
        });
    }
    Some((arguments, calls))
}

/// Whether an option is there twice: the methods of a request set it.
fn is_repeated(queries: &[(String, String)]) -> bool {
    let mut names = HashSet::new();
    queries.iter().any(|(name, _)| !names.insert(name))
}

/// Whether the media type that an example shows goes with its body: a call of the client that takes one
/// says what it is, and the runtime is told by the page where no call takes any.
fn is_sent_as(operation: &Operation, request: &ExampleRequest, shown: &str) -> bool {
    let (Some(body), Some(_)) = (&operation.request_body, &request.body) else {
        return true;
    };
    essence(body.sent_as()).eq_ignore_ascii_case(essence(shown))
}

/// The method of a query option or a header that a table describes, and its argument, where the
/// value is one that the method can say.
fn named<'m>(
    methods: &'m BTreeMap<String, Ident>,
    row: &Parameter,
    value: &str,
) -> Option<(TokenStream, &'m Ident)> {
    let value = ArgumentType::of(row.ty).value(value)?;
    Some((value, methods.get(&row.name)?))
}

/// The argument for an option of OData, where the value is one that its method can say.
fn argument(kind: OptionKind, value: &str) -> Option<TokenStream> {
    match kind {
        OptionKind::Text => {
            let value = literal(value);
            Some(quote! { #value })
        }
        OptionKind::List => {
            let items = split_outside(value, ',').map(literal);
            Some(quote! { [#(#items),*] })
        }
        OptionKind::Number => {
            let number: u32 = value
                .parse()
                .ok()
                .filter(|number: &u32| number.to_string() == value)?;
            let number = Literal::u32_unsuffixed(number);
            Some(quote! { #number })
        }
        OptionKind::Switch => {
            let value: bool = value.parse().ok()?;
            Some(quote! { #value })
        }
    }
}
