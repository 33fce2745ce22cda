//! Types that extend others.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Property, ResourceId, TypeKind};
use crate::rust::Context;
use crate::rust::docs::{Docs, code};
use crate::rust::made::view::View;
use crate::rust::names::Ident;
use crate::rust::types;
use crate::rust::uses::Uses;

/// What a type extends, and what extends it.
#[derive(Debug, Default)]
pub(in crate::rust) struct Inheritance {
    /// The types that it extends, the nearest first.
    pub(in crate::rust) bases: Vec<ResourceId>,
    /// Those that extend it, directly or through others, in the order of the model.
    pub(in crate::rust) derived: Vec<ResourceId>,
}

/// More types that extend one are not named in its docs.
const NAMED: usize = 8;

impl Inheritance {
    /// That of each resource, in the order of the model.
    pub(in crate::rust) fn of_all(api: &Api) -> Vec<Self> {
        let of_one = |id| Self {
            bases: api.lineage(id).skip(1).collect(),
            derived: Vec::new(),
        };
        let mut all: Vec<Self> = api.resource_ids().map(of_one).collect();
        for id in api.resource_ids() {
            for base in api.lineage(id).skip(1) {
                all[base.0 as usize].derived.push(id);
            }
        }
        all
    }

    /// The method with which a value is asked for as what it is, where types extend its own. They
    /// are named and not linked: a crate may be compiled without some of them.
    pub(super) fn downcast(
        &self,
        context: &Context<'_>,
        ty: &Ident,
        uses: &mut Uses,
    ) -> TokenStream {
        if self.derived.is_empty() {
            return TokenStream::new();
        }
        let name = |&id: &ResourceId| code(context.names.resource(id).ty.as_ref());
        let names: Vec<String> = self.derived.iter().take(NAMED).map(name).collect();
        let names = names.join(", ");
        let known = match self.derived.len().saturating_sub(NAMED) {
            0 => format!("Those that the pages document: {names}."),
            others => format!("Those that the pages document: {names} and {others} more."),
        };
        let docs = Docs::new()
            .text("Reads the value as a type that extends this one, where `@odata.type` says so.")
            .text(known)
            .outer();
        let (derived_from, result) = (uses.take("DerivedFrom"), uses.take("Result"));
        quote! {
            impl #ty {
                #docs
                pub fn downcast<T: #derived_from<Self>>(&self) -> #result<Option<T>> {
                    docwright_client::downcast(self)
                }
            }
        }
    }

    /// The names of the types that extend one.
    pub(super) fn derived_names(&self, api: View<'_>) -> impl Iterator<Item = String> {
        self.derived.iter().map(move |&id| full_name(api, id))
    }

    /// What makes a type one that extends others.
    pub(super) fn derived_from(
        &self,
        context: &Context<'_>,
        ty: &Ident,
        uses: &mut Uses,
    ) -> TokenStream {
        if self.bases.is_empty() {
            return TokenStream::new();
        }
        let bases = self.bases.iter();
        let bases =
            bases.map(|&id| types::value(&context.names, TypeKind::Resource(id), true, uses));
        quote! { docwright_client::derived!(#ty => #(#bases),*); }
    }
}

/// The name of a type with its namespace, as `@odata.type` gives it.
pub(super) fn full_name(api: View<'_>, id: ResourceId) -> String {
    let resource = api.resource(id);
    match resource.namespace.as_str() {
        "" => resource.name.clone(),
        namespace => format!("{namespace}.{}", resource.name),
    }
}

/// The properties of a resource: those of the types that it extends first, each name once, and with the nearest word
/// about each.
pub(in crate::rust) fn all_properties(api: View<'_>, id: ResourceId) -> Vec<&Property> {
    let mut names = BTreeSet::new();
    // A type's own word about a property counts before that of the type that it extends.
    let mut groups: Vec<Vec<&Property>> = Vec::new();
    let mut restated: Vec<&Property> = Vec::new();
    for resource in api.lineage(id).map(|id| api.resource(id)) {
        let own = resource.properties.iter();
        let own = own.filter(|property| names.insert(property.name.as_str()));
        let own = own.map(|property| {
            let mut restated = restated.iter().copied();
            let nearer = restated.find(|it| it.name == property.name);
            nearer.unwrap_or(property)
        });
        groups.push(own.collect());
        restated.extend(&resource.restated);
    }
    groups.into_iter().rev().flatten().collect()
}
