//! From pages to the model: names resolved, routes merged, examples matched.

mod anchors;
mod bases;
pub(crate) mod contradictions;
mod enumerations;
mod evidence;
mod example_responses;
mod examples;
mod function_calls;
mod groups;
mod inference;
mod links;
mod operations;
mod outcomes;
mod parameter_names;
mod references;
mod relationships;
mod request_bodies;
mod resources;
mod route_tree;
mod signed_in;
pub(crate) mod suppressions;
mod targets;
mod titles;
mod types;
mod wrapped;

use crate::diagnostic::Diagnostic;
use crate::model::{self, Api, Route, RouteId, Source};
use crate::page::Page;
use crate::page::context::finding;
use crate::parallel;
use crate::source::Span;

use groups::Group;
use route_tree::RouteTree;
use types::Types;

/// Puts together what the pages say. The pages must be in the order
/// of their ids.
pub(crate) fn assemble(pages: &[Page<'_>]) -> (Api, Vec<Diagnostic>) {
    // What types there are, which links lead somewhere and what routes there are depends on the
    // pages alone.
    let types_and_links = || (define_types(pages), links::check(pages));
    let routes = || merge_routes(pages);
    let (((types, mut diagnostics), found), (routing, also_found)) =
        parallel::join(types_and_links, routes);
    diagnostics.extend(found);
    diagnostics.extend(also_found);
    let Routing {
        groups,
        names,
        routes,
        ids,
    } = routing;
    let mut api = Api {
        pages: pages.iter().map(describe).collect(),
        routes,
        ..Api::default()
    };
    let assembled = parallel::map(&groups, |index, group| {
        let (page, name) = (&pages[group.page], names[index].clone());
        let mut found = Vec::new();
        let operation = operations::assemble(page, group, name, &ids, &types, &mut found);
        (operation, found)
    });
    for (operation, found) in assembled {
        api.operations.push(operation);
        diagnostics.extend(found);
    }
    operations::link_routes(&mut api);
    let index;
    (api.resources, api.enums, index) = types.finish();
    relationships::widen(&mut api, &mut diagnostics);
    examples::attach(pages, &groups, &index, &mut api, &mut diagnostics);
    api.types = index;
    (api, diagnostics)
}

/// Resources and enumerations, with every name resolved.
fn define_types(pages: &[Page<'_>]) -> (Types, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut types = Types::default();
    enumerations::define_tables(pages, &mut types);
    resources::define(pages, &mut types);
    enumerations::define_lists(pages, &mut types);
    inference::define(pages, &mut types, &mut diagnostics);
    types.settle_namespaces();
    bases::resolve(pages, &mut types, &mut diagnostics);
    resources::resolve(pages, &mut types, &mut diagnostics);
    (types, diagnostics)
}

/// The route lines of all pages put together.
struct Routing {
    /// Which lines are one operation.
    groups: Vec<Group>,
    /// The name of the operation of each group.
    names: Vec<String>,
    routes: Vec<Route>,
    /// The route of each line.
    ids: Vec<RouteId>,
}

fn merge_routes(pages: &[Page<'_>]) -> (Routing, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut tree = RouteTree::default();
    let groups = groups::groups(pages, &mut tree, &mut diagnostics);
    let names = groups::names(pages, &groups);
    let (routes, ids) = tree.finish(pages, &mut diagnostics);
    let routing = Routing {
        groups,
        names,
        routes,
        ids,
    };
    (routing, diagnostics)
}

fn describe(page: &Page<'_>) -> model::Page {
    let path = page.file.path.clone();
    let title = if page.title.is_empty() {
        path.clone()
    } else {
        page.title.clone()
    };
    model::Page { path, title }
}

/// The place of a span of a page in the model.
fn source(page: &Page<'_>, span: Span) -> Source {
    let (line, column) = page.file.position(span.start);
    Source {
        page: page.id,
        line,
        column,
    }
}
