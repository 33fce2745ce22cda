//! The `mod.rs` of a folder: its modules, and the items that are taken up from them.

use std::collections::{BTreeMap, BTreeSet};

use quote::quote;

use super::Context;
use super::docs::Docs;
use super::file::{Pages, RustFile};
use super::macros::{self, literal};
use super::made::draft::Draft;
use super::names::Ident;
use super::plan::areas::AreaId;

/// The feature that all areas are on with.
pub(super) const FULL: &str = "full";

/// A module of a folder.
#[derive(Debug)]
pub(super) struct Module<'a> {
    /// Its name.
    pub(super) name: &'a Ident,
    /// The items that are named without it; all where none is listed.
    pub(super) items: Vec<&'a Ident>,
    /// The areas that need it; none where only the whole API does.
    pub(super) areas: BTreeSet<AreaId>,
}

/// The `mod.rs` of a folder of `src/`.
pub(super) fn draft<'a>(
    context: &'a Context<'_>,
    folder: String,
    pages: Pages,
    docs: &'static str,
    modules: Vec<Module<'a>>,
) -> Draft<'a> {
    Draft::of_all(move || file(context, &folder, pages.clone(), docs, &modules))
}

/// The `mod.rs` of a folder of `src/`, for the caller to add to.
pub(super) fn file(
    context: &Context<'_>,
    folder: &str,
    pages: Pages,
    docs: &str,
    modules: &[Module<'_>],
) -> RustFile {
    let mut file = RustFile {
        path: format!("src/{folder}/mod.rs"),
        pages,
        docs: Docs::new().text(docs),
        ..RustFile::default()
    };
    if context.areas.is_gated() {
        file.tail = gated(context, modules);
        return file;
    }
    let names = modules.iter().map(|module| module.name);
    let uses = modules
        .iter()
        .map(|Module { name, items, .. }| match items.as_slice() {
            [] => quote! { pub use #name::*; },
            [only] => quote! { pub use #name::#only; },
            several => quote! { pub use #name::{#(#several),*}; },
        });
    file.items = quote! { #(mod #names;)* #(#uses)* };
    file
}

/// The modules by the areas that need them.
fn gated(context: &Context<'_>, modules: &[Module<'_>]) -> String {
    let mut groups: BTreeMap<&BTreeSet<AreaId>, String> = BTreeMap::new();
    for Module { name, items, areas } in modules {
        let items: Vec<String> = items.iter().map(ToString::to_string).collect();
        let row = match items.as_slice() {
            [] => format!("        {name}::*,\n"),
            [only] => format!("        {name}::{only},\n"),
            several => macros::list(2, &format!("{name}::{{"), several.iter().cloned(), "},"),
        };
        *groups.entry(areas).or_default() += &row;
    }
    let groups = groups.iter().map(|(areas, rows)| {
        let features = areas
            .iter()
            .map(|&id| context.areas.get(id).feature.as_str());
        let features: Vec<String> = match areas.is_empty() {
            true => vec![literal(FULL)],
            false => features.map(literal).collect(),
        };
        format!("{}{rows}    }}\n", macros::list(1, "[", features, "] {"))
    });
    let groups: String = groups.collect();
    match groups.is_empty() {
        true => String::new(),
        false => format!("docwright_client::modules! {{\n{groups}}}\n"),
    }
}
