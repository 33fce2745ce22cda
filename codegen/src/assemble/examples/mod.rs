//! Examples: the route that each takes, and the operation that it shows.

pub(super) mod content;
pub(crate) mod contradictions;
pub(crate) mod mistaken;
mod responses;
pub(super) mod targets;
pub(in crate::assemble) mod wrapped;

use std::cmp::Ordering;
use std::ops::Range;
use std::slice;

use super::findings::{self, OfPage};
use super::routes::Routes;
use super::routes::groups::Group;
use super::source;
use crate::diagnostic::{Code, Diagnostic};
use crate::lists::push;
use crate::model::{
    Api, Example, ExampleRequest, ExampleResponse, Operation, PathTemplate, Piece, QueryOption,
    RouteId, RouteMatch, Segment, TypeIndex,
};
use crate::nearness::{distance, nearest};
use crate::page::Page;
use crate::page::example::ExampleMessage;
use crate::routing::{Candidate, fits};
use crate::source::Span;
use crate::vocabulary::{origin, without_spaces};
use targets::Target;

/// Gives each operation its examples.
pub(super) fn attach(
    pages: &[Page<'_>],
    routes: &Routes<'_>,
    types: &TypeIndex,
    api: &mut Api,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let by_page = findings::map(pages, diagnostics, |index, page, found| {
        let own = routes.groups_of(index);
        let examples = Examples {
            of: OfPage { page, found },
            groups: &routes.groups[own.clone()],
            targets: &routes.targets[index],
            own,
            types,
            api,
        };
        examples.read()
    });
    // Operations are in the order of their pages.
    let shown = by_page.into_iter().flatten();
    for (shown, operation) in shown.zip(&mut api.operations) {
        operation.idempotent = shown.idempotent;
        operation.examples = shown.examples;
        add_shown_options(operation);
    }
}

/// Adds the options of OData's that examples of an operation send: what a page shows is documented, though it be
/// named nowhere else.
fn add_shown_options(operation: &mut Operation) {
    let mut shown = Vec::new();
    for request in operation.examples.iter().map(|it| &it.request) {
        let route = request.route.as_ref();
        let is_of_it = request.method == operation.method
            && route.is_some_and(|taken| taken.difference.is_none());
        // Most requests have no query string.
        if is_of_it && !request.query.is_empty() {
            let pairs = request.query_pairs().into_iter();
            shown.extend(pairs.filter_map(|(name, _)| QueryOption::sent_as(&name)));
        }
    }
    if !shown.is_empty() {
        let options = &mut operation.query_options;
        options.extend(shown);
        options.sort();
        options.dedup();
    }
}

/// What the examples of a page show of one of its operations.
#[derive(Default)]
struct Shown {
    examples: Vec<Example>,
    /// Whether the annotation of one says that the request can be repeated.
    idempotent: bool,
}

/// How many routes of a page a request without one is held against, to say what differs: more than pages have,
/// unless one was made to take long.
const MOST_COMPARED: usize = 256;

/// The examples of a page, and what they are held against.
struct Examples<'x> {
    of: OfPage<'x, 'x>,
    /// The operations of the page.
    own: Range<usize>,
    /// The lines that these are.
    groups: &'x [Group],
    /// What its requests can take.
    targets: &'x [Target<'x>],
    types: &'x TypeIndex,
    api: &'x Api,
}

