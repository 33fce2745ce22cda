//! Routes that lead to an operation from another place of the same thing, or with other arguments of
//! a function, as examples alone show them.
//!
//! What can be asked of a thing can be asked of it wherever it is found: operations are bound to a
//! type and not to a path (OData URL conventions 4.01, section 4.5). Where `/me/calendar` answers with
//! a calendar just as `/calendars/{id}` does, and `/calendars/{id}/events` is the page's own route,
//! then an example of `/me/calendar/events` shows a route of the same operation.

use std::ops::Range;

use super::finding;
use super::function_calls::with_other_arguments;
use super::routes::{FurtherLine, Routes};
use super::targets::Target;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Api, Content, Operation, ResourceId, Route, RouteDifference, SegmentKind, TypeKind,
};
use crate::page::Page;
use crate::page::message::Start;
use crate::page::route::{RouteLine, path_segments};
use crate::parallel;
use crate::routing::{Router, fits};
use crate::vocabulary::{PathTemplate, Piece, Segment};

/// The routes that only examples show, each with the index of its operation.
pub(super) fn find<'a>(
    pages: &[Page<'a>],
    routes: &Routes<'a>,
    api: &Api,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<FurtherLine<'a>> {
    let by_page = parallel::map(pages, |index, page| {
        let mut found = Vec::new();
        let own = routes.groups_of(index);
        let targets = &routes.targets[index];
        let lines = shown(page, own, targets, &routes.router, api, &mut found);
        (lines, found)
    });
    let mut lines = Vec::new();
    for (shown, found) in by_page {
        lines.extend(shown);
        diagnostics.extend(found);
    }
    lines
}

fn shown<'a>(
    page: &Page<'a>,
    own: Range<usize>,
    targets: &[Target<'a>],
    router: &Router,
    api: &Api,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<FurtherLine<'a>> {
    let mut lines: Vec<FurtherLine<'a>> = Vec::new();
    for (request, target) in page.examples.requests.iter().zip(targets) {
        let Start::Request { method, .. } = request.message.start else {
            continue;
        };
        let is_known =
            !target.found.is_empty() && target.difference != Some(RouteDifference::Arguments);
        if is_known || target.leaves(api) {
            continue;
        }
        let path = path_segments(target.path);
        let mut before = lines.iter().filter(|(_, line)| line.method == method);
        if before.any(|(_, line)| fits(&line.path.segments, &path)) {
            continue;
        }
        let asked = Asked { path, router, api };
        let Some((operation, other)) = asked.of_page(own.clone(), method) else {
            continue;
        };
        let span = request.message.span;
        let message = "the route is documented by this request alone";
        let note = finding(Code::RouteFromRequest, page, span, message);
        diagnostics.push(note.with_help(other.help));
        let line = RouteLine {
            method,
            path: other.path,
            query: Vec::new(),
            span,
        };
        lines.push((operation, line));
    }
    lines
}

/// A path that takes no route, and what it is held against.
struct Asked<'x> {
    path: Vec<&'x str>,
    router: &'x Router,
    api: &'x Api,
}

/// A route that leads to an operation too.
struct OtherRoute {
    path: PathTemplate,
    /// Why it is one.
    help: String,
}

