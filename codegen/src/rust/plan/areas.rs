//! Areas: the parts of an API by the first segment of their paths.
//!
//! A crate that is split has a Cargo feature for each area. One that is not is a single area that
//! is always there, so that everything else is made in one way.

use std::collections::BTreeMap;

use crate::digest::Digester;
use crate::model::{Api, PathTemplate, Piece, Route, RouteId, Segment};
use crate::rust::CrateAreas;
use crate::rust::names::{Case, Ident, MODULES_IN_USE, Scope, file_name, single};
use crate::rust::tree::path_names::words;

/// The features that a generated crate has or may get beside those of its areas.
const FEATURES_IN_USE: &[&str] = &[
    "azure", "blocking", "default", "full", "gzip", "mock", "reqwest", "routes", "testing",
    "tracing",
];

/// What the files of routes name beside areas.
const TYPES_IN_USE: &[&str] = &["Option", "Route", "Self", "Some", "String"];

/// The index of an area in [`Areas::list`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rust) struct AreaId(pub(in crate::rust) usize);

/// The areas of an API.
#[derive(Debug)]
pub(in crate::rust) struct Areas {
    /// The areas by name; behind them the one of paths that begin with a value.
    pub(in crate::rust) list: Vec<Area>,
    kind: CrateAreas,
    of_key: BTreeMap<Key, AreaId>,
    of_route: Vec<AreaId>,
}

/// A part of an API.
#[derive(Debug)]
pub(in crate::rust) struct Area {
    /// The segment that its paths begin with; empty where they begin with a value.
    pub(in crate::rust) segment: String,
    /// Its Cargo feature.
    pub(in crate::rust) feature: String,
    /// The module with its routes, and the folder of its operations.
    pub(in crate::rust) module: Ident,
    /// Its variant in the enum of all routes.
    pub(in crate::rust) variant: Ident,
    /// The enum of its routes.
    pub(in crate::rust) routes: Ident,
}

/// What tells areas apart: whether paths begin with a value, and else their first word, in lower
/// case. Routes are looked for area by area, and text goes before values.
type Key = (bool, String);

impl Areas {
    /// The areas of an API's routes.
    pub(in crate::rust) fn new(api: &Api, kind: CrateAreas) -> Self {
        if kind == CrateAreas::One {
            return Self {
                list: vec![Area {
                    segment: String::new(),
                    feature: String::new(),
                    module: single(Case::Module, "routes"),
                    variant: single(Case::Camel, "Route"),
                    routes: single(Case::Camel, "Route"),
                }],
                kind,
                of_key: BTreeMap::new(),
                of_route: vec![AreaId(0); api.routes.len()],
            };
        }
        let mut segments = BTreeMap::new();
        for route in &api.routes {
            let first = route.path.segments.first();
            let spelling = || first.map(words).unwrap_or_default().into_owned();
            segments.entry(key(first)).or_insert_with(spelling);
        }
        // The folders of areas are in one of this name, and so may not have it.
        let folder: &[&str] = &["operations"];
        let in_use = [FEATURES_IN_USE, MODULES_IN_USE, folder].concat();
        let mut features = Scope::new(Case::Module, &in_use);
        let mut variants = Scope::new(Case::Camel, &["Self"]);
        let mut types = Scope::new(Case::Camel, TYPES_IN_USE);
        let (mut list, mut of_key) = (Vec::new(), BTreeMap::new());
        for (key, spelling) in segments {
            let (segment, name) = match key.0 {
                true => (String::new(), "root".to_owned()),
                false => (spelling.clone(), spelling),
            };
            of_key.insert(key, AreaId(list.len()));
            let module = features
                .claim(&[name.clone(), format!("{name} area")])
                .ident;
            list.push(Area {
                segment,
                // Words have single underscores between them, so that no two become one.
                feature: file_name(&module).replace('_', "-"),
                module,
                variant: variants.claim([&name]).ident,
                routes: types.claim(&[format!("{name} route")]).ident,
            });
        }
        let mut areas = Self {
            list,
            kind,
            of_key,
            of_route: Vec::new(),
        };
        let routes = api.routes.iter();
        areas.of_route = routes.map(|route| areas.of_path(&route.path)).collect();
        areas
    }

