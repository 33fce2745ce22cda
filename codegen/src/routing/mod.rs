//! Finds the route that a request takes, as the service would: names without regard to case,
//! placeholders, function calls, paths between colons, casts.
//!
//! ```
//! use docwright::{read_files, routing::Router, source::SourceFile};
//!
//! let page = ["# Get user", "## HTTP request", "```http", "GET /users/{user-id}", "```"];
//! let page = SourceFile::new("user-get.md", page.join("\n"));
//! let api = read_files(vec![page], Vec::new()).api;
//!
//! let found = Router::new(&api.routes).find("GET", "/Users/ada").unwrap();
//! assert_eq!(api.route(found.route).path.to_string(), "/users/{user-id}");
//! assert_eq!(found.arguments, ["ada"]);
//! ```

mod capture;
mod places;
mod variations;

pub(crate) use capture::fits;
pub use places::Places;
pub(crate) use places::answered;
pub(crate) use variations::with_keys_as_segments;

use std::borrow::Cow;
use std::cmp::Reverse;

use foldhash::HashMap;

use crate::model::{PathTemplate, Piece, Route, RouteDifference, RouteId, Segment};
use crate::text::lower;
use crate::vocabulary::Call;
use crate::words::noun;
use capture::{capture, joined, longest};

/// All routes, by the segments of their paths.
#[derive(Debug)]
pub struct Router {
    /// The first is the root of all paths.
    nodes: Vec<Node>,
    /// The collection of which the signed-in user is an item, in lower case.
    users: Option<String>,
}

/// A place in a path that requests can reach.
#[derive(Debug, Default)]
struct Node {
    /// What fixed text leads to, in lower case.
    fixed: HashMap<String, usize>,
    /// What segments with parameters lead to: a parameter alone comes last.
    open: Vec<(Segment, usize)>,
    /// The routes that end here, with their methods.
    routes: Vec<(String, RouteId)>,
}

/// A route that a request takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The route.
    pub route: RouteId,
    /// The values of its parameters in the order of the template, decoded.
    pub arguments: Vec<String>,
    /// How the request departs from the documented form; absent where it does not.
    pub difference: Option<RouteDifference>,
}

/// A route that fits a path as it is written, and the values of its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) route: RouteId,
    pub(crate) arguments: Vec<String>,
}

impl Router {
    /// A router for the routes of an API.
    pub fn new(routes: &[Route]) -> Self {
        // There are less than twice as many places as routes.
        let mut nodes = Vec::with_capacity(2 * routes.len() + 1);
        nodes.push(Node::default());
        let mut router = Self { nodes, users: None };
        // The nodes along the path before, with which the next one mostly begins.
        let mut way: Vec<(&Segment, usize)> = Vec::new();
        for (index, route) in routes.iter().enumerate() {
            let segments = &route.path.segments;
            let pairs = way.iter().zip(segments);
            let shared = pairs.take_while(|&(&(known, _), segment)| known == segment);
            way.truncate(shared.count());
            for segment in &segments[way.len()..] {
                let node = way.last().map_or(0, |&(_, node)| node);
                way.push((segment, router.child(node, segment)));
            }
            let end = way.last().map_or(0, |&(_, node)| node);
            let routes = &mut router.nodes[end].routes;
            routes.push((route.method.clone(), RouteId(index as u32)));
        }
        router.settle();
        router
    }

    /// Adds routes to those that it was made for. `routes` are all of them, and `ids` what the ids of
    /// those before are among them.
    pub(crate) fn add(&mut self, routes: &[Route], ids: &[RouteId]) {
        let mut known = vec![false; routes.len()];
        ids.iter().for_each(|id| known[id.0 as usize] = true);
        for (_, id) in self.nodes.iter_mut().flat_map(|node| &mut node.routes) {
            *id = ids[id.0 as usize];
        }
        let added = routes.iter().zip(0..).zip(known);
        for ((route, index), _) in added.filter(|(_, known)| !known) {
            let segments = route.path.segments.iter();
            let end = segments.fold(0, |node, segment| self.child(node, segment));
            let routes = &mut self.nodes[end].routes;
            routes.push((route.method.clone(), RouteId(index)));
        }
        self.settle();
    }

    /// Orders what was added, whatever came first.
    fn settle(&mut self) {
        for node in &mut self.nodes {
            node.open.sort_by(|(a, _), (b, _)| {
                let order = |it: &Segment| (it.key().is_some(), Reverse(length_of_text(it)));
                order(a).cmp(&order(b)).then_with(|| a.cmp(b))
            });
        }
        let names = self.nodes[0].fixed.keys();
        let users = names.filter(|name| *name != "me" && noun(name) == noun("me"));
        self.users = users.min().cloned();
    }

    /// The route that a method and the path behind the base URL take, the one with the most fixed
    /// text where several do; also in the forms that OData allows beside the documented one.
    pub fn find(&self, method: &str, path: &str) -> Option<Found> {
        let segments = segments(path);
        let (found, difference) = self.find_all(method, &segments);
        let Candidate { route, arguments } = found.into_iter().next()?;
        Some(Found {
            route,
            arguments,
            difference,
        })
    }

    /// The methods that are documented for a path.
    pub fn methods(&self, path: &str) -> Vec<&str> {
        let segments = segments(path);
        let ends = self.ends(&segments, Arguments::AsWritten);
        let routes = ends.iter().flat_map(|(node, _)| &node.routes);
        let mut methods: Vec<&str> = routes.map(|(method, _)| method.as_str()).collect();
        methods.sort_unstable();
        methods.dedup();
        methods
    }

