//! Types that are pages of something longer.

use proc_macro2::TokenStream;
use quote::quote;

use super::Field;
use crate::model::Paging;
use crate::rust::Context;
use crate::rust::names::Ident;
use crate::rust::types;
use crate::rust::uses::Uses;

/// Makes a type a page that leads to the next, where it has the properties of one. Its name does not matter.
pub(super) fn implementation(
    context: &Context<'_>,
    ty: &Ident,
    fields: &[Field<'_>],
    uses: &mut Uses,
) -> Option<TokenStream> {
    let paging = Paging::of(fields.iter().map(|field| field.property))?;
    let field = |name: &str| {
        let mut fields = fields.iter();
        fields.find(|field| field.property.name == name)
    };
    let (items_property, link_property) = (&paging.items.name, &paging.link.name);
    let (items, link) = (&field(items_property)?.name, &field(link_property)?.name);
    let item = types::value(&context.names, paging.items.ty.kind, true, uses);
    let deprecated = paging.items.deprecated || paging.link.deprecated;
    let allowed = deprecated.then(|| quote! { #[allow(deprecated)] });
    Some(quote! {
        #allowed
        impl docwright_client::Page for #ty {
            type Item = #item;

            fn next_link(&self) -> docwright_client::Result<Option<&str>> {
                let items = (&self.#items, #items_property);
                let link = (&self.#link, #link_property);
                docwright_client::macros::page_link(items, link, &self.other)
            }

            fn into_items(self) -> Vec<#item> {
                self.#items.into_value().unwrap_or_default()
            }
        }
    })
}
