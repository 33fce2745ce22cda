//! Routes that lead to an operation from another place of the same thing, or with other arguments of
//! a function, as examples alone show them.
//!
//! What can be asked of a thing can be asked of it wherever it is found: operations are bound to a
//! type and not to a path (OData URL conventions 4.01, section 4.5). Where `/me/calendar` answers with
//! a calendar just as `/calendars/{id}` does, and `/calendars/{id}/events` is the page's own route,
//! then an example of `/me/calendar/events` shows a route of the same operation. So does one of
//! `/me/calendar/events` where the page's own route is no more than `/calendar/events`.

use std::ops::Range;

use super::function_calls::with_other_arguments;
use super::{FurtherLine, Routes, from_request};
use crate::assemble::examples::targets::Target;
use crate::assemble::findings;
use crate::diagnostic::Diagnostic;
use crate::model::{
    self, Api, Operation, ResourceId, Route, RouteDifference, RouteId, SegmentKind,
};
use crate::page::Page;
use crate::page::route::{RouteLine, parse_target};
use crate::routing::{Places, answered, fits};
use crate::vocabulary::{PathTemplate, Segment};

/// The routes that only examples show, each with the index of its operation.
pub(in crate::assemble) fn find<'a>(
    pages: &[Page<'a>],
    routes: &Routes<'a>,
    api: &Api,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<FurtherLine<'a>> {
    let router = &routes.router;
    let by_page = findings::map(&routes.unmatched, diagnostics, |_, &index, found| {
        let (page, own) = (&pages[index], routes.groups_of(index));
        let targets = &routes.targets[index];
        shown(page, own, targets, Places { router, api }, found)
    });
    by_page.into_iter().flatten().collect()
}

fn shown<'a>(
    page: &Page<'a>,
    own: Range<usize>,
    targets: &[Target<'a>],
    places: Places<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<FurtherLine<'a>> {
    let mut lines: Vec<FurtherLine<'a>> = Vec::new();
    for (request, target) in page.examples.requests.iter().zip(targets) {
        let is_known =
            !target.found.is_empty() && target.difference != Some(RouteDifference::Arguments);
        if is_known || target.leaves(places.api.base_url.as_deref()) {
            continue;
        }
        let Some((method, _)) = request.message.request() else {
            continue;
        };
        let path = target.segments.as_slice();
        let mut before = lines.iter().filter(|(_, line)| line.method == method);
        if before.any(|(_, line)| fits(&line.path.segments, path)) {
            continue;
        }
        let asked = Asked { path, places };
        let Some((operation, other)) = asked.of_page(own.clone(), method) else {
            continue;
        };
        let span = request.message.span;
        found.push(from_request(page, span).with_help(other.help));
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
    path: &'x [&'x str],
    places: Places<'x>,
}

/// A route that leads to an operation too.
struct OtherRoute {
    path: PathTemplate,
    /// Why it is one.
    help: String,
}

