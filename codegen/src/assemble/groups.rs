//! Groups of route lines: which lines of a page are one operation, and what it is called.

use std::borrow::Cow;
use std::slice;

use foldhash::{HashMap, HashSet};
use memchr::{memchr, memrchr};

use super::finding;
use super::route_tree::{LineId, RouteTree};
use super::signed_in;
use super::{function_arguments, function_calls};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::Page;
use crate::page::annotation::BlockType;
use crate::page::example::ExampleMessage;
use crate::page::message::Start;
use crate::page::route::{RouteLine, behind_version, parse_target, path_segments};
use crate::parallel;
use crate::routing::fits;
use crate::source::Span;
use crate::vocabulary::{Segment, SegmentKind, split_query};
use crate::words::{file_stem, lower, nearest};

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
    pub(super) several: bool,
    /// Whether another one has the same method.
    method_shared: bool,
    /// The first of its lines.
    pub(super) span: Span,
    /// Its lines.
    pub(super) lines: Vec<LineId>,
}

/// The route lines of all pages in groups. Lines of one method are one operation, unless they end in
/// different segments of OData's own: `/photo` and `/photo/$value` are two.
pub(super) fn groups<'a>(
    pages: &[Page<'a>],
    tree: &mut RouteTree<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Group> {
    let by_page = parallel::map(pages, |_, page| {
        let mut found = Vec::new();
        (lines(page, &mut found), found)
    });
    let mut groups = Vec::new();
    for (page, (lines, found)) in pages.iter().zip(by_page) {
        groups.extend(group(page, lines, tree));
        diagnostics.extend(found);
    }
    groups
}

/// A route line, and the heading above it.
type TitledLine<'p, 'a> = (&'p str, Cow<'p, RouteLine<'a>>);

/// The route lines of a page, and those that only its examples show.
fn lines<'p, 'a>(page: &'p Page<'a>, diagnostics: &mut Vec<Diagnostic>) -> Vec<TitledLine<'p, 'a>> {
    let mut requested = requested_routes(page, diagnostics);
    requested.extend(signed_in::routes(page, diagnostics));
    let requested = requested.into_iter();
    let requested = requested.map(|(title, line)| (title, Cow::Owned(line)));
    let documented = page.routes.iter().flat_map(|block| {
        let lines = block.lines.iter();
        lines.map(|line| (&*block.title, Cow::Borrowed(line)))
    });
    let lines = documented.chain(requested);
    let calls = function_calls::shown(page);
    lines
        .map(|(title, line)| {
            let line = function_calls::complete(page, &calls, line, diagnostics);
            (
                title,
                function_arguments::mend(page, &calls, line, diagnostics),
            )
        })
        .collect()
}

fn group<'a>(
    page: &Page<'a>,
    lines: Vec<TitledLine<'_, 'a>>,
    tree: &mut RouteTree<'a>,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (title, line) in lines {
        let id = tree.add(page, &line);
        let tail = tail(&line);
        let same = |group: &&mut Group| group.method == line.method && group.tail == tail;
        match groups.iter_mut().find(same) {
            Some(group) => group.lines.push(id),
            None => groups.push(Group {
                page: page.id.0 as usize,
                method: line.method.to_owned(),
                tail,
                title: title.to_owned(),
                several: false,
                method_shared: false,
                span: line.span,
                lines: vec![id],
            }),
        }
    }
    if groups.len() > 1 {
        let methods: Vec<_> = groups.iter().map(|group| group.method.clone()).collect();
        for group in &mut groups {
            group.several = true;
            let same = methods.iter().filter(|method| **method == group.method);
            group.method_shared = same.count() > 1;
        }
    }
    groups
}

/// Routes that only example requests document, with the heading above them: those to a path without
/// a host, which some pages show in place of route lines. Requests that are not annotated are such
/// where they show a parameter and the page has no route lines, but another request that is annotated:
/// what has neither is no reference of an operation.
fn requested_routes<'p, 'a>(
    page: &'p Page<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(&'p str, RouteLine<'a>)> {
    let mut requested: Vec<(&str, RouteLine<'a>)> = Vec::new();
    let kind = |request: &ExampleMessage<'_>| request.annotation.as_ref().map(|it| it.kind);
    let mut kinds = page.examples.requests.iter().map(kind);
    let in_place_of_lines =
        page.routes.is_empty() && kinds.any(|kind| kind == Some(BlockType::Request));
    for request in &page.examples.requests {
        let Start::Request { method, target } = request.message.start else {
            continue;
        };
        let is_route = match kind(request) {
            // What checkers are to leave alone is mostly a block of routes.
            Some(BlockType::Ignored) => in_place_of_lines,
            Some(kind) => kind == BlockType::Request,
            None => in_place_of_lines && target.contains('{'),
        };
        if !is_route || !target.starts_with('/') {
            continue;
        }
        let target = behind_version(target);
        let (path, _) = split_query(target);
        let segments = path_segments(path.trim_end());
        // A file by name is an example of one, and no part of a route.
        let mut pairs = segments.windows(2);
        if pairs.any(|pair| pair[0].ends_with(':') && !pair[1].starts_with('{')) {
            continue;
        }
        let documented = page.routes.iter().flat_map(|block| &block.lines);
        let mut lines = documented.chain(requested.iter().map(|(_, line)| line));
        let known = |line: &RouteLine<'_>| {
            line.method == method
                && (fits(&line.path.segments, &segments) || is_slip(&line.path.segments, &segments))
        };
        if lines.any(known) {
            continue;
        }
        if let Ok((path, query)) = parse_target(target) {
            let span = request.message.span;
            let message = "the route is documented by this request alone";
            diagnostics.push(finding(Code::RouteFromRequest, page, span, message));
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

fn tail(line: &RouteLine<'_>) -> Option<String> {
    let last = line.path.segments.last()?;
    (last.kind == SegmentKind::System).then(|| last.to_string().to_lowercase())
}

impl Group {
    /// Whether an example request is one of this operation, as far as its method and the segment
    /// of OData's own at its end tell.
    pub(super) fn is_shown_by(&self, request: &ExampleMessage<'_>) -> bool {
        let Start::Request { method, target } = request.message.start else {
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

/// A name in words for each group: the title of its page, made unique by the page's file name where
/// several pages have one title, and by what differs where one page has several operations.
pub(super) fn names(pages: &[Page<'_>], groups: &[Group]) -> Vec<String> {
    // The first page with each title, and whether others have it too.
    let mut uses: HashMap<Cow<'_, str>, (usize, bool)> = HashMap::default();
    for group in groups {
        let title = lower(&pages[group.page].title);
        let (first, shared) = uses.entry(title).or_insert((group.page, false));
        *shared |= *first != group.page;
    }
    let mut taken = HashSet::default();
    let mut names = Vec::with_capacity(groups.len());
    for group in groups {
        let page = &pages[group.page];
        let shared = uses.get(&lower(&page.title));
        let shared = shared.is_some_and(|&(_, shared)| shared);
        let mut name = if shared || page.title.is_empty() {
            words(file_stem(&page.file.path))
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
    let mut words = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if !words.is_empty() && !word.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}
