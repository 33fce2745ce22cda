//! The tree of routes, in which equal subtrees are one type.
//!
//! `/me/photo` and `/users/{user-id}/photo` lead to the same kind of thing: it is called the same,
//! and the same can be done there and behind it. Both are then the same type of the crate. A collection and the key
//! behind it are one step: `users("ada")`.

pub(super) mod nodes;
pub(super) mod path_names;

use std::collections::{BTreeMap, BTreeSet};

use super::arguments::ArgumentType;
use super::made::reads::{Thing, note};
use super::names::Ident;
use crate::model::{Api, OperationId, PathTemplate, Segment, Source};
use crate::words::same_folded;
use nodes::{Key, Node, is_key, key, nodes, takes_key};

/// All types of paths.
#[derive(Debug)]
pub(super) struct Tree {
    /// The types, those that others lead to first; the last is the root, which the client is.
    types: Vec<PathType>,
}

/// A kind of place in the API.
#[derive(Debug)]
pub(super) struct PathType {
    /// The name of its struct.
    pub(super) name: Ident,
    /// Where it is found, the first path first.
    pub(super) places: Vec<Place>,
    /// Where one can go from it.
    pub(super) steps: Vec<Step>,
    /// What can be asked of it.
    pub(super) calls: Vec<Call>,
}

/// A path that leads to a type: the segments of each step.
pub(super) type Place = Vec<Vec<Segment>>;

/// A step from one place to another.
#[derive(Debug)]
pub(super) struct Step {
    /// The name of the method that takes it.
    pub(super) method: Ident,
    /// The one or two segments that it adds.
    pub(super) segments: Vec<Segment>,
    /// The arguments, one for each parameter in the segments.
    pub(super) arguments: Vec<StepArgument>,
    /// Whether it leads to a collection whose items have a step of their own.
    pub(super) collection: bool,
    /// The index of the type that it leads to.
    pub(super) target: usize,
}

/// What a step needs to be told.
#[derive(Debug)]
pub(super) struct StepArgument {
    /// Its name.
    pub(super) name: Ident,
    /// What tables say of it.
    pub(super) described: Described,
}

/// What tables say of a parameter of a path.
#[derive(Clone, Debug)]
pub(super) struct Described {
    /// Its type: text where no page gives one, and where pages disagree.
    pub(super) ty: ArgumentType,
    /// What the first of them says, as Markdown.
    pub(super) description: String,
}

/// An operation of a path.
#[derive(Debug)]
pub(super) struct Call {
    /// The name of the method that makes the request.
    pub(super) method: Ident,
    /// The operation.
    pub(super) operation: OperationId,
}

/// A step as long as it has no names.
#[derive(Clone, Debug)]
pub(super) struct RawStep {
    pub(super) segments: Vec<Segment>,
    /// What is said of the parameters in the segments.
    pub(super) parameters: Vec<Described>,
    pub(super) collection: bool,
    /// Where the first route line stands that takes it.
    pub(super) source: Option<Source>,
    /// The node that it leads to.
    node: usize,
    /// The type of that node, once it is known.
    target: usize,
}

/// What makes two types equal: what the thing is called, what can be done there, and what behind
/// it. A contact is no group, though of both one can only ask for the photo.
type Shape = (
    String,
    BTreeMap<String, Vec<OperationId>>,
    Vec<(Vec<Key>, Vec<ArgumentType>, bool, usize)>,
);

impl Tree {
    /// Puts the routes of an API together.
    pub(super) fn new(api: &Api) -> Self {
        let nodes = nodes(api);
        let mut shapes: BTreeMap<Shape, usize> = BTreeMap::new();
        let mut types: Vec<(Shape, Vec<RawStep>)> = Vec::new();
        let mut type_of = vec![0; nodes.len()];
        let raw: Vec<_> = (0..nodes.len())
            .map(|index| raw_steps(&nodes, index))
            .collect();
        // A collection that can only be gone through, to one of its items, is no place to be.
        let targets = raw.iter().flatten().map(|step| step.node);
        let reached: BTreeSet<usize> = targets.chain([0]).collect();
        let mut steps_of: Vec<Vec<RawStep>> = vec![Vec::new(); nodes.len()];
        for (index, mut steps) in raw.into_iter().enumerate().rev() {
            if !reached.contains(&index) {
                continue;
            }
            for step in &mut steps {
                step.target = type_of[step.node];
            }
            let edges = steps.iter().map(|step| {
                let keys = step.segments.iter().map(key).collect();
                let types = step.parameters.iter().map(|parameter| parameter.ty);
                (keys, types.collect(), step.collection, step.target)
            });
            let node = &nodes[index];
            let noun = path_names::kind(&node.place, node.by_alternate_key);
            let shape = (noun, node.operations.clone(), edges.collect());
            let next = types.len();
            // The root is the client, and never shared.
            let found = if index == 0 {
                next
            } else {
                *shapes.entry(shape.clone()).or_insert(next)
            };
            if found == next {
                types.push((shape, steps.clone()));
            }
            type_of[index] = found;
            steps_of[index] = steps;
        }
        let places = places(&steps_of, &type_of, types.len());
        let mut by_alternate_key = vec![true; types.len()];
        for &index in &reached {
            by_alternate_key[type_of[index]] &= nodes[index].by_alternate_key;
        }
        let names = path_names::types(&places, &by_alternate_key);
        let rows = types.into_iter().zip(places).zip(names);
        let types = rows.map(|(((shape, steps), places), name)| {
            let (methods, calls) = path_names::members(api, &steps, &shape.1);
            let steps = steps
                .into_iter()
                .zip(methods)
                .map(|(step, (method, names))| Step {
                    method,
                    arguments: StepArgument::zip(names, step.parameters),
                    segments: step.segments,
                    collection: step.collection,
                    target: step.target,
                });
            PathType {
                name,
                places,
                steps: steps.collect(),
                calls,
            }
        });
        Self {
            types: types.collect(),
        }
    }

