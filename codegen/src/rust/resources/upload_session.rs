//! Types that tell where a large upload goes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Primitive, Property, Type};
use crate::rust::names::Ident;

/// Makes a type an upload session, where it has the shape of one: a string `uploadUrl` beside
/// `nextExpectedRanges`. Its name does not matter.
pub(super) fn implementation<'a>(
    ty: &Ident,
    fields: impl Iterator<Item = (&'a Ident, &'a Property)> + Clone,
) -> Option<TokenStream> {
    let mut urls = fields.clone();
    let (url, _) = urls.find(|(_, property)| {
        property.name == "uploadUrl" && property.ty == Type::primitive(Primitive::String)
    })?;
    let mut ranges = fields;
    ranges.find(|(_, property)| property.name == "nextExpectedRanges")?;
    Some(quote! {
        impl docwright_client::UploadSession for #ty {
            fn upload_url(&self) -> Option<&str> {
                self.#url.value().map(String::as_str)
            }
        }
    })
}
