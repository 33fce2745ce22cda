//! What a test asks of the enum of routes.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal::literal;
use super::message::written_path;
use super::uses::Uses;
use crate::model::{Example, RouteMatch};
use crate::rust::names::library;
use crate::rust::{Context, operations, routes};

/// That it reads and writes the documented path. Where the request only goes behind a route, what is
/// read is the path of the route itself.
pub(super) fn documented(
    context: &Context<'_>,
    example: &Example,
    route: &RouteMatch,
    uses: &mut Uses,
) -> TokenStream {
    let method = operations::method(&example.request.method);
    let written = written_path(&context.api.route(route.route).path, &route.arguments);
    let shown = match &route.difference {
        None => literal(&sent_path(example)),
        Some(_) => literal(&written),
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