    /// Every route that a method and a path as it is written can take, the one with the most fixed
    /// text first.
    pub(crate) fn candidates(&self, method: &str, segments: &[&str]) -> Vec<Candidate> {
        self.candidates_with(Arguments::AsWritten, method, segments)
    }

    /// The same, where the arguments of a call may count for nothing.
    fn candidates_with(
        &self,
        arguments: Arguments,
        method: &str,
        segments: &[&str],
    ) -> Vec<Candidate> {
        let found = self
            .ends(segments, arguments)
            .into_iter()
            .filter_map(|(node, arguments)| {
                let mut routes = node.routes.iter();
                let &(_, route) = routes.find(|(known, _)| known == method)?;
                Some(Candidate { route, arguments })
            });
        found.collect()
    }

    /// The node to which a segment of a template leads.
    fn child(&mut self, node: usize, segment: &Segment) -> usize {
        let next = self.nodes.len();
        let node = &mut self.nodes[node];
        let child = match segment.literal() {
            Some(text) => *node.fixed.entry(lower(text).into_owned()).or_insert(next),
            None => {
                let known = node.open.iter().find(|(other, _)| same(other, segment));
                let child = known.map_or(next, |&(_, child)| child);
                if child == next {
                    node.open.push((segment.clone(), next));
                }
                child
            }
        };
        if child == next {
            self.nodes.push(Node::default());
        }
        child
    }

    /// Every node where a path can end, with the values on the way.
    fn ends(&self, segments: &[&str], called_with: Arguments) -> Vec<(&Node, Vec<String>)> {
        if segments.len() > PathTemplate::MOST_SEGMENTS {
            return Vec::new();
        }
        let mut walk = Walk {
            nodes: &self.nodes,
            called_with,
            arguments: Vec::new(),
            ends: Vec::new(),
            steps: MOST_STEPS,
        };
        walk.from(0, segments);
        walk.ends
    }
}

impl Node {
    /// Whether one of the things here is picked by the segment behind it.
    fn has_keys(&self) -> bool {
        self.open.iter().any(|(segment, _)| segment.key().is_some())
    }
}

/// How many steps are taken to find the routes of one path. A real one takes some dozens; a template
/// with several parameters that span segments fits a long path in more ways than can be looked at.
const MOST_STEPS: u32 = 10_000;

/// What the arguments of the call of a function count for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arguments {
    /// A call is what its route says, argument for argument.
    AsWritten,
    /// A call is also the function of its name that is documented without arguments.
    Dropped,
}

/// A walk through the routes along a path.
struct Walk<'r> {
    nodes: &'r [Node],
    called_with: Arguments,
    /// The values on the way here.
    arguments: Vec<String>,
    /// Where the path can end.
    ends: Vec<(&'r Node, Vec<String>)>,
    /// How many steps are left.
    steps: u32,
}

impl Walk<'_> {
    fn from(&mut self, node: usize, segments: &[&str]) {
        let node = &self.nodes[node];
        let Some((first, rest)) = segments.split_first() else {
            self.ends.push((node, self.arguments.clone()));
            return;
        };
        if let Some(&child) = node.fixed.get(&*lower(first)) {
            self.from(child, rest);
        }
        if self.called_with == Arguments::Dropped
            && let Some(call) = Call::read(first)
        {
            // What picks one of a collection is its key, without which it is all of them.
            let is_bare = call.arguments().next().is_none();
            let child = node.fixed.get(&*lower(call.name));
            if let Some(&child) = child.filter(|&&child| is_bare || !self.nodes[child].has_keys()) {
                self.from(child, rest);
            }
        }
        if node.open.is_empty() {
            return;
        }
        // No key begins as OData's own segments do, or is written as the call of a function.
        let is_call = |call: Call<'_>| call.names().is_some();
        let is_no_key = first.starts_with('$') || Call::read(first).is_some_and(is_call);
        let text = joined(&segments[..1]);
        for (segment, child) in &node.open {
            if is_no_key && segment.key().is_some() {
                continue;
            }
            let before = self.arguments.len();
            for taken in 1..=longest(segment, segments.len()) {
                let Some(left) = self.steps.checked_sub(1) else {
                    return;
                };
                self.steps = left;
                let text = match taken {
                    1 => Cow::Borrowed(&*text),
                    _ => joined(&segments[..taken]),
                };
                if capture(segment, &text, &mut self.arguments) {
                    self.from(*child, &segments[taken..]);
                }
                self.arguments.truncate(before);
            }
        }
    }
}

/// How much text a segment has beside its parameters.
fn length_of_text(segment: &Segment) -> usize {
    let lengths = segment.pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => text.len(),
        Piece::Parameter(_) => 0,
    });
    lengths.sum()
}

/// The parts between the slashes, without empty ones.
fn segments(path: &str) -> Vec<&str> {
    path.split('/').filter(|it| !it.is_empty()).collect()
}

/// Whether two segments stand for the same text: the names of parameters do not matter.
fn same(a: &Segment, b: &Segment) -> bool {
    let alike = |(a, b): (&Piece, &Piece)| match (a, b) {
        (Piece::Literal(a), Piece::Literal(b)) => a.eq_ignore_ascii_case(b),
        (Piece::Parameter(a), Piece::Parameter(b)) => a.encoding == b.encoding,
        _ => false,
    };
    a.pieces.len() == b.pieces.len() && a.pieces.iter().zip(&*b.pieces).all(alike)
}