    /// The type that the client is.
    pub(super) fn root(&self) -> &PathType {
        self.path(self.types.len().checked_sub(1).expect("a tree has a root"))
    }

    /// The type of an index.
    pub(super) fn path(&self, index: usize) -> &PathType {
        note(Thing::Path(index));
        &self.types[index]
    }

    /// The name of the type of an index.
    pub(super) fn name(&self, index: usize) -> &Ident {
        note(Thing::PathName(index));
        &self.types[index].name
    }

    /// How many types there are.
    pub(super) fn count(&self) -> usize {
        self.types.len()
    }

    /// The names of all types.
    pub(super) fn names(&self) -> impl Iterator<Item = &Ident> {
        self.types.iter().map(|ty| &ty.name)
    }

    /// All types, the root last.
    pub(super) fn types(&self) -> &[PathType] {
        note(Thing::All);
        &self.types
    }

    /// All types but the root.
    pub(super) fn paths(&self) -> &[PathType] {
        self.types().split_last().map_or(&[], |(_, paths)| paths)
    }

    /// The steps from the root to a route, and the type that they lead to.
    pub(super) fn walk(&self, path: &PathTemplate) -> Option<(Vec<&Step>, &PathType)> {
        let mut at = self.root();
        let mut steps = Vec::new();
        let mut rest = path.segments.as_slice();
        while !rest.is_empty() {
            let fits = |step: &&Step| {
                let length = step.segments.len();
                let head = rest.get(..length);
                head.is_some_and(|head| head.iter().map(key).eq(step.segments.iter().map(key)))
                    && (!step.collection || length == rest.len() || !is_key(&rest[length]))
            };
            let step = at
                .steps
                .iter()
                .filter(fits)
                .max_by_key(|step| step.segments.len())?;
            rest = &rest[step.segments.len()..];
            at = self.path(step.target);
            steps.push(step);
        }
        Some((steps, at))
    }
}

impl StepArgument {
    fn zip(names: Vec<Ident>, parameters: Vec<Described>) -> Vec<Self> {
        let both = names.into_iter().zip(parameters);
        both.map(|(name, described)| Self { name, described })
            .collect()
    }
}

