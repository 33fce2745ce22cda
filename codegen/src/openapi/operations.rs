//! Operations: what a method does at a path, whichever pages say so.

use std::borrow::Cow;

use super::document::Operation as Entry;
use super::{Context, parameters, paths, responses, security};
use crate::model::{Example, Operation, PathTemplate, RouteId};

/// A documented operation as it is at one path.
#[derive(Clone, Copy)]
pub(super) struct Use<'a> {
    pub(super) operation: &'a Operation,
    pub(super) route: RouteId,
}

impl<'a> Use<'a> {
    /// The examples that take this route. Those of the method that take none are shown at the first, unless
    /// they go to another host.
    pub(super) fn examples(self) -> impl Iterator<Item = &'a Example> {
        let Self { operation, route } = self;
        let first = operation.routes.first() == Some(&route);
        operation
            .examples
            .iter()
            .filter(|example| !example.request.leaves)
            .filter(move |example| match &example.request.route {
                Some(taken) => taken.route == route,
                None => first && example.request.method == operation.method,
            })
    }
}

/// The one operation that OpenAPI has for a method and a path. Where pages document several there,
/// it takes what any of them takes and answers as any of them does, and its description names each.
pub(super) fn operation<'a>(
    context: &'a Context<'a>,
    path: &'a PathTemplate,
    routes: &[RouteId],
    operation_id: String,
) -> Entry<'a> {
    let uses = routes.iter().flat_map(|&route| {
        let operations = context.api.route(route).operations.iter();
        operations.map(move |&id| Use {
            operation: context.api.operation(id),
            route,
        })
    });
    let uses: Vec<Use<'a>> = uses.collect();
    Entry {
        tags: vec![paths::tag(path)],
        summary: summary(&uses),
        description: description(context, &uses),
        operation_id,
        parameters: parameters::parameters(context, path, &uses),
        request_body: responses::request_body(context, &uses),
        responses: responses::responses(context, &uses),
        deprecated: uses.iter().all(|used| used.operation.deprecated),
        security: security::requirements(context, path, &uses),
        x_source: place(context, uses[0]),
    }
}

fn summary(uses: &[Use<'_>]) -> String {
    let mut titles: Vec<&str> = Vec::new();
    for Use { operation, .. } in uses {
        if !titles.contains(&operation.title.as_str()) {
            titles.push(&operation.title);
        }
    }
    titles.join(" / ")
}

fn description<'a>(context: &Context<'_>, uses: &[Use<'a>]) -> Cow<'a, str> {
    if let [only] = uses {
        return only.operation.description.as_str().into();
    }
    let each = uses.iter().map(|&used| {
        let Operation {
            title, description, ..
        } = used.operation;
        let place = place(context, used);
        format!("**{title}** ({place})\n\n{description}")
            .trim_end()
            .to_owned()
    });
    each.collect::<Vec<_>>().join("\n\n").into()
}

/// Where the page of an operation documents the route.
fn place(context: &Context<'_>, used: Use<'_>) -> String {
    let page = used.operation.source.page;
    let mut sources = context.api.route(used.route).sources.iter();
    let source = sources.find(|source| source.page == page);
    context
        .api
        .locate(*source.unwrap_or(&used.operation.source))
}
