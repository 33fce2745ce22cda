//! Groups of route lines: which lines of a page are one operation.

use std::borrow::Cow;
use std::ops::Range;
use std::slice;

use foldhash::{HashMap, HashMapExt as _};
use memchr::{memchr, memrchr};

use super::asides::{Aside, asides};
use super::tree::{LineId, MergedLines, RouteTree};
use super::{from_request, function_arguments, function_calls, signed_in};
use crate::assemble::examples::targets::Target;
use crate::assemble::findings::{self, OfPage};
use crate::assemble::operations;
use crate::diagnostic::Diagnostic;
use crate::model::{RouteId, split_name};
use crate::nearness::nearest;
use crate::page::Page;
use crate::page::annotation::BlockType;
use crate::page::example::ExampleMessage;
use crate::page::route::base_path::BasePath;
use crate::page::route::{RouteLine, parse_target, path_segments};
use crate::routing::fits;
use crate::source::Span;
use crate::vocabulary::{Segment, SegmentKind, split_query};

/// The route lines of a page that are one operation.
#[derive(Debug)]
pub(in crate::assemble) struct Group {
    /// The page.
    pub(in crate::assemble) page: usize,
    /// The method.
    pub(in crate::assemble) method: String,
    /// OData's own segment that the paths end in, such as `$value`.
    pub(in crate::assemble) tail: Option<String>,
    /// Whether all paths end in the key of one thing.
    pub(in crate::assemble) of_one: bool,
    /// What the paths lead to, where others of the page lead to a thing and these to what is around or in it.
    pub(in crate::assemble) aside: Option<Aside>,
    /// The heading above its first line.
    pub(in crate::assemble) title: String,
    /// Whether the page has other operations.
    pub(in crate::assemble) several: bool,
    /// Whether another one has the same method.
    pub(in crate::assemble) method_shared: bool,
    /// Whether another one of the method leads to the collection of which this one takes one.
    pub(in crate::assemble) beside_collection: bool,
    /// The first of its lines.
    pub(in crate::assemble) span: Span,
    /// Its lines.
    pub(super) lines: Vec<LineId>,
    /// The names of the options that the query strings of its lines show.
    pub(in crate::assemble) options: Vec<String>,
    /// What the examples of its lines are answered with, where they tell.
    answer: Option<Answer>,
    /// What it is called, where only its answer tells it from another one of its page.
    pub(in crate::assemble) name: Option<String>,
    /// The parts of the page that are about it, where the page has one that only its answer tells apart.
    parts: Option<Vec<Range<u32>>>,
    /// The example requests of the page that show it, in their order.
    pub(in crate::assemble) requests: Vec<usize>,
}

/// What an example is answered with, as far as it tells operations apart.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    /// A value of a type, by its short name in lower case.
    Value { name: String, many: bool },
    /// The way to another place.
    Redirect,
}

