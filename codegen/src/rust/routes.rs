//! `src/routes.rs`, or a file for each area in `src/routes/`: the enum of routes.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::docs::{Docs, code, escape};
use super::file::{Pages, RustFile};
use super::macros::literal;
use super::made::contents::Contents;
use super::made::draft::{Draft, Subject};
use super::made::keys::Keys;
use super::modules::{self, Module};
use super::names::Ident;
use super::names::route_names;
use super::operations::permissions;
use super::plan::areas::{Area, AreaId};
use crate::model::{PathParameter, Route, RouteId};

const DOCS: &str = "The documented routes, and which of them a request takes.";

/// The files with the routes.
pub(super) fn files<'a>(context: &'a Context<'_>) -> Vec<Draft<'a>> {
    let draft = |(id, _)| {
        let routes = context.areas.routes(context.api.all(), id);
        let routes = AreaRoutes {
            area: id,
            routes: routes.map(|(id, _)| id).collect(),
        };
        Draft::of(context, path_of(context, id), routes, area_file)
    };
    let mut files: Vec<Draft<'a>> = context.areas.iter().map(draft).collect();
    if context.areas.is_split() {
        files.push(Draft::of_all(move || whole_file(context)));
    }
    files
}

/// The routes of an area.
struct AreaRoutes {
    area: AreaId,
    routes: Vec<RouteId>,
}

impl Subject for AreaRoutes {
    fn digest(&self, keys: &Keys, into: &mut Contents<'_>) {
        let Self { area, routes } = self;
        into.value(&area.0);
        into.list(routes, |into, &id| into.value(&keys.route(id)));
    }
}

fn path_of(context: &Context<'_>, area: AreaId) -> String {
    match context.areas.is_split() {
        true => {
            let file = super::names::file_name(&context.areas.get(area).module);
            format!("src/routes/{file}.rs")
        }
        false => "src/routes.rs".to_owned(),
    }
}

/// The file with the routes of an area.
fn area_file(context: &Context<'_>, of_area: &AreaRoutes) -> RustFile {
    let area = context.areas.get(of_area.area);
    let routes = of_area.routes.iter();
    let routes: Vec<_> = routes.map(|&id| (id, context.api.route(id))).collect();
    let (pages, root) = match context.areas.is_split() {
        true => {
            let sources = routes.iter().flat_map(|(_, route)| &route.sources);
            (sources.map(|it| it.page).collect(), quote! { super::super })
        }
        false => (Pages::All, quote! { super }),
    };
    let entries = routes.iter().map(|&(id, route)| entry(context, id, route));
    let entries = entries.collect::<Vec<_>>();
    let needs_operations = entries.iter().any(|entry| entry.contains("operations::"));
    let operations = needs_operations.then(|| quote! { use #root::operations; });
    RustFile {
        path: path_of(context, of_area.area),
        pages,
        docs: match area.segment.as_str() {
            "" => Docs::new().text(DOCS),
            segment => Docs::new().text(format!(
                "The routes below {}.",
                code(&format!("/{segment}"))
            )),
        },
        items: operations.unwrap_or_default(),
        tail: format!(
            "docwright_client::routes! {{\n    \
             /// A documented route with the values in its path.\n    \
             pub enum {} {{\n{}    }}\n}}\n",
            area.routes,
            entries.concat()
        ),
    }
}

/// The file with the enum of all areas.
fn whole_file(context: &Context<'_>) -> RustFile {
    let gate = |area: &Area| match context.areas.is_gated() {
        true => format!(" if {}", literal(&area.feature)),
        false => String::new(),
    };
    let areas = context.areas.iter();
    let variants = areas
        .map(|(_, area)| format!("        {}({}){},\n", area.variant, area.routes, gate(area)));
    let variants: String = variants.collect();
    let modules = context.areas.iter().map(|(id, area)| Module {
        name: &area.module,
        items: vec![&area.routes],
        areas: [id].into(),
    });
    let modules: Vec<_> = modules.collect();
    let mut file = modules::file(context, "routes", Pages::All, DOCS, &modules);
    file.tail += &format!(
        "{}docwright_client::route_areas! {{\n    \
         /// A documented route with the values in its path.\n    \
         pub enum Route {{\n{variants}    }}\n}}\n",
        if file.tail.is_empty() { "" } else { "\n" },
    );
    file
}

/// The entry of a route in the table.
fn entry(context: &Context<'_>, id: RouteId, route: &Route) -> String {
    let titles = route
        .operations
        .iter()
        .map(|&id| context.api.operation(id).title.trim());
    let mut titles: Vec<String> = titles.filter(|it| !it.is_empty()).map(escape).collect();
    titles.dedup();
    let purpose = match titles.is_empty() {
        true => String::new(),
        false => format!("as {} ", literal(&format!("{}.", titles.join("; ")))),
    };
    let names = route_names::fields(&route.path);
    let fields = names.iter().zip(route.path.parameters());
    let fields: Vec<String> = fields.map(|(name, it)| field(name, it)).collect();
    let fields = match fields.as_slice() {
        [] => String::new(),
        fields => format!(" {{ {} }}", fields.join(", ")),
    };
    let place = route
        .sources
        .first()
        .map_or_else(String::new, |&it| context.api.locate(it));
    let permissions = match permissions::of_route(context, route).as_slice() {
        [] => String::new(),
        permissions => format!(" for {}", permissions.join(", ")),
    };
    format!(
        "        {}{fields} = {}\n            {purpose}at {}{permissions};\n",
        context.names.route(id),
        literal(&format!("{} {}", route.method, route.path)),
        literal(&place),
    )
}

/// The value of a parameter, with the names under which pages document it where those are others.
fn field(name: &Ident, parameter: &PathParameter) -> String {
    let documented = parameter.documented.iter();
    let others = documented.filter(|it| **it != parameter.name);
    match others.map(|it| code(it)).collect::<Vec<_>>().as_slice() {
        [] => name.to_string(),
        others => format!("{name}: {}", literal(&others.join(", "))),
    }
}

/// An expression for a route with values in its path, where `library` is the crate.
pub(super) fn value(
    context: &Context<'_>,
    library: &Ident,
    id: RouteId,
    values: &[TokenStream],
) -> TokenStream {
    let path = &context.api.route(id).path;
    let names = route_names::fields(path);
    let fields = (!names.is_empty()).then(|| quote! { { #(#names: #values),* } });
    let variant = context.names.route(id);
    if !context.areas.is_split() {
        return quote! { Route::#variant #fields };
    }
    let Area {
        variant: area,
        routes,
        ..
    } = context.areas.get(context.areas.of_path(path));
    quote! { Route::#area(#library::routes::#routes::#variant #fields) }
}