impl Asked<'_> {
    /// The route that the path is one of, and the operation of the page that it leads to: one at the
    /// same place, or else that with the longest part of the path that leads to a thing.
    fn of_page(&self, own: Range<usize>, method: &str) -> Option<(usize, OtherRoute)> {
        let lengths = (1..self.path.len()).rev();
        std::iter::once(0).chain(lengths).find_map(|length| {
            let of_method = own
                .clone()
                .filter(|&index| self.api.operations[index].method == method);
            let mut routes = of_method.flat_map(|index| {
                let routes = self.api.operations[index].routes.iter();
                routes.map(move |&route| (index, self.api.route(route)))
            });
            routes.find_map(|(index, route)| {
                let operation = &self.api.operations[index];
                Some((index, self.like(operation, route, length)?))
            })
        })
    }

    /// The route that the path is one of, where a route of an operation has the same behind a thing to
    /// which the first segments of the path lead.
    fn like(&self, operation: &Operation, route: &Route, length: usize) -> Option<OtherRoute> {
        let (before, behind) = self.path.split_at(length);
        let at = route.path.segments.len().checked_sub(behind.len())?;
        let (own_before, own_behind) = route.path.segments.split_at(at);
        // What follows a thing by its type has a name.
        if own_behind.first()?.kind == SegmentKind::Key {
            return None;
        }
        let rest = own_behind.iter().zip(behind);
        let rest: Option<Vec<Segment>> = rest
            .map(|(segment, text)| called(operation, segment, text))
            .collect();
        let rest = rest?;
        if before.is_empty() && own_before.is_empty() {
            let help = format!(
                "it has other arguments than the route of the page, `{} {}`",
                route.method, route.path
            );
            let path = PathTemplate { segments: rest };
            return Some(OtherRoute { path, help });
        }
        let place = self.thing(before)?;
        let own_texts: Vec<String> = own_before.iter().map(Segment::to_string).collect();
        let own_texts: Vec<&str> = own_texts.iter().map(String::as_str).collect();
        let own_place = self.thing(&own_texts)?;
        let mut lineage = self.api.lineage(place.ty);
        if !lineage.any(|base| base == own_place.ty) {
            return None;
        }
        let help = format!(
            "`{}` leads to {} too: the route of the page is `{} {}`",
            place.route.path,
            self.api.resource(own_place.ty).name,
            route.method,
            route.path
        );
        let segments = place.segments().into_iter().chain(rest).collect();
        let path = PathTemplate { segments };
        Some(OtherRoute { path, help })
    }

    /// The thing that a path leads to, where a documented route reads it.
    fn thing(&self, path: &[&str]) -> Option<Thing<'_>> {
        let (last, before) = path.split_last()?;
        // Behind a path by name, a colon stands before what is asked of the thing.
        let bare = last
            .strip_suffix(':')
            .map(|last| [before, &[last]].concat());
        let by_name = bare.and_then(|path| self.read_at(&path, true));
        by_name.or_else(|| self.read_at(path, false))
    }

    fn read_at(&self, path: &[&str], colon: bool) -> Option<Thing<'_>> {
        let candidate = self.router.candidates("GET", path).into_iter().next()?;
        let route = self.api.route(candidate.route);
        let by_name = route.path.segments.last()?.kind == SegmentKind::ColonPath;
        let ty = single_answer(self.api, route)?;
        (by_name || !colon).then_some(Thing { route, ty, colon })
    }
}

/// What a documented route leads to.
struct Thing<'x> {
    route: &'x Route,
    ty: ResourceId,
    /// Whether a colon stands behind it.
    colon: bool,
}

impl Thing<'_> {
    /// The segments of a path before what is asked of the thing.
    fn segments(&self) -> Vec<Segment> {
        let mut segments = self.route.path.segments.clone();
        if let Some(last) = segments.last_mut().filter(|_| self.colon) {
            last.pieces.push(Piece::Literal(":".to_owned()));
        }
        segments
    }
}

/// The type of the one thing that a route answers with, whichever of its operations one asks.
fn single_answer(api: &Api, route: &Route) -> Option<ResourceId> {
    let mut types = route.operations.iter().map(|&operation| {
        let mut outcomes = api.operation(operation).outcomes.iter();
        let success = outcomes.find(|outcome| outcome.status < 300)?;
        match success.content {
            Content::Value(ty) if !ty.collection => match ty.kind {
                TypeKind::Resource(id) => Some(id),
                _ => None,
            },
            _ => None,
        }
    });
    let first = types.next()??;
    types.all(|ty| ty == Some(first)).then_some(first)
}

/// The segment of which a text is one: a route's own, or that with other arguments of its function.
fn called(operation: &Operation, segment: &Segment, text: &str) -> Option<Segment> {
    match fits(std::slice::from_ref(segment), &[text]) {
        true => Some(segment.clone()),
        false => with_other_arguments(operation, segment, text),
    }
}