/// The route lines of all pages in groups. Lines of one method are one operation, unless they end in
/// different segments of OData's own: `/photo` and `/photo/$value` are two; or unless one goes on behind another,
/// as `/kites/{id}` does behind `/kites`; or unless requests document
/// them, and their answers differ: a page may go on to what can be done with the thing that it got.
pub(super) fn groups<'a>(
    pages: &[Page<'a>],
    base: &BasePath,
    tree: &mut RouteTree<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Group> {
    let named = function_calls::named(pages);
    let by_page = findings::map(pages, diagnostics, |_, page, found| {
        lines(pages, page, base, &named, found)
    });
    // Few pages have several operations.
    let mut groups = Vec::with_capacity(pages.len());
    tree.reserve(by_page.iter().map(Vec::len).sum());
    for (page, lines) in pages.iter().zip(by_page) {
        groups.extend(group(page, base, lines, tree));
    }
    groups
}

/// A route line, and the heading above it.
pub(super) type TitledLine<'p, 'a> = (&'p str, Cow<'p, RouteLine<'a>>);

/// The route lines of a page, and those that only its examples show.
fn lines<'p, 'a>(
    pages: &[Page<'_>],
    page: &'p Page<'a>,
    base: &BasePath,
    named: &HashMap<String, &Segment>,
    found: &mut Vec<Diagnostic>,
) -> Vec<TitledLine<'p, 'a>> {
    let mut requested = requested_routes(page, base, found);
    requested.extend(signed_in::routes(page, base, found));
    let requested = requested.into_iter().map(|(title, line)| {
        let line = function_calls::as_elsewhere(pages, line);
        (title, Cow::Owned(line))
    });
    let documented = page.routes.iter().flat_map(|block| {
        let lines = block.lines.iter();
        lines.map(|line| (&*block.title, Cow::Borrowed(line)))
    });
    let lines = documented.chain(requested);
    let calls = function_calls::shown(page);
    let mut of = OfPage { page, found };
    lines
        .map(|(title, line)| {
            let line = function_calls::complete(&mut of, &calls, named, line);
            (title, function_arguments::mend(&mut of, &calls, line))
        })
        .collect()
}

fn group<'a>(
    page: &Page<'a>,
    base: &BasePath,
    lines: Vec<TitledLine<'_, 'a>>,
    tree: &mut RouteTree<'a>,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // A third of all pages are about no operation.
    if lines.is_empty() {
        return groups;
    }
    let mut places: Vec<(u32, usize)> = Vec::with_capacity(lines.len());
    let requests = lines.iter().map(|(_, line)| request_of(page, line));
    let requests: Vec<Option<usize>> = requests.collect();
    // Lines that are not documented by requests are told apart by themselves alone.
    let may_differ = requests.iter().any(Option::is_some);
    let paths = match may_differ {
        true => requested_paths(page, base),
        false => Vec::new(),
    };
    let ids = lines.iter().map(|(_, line)| tree.add(page, line));
    let ids: Vec<LineId> = ids.collect();
    let asides = asides(page, &lines, &ids, tree);
    let lines = lines.into_iter().zip(ids).zip(asides);
    let mut by_kind: HashMap<_, Vec<usize>> = HashMap::new();
    for ((((title, line), id), aside), request) in lines.zip(requests) {
        let tail = tail(&line);
        let shown = request.or_else(|| first_of(&paths, &line));
        let answer = shown.and_then(|request| answer(page, request));
        let kind = (line.method, tail.clone(), aside.clone());
        let alike = by_kind.entry(kind).or_default();
        let apart = !alike.is_empty();
        let agrees = |index: &usize| match (&groups[*index].answer, &answer) {
            (Some(known), Some(answer)) => request.is_none() || known == answer,
            _ => true,
        };
        let known = alike.iter().copied().find(agrees);
        let index = known.unwrap_or_else(|| {
            let name = apart.then(|| operations::names::apart(page, title, last_name(&line)));
            groups.push(Group {
                tail,
                aside,
                name,
                ..Group::new(page, title, &line)
            });
            alike.push(groups.len() - 1);
            groups.len() - 1
        });
        groups[index].add(&line, id, answer);
        places.push((line.span.start, index));
    }
    if groups.len() > 1 {
        tell_of_others(&mut groups);
    }
    if groups.iter().any(|group| group.name.is_some()) {
        divide(&mut groups, places);
    }
    groups
}

/// Tells each of several operations of a page what it has beside it.
fn tell_of_others(groups: &mut [Group]) {
    // How many there are of each method, and whether one of them leads to a collection.
    let mut methods: HashMap<String, (usize, bool)> = HashMap::new();
    for group in &*groups {
        let (count, has_collection) = methods.entry(group.method.clone()).or_default();
        *count += 1;
        *has_collection |= matches!(group.aside, Some(Aside::Collection(_)));
    }
    for group in groups {
        let (count, has_collection) = methods[&group.method];
        group.several = true;
        group.method_shared = count > 1;
        group.beside_collection = group.aside.is_none() && has_collection;
    }
}

/// Gives each operation the parts of the page that are about it: from each of its lines to the next one
/// of another operation. What stands before all of them is about the first.
fn divide(groups: &mut [Group], mut places: Vec<(u32, usize)>) {
    places.sort_unstable();
    let ends = places.iter().skip(1).map(|&(start, _)| start);
    let ends: Vec<u32> = ends.chain([u32::MAX]).collect();
    for (at, (&(start, index), end)) in places.iter().zip(ends).enumerate() {
        let start = if at == 0 { 0 } else { start };
        groups[index].parts.get_or_insert_default().push(start..end);
    }
}

/// The example request by which a line is documented.
fn request_of(page: &Page<'_>, line: &RouteLine<'_>) -> Option<usize> {
    let mut requests = page.examples.requests.iter();
    requests.position(|request| {
        let span = request.message.span;
        span.start <= line.span.start && line.span.end <= span.end
    })
}

/// The method and the path of each example request; `None` where its target is no path alone.
fn requested_paths<'p>(
    page: &'p Page<'_>,
    base: &BasePath,
) -> Vec<Option<(&'p str, Vec<&'p str>)>> {
    let requests = page.examples.requests.iter();
    let paths = requests.map(|request| {
        let written = request.message.request();
        let (method, target) = written.filter(|(_, target)| target.starts_with('/'))?;
        let (path, _) = split_query(base.behind(target));
        Some((method, path_segments(path.trim_end())))
    });
    paths.collect()
}

/// The first example request of a line.
fn first_of(paths: &[Option<(&str, Vec<&str>)>], line: &RouteLine<'_>) -> Option<usize> {
    paths.iter().position(|path| {
        let path = path.as_ref();
        path.is_some_and(|(method, path)| *method == line.method && fits(&line.path.segments, path))
    })
}

/// What a request is answered with.
fn answer(page: &Page<'_>, request: usize) -> Option<Answer> {
    let mut exchanges = page.examples.exchanges.iter();
    let exchange = exchanges.find(|exchange| exchange.request == request)?;
    let response = &page.examples.responses[exchange.response?];
    let annotation = response.annotation.as_ref()?;
    if let Some(name) = &annotation.ty {
        return Some(Answer::Value {
            name: split_name(name).1.to_lowercase(),
            many: annotation.collection == Some(true) || response.is_collection(),
        });
    }
    matches!(response.message.status(), Some(300..400)).then_some(Answer::Redirect)
}

/// Routes that only example requests document, with the heading above them: those to a path without
/// a host, which some pages show in place of route lines. Requests that are not annotated are such
/// where they show a parameter and the page has no route lines, but another request that is annotated:
/// what has neither is no reference of an operation.
fn requested_routes<'p, 'a>(
    page: &'p Page<'a>,
    base: &BasePath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(&'p str, RouteLine<'a>)> {
    let mut requested: Vec<(&str, RouteLine<'a>)> = Vec::new();
    let mut requests = page.examples.requests.iter();
    let in_place_of_lines = page.routes.is_empty()
        && requests.any(|request| request.block_type() == Some(BlockType::Request));
    for request in &page.examples.requests {
        let Some((method, target)) = request.message.request() else {
            continue;
        };
        let is_route = match request.block_type() {
            // What checkers are to leave alone is mostly a block of routes.
            Some(BlockType::Ignored) => in_place_of_lines,
            Some(kind) => kind == BlockType::Request,
            None => in_place_of_lines && target.contains('{'),
        };
        if !is_route || !target.starts_with('/') {
            continue;
        }
        let target = base.behind(target);
        let (path, _) = split_query(target);
        let segments = path_segments(path.trim_end());
        if names_a_file(&segments) {
            continue;
        }
        let is_it = |line: &RouteLine<'_>| {
            line.method == method
                && (fits(&line.path.segments, &segments) || is_slip(&line.path.segments, &segments))
        };
        if page.route_lines().any(is_it) || requested.iter().any(|(_, line)| is_it(line)) {
            continue;
        }
        if let Ok((path, query)) = parse_target(target) {
            let span = request.message.span;
            diagnostics.push(from_request(page, span));
            let line = RouteLine {
                method,
                path,
                query,
                span,
            };
            requested.push((&request.title, line));
        }
    }
    requested
}

/// Whether a path has a file by name between its colons, which is an example of one and no part of a route:
/// the first colon opens what stands between them, and the next one closes it.
fn names_a_file(segments: &[&str]) -> bool {
    let mut is_open = false;
    segments.iter().any(|segment| {
        let is_name = is_open && !segment.starts_with('{');
        is_open ^= segment.ends_with(':');
        is_name
    })
}

/// Whether a request is that of a route but for a slip in a name, which is reported where requests are
/// matched to routes, and makes no route of its own.
fn is_slip(template: &[Segment], segments: &[&str]) -> bool {
    let differ = |(own, text): &(&Segment, &&str)| !fits(slice::from_ref(*own), &[**text]);
    let pairs = template.iter().zip(segments);
    let mut differing = pairs.filter(differ);
    template.len() == segments.len()
        && differing.all(|(own, text)| {
            let name = own.literal();
            name.is_some_and(|name| nearest(text, [name]).is_some())
        })
}

/// Whether the path of a line ends in the key of one thing.
fn of_one(line: &RouteLine<'_>) -> bool {
    let last = line.path.segments.last();
    last.is_some_and(|last| matches!(last.kind, SegmentKind::Key | SegmentKind::Item))
}

/// The last name in the path of a line.
fn last_name<'l>(line: &'l RouteLine<'_>) -> &'l str {
    let mut segments = line.path.segments.iter().rev();
    segments.find_map(Segment::literal).unwrap_or_default()
}

fn tail(line: &RouteLine<'_>) -> Option<String> {
    let last = line.path.segments.last()?;
    (last.kind == SegmentKind::System).then(|| last.to_string().to_lowercase())
}

impl Group {
    /// A group of what has the method of a line, without any.
    fn new(page: &Page<'_>, title: &str, first: &RouteLine<'_>) -> Self {
        Self {
            page: page.id.0 as usize,
            method: first.method.to_owned(),
            tail: None,
            of_one: true,
            aside: None,
            title: title.to_owned(),
            several: false,
            method_shared: false,
            beside_collection: false,
            span: first.span,
            lines: Vec::new(),
            options: Vec::new(),
            answer: None,
            name: None,
            parts: None,
            requests: Vec::new(),
        }
    }

    /// Adds a line, and what its example is answered with.
    fn add(&mut self, line: &RouteLine<'_>, id: LineId, answer: Option<Answer>) {
        self.lines.push(id);
        let options = line.query.iter().map(|option| option.name.to_owned());
        self.options.extend(options);
        self.of_one &= of_one(line);
        self.answer = self.answer.take().or(answer);
    }

    /// Whether a place of the page is about this operation.
    pub(in crate::assemble) fn is_about(&self, place: Span) -> bool {
        let mut parts = self.parts.iter().flatten();
        self.parts.is_none() || parts.any(|part| part.contains(&place.start))
    }

    /// The first example request of its page that shows it.
    pub(in crate::assemble) fn example<'p>(
        &self,
        page: &'p Page<'p>,
    ) -> Option<&'p ExampleMessage<'p>> {
        let first = self.requests.first();
        first.map(|&request| &page.examples.requests[request])
    }

    /// Whether an example request is one of this operation, as far as its method and the segment
    /// of OData's own at its end tell.
    pub(in crate::assemble) fn is_shown_by(&self, request: &ExampleMessage<'_>) -> bool {
        let Some((method, target)) = request.message.request() else {
            return false;
        };
        if method != self.method {
            return false;
        }
        let end = memchr(b'?', target.as_bytes()).unwrap_or(target.len());
        let path = target[..end].trim_end_matches('/');
        let start = memrchr(b'/', path.as_bytes()).map_or(0, |at| at + 1);
        let is_last = |segment: &str| path[start..].eq_ignore_ascii_case(segment);
        match &self.tail {
            Some(tail) => is_last(tail),
            None => !["$value", "$count", "$ref"].into_iter().any(is_last),
        }
    }
}

/// Gives the groups of a page the example requests that show them: of several that a request may show, the
/// first whose route it takes, or else the first. `leaves` says which go to another host, and show none.
pub(super) fn assign(
    page: &Page<'_>,
    groups: &mut [Group],
    merged: &MergedLines,
    targets: &[Target<'_>],
    leaves: impl Fn(usize) -> bool,
) {
    let mut by_route: HashMap<RouteId, Vec<usize>> = HashMap::new();
    // One alone is shown by all that are about its method.
    if groups.len() > 1 && !targets.is_empty() {
        for (index, group) in groups.iter().enumerate() {
            for line in &group.lines {
                by_route.entry(merged.ids[line.0]).or_default().push(index);
            }
        }
    }
    for (index, request) in page.examples.requests.iter().enumerate() {
        if leaves(index) {
            continue;
        }
        let found = targets[index].found.iter();
        let on_route = found.filter_map(|candidate| by_route.get(&candidate.route));
        let on_route = on_route.flatten().copied();
        let taken = on_route.filter(|&group| groups[group].is_shown_by(request));
        let first = || groups.iter().position(|group| group.is_shown_by(request));
        if let Some(group) = taken.min().or_else(first) {
            groups[group].requests.push(index);
        }
    }
}

/// The groups of a page.
pub(in crate::assemble) fn groups_of(groups: &[Group], page: usize) -> Range<usize> {
    let start = groups.partition_point(|group| group.page < page);
    let end = groups.partition_point(|group| group.page <= page);
    start..end
}