/// The steps from a node, whose types are not known yet.
fn raw_steps(nodes: &[Node<'_>], index: usize) -> Vec<RawStep> {
    let own = nodes[index].place.last();
    let mut steps = Vec::new();
    let places = nodes[index].children.values();
    let places = places.filter_map(|&child| nodes[child].place.last());
    let items: Vec<_> = places.filter_map(Segment::collection).collect();
    let has_item = |collection: &Segment| {
        let named = |name: &str| items.iter().any(|item| same_folded(item, name));
        collection.literal().is_some_and(named)
    };
    for &child in nodes[index].children.values() {
        let Some(segment) = nodes[child].place.last() else {
            continue;
        };
        // The step before has gone over this key already.
        if is_key(segment) && own.is_some_and(takes_key) {
            continue;
        }
        let keys = nodes[child].children.values().copied();
        let keys = keys.filter(|&key| nodes[key].place.last().is_some_and(is_key));
        let keys: Vec<usize> = if takes_key(segment) {
            keys.collect()
        } else {
            Vec::new()
        };
        for &item in &keys {
            let behind = nodes[item].place.last().cloned();
            steps.push(RawStep {
                segments: std::iter::once(segment.clone()).chain(behind).collect(),
                parameters: nodes[child]
                    .parameters()
                    .chain(nodes[item].parameters())
                    .collect(),
                collection: false,
                source: nodes[item].source,
                node: item,
                target: 0,
            });
        }
        let more = !nodes[child].operations.is_empty() || nodes[child].children.len() > keys.len();
        if more || keys.is_empty() {
            steps.push(RawStep {
                segments: vec![segment.clone()],
                parameters: nodes[child].parameters().collect(),
                collection: !keys.is_empty() || has_item(segment),
                source: nodes[child].source,
                node: child,
                target: 0,
            });
        }
    }
    steps
}

/// The places of each type, the first path first.
fn places(steps: &[Vec<RawStep>], type_of: &[usize], types: usize) -> Vec<Vec<Place>> {
    let mut place_of: Vec<Option<Place>> = vec![None; steps.len()];
    place_of[0] = Some(Place::new());
    let mut places = vec![Vec::new(); types];
    for index in 0..steps.len() {
        let Some(place) = place_of[index].take() else {
            continue;
        };
        for step in &steps[index] {
            let mut longer = place.clone();
            longer.push(step.segments.clone());
            place_of[step.node] = Some(longer);
        }
        places[type_of[index]].push(place);
    }
    for places in &mut places {
        places.sort_by_key(|place| place.iter().map(Vec::len).sum::<usize>());
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::sample;
    use crate::source::SourceFile;

    fn names(ty: &PathType) -> Vec<String> {
        let steps = ty.steps.iter().map(|step| step.method.to_string());
        steps
            .chain(ty.calls.iter().map(|call| call.method.to_string()))
            .collect()
    }

    #[test]
    fn equal_subtrees_are_one_type() {
        let tree = Tree::new(&sample::api());
        let photos: Vec<&PathType> = tree
            .paths()
            .iter()
            .filter(|ty| ty.name == "Photo")
            .collect();
        let [photo] = photos.as_slice() else {
            panic!("{photos:?}")
        };
        assert_eq!(photo.places.len(), 3);
        assert_eq!(names(photo), ["value", "get"]);
        // Only the user's own messages can be copied.
        let messages = tree
            .paths()
            .iter()
            .filter(|ty| ty.name.to_string().ends_with("Message"));
        let messages: Vec<_> = messages
            .map(|ty| (ty.name.to_string(), names(ty)))
            .collect();
        assert!(messages.contains(&("Message".into(), vec!["copy".into(), "get".into()])));
        assert!(messages.contains(&("UserMessage".into(), vec!["get".into()])));
    }

    #[test]
    fn a_collection_and_its_key_are_one_step() {
        let tree = Tree::new(&sample::api());
        assert_eq!(names(tree.root()), ["groups", "me", "users"]);
        let user = tree.paths().iter().find(|ty| ty.name == "User").unwrap();
        assert_eq!(names(user), ["messages", "messages_collection", "photo"]);
    }

    #[test]
    fn a_thing_that_an_alternate_key_picks_is_one_of_its_collection() {
        let names = |routes: &str| -> Vec<String> {
            let page = format!("# Get kite\n\n## HTTP request\n```http\n{routes}\n```\n");
            let files = vec![SourceFile::new("docs/get.md", page)];
            let tree = Tree::new(&crate::read_files(files, Vec::new()).api);
            tree.paths().iter().map(|ty| ty.name.to_string()).collect()
        };
        let both = "GET /kites/{id}\nGET /kites(tag='{tag}')";
        assert_eq!(names(both), ["Kite"]);
        let more = format!("{both}\nGET /kites/{{id}}/tail");
        assert_eq!(names(&more), ["KiteByTag", "Tail", "Kite"]);
        let more = format!("{more}\nPOST /kites");
        assert_eq!(names(&more), ["KiteByTag", "Tail", "Kite", "Kites"]);
        // What has no things with keys is called.
        let function = "GET /kites\nGET /kites(tag='{tag}')";
        assert_eq!(names(function), ["Kites"]);
    }

    #[test]
    fn the_operation_that_is_about_the_thing_is_called_as_the_method() {
        let page = |path: &str, title: &str, routes: &str| {
            let page = format!("# {title}\n\n## HTTP request\n```http\n{routes}\n```\n");
            SourceFile::new(path, page)
        };
        let files = vec![
            page(
                "docs/a-mark-get.md",
                "Get mark",
                "GET /kites\nGET /kites/{id}",
            ),
            page("docs/b-kite-get.md", "Get a big kite", "GET /kites/{id}"),
            page("docs/c-kite-get.md", "Get a kite", "GET /kites/{id}"),
            page("docs/d-kite-list.md", "List kites", "GET /kites"),
        ];
        let tree = Tree::new(&crate::read_files(files, Vec::new()).api);
        let [kite, kites] = tree.paths() else {
            panic!("{:?}", tree.paths())
        };
        assert_eq!(names(kite), ["get", "get_mark", "get_a_big_kite"]);
        assert_eq!(names(kites), ["get", "get_mark"]);
    }

    #[test]
    fn every_route_is_a_walk_to_its_operations() {
        let api = sample::api();
        let tree = Tree::new(&api);
        for route in &api.routes {
            let (steps, ty) = tree.walk(&route.path).unwrap();
            let walked: String = steps
                .iter()
                .flat_map(|step| &step.segments)
                .map(|it| format!("/{it}"))
                .collect();
            assert_eq!(walked, route.path.to_string());
            let found = |id| ty.calls.iter().any(|call| call.operation == id);
            assert!(route.operations.iter().all(|&id| found(id)), "{walked}");
        }
    }
}
