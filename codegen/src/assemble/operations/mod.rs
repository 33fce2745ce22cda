//! Operations: everything that a page says about the route lines of a group.

mod around;
mod aside;
pub(super) mod changed;
pub(super) mod described_answers;
mod kinds;
pub(super) mod listed_answers;
pub(super) mod names;
mod outcomes;
pub(super) mod parameter_places;
mod reference;
mod request_bodies;
pub(super) mod sent_properties;
pub(super) mod sent_words;

use self::listed_answers::ListedAnswers;
use super::findings::OfPage;
use super::routes::Routes;
use super::routes::asides::Aside;
use super::routes::groups::Group;
use super::source;
use super::types::Types;
use super::types::references::row_type;
use crate::diagnostic::Diagnostic;
use crate::model::{
    Api, Content, Operation, OperationId, Parameter, PathTemplate, Permission, PermissionKind,
    Piece, QueryOption, Segment, SegmentKind, split_name,
};
use crate::page::Page;
use crate::page::example::ExampleMessage;
use crate::page::route::RouteLine;
use crate::page::table::NamedRow;
use crate::vocabulary::{is_api_key, is_clients_own, is_token};
use crate::words::{folded, noun, singular};

/// What an operation is put together of.
pub(super) struct Documented<'x> {
    /// The page that it is on.
    pub(super) page: &'x Page<'x>,
    /// The lines of the page that it is.
    pub(super) group: &'x Group,
    /// The requests that the page's table of the body is held against.
    pub(super) shown: &'x [&'x ExampleMessage<'x>],
    /// What tables say that operations return.
    pub(super) listed: &'x ListedAnswers<'x>,
    /// The types of all pages.
    pub(super) types: &'x Types,
    /// The findings so far.
    pub(super) found: &'x mut Vec<Diagnostic>,
}

impl<'x> Documented<'x> {
    /// Its page, to report what is found on it.
    fn of_page(&mut self) -> OfPage<'_, 'x> {
        OfPage {
            page: self.page,
            found: self.found,
        }
    }

    /// The first example request that shows it.
    fn example(&self) -> Option<&'x ExampleMessage<'x>> {
        self.group.example(self.page)
    }

    /// Whether a table of its page describes what it answers with.
    fn is_answer_described(&self) -> bool {
        self.listed.is_described(self.page, self.group)
    }
}

/// Puts together what the page says about one of its operations.
pub(super) fn assemble(of: &mut Documented<'_>, name: String) -> Operation {
    let &mut Documented { page, group, .. } = of;
    let (outcomes, failure) = outcomes::outcomes(of);
    let mut parameters = |rows: &[NamedRow<'_>]| -> Vec<Parameter> {
        rows.iter().map(|row| parameter(of, row)).collect()
    };
    let path_parameters = parameters(&page.path_parameters);
    let mut function_parameters = parameters(&page.function_parameters);
    if group.method == "GET" {
        function_parameters.extend(parameters(page.arguments_in_body()));
    }
    let options = page.query_parameters.iter();
    let options = options.filter(|row| !is_shown_by_others(page, group, row));
    let query_parameters = options.map(|row| parameter(of, row));
    let query_parameters = query_parameters.collect();
    let headers = page
        .headers
        .iter()
        .filter(|row| is_documented_header(&row.name));
    let headers = each_once(headers.map(|row| parameter(of, row)));
    let (keys, headers) = headers.into_iter().partition(|row| is_api_key(&row.name));
    let successes = outcomes.iter().filter(|outcome| outcome.is_success());
    let mut contents = successes.map(|outcome| &outcome.content);
    let first = contents.clone().next();
    let returned = contents.find(|it| it.value().is_some()).or(first);
    // What only the table of the answer describes is not sent.
    let may_be_sent = returned.filter(|_| !of.is_answer_described());
    Operation {
        title: title(page, group),
        description: page.description.to_string(),
        method: group.method.clone(),
        source: source(page, group.span),
        path_parameters,
        function_parameters,
        query_options: query_options(page, group, returned),
        query_parameters,
        headers,
        keys,
        request_body: request_bodies::request_body(of, may_be_sent),
        permissions: permissions(page),
        examples: Vec::new(),
        idempotent: false,
        deprecated: page.deprecated,
        routes: Vec::new(),
        name,
        outcomes,
        failure,
    }
}

