//! `src/lib.rs`: the modules, and the docs of the crate.

use std::collections::BTreeSet;

use quote::quote;

use super::Context;
use super::docs::first_call;
use super::docs::{Docs, code, escape};
use super::file::{Pages, RustFile};
use super::plan::areas::{Area, AreaId};
use crate::model::OperationId;

/// The operations that the docs list of an area.
const LISTED: usize = 3;

/// How calls are made, for who looks at the crate for the first time.
const CALLS: &str = "The methods of [`Client`] are the segments of the documented paths. They end in a [`Request`], which is \
                     sent by awaiting it, and which takes what else there is to say of a call: options, headers, and whether a \
                     list is wanted [item by item](Request::items) or [page by page](Request::pages). What goes wrong is \
                     an [`Error`].";

/// Where to find what is not of one call.
const AFTER_ANSWERS: &str = "The module [`runtime`] has what is the same for all calls: many requests \
                             [as one](runtime::batch), [uploads in parts](runtime::upload), and \
                             [waiting for work](runtime::monitor) that a service has only accepted.";

/// The file with the crate's docs.
pub(super) fn file(context: &Context<'_>) -> RustFile {
    let enums = (!context.api.all().enums.is_empty()).then(|| quote! { pub mod enums; });
    // Who only calls a large API need not compile the table of all that there is to call.
    let with_routes = context.areas.is_gated().then(|| {
        quote! { #[cfg(feature = "routes")] }
    });
    let routes = match context.areas.is_split() {
        true => quote! { pub mod routes; },
        false => quote! { mod routes; },
    };
    let mock = context.options.mock.is_some().then(|| {
        quote! {
            #[cfg(feature = "mock")]
            pub mod mock;
        }
    });
    // A file that one area needs has things in it that others ask for.
    let lints = context.areas.is_gated().then(|| {
        quote! { #![cfg_attr(not(feature = "full"), allow(dead_code, unused_imports))] }
    });
    RustFile {
        path: "src/lib.rs".to_owned(),
        pages: Pages::All,
        docs: docs(context),
        items: quote! {
            #lints
            mod client;
            #enums
            #mock
            pub mod operations;
            pub mod paths;
            mod request;
            pub mod resources;
            #with_routes
            #routes

            pub use client::Client;
            pub use docwright_client::{self as runtime, Error, Method, Response, Result};
            pub use request::Request;
            #with_routes
            pub use routes::Route;
        },
        tail: String::new(),
    }
}

fn docs(context: &Context<'_>) -> Docs {
    let options = context.options;
    let docs = match &options.description {
        Some(description) => Docs::new().prose("", description),
        None => Docs::new().text(format!("A client of the API {}.", code(&options.name))),
    };
    let docs = match first_call::code(context) {
        Some(code) => docs.lines(&format!("```no_run\n{code}```")),
        None => docs,
    };
    if context.api.all().operations.is_empty() {
        return docs;
    }
    let docs = docs.text(CALLS).text(AFTER_ANSWERS);
    if context.areas.is_split() {
        let areas = context
            .areas
            .iter()
            .map(|(id, area)| area_docs(context, id, area));
        let docs = docs.lines("# Areas");
        let docs = match context.areas.is_gated() {
            true => docs.text(
                "Each area is a feature of the crate, and so is the enum of routes. All are on by \
                 default; without default features, only what the chosen ones need is compiled.",
            ),
            false => docs,
        };
        return docs.list(areas);
    }
    let operations = context.api.all().operation_ids().map(|id| {
        let place = code(&context.api.locate(context.api.operation(id).source));
        format!("{}, {place}", link(context, id))
    });
    docs.lines("# Operations").list(operations)
}

/// An area: its paths, its feature, and the first of its operations.
fn area_docs(context: &Context<'_>, id: AreaId, area: &Area) -> String {
    let mut operations = BTreeSet::new();
    for (_, route) in context.areas.routes(context.api.all(), id) {
        operations.extend(&route.operations);
    }
    let segment = code(&format!("/{}", area.segment));
    let feature = match context.areas.is_gated() {
        true => format!(", feature {}", code(&area.feature)),
        false => String::new(),
    };
    let listed = operations.iter().take(LISTED).map(|&&id| link(context, id));
    let listed = listed.collect::<Vec<_>>().join("; ");
    match operations.len().saturating_sub(LISTED) {
        0 => format!("{segment}{feature}: {listed}"),
        more => format!("{segment}{feature}: {listed}; and {more} more"),
    }
}

/// An operation by its type and title.
fn link(context: &Context<'_>, id: OperationId) -> String {
    let ty = &context.names.operation(id).ty;
    let title = escape(context.api.operation(id).title.trim());
    format!("[`{ty}`](operations::{ty}): {title}")
}