impl Examples<'_> {
    /// The examples of each operation.
    fn read(mut self) -> Vec<Shown> {
        self.report_bases();
        if self.own.is_empty() {
            self.report_homeless();
            return Vec::new();
        }
        let (page, api) = (self.of.page, self.api);
        let mut all: Vec<Shown> = self.own.clone().map(|_| Shown::default()).collect();
        for exchange in &page.examples.exchanges {
            let request = &page.examples.requests[exchange.request];
            let target = &self.targets[exchange.request];
            let (index, route) = self.choose(request, target);
            let leaves = target.leaves(api.base_url.as_deref());
            if !leaves {
                self.report_difference(request, target);
                if let Some(route) = &route {
                    report_spelling(&mut self.of, &api.route(route.route).path, target);
                }
            }
            let operation = &api.operations[index];
            let shown = &mut all[index - self.own.start];
            let name = request.name().cloned();
            let name = name.unwrap_or_else(|| match shown.examples.len() {
                0 => operation.name.clone(),
                before => format!("{} {}", operation.name, before + 1),
            });
            let response = exchange.response.map(|response| {
                let response = &page.examples.responses[response];
                // What another method is answered with is not what the page speaks of.
                let is_own = !leaves && request.is_of_method(&operation.method);
                self.response(index, response, is_own)
            });
            let example = Example {
                name,
                title: example_title(page, exchange.request),
                request: example_request(page, request, target, route, leaves),
                response,
                contradictions: Vec::new(),
            };
            let annotation = request.annotation.as_ref();
            shown.idempotent |= annotation.is_some_and(|it| it.idempotent && !leaves);
            push(&mut shown.examples, example);
        }
        all
    }

    /// What an example shows as the answer of an operation. `is_own` tells whether it is what the page speaks of.
    fn response(
        &mut self,
        operation: usize,
        response: &ExampleMessage<'_>,
        is_own: bool,
    ) -> ExampleResponse {
        let (page, api) = (self.of.page, self.api);
        let group = &self.groups[operation - self.own.start];
        let operation = &api.operations[operation];
        if is_own {
            responses::check_status(&mut self.of, group, operation, response);
        }
        let mut read = responses::read(page, operation, response, self.types, api);
        if let Some(value) = wrapped::unwrap(response, &read, group.of_one, &api.resources) {
            let message = "the example shows a single value as if it were a collection";
            let help = "show the value itself, without `value` around it";
            let (of, span) = (&mut self.of, response.message.span);
            of.report_with_help(Code::BodyWrapped, span, message, help);
            read.body = Some(value);
        }
        read
    }

    /// Reports the requests of a page without routes that no other page has the route of. The others belong to
    /// those pages, and are shown here in passing.
    fn report_homeless(&mut self) {
        let Examples { of, api, .. } = self;
        let page = of.page;
        for (request, target) in page.examples.requests.iter().zip(self.targets) {
            if target.found.is_empty() && !target.leaves(api.base_url.as_deref()) {
                let message = "no page documents the route of the request";
                let help = unread_route(page).unwrap_or("write it below a heading *HTTP request*");
                let span = request.message.span;
                of.report_with_help(Code::ExampleRoute, span, message, help);
            }
        }
    }

    /// The operation of the page that a request shows, and the route that it takes: one of the page's
    /// own if there is one.
    fn choose(
        &self,
        request: &ExampleMessage<'_>,
        target: &Target<'_>,
    ) -> (usize, Option<RouteMatch>) {
        let (api, own) = (self.api, &self.own);
        for candidate in &target.found {
            let leads = |index: &usize| api.operations[*index].routes.contains(&candidate.route);
            if let Some(operation) = own.clone().find(leads) {
                return (operation, Some(route_match(candidate, target)));
            }
        }
        let of_method = |index: &usize| request.is_of_method(&api.operations[*index].method);
        let elsewhere = target.found.first();
        let route = elsewhere.map(|candidate| route_match(candidate, target));
        (own.clone().find(of_method).unwrap_or(own.start), route)
    }

    /// Reports a request that takes none of the routes of its page as it is, and says what differs.
    fn report_difference(&mut self, request: &ExampleMessage<'_>, target: &Target<'_>) {
        if let Some(help) = self.difference(request, target) {
            let message = "the example takes no route that the page documents";
            let (of, span) = (&mut self.of, request.message.span);
            of.report_with_help(Code::ExampleRoute, span, message, help);
        }
    }

    /// What differs between a request and the routes of its page, if it takes none of them as it is.
    fn difference(&self, request: &ExampleMessage<'_>, target: &Target<'_>) -> Option<String> {
        let (method, _) = request.message.request()?;
        let (page, api) = (self.of.page, self.api);
        let is_own = |candidate: &&Candidate| {
            let mut operations = api.operations[self.own.clone()].iter();
            operations.any(|operation| operation.routes.contains(&candidate.route))
        };
        let difference = target.difference.as_ref();
        if let Some(candidate) = target.found.iter().find(is_own) {
            let difference = difference.filter(|it| !it.is_convention())?;
            let route = api.route(candidate.route);
            let (method, path) = (&route.method, &route.path);
            return Some(format!("{difference}: the route is `{method} {path}`"));
        }
        if let Some(candidate) = target.found.first() {
            let place = api.locate(api.route(candidate.route).sources[0]);
            let difference = difference.map_or(String::new(), |it| format!("; {it}"));
            return Some(format!("another page documents it: {place}{difference}"));
        }
        let unread = unread_route(page).map(str::to_owned);
        Some(unread.unwrap_or_else(|| self.nearest(method, target)))
    }

    /// What differs between a request and the route of its page that is nearest to it.
    fn nearest(&self, method: &str, target: &Target<'_>) -> String {
        let own = &self.api.operations[self.own.clone()];
        let routes = own.iter().flat_map(|operation| &operation.routes);
        let routes = routes.take(MOST_COMPARED);
        let routes = routes.filter(|route| is_like(self.api, **route, target));
        let differences = routes.map(|id| difference_of(self.api, *id, method, target));
        let least = differences.min().map(|(_, help)| help);
        least.unwrap_or_else(|| "no route of the page is like it".to_owned())
    }

    /// Reports the examples that call another base than most do, and those that are no requests to the
    /// API at all.
    fn report_bases(&mut self) {
        let (page, api) = (self.of.page, self.api);
        let Some(usual) = &api.base_url else { return };
        for (request, target) in page.examples.requests.iter().zip(self.targets) {
            // Where an opaque URL leads is the service's own business.
            let base = target.base.filter(|base| base != usual && !target.opaque);
            let Some(base) = base else {
                continue;
            };
            let (code, message) = if target.leaves(Some(usual)) {
                let host = origin(base).unwrap_or(base);
                (
                    Code::ExampleHost,
                    format!("the example is a request to another host, `{host}`"),
                )
            } else {
                (
                    Code::ExampleBase,
                    format!("the example calls `{base}`, most others call `{usual}`"),
                )
            };
            self.of.report(code, request.message.span, message);
        }
    }
}

