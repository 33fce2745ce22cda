//! The names of routes: `GetUserPhoto` for `GET /users/{user-id}/photo`.

use super::names::{Case, Ident, Scope};
use super::tree::is_key;
use super::tree_names::{overload, words};
use crate::model::{PathTemplate, Route, Segment, SegmentKind};
use crate::words::singular;

/// Names for the variant of a route, the best first. A collection with a key behind it is named in
/// the singular; keys have no name of their own, and functions not those of their arguments, unless
/// two routes are told apart by nothing else.
pub(super) fn variants(route: &Route) -> Vec<String> {
    let segments = &route.path.segments;
    let mut short = vec![route.method.to_lowercase()];
    let mut full = short.clone();
    for (index, segment) in segments.iter().enumerate() {
        let said = words(segment);
        full.push(match is_key(segment) {
            true => format!("{said} key"),
            false => said.clone(),
        });
        if is_key(segment) && (index > 0 || segments.len() > 1) {
            continue;
        }
        let keyed = segments.get(index + 1).is_some_and(is_key);
        short.push(match keyed && is_collection(segment) {
            true => singular(&said),
            false => said,
        });
    }
    let short = short.join(" ");
    let overloads: Vec<String> = segments.iter().filter_map(overload).collect();
    let called = (!overloads.is_empty()).then(|| format!("{short} {}", overloads.join(" ")));
    let mut names = vec![short, full.join(" ")];
    names.extend(called);
    names
}

/// The fields of a route's variant: one for each parameter of its path.
pub(super) fn fields(path: &PathTemplate) -> Vec<Ident> {
    let mut scope = Scope::new(Case::Snake, &[]);
    let parameters = path.parameters();
    parameters
        .map(|it| scope.claim(&[&it.name]).ident)
        .collect()
}

fn is_collection(segment: &Segment) -> bool {
    segment.kind == SegmentKind::Name
}
