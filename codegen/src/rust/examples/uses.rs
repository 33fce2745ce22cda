//! What a file of tests takes from elsewhere.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::rust::names;
use crate::rust::uses::item;

/// Names that are used, beside those that every test uses.
#[derive(Debug, Default)]
pub(in crate::rust) struct Uses {
    /// Of the generated crate.
    own: BTreeSet<&'static str>,
    /// Whether requests of the runtime are named.
    request: bool,
    /// The generated crate, where the runtime is reached through it and not by a name of its own.
    through: Option<names::Ident>,
}

impl Uses {
    /// For code that knows the generated crate alone, and the runtime as a part of that.
    pub(in crate::rust) fn through(library: &names::Ident) -> Self {
        Self {
            through: Some(library.clone()),
            ..Self::default()
        }
    }

    /// The path of the runtime.
    pub(super) fn runtime(&self) -> TokenStream {
        match &self.through {
            Some(library) => quote! { #library::runtime },
            None => quote! { docwright_client },
        }
    }

    /// A name of the generated crate.
    pub(in crate::rust) fn own(&mut self, name: &'static str) -> Ident {
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

    /// The items that bring the names in for a file of tests.
    pub(super) fn items(&self, library: &impl ToTokens) -> TokenStream {
        let request = self.request_item();
        let own = item(library, &self.own);
        quote! {
            #request
            use docwright_client::testing::{self, Example};
            #own
        }
    }

    /// The items that bring the names in for a call alone.
    pub(in crate::rust) fn call_items(&self, library: &impl ToTokens) -> TokenStream {
        let request = self.request_item();
        let own = item(library, &self.own);
        quote! { #request #own }
    }

    fn request_item(&self) -> TokenStream {
        item(&self.runtime(), self.request.then_some("Request"))
    }
}