impl Asked<'_> {
    /// The route that the path is one of, and the operation of the page that it leads to: one at the
    /// same place, or else that with the longest part of the path that leads to a thing, or else one
    /// that reads what the whole path leads to, or else one with which the path ends.
    fn of_page(&self, own: Range<usize>, method: &str) -> Option<(usize, OtherRoute)> {
        let lengths = (1..self.path.len()).rev();
        let mut lengths = std::iter::once(0).chain(lengths);
        let asked_of_a_thing = lengths.find_map(|length| {
            let of_method = own
                .clone()
                .filter(|&index| self.places.api.operations[index].method == method);
            let mut routes = of_method.flat_map(|index| {
                let routes = self.places.api.operations[index].routes.iter();
                routes.map(move |&route| (index, self.places.api.route(route)))
            });
            routes.find_map(|(index, route)| {
                let operation = &self.places.api.operations[index];
                Some((index, self.like(operation, route, length)?))
            })
        });
        let read = || match method {
            "GET" => self.read(own.clone()),
            _ => None,
        };
        asked_of_a_thing
            .or_else(read)
            .or_else(|| self.ending(own.clone(), method))
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
                "it has other arguments than the route of the page, `{} {}`: write it there as well",
                route.method, route.path
            );
            let path = PathTemplate { segments: rest };
            return Some(OtherRoute { path, help });
        }
        let place = self.places.thing(before)?;
        let own_texts: Vec<String> = own_before.iter().map(Segment::to_string).collect();
        let own_texts: Vec<&str> = own_texts.iter().map(String::as_str).collect();
        let own_place = self.places.thing(&own_texts)?;
        if !self.is(place.ty, own_place.ty) {
            return None;
        }
        let help = format!(
            "`{}` leads to {} too: the route of the page is `{} {}`",
            place.path,
            self.places.api.resource(own_place.ty).name,
            route.method,
            route.path
        );
        let segments = place.segments().into_iter().chain(rest).collect();
        let path = PathTemplate { segments };
        Some(OtherRoute { path, help })
    }

    /// The route of a page that reads a thing, where the path leads to such a thing by the documented
    /// types.
    fn read(&self, mut own: Range<usize>) -> Option<(usize, OtherRoute)> {
        let place = self.places.thing(self.path)?;
        let reads = |&index: &usize| {
            let operation = &self.places.api.operations[index];
            let read = answered(operation).filter(|ty| !ty.collection);
            operation.method == "GET"
                && read
                    .and_then(|ty| ty.kind.resource())
                    .is_some_and(|id| self.is(place.ty, id))
        };
        let index = own.find(reads)?;
        let help = format!(
            "`{}` leads to {} by the documented types",
            place.path,
            self.places.api.resource(place.ty).name
        );
        let path = place.path;
        Some((index, OtherRoute { path, help }))
    }

    /// The route that ends as one of the page does, whose lines begin with what the page is about: `/deck/hatches`,
    /// where the example asks for `/boats/{id}/deck/hatches`.
    fn ending(&self, mut own: Range<usize>, method: &str) -> Option<(usize, OtherRoute)> {
        own.find_map(|index| {
            let operation = &self.places.api.operations[index];
            let mut routes = operation.routes.iter();
            if operation.method != method {
                return None;
            }
            let found = routes.find_map(|&route| self.ends_as(operation, route))?;
            Some((index, found))
        })
    }

    fn ends_as(&self, operation: &Operation, route: RouteId) -> Option<OtherRoute> {
        let route = self.places.api.route(route);
        let own = &route.path.segments;
        let at = self.path.len().checked_sub(own.len())?;
        let (before, behind) = self.path.split_at(at);
        own.first()?.literal().filter(|_| !before.is_empty())?;
        let rest = own.iter().zip(behind);
        let rest = rest.map(|(segment, text)| called(operation, segment, text));
        let rest: Vec<Segment> = rest.collect::<Option<_>>()?;
        let segments = self.leading(before)?.into_iter().chain(rest).collect();
        let help = format!(
            "before the route of the page, `{} {}`, stands `/{}`: write it there as well",
            route.method,
            route.path,
            before.join("/")
        );
        let path = PathTemplate { segments };
        Some(OtherRoute { path, help })
    }

    /// The segments of which the first ones of a path are some: those of other routes, or what can only be names and
    /// placeholders.
    fn leading(&self, before: &[&str]) -> Option<Vec<Segment>> {
        let routes = self.places.api.routes.iter();
        let known = routes.filter_map(|route| {
            let (first, _) = route.path.segments.split_at_checked(before.len())?;
            fits(first, before).then_some(first)
        });
        let names = |first: &&[Segment]| first.iter().filter_map(Segment::literal).count();
        // Of several, the one that is least by chance.
        if let Some(first) = known.rev().max_by_key(names) {
            return Some(first.to_vec());
        }
        let is_plain = |text: &&str| {
            let is_name = text.bytes().all(|byte| byte.is_ascii_alphabetic());
            is_name || text.starts_with('{') && text.ends_with('}')
        };
        let (path, _) = parse_target(&format!("/{}", before.join("/"))).ok()?;
        before.iter().all(is_plain).then_some(path.segments)
    }

    /// Whether a type is another one, or extends it.
    fn is(&self, ty: ResourceId, other: ResourceId) -> bool {
        model::extends(&self.places.api.resources, ty, other)
    }
}

/// The segment of which a text is one: a route's own, or that with other arguments of its function.
fn called(operation: &Operation, segment: &Segment, text: &str) -> Option<Segment> {
    match fits(std::slice::from_ref(segment), &[text]) {
        true => Some(segment.clone()),
        false => with_other_arguments(operation, segment, text),
    }
}
