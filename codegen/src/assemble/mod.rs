//! From pages to the model: names resolved, routes merged, examples matched.

pub(crate) mod examples;
mod findings;
pub(crate) mod links;
mod operations;
mod routes;
pub(crate) mod suppressions;
pub(crate) mod types;

use crate::diagnostic::Diagnostic;
use crate::model::{self, Api, Source, split_name};
use crate::page::Page;
use crate::page::context::finding;
use crate::page::route::base_path::BasePath;
use crate::parallel;
use crate::source::Span;

use examples::targets;
use operations::Documented;
use operations::described_answers::DescribedAnswers;
use operations::listed_answers::ListedAnswers;
use operations::{changed, parameter_places, sent_properties, sent_words};
use routes::{Routes, other_places};
use types::{capitals, numbers, relationships};

/// Puts together what the pages say. The pages must be in the order of their ids.
pub(crate) fn assemble(pages: &[Page<'_>], base_path: BasePath) -> (Api, Vec<Diagnostic>) {
    // What types there are and what routes there are depends on the pages alone.
    let merge_routes = || {
        let mut diagnostics = Vec::new();
        (
            Routes::merge(pages, base_path, &mut diagnostics),
            diagnostics,
        )
    };
    let ((mut types, mut diagnostics), (mut routes, found)) =
        parallel::join(|| types::define(pages), merge_routes);
    diagnostics.extend(found);
    let mut api = Api {
        pages: parallel::map(pages, |_, page| describe(page)),
        base_url: routes.base.clone(),
        ..Api::default()
    };
    let described = DescribedAnswers::define(pages, &routes, &mut types, &mut diagnostics);
    let listed = ListedAnswers::new(pages, described);
    api.operations = findings::map(&routes.groups, &mut diagnostics, |index, group, found| {
        let (page, name) = (&pages[group.page], routes.names[index].clone());
        let targets = &routes.targets[group.page];
        let shown = sent_properties::shown(page, targets, &api);
        let mut of = Documented {
            page,
            group,
            shown: &shown,
            listed: &listed,
            types: &types,
            found,
        };
        operations::assemble(&mut of, name)
    });
    sent_words::define(pages, &mut api.operations, &mut types, &mut diagnostics);
    let index;
    (api.resources, api.enums, index) = types.finish();
    operations::link_routes(&mut api, &mut routes);
    let further = other_places::find(pages, &routes, &api, &mut diagnostics);
    if !further.is_empty() {
        routes.add(pages, std::mem::take(&mut api.routes), further);
        operations::link_routes(&mut api, &mut routes);
    }
    operations::order_by_thing(&mut api);
    changed::settle(pages, &routes.groups, &mut api);
    parameter_places::place(pages, &mut api);
    targets::find_properties(pages, &mut routes, &api);
    routes.report_spellings(pages, &mut diagnostics);
    relationships::widen(&mut api, &mut diagnostics);
    examples::attach(pages, &routes, &index, &mut api, &mut diagnostics);
    api.types = index;
    capitals::settle(pages, &mut api, &mut diagnostics);
    numbers::settle(pages, &mut api);
    (api, diagnostics)
}

fn describe(page: &Page<'_>) -> model::Page {
    let path = page.file.path.clone();
    let title = if page.title.is_empty() {
        path.clone()
    } else {
        page.title.to_string()
    };
    model::Page { path, title }
}

/// The namespace of a name that a page writes, and the name without it.
fn full_name<'n>(page: &'n Page<'_>, name: &'n str) -> (&'n str, &'n str) {
    match split_name(name) {
        ("", short) => (page.namespace.as_deref().unwrap_or(""), short),
        full => full,
    }
}

/// Where something was read, as `path:line`.
fn located(pages: &[Page<'_>], source: Source) -> String {
    format!(
        "{}:{}",
        pages[source.page.0 as usize].file.path, source.line
    )
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