fn route_match(candidate: &Candidate, target: &Target<'_>) -> RouteMatch {
    RouteMatch {
        route: candidate.route,
        arguments: candidate.arguments.clone(),
        difference: target.difference.clone(),
    }
}

/// What to say of a request without a route whose route may be a line that cannot be read.
fn unread_route(page: &Page<'_>) -> Option<&'static str> {
    let has_unread = page.routes.iter().any(|block| block.has_unread);
    has_unread.then_some(
        "it may be the one that cannot be read: mend the lines of the page's routes first",
    )
}

/// Reports the names in the path of a request that its route has in another case. One that is not written as its route
/// is in other ways is held against it as far as they go together.
fn report_spelling(of: &mut OfPage<'_, '_>, route: &PathTemplate, target: &Target<'_>) {
    for (segment, written) in route.segments.iter().zip(&target.segments) {
        let Some(name) = segment.literal() else {
            continue;
        };
        if name != *written && name.eq_ignore_ascii_case(written) {
            let place = Span::of(written, &of.page.file.text);
            let message = format!("`{written}` is written `{name}` in the route");
            let help = "services compare paths without case: the example takes it all the same";
            of.report_with_help(Code::RouteSpelling, place, message, help);
        }
    }
}

/// Whether a route and a request have a name in common, but for a slip and for what is in parentheses behind it.
fn is_like(api: &Api, route: RouteId, target: &Target<'_>) -> bool {
    let segments = api.route(route).path.segments.iter();
    let mut names = segments.filter_map(|segment| match segment.pieces.first() {
        Some(Piece::Literal(text)) => Some(before_parenthesis(text)),
        _ => None,
    });
    let written = || target.segments.iter().map(|text| before_parenthesis(text));
    names.any(|name| nearest(name, written()).is_some())
}

/// A text up to its first parenthesis.
fn before_parenthesis(text: &str) -> &str {
    text.split_once('(').map_or(text, |(name, _)| name)
}

/// How much a route differs from a request, in how many parts and as text, and what differs.
fn difference_of(
    api: &Api,
    route: RouteId,
    method: &str,
    target: &Target<'_>,
) -> ((usize, usize), String) {
    let route = api.route(route);
    let template = route.path.to_string();
    let (own, segments) = (&route.path.segments, &target.segments);
    let pairs = own.iter().zip(segments);
    let differing = pairs.filter(|(own, text)| !fits(slice::from_ref(own), &[text]));
    let differing: Vec<(&Segment, &&str)> = differing.collect();
    let what = match (own.len().cmp(&segments.len()), differing.first()) {
        (Ordering::Less, _) => "the example has more segments".to_owned(),
        (Ordering::Greater, _) => "the example has fewer segments".to_owned(),
        (Ordering::Equal, _) if route.method != method => "the method differs".to_owned(),
        (Ordering::Equal, Some((own, text))) => {
            format!("the segment `{text}` differs from `{own}`")
        }
        (Ordering::Equal, None) => "a segment differs".to_owned(),
    };
    let more = own.len().abs_diff(segments.len());
    let parts = differing.len() + more + usize::from(route.method != method);
    (
        (parts, distance(&template, &target.path)),
        format!("{what}: the nearest route is `{} {template}`", route.method),
    )
}

fn example_request(
    page: &Page<'_>,
    request: &ExampleMessage<'_>,
    target: &Target<'_>,
    route: Option<RouteMatch>,
    leaves: bool,
) -> ExampleRequest {
    let (method, written) = request.message.request().unwrap_or_default();
    ExampleRequest {
        method: method.to_owned(),
        target: without_brackets(joined(&without_spaces(written))),
        path: without_spaces(&target.path).into_owned(),
        query: without_brackets(joined(target.query)),
        headers: merged(headers(request)),
        body: request.body().map(str::to_owned),
        route,
        leaves,
        source: source(page, request.message.span),
    }
}

/// A target or a query without the square brackets that say that a query may be left out.
fn without_brackets(mut target: String) -> String {
    if target.contains('[') {
        target = target.replace("[?", "?");
    }
    if target.ends_with(']') && !target.contains('[') {
        target.pop();
    }
    target
}

/// A target that may go on in the next lines, as one line.
fn joined(target: &str) -> String {
    match target.contains('\n') {
        true => target.lines().map(str::trim).collect(),
        false => target.trim().to_owned(),
    }
}

pub(super) fn headers(example: &ExampleMessage<'_>) -> Vec<(String, String)> {
    let headers = example.message.headers.iter();
    headers
        .map(|header| (header.name.to_owned(), header.value.to_owned()))
        .collect()
}

/// Headers with one line for each name: the values of several lines are one list (RFC 9110, section 5.3).
fn merged(headers: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut merged: Vec<(String, String)> = Vec::with_capacity(headers.len());
    for (name, value) in headers {
        let mut known = merged.iter_mut();
        match known.find(|(known, _)| known.eq_ignore_ascii_case(&name)) {
            None => merged.push((name, value)),
            Some((_, values)) if *values == value => {}
            Some((_, values)) => {
                values.push_str(", ");
                values.push_str(&value);
            }
        }
    }
    merged
}

/// The part of a heading such as `Example 2: Get the small photo` behind the colon.
fn example_title(page: &Page<'_>, request: usize) -> String {
    let title = &page.examples.requests[request].title;
    match title.split_once(':') {
        Some((_, title)) if !title.trim().is_empty() => title.trim().to_owned(),
        _ => String::new(),
    }
}
