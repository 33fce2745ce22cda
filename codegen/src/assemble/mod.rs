//! From pages to the model: names resolved, routes merged, examples matched.

mod anchors;
mod contradictions;
mod enumerations;
mod examples;
mod function_calls;
mod groups;
mod inference;
mod links;
mod matching;
mod operations;
mod outcomes;
mod references;
mod relationships;
mod request_bodies;
mod resources;
mod route_tree;
mod suppressions;
mod targets;
mod titles;
mod types;
mod wrapped;

use crate::diagnostic::Diagnostic;
use crate::model::{self, Api, Source};
use crate::page::Page;
use crate::page::context::finding;
use crate::parallel;
use crate::review;
use crate::source::Span;

use route_tree::RouteTree;
use types::Types;

/// Puts together what the pages say. The pages must be in the order of their ids.
pub(crate) fn assemble(pages: &[Page<'_>]) -> (Api, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut types = Types::default();
    enumerations::define_tables(pages, &mut types);
    resources::define(pages, &mut types);
    enumerations::define_lists(pages, &mut types);
    inference::define(pages, &mut types, &mut diagnostics);
    resources::resolve(pages, &mut types, &mut diagnostics);

    let mut tree = RouteTree::default();
    let mut groups = Vec::new();
    for page in pages {
        groups.extend(groups::group(page, &mut tree, &mut diagnostics));
    }
    let names = groups::names(pages, &groups);
    let (routes, ids) = tree.finish(pages, &mut diagnostics);
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
    (api.resources, api.enums) = types.finish();
    relationships::widen(&mut api, &mut diagnostics);
    examples::attach(pages, &groups, &tree, &mut api, &mut diagnostics);
    links::check(pages, &mut diagnostics);
    diagnostics.extend(review::review(pages, &api));
    contradictions::attach(pages, &mut api, &diagnostics);
    suppressions::apply(pages, &mut diagnostics);
    (api, diagnostics)
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
