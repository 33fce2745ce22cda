//! Operations: which route lines of a page are one, and everything that the page says about it.

use std::collections::{BTreeMap, BTreeSet};

use super::resources::row_type;
use super::route_tree::{LineId, RouteTree};
use super::types::Types;
use super::{bodies, source};
use crate::diagnostic::Diagnostic;
use crate::model::{
    Api, Content, Operation, OperationId, Parameter, Permission, QueryOption, RouteId, SegmentKind,
};
use crate::page::Page;
use crate::page::route::RouteLine;
use crate::page::table::NamedRow;
use crate::source::Span;

/// The route lines of a page that are one operation.
#[derive(Debug)]
pub(super) struct Group {
    /// The page.
    pub(super) page: usize,
    /// The method.
    pub(super) method: String,
    /// OData's own segment that the paths end in, such as `$value`.
    pub(super) tail: Option<String>,
    /// The heading above its first line.
    pub(super) title: String,
    /// Whether the page has other operations.
    several: bool,
    /// Whether another one has the same method.
    method_shared: bool,
    span: Span,
    lines: Vec<LineId>,
}

/// Groups the route lines of a page. Lines of one method are one operation, unless they end in
/// different segments of OData's own: `/photo` and `/photo/$value` are two.
pub(super) fn group(page: &Page<'_>, tree: &mut RouteTree) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for block in &page.routes {
        for line in &block.lines {
            let id = tree.add(page, line);
            let tail = tail(line);
            let same = |group: &&mut Group| group.method == line.method && group.tail == tail;
            match groups.iter_mut().find(same) {
                Some(group) => group.lines.push(id),
                None => groups.push(Group {
                    page: page.id.0 as usize,
                    method: line.method.to_owned(),
                    tail,
                    title: block.title.clone(),
                    several: false,
                    method_shared: false,
                    span: line.span,
                    lines: vec![id],
                }),
            }
        }
    }
    let several = groups.len() > 1;
    let methods: Vec<_> = groups.iter().map(|group| group.method.clone()).collect();
    for group in &mut groups {
        group.several = several;
        group.method_shared = methods
            .iter()
            .filter(|method| **method == group.method)
            .count()
            > 1;
    }
    groups
}

fn tail(line: &RouteLine<'_>) -> Option<String> {
    let last = line.path.segments.last()?;
    (last.kind == SegmentKind::System).then(|| last.to_string().to_lowercase())
}

