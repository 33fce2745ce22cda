//! Examples: the route that each takes, the operation that it shows, and the base URL of all.

use std::collections::BTreeMap;

use strsim::levenshtein;

use super::groups::Group;
use super::matching::{Candidate, candidates};
use super::route_tree::RouteTree;
use super::{finding, source, wrapped};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Content, Example, ExampleRequest, ExampleResponse, RouteId, RouteMatch};
use crate::page::Page;
use crate::page::example::ExampleMessage;
use crate::page::message::Start;
use crate::page::route::{is_version, path_segments, split_query};
use crate::source::Span;

/// The parts of the target of an example request.
struct Target<'a> {
    /// Scheme, host and version; absent in a target that is only a path.
    base: Option<String>,
    path: &'a str,
    query: &'a str,
    found: Vec<Candidate>,
}

/// Gives each operation its examples, and the API its base URL.
pub(super) fn attach(
    pages: &[Page<'_>],
    groups: &[Group],
    tree: &RouteTree,
    api: &mut Api,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut bases: BTreeMap<String, u32> = BTreeMap::new();
    let mut seen: Vec<(usize, Span, String)> = Vec::new();
    let mut first = 0;
    for (index, page) in pages.iter().enumerate() {
        let count = groups[first..]
            .iter()
            .take_while(|group| group.page == index)
            .count();
        let own = first..first + count;
        first = own.end;
        let targets: Vec<_> = page
            .examples
            .requests
            .iter()
            .map(|request| target(tree, request))
            .collect();
        for (request, target) in page.examples.requests.iter().zip(&targets) {
            if let Some(base) = &target.base {
                *bases.entry(base.clone()).or_default() += 1;
                seen.push((index, request.message.span, base.clone()));
            }
        }
        if own.is_empty() {
            continue;
        }
        for exchange in &page.examples.exchanges {
            let request = &page.examples.requests[exchange.request];
            let target = &targets[exchange.request];
            let (operation, route) = choose(api, own.clone(), request, target);
            if route.is_none() {
                report_unmatched(page, api, own.clone(), request, target, diagnostics);
            }
            let response = exchange
                .response
                .map(|response| &page.examples.responses[response]);
            let operation = &mut api.operations[operation];
            let number = operation.examples.len() + 1;
            let name = request.name().cloned().unwrap_or_else(|| match number {
                1 => operation.name.clone(),
                _ => format!("{} {number}", operation.name),
            });
            let response = response.map(|response| {
                check_status(page, operation, response, diagnostics);
                let mut shown = example_response(page, operation, response);
                if let Some(value) = wrapped::unwrap(&shown, &api.resources) {
                    let message = "the example shows a single value as if it were a collection";
                    let help = "show the value itself, without `value` around it";
                    let found = finding(Code::BodyWrapped, page, response.message.span, message);
                    diagnostics.push(found.with_help(help));
                    shown.body = Some(value);
                }
                shown
            });
            let request = example_request(page, request, target, route);
            let title = example_title(page, exchange.request);
            operation.examples.push(Example {
                name,
                title,
                request,
                response,
            });
        }
    }
    let most = bases
        .iter()
        .max_by_key(|(base, count)| (**count, std::cmp::Reverse(base.len())));
    api.base_url = most.map(|(base, _)| base.clone());
    report_bases(pages, api, &seen, diagnostics);
}

/// Splits the target of a request, and finds the routes that it can take.
fn target<'a>(tree: &RouteTree, request: &ExampleMessage<'a>) -> Target<'a> {
    let Start::Request { method, target } = request.message.start else {
        return Target {
            base: None,
            path: "",
            query: "",
            found: Vec::new(),
        };
    };
    let (location, query) = split_query(target);
    let location = location.trim_end();
    let origin_end = location.find("://").map(|scheme| {
        let host = scheme + "://".len();
        location[host..]
            .find('/')
            .map_or(location.len(), |at| host + at)
    });
    let path = &location[origin_end.unwrap_or(0)..];
    let segments = path_segments(path);
    // The version belongs to the base; so do segments before a route that is known.
    let version = usize::from(segments.first().is_some_and(|segment| is_version(segment)));
    let skips = if version == 1 { vec![1] } else { vec![0, 1, 2] };
    let mut skip = version;
    let mut found = Vec::new();
    for candidate in skips.into_iter().filter(|&skip| skip < segments.len()) {
        found = candidates(tree, method, &segments[candidate..]);
        if !found.is_empty() {
            skip = candidate;
            break;
        }
    }
    let path_start = segments.get(skip).map_or(location.len(), |segment| {
        Span::of(segment, location).start as usize
    });
    let path_start = path_start - usize::from(location[..path_start].ends_with('/'));
    let base = origin_end.map(|_| location[..path_start].trim_end_matches('/').to_owned());
    Target {
        base,
        path: &location[path_start..],
        query,
        found,
    }
}

/// The operation of the page that a request shows, and the route that it takes: one of the page's
/// own if there is one.
fn choose(
    api: &Api,
    own: std::ops::Range<usize>,
    request: &ExampleMessage<'_>,
    target: &Target<'_>,
) -> (usize, Option<RouteMatch>) {
    for candidate in &target.found {
        let leads = |index: &usize| api.operations[*index].routes.contains(&candidate.route);
        if let Some(operation) = own.clone().find(leads) {
            return (operation, Some(route_match(candidate)));
        }
    }
    let of_method = |index: &usize| {
        let method = &api.operations[*index].method;
        matches!(request.message.start, Start::Request { method: shown, .. } if shown == method)
    };
    (own.clone().find(of_method).unwrap_or(own.start), None)
}

