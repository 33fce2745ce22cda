//! What a test asks of the enum of routes.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal::literal;
use super::message::written_path;
use super::uses::Uses;
use crate::model::{Encoding, Example, PathParameter, RouteMatch};
use crate::rust::names::library;
use crate::rust::{Context, operations, routes};

/// That it reads and writes the documented path. Where the request only goes behind a route, and where a page
/// writes a slash within a value, what is read is the path of the route itself.
pub(super) fn documented(
    context: &Context<'_>,
    example: &Example,
    route: &RouteMatch,
    uses: &mut Uses,
) -> TokenStream {
    let method = operations::method(&example.request.method);
    let path = &context.api.route(route.route).path;
    let written = written_path(path, &route.arguments);
    let mut values = path.parameters().zip(&route.arguments);
    let divides = |(it, value): (&PathParameter, &String)| {
        it.encoding != Encoding::Path && value.contains('/')
    };
    let shown = match route.difference.is_some() || values.any(divides) {
        false => literal(&sent_path(example)),
        true => literal(&written),
    };
    let written = literal(&written);
    let values = route.arguments.iter().map(|value| {
        let value = literal(value);
        quote! { #value.into() }
    });
    let library = library(&context.options.name);
    let documented = routes::value(context, &library, route.route, &values.collect::<Vec<_>>());
    uses.own("Method");
    let ty = uses.own("Route");
    quote! {
        let route = #ty::parse(#method, #shown)?;
        let documented = #documented;
        assert_eq!(route, documented);
        assert_eq!(route.path(), #written);
    }
}

/// That it knows no such path, as a finding says.
pub(super) fn missing(example: &Example, finding: &str, uses: &mut Uses) -> TokenStream {
    let method = operations::method(&example.request.method);
    let shown = literal(&sent_path(example));
    uses.own("Method");
    let ty = uses.own("Route");
    quote! { testing::no_route(#finding, #ty::parse(#method, #shown))?; }
}

/// The path as it is sent: no page means a fragment, which would end it, and two slashes in a row are one to
/// services.
fn sent_path(example: &Example) -> String {
    let path = example.request.path.replace('#', "%23");
    let mut sent = String::with_capacity(path.len());
    for c in path.chars() {
        if c != '/' || !sent.ends_with('/') {
            sent.push(c);
        }
    }
    sent
}