    /// Whether there is a file of routes for each area, and a folder of operations.
    pub(in crate::rust) fn is_split(&self) -> bool {
        self.kind != CrateAreas::One
    }

    /// Whether what an area does not need is not compiled with its feature alone.
    pub(in crate::rust) fn is_gated(&self) -> bool {
        self.kind == CrateAreas::Features
    }

    /// The area of paths that begin with a segment.
    pub(in crate::rust) fn of_segment(&self, first: Option<&Segment>) -> AreaId {
        let found = self.of_key.get(&key(first)).copied();
        found.unwrap_or(AreaId(0))
    }

    /// The area of a route.
    pub(in crate::rust) fn of_route(&self, id: RouteId) -> AreaId {
        self.of_route[id.0 as usize]
    }

    /// The area of a path.
    pub(in crate::rust) fn of_path(&self, path: &PathTemplate) -> AreaId {
        self.of_segment(path.segments.first())
    }

    /// Adds all that files other than those of routes can ask.
    pub(in crate::rust) fn digest(&self, into: &mut Digester) {
        let Self {
            list,
            kind,
            of_key,
            of_route: _,
        } = self;
        into.text(format_args!("{list:?} {kind:?} {of_key:?}"));
    }

    /// The area with this id.
    pub(in crate::rust) fn get(&self, id: AreaId) -> &Area {
        &self.list[id.0]
    }

    /// All areas with their ids.
    pub(in crate::rust) fn iter(&self) -> impl Iterator<Item = (AreaId, &Area)> {
        self.list
            .iter()
            .enumerate()
            .map(|(index, area)| (AreaId(index), area))
    }

    /// The routes of an area, in the order of the model.
    pub(in crate::rust) fn routes<'a>(
        &self,
        api: &'a Api,
        area: AreaId,
    ) -> impl Iterator<Item = (RouteId, &'a Route)> {
        let routes = api.route_ids().zip(&api.routes).zip(&self.of_route);
        routes
            .filter(move |(_, of)| **of == area)
            .map(|(route, _)| route)
    }
}

fn key(first: Option<&Segment>) -> Key {
    let text = first.filter(|it| matches!(it.pieces.first(), Some(Piece::Literal(_))));
    match text {
        Some(segment) => (false, words(segment).to_lowercase()),
        None => (true, String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SegmentKind;
    use crate::rust::sample;

    #[test]
    fn each_first_word_is_an_area_with_a_feature_of_its_own() {
        let mut api = sample::api();
        let taken = ["full", "default", "azure", "routes"];
        for first in ["fullSync", "full-sync", "USERS"].into_iter().chain(taken) {
            let mut route = api.routes[0].clone();
            route.path.segments[0] = Segment::name(first);
            api.routes.push(route);
        }
        let mut keyed = api.routes[0].clone();
        let key = keyed.path.parameters().next().unwrap().clone();
        let key = Segment::new(SegmentKind::Key, [Piece::Parameter(key.into())]);
        keyed.path.segments = vec![key];
        api.routes.push(keyed.clone());

        let areas = Areas::new(&api, CrateAreas::Features);
        let features: Vec<&str> = areas
            .list
            .iter()
            .map(|area| area.feature.as_str())
            .collect();
        assert_eq!(
            features,
            [
                "azure-area",
                "default-area",
                "full-area",
                "full-sync",
                "full-sync-area",
                "groups",
                "me",
                "routes-area",
                "users",
                "root"
            ]
        );
        assert_eq!(areas.of_path(&keyed.path), AreaId(9));
        let count = |(id, _): (AreaId, &Area)| areas.routes(&api, id).count();
        assert_eq!(areas.iter().map(count).sum::<usize>(), api.routes.len());

        let one = Areas::new(&api, CrateAreas::One);
        assert_eq!(one.routes(&api, AreaId(0)).count(), api.routes.len());
    }
}