fn route_match(candidate: &Candidate) -> RouteMatch {
    RouteMatch {
        route: candidate.route,
        arguments: candidate.arguments.clone(),
    }
}

/// Reports a request that takes no route of its page, and says what differs.
fn report_unmatched(
    page: &Page<'_>,
    api: &Api,
    own: std::ops::Range<usize>,
    request: &ExampleMessage<'_>,
    target: &Target<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Start::Request { method, .. } = request.message.start else {
        return;
    };
    let message = "the example takes no route that the page documents";
    let diagnostic = finding(Code::ExampleRoute, page, request.message.span, message);
    let elsewhere = target
        .found
        .first()
        .map(|candidate| api.route(candidate.route));
    let routes = own.flat_map(|operation| &api.operations[operation].routes);
    let nearest = routes
        .map(|route| difference(api, *route, method, target.path))
        .min();
    diagnostics.push(match (elsewhere, nearest) {
        (Some(route), _) => {
            let place = api.locate(route.sources[0]);
            diagnostic.with_help(format!("another page documents it: {place}"))
        }
        (None, Some((_, help))) => diagnostic.with_help(help),
        (None, None) => diagnostic,
    });
}

/// How much a route differs from a request, and what differs.
fn difference(api: &Api, route: RouteId, method: &str, path: &str) -> (usize, String) {
    let route = api.route(route);
    let template = route.path.to_string();
    let count = path_segments(path).len();
    let cost = levenshtein(&template.to_lowercase(), &path.to_lowercase());
    let what = if route.method != method && route.path.segments.len() == count {
        "the method differs"
    } else if count > route.path.segments.len() {
        "the example has more segments"
    } else if count < route.path.segments.len() {
        "the example has fewer segments"
    } else {
        "a segment differs"
    };
    (
        cost,
        format!("{what}: the nearest route is `{} {template}`", route.method),
    )
}

/// Reports a successful status that the page's sentences do not name.
fn check_status(
    page: &Page<'_>,
    operation: &crate::model::Operation,
    response: &ExampleMessage<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Start::Response { status, .. } = response.message.start else {
        return;
    };
    let named = page
        .response_prose
        .iter()
        .flat_map(|sentence| &sentence.statuses);
    let named: Vec<u16> = named.map(|(status, _)| *status).collect();
    if !named.is_empty() && status < 400 && !named.contains(&status) {
        let expected: Vec<_> = named.iter().map(u16::to_string).collect();
        let message = format!(
            "the page does not name {status} among the answers to `{}`",
            operation.title
        );
        let help = format!("it names {}", expected.join(", "));
        diagnostics.push(
            finding(Code::ExampleStatus, page, response.message.span, message).with_help(help),
        );
    }
}

fn example_request(
    page: &Page<'_>,
    request: &ExampleMessage<'_>,
    target: &Target<'_>,
    route: Option<RouteMatch>,
) -> ExampleRequest {
    let (method, written) = match request.message.start {
        Start::Request { method, target } => (method, target),
        Start::Response { .. } => ("", ""),
    };
    ExampleRequest {
        method: method.to_owned(),
        target: joined(written),
        path: target.path.to_owned(),
        query: joined(target.query),
        headers: headers(request),
        body: request.body().map(str::to_owned),
        route,
        source: source(page, request.message.span),
    }
}

/// A target that may go on in the next lines, as one line.
fn joined(target: &str) -> String {
    target.lines().map(str::trim).collect()
}

fn example_response(
    page: &Page<'_>,
    operation: &crate::model::Operation,
    response: &ExampleMessage<'_>,
) -> ExampleResponse {
    let status = match response.message.start {
        Start::Response { status, .. } => status,
        Start::Request { .. } => 200,
    };
    let mut outcomes = operation
        .outcomes
        .iter()
        .filter(|outcome| outcome.status == status);
    let ty = outcomes.find_map(|outcome| match outcome.content {
        Content::Value(ty) => Some(ty),
        Content::Empty | Content::Bytes => None,
    });
    ExampleResponse {
        status,
        headers: headers(response),
        body: response.body().map(str::to_owned),
        ty,
        truncated: response
            .annotation
            .as_ref()
            .is_some_and(|annotation| annotation.truncated),
        source: source(page, response.message.span),
    }
}

fn headers(example: &ExampleMessage<'_>) -> Vec<(String, String)> {
    let headers = example.message.headers.iter();
    headers
        .map(|header| (header.name.to_owned(), header.value.to_owned()))
        .collect()
}

/// The part of a heading such as `Example 2: Get the small photo` behind the colon.
fn example_title(page: &Page<'_>, request: usize) -> String {
    let title = &page.examples.requests[request].title;
    match title.split_once(':') {
        Some((_, title)) if !title.trim().is_empty() => title.trim().to_owned(),
        _ => String::new(),
    }
}

/// Reports the examples that call another base than most do.
fn report_bases(
    pages: &[Page<'_>],
    api: &Api,
    seen: &[(usize, Span, String)],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(usual) = &api.base_url else { return };
    for (page, span, base) in seen.iter().filter(|(_, _, base)| base != usual) {
        let message = format!("the example calls `{base}`, most others call `{usual}`");
        diagnostics.push(finding(Code::ExampleBase, &pages[*page], *span, message));
    }
}
