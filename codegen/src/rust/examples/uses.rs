//! What a file of tests takes from elsewhere.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

/// Names that are used, beside those that every test uses.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// Of the generated crate.
    own: BTreeSet<&'static str>,
    /// Whether requests of the runtime are named.
    request: bool,
}

impl Uses {
    /// A name of the generated crate.
    pub(super) fn own(&mut self, name: &'static str) -> Ident {
        self.own.insert(name);
        Ident::new(name, Span::call_site())
    }

    /// A request of the runtime.
    pub(super) fn request(&mut self) -> Ident {
        self.request = true;
        Ident::new("Request", Span::call_site())
    }

    /// Adds what another part uses.
    pub(super) fn add(&mut self, other: &Self) {
        self.own.extend(&other.own);
        self.request |= other.request;
    }

    /// The items that bring the names in.
    pub(super) fn items(&self, library: &impl ToTokens) -> TokenStream {
        let own = self
            .own
            .iter()
            .map(|name| Ident::new(name, Span::call_site()));
        let own = match own.collect::<Vec<_>>().as_slice() {
            [] => TokenStream::new(),
            [name] => quote! { use #library::#name; },
            names => quote! { use #library::{#(#names),*}; },
        };
        let request = self
            .request
            .then(|| quote! { use docwright_client::Request; });
        quote! {
            #request
            use docwright_client::testing::{self, Example};
            #own
        }
    }
}
