//! What a file takes from elsewhere.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

/// The names that a file takes from elsewhere.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// From the runtime.
    pub(super) runtime: BTreeSet<String>,
    /// From the module around: resources from resources.
    pub(super) siblings: BTreeSet<String>,
    /// Whether the module of resources is named.
    pub(super) resources: bool,
    /// Whether the module of enumerations is named.
    pub(super) enums: bool,
    /// Whether the module of operations is named.
    pub(super) operations: bool,
    /// Whether the module of paths is named.
    pub(super) paths: bool,
    /// Whether the type of requests is named.
    pub(super) request: bool,
}

impl Uses {
    /// Runtime names that a file always takes.
    pub(super) fn runtime(names: &[&str]) -> Self {
        let runtime = names.iter().map(|&name| name.to_owned()).collect();
        Self {
            runtime,
            ..Self::default()
        }
    }

    /// A name of the runtime.
    pub(super) fn take(&mut self, name: &str) -> TokenStream {
        self.runtime.insert(name.to_owned());
        let ident = Ident::new(name, Span::call_site());
        quote! { #ident }
    }

    /// `use` of the names from the runtime.
    pub(super) fn runtime_items(&self) -> TokenStream {
        item(&quote! { docwright_client }, &self.runtime)
    }

    /// `use` of whole modules and of the type of requests, which are found at `root`.
    pub(super) fn module_items(&self, root: &TokenStream) -> TokenStream {
        let modules = [
            ("enums", self.enums),
            ("operations", self.operations),
            ("paths", self.paths),
            ("Request", self.request),
            ("resources", self.resources),
        ];
        let used = modules.into_iter().filter(|&(_, used)| used);
        item(root, used.map(|(name, _)| name))
    }

    /// `use` of the names from the module around.
    pub(super) fn sibling_items(&self) -> TokenStream {
        item(&quote! { super }, &self.siblings)
    }
}

/// `use` of some names that are found at a path.
pub(super) fn item(
    path: &impl ToTokens,
    names: impl IntoIterator<Item = impl AsRef<str>>,
) -> TokenStream {
    let names = names.into_iter();
    let names = names.map(|name| Ident::new(name.as_ref(), Span::call_site()));
    match names.collect::<Vec<_>>().as_slice() {
        [] => TokenStream::new(),
        [name] => quote! { use #path::#name; },
        names => quote! { use #path::{#(#names),*}; },
    }
}
