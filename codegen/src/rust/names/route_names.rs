//! The names of routes: `GetUserPhoto` for `GET /users/{user-id}/photo`.

use std::iter;

use super::{Case, Ident, Scope};
use crate::model::{PathTemplate, Route, SegmentKind, Source};
use crate::rust::tree::nodes::is_key;
use crate::rust::tree::path_names::{overload, words};
use crate::text::lower;
use crate::words::singular;

/// Names for the variant of a route, the best first. A collection with a key behind it is named in
/// the singular; keys have no name of their own, and functions not those of their arguments, unless
/// two routes are told apart by nothing else.
pub(in crate::rust) fn variants(route: &Route) -> impl Iterator<Item = String> {
    let names: [fn(&Route) -> String; 2] = [short, full];
    let names = names.into_iter().map(|name| name(route));
    names.chain(iter::once_with(|| overloaded(route)).flatten())
}

/// Where a route stands among those that get their names one after the other: of the calls of one function,
/// the first that the pages write has its name alone.
pub(in crate::rust) fn turn(route: &Route) -> Option<Source> {
    let mut segments = route.path.segments.iter();
    let is_call = segments.any(|segment| overload(segment).is_some());
    route.sources.first().copied().filter(|_| is_call)
}

fn short(route: &Route) -> String {
    let segments = &route.path.segments;
    // Few segments have longer names.
    let mut name = String::with_capacity(20 * (segments.len() + 1));
    name.push_str(&lower(&route.method));
    for (index, segment) in segments.iter().enumerate() {
        if is_key(segment) && (index > 0 || segments.len() > 1) {
            continue;
        }
        let said = words(segment);
        let keyed = segments.get(index + 1).is_some_and(is_key);
        let picks = match segment.kind {
            SegmentKind::Name => keyed,
            kind => kind == SegmentKind::Item,
        };
        name.push(' ');
        match picks {
            true => name.push_str(&singular(&said)),
            false => name.push_str(&said),
        }
    }
    name
}

fn full(route: &Route) -> String {
    let mut name = route.method.to_lowercase();
    for segment in &route.path.segments {
        name.push(' ');
        name.push_str(&words(segment));
        if is_key(segment) {
            name.push_str(" key");
        }
    }
    name
}

/// The short name with what tells calls of its functions apart.
fn overloaded(route: &Route) -> Option<String> {
    let overloads: Vec<String> = route.path.segments.iter().filter_map(overload).collect();
    (!overloads.is_empty()).then(|| format!("{} {}", short(route), overloads.join(" ")))
}

/// The fields of a route's variant: one for each parameter of its path.
pub(in crate::rust) fn fields(path: &PathTemplate) -> Vec<Ident> {
    let mut scope = Scope::new(Case::Snake, &[]);
    let parameters = path.parameters();
    parameters.map(|it| scope.claim([&it.name]).ident).collect()
}
