//! What code in docs gives a client that callers of an operation have.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Operation;

/// What says who calls.
pub(in crate::rust) struct Credentials {
    /// The parameters of a function that is given it.
    pub(in crate::rust) parameters: Vec<TokenStream>,
    /// The calls of the client's builder.
    pub(in crate::rust) calls: TokenStream,
}

/// What callers of an operation have: a token, unless its page speaks of keys alone, and the keys.
pub(in crate::rust) fn of(operation: &Operation) -> Credentials {
    let mut parameters = Vec::new();
    let mut calls = TokenStream::new();
    if operation.keys.is_empty() || !operation.permissions.is_empty() {
        parameters.push(quote! { token: String });
        calls.extend(quote! { .bearer(token) });
    }
    if !operation.keys.is_empty() {
        parameters.push(quote! { key: &str });
    }
    for header in operation.keys.iter().map(|key| &key.name) {
        calls.extend(quote! { .api_key(#header, key) });
    }
    Credentials { parameters, calls }
}