/// The title of the page, and what the heading of the operation adds to it, or else the name of what it leads to.
fn title(page: &Page<'_>, group: &Group) -> String {
    if !group.several {
        return page.title.to_string();
    }
    let heading = group.title.trim();
    let lower = heading.to_ascii_lowercase();
    let added = match lower.find("http request") {
        Some(at) => {
            let rest = heading[at + "http request".len()..]
                .trim_start_matches(['s', 'S'])
                .trim();
            rest.trim_matches(['(', ')'])
                .strip_prefix("to ")
                .unwrap_or(rest)
        }
        None => heading,
    };
    match &group.aside {
        _ if !added.is_empty() => format!("{}: {}", page.title, first_lower(added)),
        Some(Aside::Collection(name) | Aside::Property(name)) => format!("{}: {name}", page.title),
        Some(Aside::Cast(name)) => format!("{}: {}", page.title, split_name(name).1),
        None => page.title.to_string(),
    }
}

fn first_lower(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        // An abbreviation keeps its capitals.
        Some(first) if !text.chars().nth(1).is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

fn parameter(of: &mut Documented<'_>, row: &NamedRow<'_>) -> Parameter {
    let types = of.types;
    Parameter {
        name: row.name.to_string(),
        ty: row_type(&mut of.of_page(), row, types),
        number: row.is_number(),
        required: row.required == Some(true),
        deprecated: row.deprecated,
        description: row.description.clone().into_owned(),
        source: source(of.page, row.span),
    }
}

/// Whether a header is one that a client is told of: neither one that it writes by itself nor one that the types of
/// the body and of the answer imply.
fn is_documented_header(name: &str) -> bool {
    let media_types = ["accept", "content-type"];
    let is_implied = { media_types.iter() }.any(|known| name.eq_ignore_ascii_case(known));
    !is_implied && !is_clients_own(name) && is_token(name)
}

/// Headers, each once: a row may be about one of the things that a header can say.
fn each_once(headers: impl Iterator<Item = Parameter>) -> Vec<Parameter> {
    let mut found: Vec<Parameter> = Vec::new();
    for header in headers {
        let mut earlier = found.iter_mut();
        match earlier.find(|earlier| earlier.name.eq_ignore_ascii_case(&header.name)) {
            Some(earlier) => {
                earlier.required |= header.required;
                earlier.deprecated &= header.deprecated;
                earlier.description = format!("{} {}", earlier.description, header.description);
            }
            None => found.push(header),
        }
    }
    found
}

/// Whether a row stands for an option that only lines of other operations of the page show in their query strings, and
/// no table describes.
fn is_shown_by_others(page: &Page<'_>, group: &Group, row: &NamedRow<'_>) -> bool {
    if !group.several || group.options.iter().any(|name| *name == row.name) {
        return false;
    }
    // Blocks and lines are in the order of the page.
    let begins_before = |line: &RouteLine<'_>| line.span.start <= row.span.start;
    let blocks = &page.routes;
    let behind = blocks.partition_point(|it| it.lines.first().is_none_or(begins_before));
    behind.checked_sub(1).is_some_and(|at| {
        let lines = &blocks[at].lines;
        lines
            .binary_search_by_key(&row.span, |line| line.span)
            .is_ok()
    })
}

/// The query options of an operation: those of the page, and those that its own lines show. A page that supports
/// OData's options without listing them means those that make sense for what comes back; bytes and empty answers take
/// none.
fn query_options(page: &Page<'_>, group: &Group, returned: Option<&Content>) -> Vec<QueryOption> {
    use QueryOption::{Count, Expand, Filter, OrderBy, Search, Select, Skip, Top};
    if group.tail.as_deref() == Some("$value") {
        return Vec::new();
    }
    let mut options = page.query_options.named.clone();
    let shown = group.options.iter();
    options.extend(shown.filter_map(|name| QueryOption::sent_as(name)));
    if page.query_options.has_others() {
        let meant: &[QueryOption] = match returned.and_then(Content::value) {
            Some(ty) if ty.collection => {
                &[Select, Expand, Filter, OrderBy, Top, Skip, Search, Count]
            }
            Some(_) => &[Select, Expand],
            None => &[],
        };
        let refused = &page.query_options.refused;
        options.extend(meant.iter().filter(|option| !refused.contains(option)));
    }
    options.sort();
    options.dedup();
    options
}

/// Who may call what a page documents; where no table, list or sentence says so, as the annotations of its
/// requests have it.
fn permissions(page: &Page<'_>) -> Vec<Permission> {
    let sets = page.permissions.iter();
    let documented: Vec<Permission> = sets
        .map(|set| Permission {
            subject: set.subject.clone(),
            kind: set.kind,
            scopes: set.scopes.clone(),
        })
        .collect();
    if !documented.is_empty() {
        return documented;
    }
    let mut annotated: Vec<Permission> = Vec::new();
    let requests = page.examples.requests.iter();
    for annotation in requests.filter_map(|request| request.annotation.as_ref()) {
        let scopes = &annotation.scopes;
        if !scopes.is_empty() && annotated.iter().all(|known| known.scopes != *scopes) {
            annotated.push(Permission {
                subject: None,
                kind: PermissionKind::Unspecified,
                scopes: scopes.clone(),
            });
        }
    }
    annotated
}

/// Tells each operation which routes lead to it, and each route which operations it leads to.
pub(super) fn link_routes(api: &mut Api, routes: &mut Routes<'_>) {
    api.routes = std::mem::take(&mut routes.merged.routes);
    let operations = api.operations.iter_mut().zip(routes.of_groups());
    for (index, (operation, routes)) in operations.enumerate() {
        for route in &routes {
            let operations = &mut api.routes[route.0 as usize].operations;
            operations.push(OperationId(index as u32));
        }
        operation.routes = routes;
    }
}

/// Puts the operation that is about the thing at a route before all others of the route.
pub(super) fn order_by_thing(api: &mut Api) {
    for route in api.routes.iter_mut().filter(|it| it.operations.len() > 1) {
        let thing = thing(&route.path);
        let operations = &mut route.operations;
        let distance = |id: &OperationId| distance(&api.operations[id.0 as usize].name, &thing);
        let main = (0..operations.len()).min_by_key(|&index| distance(&operations[index]));
        if let Some(main) = main {
            operations[..=main].rotate_right(1);
        }
    }
}

/// What the thing at a path is called, folded: the last name on the way there.
fn thing(path: &PathTemplate) -> String {
    let named = |it: &&Segment| {
        use SegmentKind::{Function, Item, Name};
        matches!(it.kind, Name | Item | Function)
    };
    let last = path.segments.iter().rev().filter(named);
    let name = last.filter_map(|segment| segment.pieces.first()).next();
    match name {
        Some(Piece::Literal(name)) if name.eq_ignore_ascii_case("me") => noun(name),
        Some(Piece::Literal(name)) => folded(name.split('(').next().unwrap_or(name)),
        _ => String::new(),
    }
}

/// How far the name of an operation is from being that of a thing alone: whether it does not name the
/// thing, and how much it says besides. What a page documents at many places, such as an extension of
/// anything, is not what one asks for at each of them.
fn distance(name: &str, thing: &str) -> (bool, usize) {
    let name = folded(name);
    let one = singular(thing);
    let says = [thing, &*one].iter().any(|thing| name.contains(*thing));
    (!says, name.len())
}
