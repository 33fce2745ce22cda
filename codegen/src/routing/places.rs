//! The places that paths lead to by the documented types, whether or not a page documents the path.
//!
//! From a documented place one can go on: from a collection to one of its things by a key, and from a
//! thing to the value of a property or relationship by its name (OData URL conventions 4.01, sections
//! 4.3 and 4.6).

use super::{Candidate, Found, Router, segments};
use crate::model::{
    Api, Operation, Property, ResourceId, Route, RouteDifference, SegmentKind, Type, TypeKind,
};
use crate::vocabulary::{Encoding, PathParameter, PathTemplate, Piece, Segment, is_qualified};

/// All places, by what the pages say of routes and types.
#[derive(Clone, Copy, Debug)]
pub struct Places<'x> {
    /// The routes.
    pub router: &'x Router,
    /// The API that has them.
    pub api: &'x Api,
}

/// What a path leads to.
struct Place {
    path: PathTemplate,
    ty: Type,
}

/// A single thing that a path leads to.
pub(crate) struct Thing {
    pub(crate) path: PathTemplate,
    pub(crate) ty: ResourceId,
    /// Whether a colon stands behind it.
    colon: bool,
}

impl Places<'_> {
    /// The route that a method and the path behind the base URL take, as the router finds it, or else
    /// that of the thing of which they ask for a property.
    pub fn find(&self, method: &str, path: &str) -> Option<Found> {
        self.router.find(method, path).or_else(|| {
            let path = segments(path);
            // A property can be put wherever its thing can be changed (OData Protocol 4.01, section
            // 11.4.9.1).
            let (candidates, name) = self.of_property(method, &path).or_else(|| match method {
                "PUT" => self.of_property("PATCH", &path),
                _ => None,
            })?;
            let Candidate { route, arguments } = candidates.into_iter().next()?;
            Some(Found {
                route,
                arguments,
                difference: Some(RouteDifference::Behind(vec![name])),
            })
        })
    }

    /// The thing that a path leads to.
    pub(crate) fn thing(&self, path: &[&str]) -> Option<Thing> {
        let (last, before) = path.split_last()?;
        // Behind a path by name, a colon stands before what is asked of the thing.
        let bare = last
            .strip_suffix(':')
            .map(|last| [before, &[last]].concat());
        let by_name = bare.and_then(|path| {
            let place = self.documented(&path)?;
            let is_by_name = place.path.segments.last()?.kind == SegmentKind::ColonPath;
            is_by_name.then_some((place, true))
        });
        let (place, colon) = by_name.or_else(|| Some((self.at(path)?, false)))?;
        match place.ty {
            Type {
                kind: TypeKind::Resource(ty),
                collection: false,
            } => Some(Thing {
                path: place.path,
                ty,
                colon,
            }),
            _ => None,
        }
    }

    fn at(&self, path: &[&str]) -> Option<Place> {
        if path.len() > PathTemplate::MOST_SEGMENTS {
            return None;
        }
        self.documented(path).or_else(|| self.reached(path))
    }

    /// A place that a documented route reads.
    fn documented(&self, path: &[&str]) -> Option<Place> {
        let candidate = self.router.candidates("GET", path).into_iter().next()?;
        let route = self.api.route(candidate.route);
        let ty = answer(self.api, route)?;
        let path = route.path.clone();
        Some(Place { path, ty })
    }

    /// A place that is one step from another.
    fn reached(&self, path: &[&str]) -> Option<Place> {
        let (last, before) = path.split_last()?;
        let mut place = self.at(before)?;
        let (segment, ty) = match place.ty.collection {
            true if is_key(last) => (key(), Type::single(place.ty.kind)),
            true => return None,
            false => {
                let property = self.property(place.ty, last)?;
                (Segment::name(&property.name), property.ty)
            }
        };
        place.path.segments.push(segment);
        Some(Place { ty, ..place })
    }

    /// The property of a thing, or its relationship.
    fn property(&self, ty: Type, name: &str) -> Option<&Property> {
        self.api.property(ty.kind.resource()?, name)
    }

    /// The routes of a thing of which a request asks for a property, and the name of the property.
    pub(crate) fn of_property(
        &self,
        method: &str,
        path: &[&str],
    ) -> Option<(Vec<Candidate>, String)> {
        let (name, before) = path.split_last()?;
        let routes = self.router.candidates(method, before);
        if routes.is_empty() || method == "POST" {
            return None;
        }
        let thing = self.thing(before)?;
        let ty = Type::single(TypeKind::Resource(thing.ty));
        let property = self.property(ty, name)?;
        // What a relationship leads to is changed where it is itself.
        let can_be_asked = method == "GET" || !property.navigation;
        can_be_asked.then(|| (routes, property.name.clone()))
    }
}

impl Thing {
    /// The segments of a path before what is asked of the thing.
    pub(crate) fn segments(&self) -> Vec<Segment> {
        let mut segments = self.path.segments.clone();
        if let Some(last) = segments.last_mut().filter(|_| self.colon) {
            last.push_text(":");
        }
        segments
    }
}

/// What an operation answers with, where that is a value.
pub(crate) fn answered(operation: &Operation) -> Option<Type> {
    operation.successes().next()?.content.value()
}

/// What a route answers with, whichever of its operations one asks. Where one says that it is a
/// collection and another that it is one of its things, it is the collection.
fn answer(api: &Api, route: &Route) -> Option<Type> {
    let operations = route.operations.iter();
    let types = operations.map(|&operation| answered(api.operation(operation)));
    let types: Vec<Option<Type>> = types.collect();
    let (&first, others) = types.split_first()?;
    match others.iter().all(|&ty| ty == first) {
        true => first,
        false => {
            let mut known = types.into_iter().flatten();
            known.find(|ty| ty.collection)
        }
    }
}

/// Whether a segment can be a key: it is none of OData's own, no type and no call.
fn is_key(text: &str) -> bool {
    !text.starts_with('$') && !text.ends_with(')') && !is_qualified(text)
}

fn key() -> Segment {
    let parameter = PathParameter {
        name: "id".into(),
        documented: vec!["id".into()],
        encoding: Encoding::Segment,
    };
    Segment::new(SegmentKind::Key, [Piece::Parameter(parameter.into())])
}

#[cfg(test)]
mod tests {
    use super::answered;
    use crate::read_files;
    use crate::source::SourceFile;

    #[test]
    fn an_interim_status_is_not_the_answer() {
        let kite = "# kite resource type\n\n## Properties\n\n| Property | Type |\n|:--|:--|\n| id | String |\n";
        let get = "# Get kite\n\n## HTTP request\n\n```http\nGET /kites/{id}\n```\n\n## Response\n\n\
                   After `100 Continue`, this returns `200 OK` and a [kite](kite.md) object in the response body.\n";
        let files = [("get.md", get), ("kite.md", kite)];
        let files = files.map(|(path, text)| SourceFile::new(path, text));
        let api = read_files(files.into(), Vec::new()).api;
        let statuses: Vec<u16> = { api.operations[0].outcomes.iter() }
            .map(|outcome| outcome.status)
            .collect();
        assert_eq!(statuses, [100, 200]);
        assert!(answered(&api.operations[0]).is_some());
    }
}
