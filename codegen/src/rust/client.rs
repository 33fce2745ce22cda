//! `src/client.rs`: the root of all paths.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::Context;
use super::docs::Docs;
use super::file::{Pages, RustFile};
use super::paths;
use super::uses::Uses;
use crate::model::{Api, Segment};

/// The file with the client.
pub(super) fn file(context: &Context<'_>) -> RustFile {
    let root = context.tree.root();
    let path = quote! { self.0.root() };
    let mut uses = Uses {
        paths: !root.steps.is_empty(),
        ..Uses::default()
    };
    let mut members = TokenStream::new();
    for step in &root.steps {
        let gate = gate(context, step.segments.first());
        let step = paths::step(context, step, &path, &quote! { paths:: }, &mut uses);
        members.extend(quote! { #gate #step });
    }
    for call in &root.calls {
        let gate = gate(context, None);
        let call = paths::call(context, call, &path, "super", &mut uses);
        members.extend(quote! { #gate #call });
    }
    let runtime = uses.runtime_items();
    let modules = uses.module_items(&quote! { super });
    let base_url = context.api.base_url().map(|url| {
        quote! {
            /// Host and version that the pages' examples call.
            pub const BASE_URL: &str = #url;
        }
    });
    let base_path = context.api.base_path();
    let shown = base_url.is_none() && !base_path.is_empty();
    let ends = shown.then(|| {
        let ends = format!(" It ends in `{base_path}`, which all documented paths stand behind.");
        quote! { #[doc = #ends] }
    });
    RustFile {
        path: "src/client.rs".to_owned(),
        pages: Pages::All,
        docs: Docs::new().text("The client: where every path begins."),
        items: quote! {
            #runtime
            #modules

            /// A client of the API: knows the service, the token and the transport.
            ///
            /// It is cheap to clone, and clones share their connections. Its methods are the first
            /// segments of the documented paths. What no page documents is asked for by the
            /// [client of the runtime](docwright_client::Client::request) in it:
            /// `client.as_ref().request(Method::GET, "/path")`.
            #[derive(Clone, Debug)]
            pub struct Client(docwright_client::Client);

            impl Client {
                #base_url

                /// Starts a client of the service at `base_url`.
                #ends
                pub fn builder(base_url: impl Into<String>) -> docwright_client::ClientBuilder<Self> {
                    docwright_client::Client::builder(base_url)
                }

                #members
            }

            /// For what no page documents, and for what the runtime does with a client of any API.
            impl AsRef<docwright_client::Client> for Client {
                fn as_ref(&self) -> &docwright_client::Client {
                    &self.0
                }
            }

            impl From<docwright_client::Client> for Client {
                fn from(client: docwright_client::Client) -> Self {
                    Self(client)
                }
            }
        },
        ..RustFile::default()
    }
}

/// The base URL in code that makes a client: what its type has, where the examples call one.
pub(super) fn base_url(api: &Api, client: &impl ToTokens) -> TokenStream {
    match api.complete_base_url() {
        Some(_) => quote! { #client::BASE_URL },
        None => api.base_url_in_docs().into_token_stream(),
    }
}

/// The condition under which a method is there that begins with a segment.
fn gate(context: &Context<'_>, first: Option<&Segment>) -> Option<TokenStream> {
    let feature = &context.areas.get(context.areas.of_segment(first)).feature;
    let gated = context.areas.is_gated();
    gated.then(|| quote! { #[cfg(feature = #feature)] })
}