/// A name in words for each group: the title of its page, made unique by the page's file name where
/// several pages have one title, and by what differs where one page has several operations.
pub(super) fn names(pages: &[Page<'_>], groups: &[Group]) -> Vec<String> {
    let mut uses: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for group in groups {
        let title = pages[group.page].title.to_lowercase();
        uses.entry(title).or_default().insert(group.page);
    }
    let mut taken = BTreeSet::new();
    let mut names = Vec::with_capacity(groups.len());
    for group in groups {
        let page = &pages[group.page];
        let shared = uses
            .get(&page.title.to_lowercase())
            .is_some_and(|pages| pages.len() > 1);
        let mut name = if shared || page.title.is_empty() {
            file_words(&page.file.path)
        } else {
            words(&page.title)
        };
        if group.several {
            if let Some(tail) = group.tail.as_deref().filter(|_| group.method_shared) {
                name = format!("{name} {}", words(tail));
            } else if !group.method_shared {
                name = format!("{name} with {}", group.method.to_lowercase());
            }
        }
        let base = name.clone();
        let mut number = 2;
        while !taken.insert(name.to_lowercase()) {
            name = format!("{base} {number}");
            number += 1;
        }
        names.push(name);
    }
    names
}

/// The words of a title, without punctuation.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The words of a page's file name.
fn file_words(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    words(name.strip_suffix(".md").unwrap_or(name))
}

/// Puts together what the page says about one of its operations.
pub(super) fn assemble(
    page: &Page<'_>,
    group: &Group,
    name: String,
    ids: &[RouteId],
    types: &mut Types,
    diagnostics: &mut Vec<Diagnostic>,
) -> Operation {
    let mut routes: Vec<RouteId> = Vec::new();
    for line in &group.lines {
        let id = ids[line.0];
        if !routes.contains(&id) {
            routes.push(id);
        }
    }
    let outcomes = bodies::outcomes(page, group, types, diagnostics);
    let mut parameters = |rows: &[NamedRow<'_>]| -> Vec<Parameter> {
        rows.iter()
            .map(|row| parameter(page, row, types, diagnostics))
            .collect()
    };
    let path_parameters = parameters(&page.path_parameters);
    let function_parameters = parameters(&page.function_parameters);
    let query_parameters = parameters(&page.query_parameters);
    let headers = parameters(&page.headers);
    let implied = [
        "authorization",
        "content-type",
        "content-length",
        "accept",
        "host",
    ];
    let headers = headers.into_iter().filter(|header| {
        let name = header.name.to_lowercase();
        !implied.contains(&name.as_str()) && is_token(&name)
    });
    let returned = outcomes
        .iter()
        .find(|outcome| outcome.status < 300)
        .map(|outcome| &outcome.content);
    Operation {
        title: title(page, group),
        description: page.description.clone(),
        method: group.method.clone(),
        source: source(page, group.span),
        path_parameters,
        function_parameters,
        query_options: query_options(page, group, returned),
        query_parameters,
        headers: headers.collect(),
        request_body: bodies::request_body(page, group, returned, types, diagnostics),
        permissions: permissions(page),
        examples: Vec::new(),
        name,
        routes,
        outcomes,
    }
}

/// The title of the page, and what the heading of the operation adds to it.
fn title(page: &Page<'_>, group: &Group) -> String {
    let heading = group.title.trim();
    let lower = heading.to_lowercase();
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
    if added.is_empty() || !group.several {
        page.title.clone()
    } else {
        format!("{}: {}", page.title, first_lower(added))
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

fn parameter(
    page: &Page<'_>,
    row: &NamedRow<'_>,
    types: &Types,
    diagnostics: &mut Vec<Diagnostic>,
) -> Parameter {
    Parameter {
        name: row.name.clone(),
        ty: row_type(page, row, types, diagnostics),
        required: row.required == Some(true),
        description: row.description.clone().into_owned(),
        source: source(page, row.span),
    }
}

/// Whether a name can be that of a header (RFC 9110, section 5.6.2).
fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

/// The query options of an operation. A page that supports OData's options without naming them
/// means those that make sense for what comes back; bytes and empty answers take none.
fn query_options(page: &Page<'_>, group: &Group, returned: Option<&Content>) -> Vec<QueryOption> {
    use QueryOption::{Count, Expand, Filter, OrderBy, Search, Select, Skip, Top};
    if group.tail.as_deref() == Some("$value") {
        return Vec::new();
    }
    let mut options = page.query_options.named.clone();
    if page.query_options.any && options.is_empty() {
        options = match returned {
            Some(Content::Value(ty)) if ty.collection => {
                vec![Select, Expand, Filter, OrderBy, Top, Skip, Search, Count]
            }
            Some(Content::Value(_)) => vec![Select, Expand],
            _ => Vec::new(),
        };
    }
    options.sort();
    options
}

fn permissions(page: &Page<'_>) -> Vec<Permission> {
    let sets = page.permissions.iter();
    sets.map(|set| Permission {
        subject: set.subject.clone(),
        kind: set.kind,
        scopes: set.scopes.clone(),
        source: source(page, set.span),
    })
    .collect()
}

/// Tells each route which operations it leads to.
pub(super) fn link_routes(api: &mut Api) {
    for (index, operation) in api.operations.iter().enumerate() {
        for route in &operation.routes {
            api.routes[route.0 as usize]
                .operations
                .push(OperationId(index as u32));
        }
    }
}
