//! Which requests are sent, and in which order.

use std::cmp::Reverse;
use std::slice;

use docwright::model::{Api, Example, Operation, OperationId, RouteId};

use crate::{Settings, Skip};

/// A documented request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Planned<'m> {
    /// The operation that it is for.
    pub(crate) operation: OperationId,
    /// The route that it takes.
    pub(crate) route: RouteId,
    /// The example that shows it; where no example of the operation can be sent, the route alone does.
    pub(crate) example: Option<&'m Example>,
}

/// What is sent, and what is not.
#[derive(Debug, Default)]
pub(crate) struct Plan<'m> {
    /// The requests in their order.
    pub(crate) requests: Vec<Planned<'m>>,
    /// Why others are not among them.
    pub(crate) skipped: Vec<(OperationId, Skip)>,
    /// How many operations there are to be verified.
    pub(crate) operations: usize,
}

impl<'m> Plan<'m> {
    /// The plan for an API. Collections come before the things in them, so that these are known when
    /// their turn comes; what is created comes before what is changed, and what is deleted last.
    pub(crate) fn new(api: &'m Api, settings: &Settings) -> Self {
        let mut plan = Self::default();
        for (operation, id) in api.operations.iter().zip(api.operation_ids()) {
            if is_wanted(api, operation, &settings.only) {
                plan.operations += 1;
                plan.add(settings, id, operation);
            }
        }
        let order = |planned: &Planned<'_>| {
            let route = api.route(planned.route);
            let keys = route
                .path
                .segments
                .iter()
                .filter(|it| it.collection().is_some());
            let depth = route.path.segments.len() + keys.count();
            match route.method.as_str() {
                "DELETE" => (3, 0, Reverse(depth)),
                "POST" => (1, depth, Reverse(0)),
                method if is_safe(method) => (0, depth, Reverse(0)),
                _ => (2, depth, Reverse(0)),
            }
        };
        plan.requests.sort_by_key(order);
        plan
    }

    fn add(&mut self, settings: &Settings, id: OperationId, operation: &'m Operation) {
        if !is_safe(&operation.method) && !settings.changes {
            self.skipped.push((id, Skip::Changes));
            return;
        }
        let before = self.requests.len();
        for example in &operation.examples {
            match &example.request.route {
                None => self.skipped.push((id, Skip::NoRoute)),
                // What is shown is then no answer of the operation that the request asks for.
                Some(taken) if !operation.routes.contains(&taken.route) => {
                    self.skipped.push((id, Skip::NoRoute));
                }
                // The method of an example may be another one than its page documents.
                Some(_) if !is_safe(&example.request.method) && !settings.changes => {
                    self.skipped.push((id, Skip::Changes));
                }
                Some(_) if fails(example) => self.skipped.push((id, Skip::Failure)),
                Some(taken) => self.requests.push(Planned {
                    operation: id,
                    route: taken.route,
                    example: Some(example),
                }),
            }
        }
        if self.requests.len() > before {
            return;
        }
        let needs_more = operation.request_body.is_some()
            || operation.headers.iter().any(|header| header.required)
            || operation.query_parameters.iter().any(|it| it.required);
        match operation.routes.first() {
            Some(&route) if is_safe(&operation.method) && !needs_more => {
                let example = None;
                self.requests.push(Planned {
                    operation: id,
                    route,
                    example,
                });
            }
            _ => self.skipped.push((id, Skip::NoExample)),
        }
    }
}

/// Whether a method changes nothing (RFC 9110, section 9.2.1).
fn is_safe(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "OPTIONS")
}

/// Whether an example shows how a request fails: what has to be wrong for that, only the page knows.
fn fails(example: &Example) -> bool {
    let response = example.response.as_ref();
    response.is_some_and(|response| response.status >= 400)
}

/// A name of a page or an area that no operation goes by.
pub(crate) fn unknown<'n>(api: &Api, only: &'n [String]) -> Option<&'n str> {
    let is_known = |name: &&String| {
        let mut operations = api.operations.iter();
        operations.any(|operation| is_wanted(api, operation, slice::from_ref(*name)))
    };
    let name = only.iter().find(|name| !is_known(name))?;
    Some(name)
}

/// Whether an operation is on one of some pages, or in one of some areas; there is no choice where
/// none is named.
fn is_wanted(api: &Api, operation: &Operation, only: &[String]) -> bool {
    let page = &api.pages[operation.source.page.0 as usize].path;
    let is_page = |name: &str| {
        let before = page.strip_suffix(name);
        before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    let is_area = |name: &str| {
        operation.routes.iter().any(|&route| {
            let first = api.route(route).path.segments.first();
            let text = first.and_then(|segment| segment.literal());
            text.is_some_and(|text| text.eq_ignore_ascii_case(name))
        })
    };
    only.is_empty() || only.iter().any(|name| is_page(name) || is_area(name))
}
