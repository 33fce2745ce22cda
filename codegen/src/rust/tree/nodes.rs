//! Every place that a route leads to or through, before equal ones are one type.

use std::collections::{BTreeMap, BTreeSet};

use super::Described;
use super::path_names::{overload, words};
use crate::model::{Api, Encoding, OperationId, Parameter, Piece, Segment, SegmentKind, Source};
use crate::rust::arguments::ArgumentType;
use crate::words::same_folded;

/// What the service compares segments by: text without case, and how values are written.
pub(in crate::rust) type Key = Vec<(String, Option<Encoding>)>;

/// A node before equal ones are shared. Nodes behind it have greater indexes.
#[derive(Default)]
pub(super) struct Node<'a> {
    /// The segments that lead to it.
    pub(in crate::rust) place: Vec<Segment>,
    /// The rows of tables that describe each parameter of the last segment.
    rows: Vec<Vec<&'a Parameter>>,
    /// Where the first route line stands that leads here.
    pub(in crate::rust) source: Option<Source>,
    /// Whether the last segment picks a thing out of a collection by the name of an alternate key.
    pub(super) by_alternate_key: bool,
    /// The nodes behind it.
    pub(super) children: BTreeMap<Key, usize>,
    /// What can be asked of it, by method.
    pub(in crate::rust) operations: BTreeMap<String, Vec<OperationId>>,
}

impl Node<'_> {
    /// What is said of the parameters of the last segment.
    pub(in crate::rust) fn parameters(&self) -> impl Iterator<Item = Described> {
        self.rows.iter().map(|rows| {
            let types: BTreeSet<_> = rows.iter().map(|row| ArgumentType::of(row.ty)).collect();
            let only = types.first().filter(|_| types.len() == 1);
            let first = rows.first();
            Described {
                ty: only.copied().unwrap_or(ArgumentType::TEXT),
                description: first.map_or_else(String::new, |row| row.description.clone()),
            }
        })
    }
}

/// Every prefix of every route, the root first.
pub(super) fn nodes(api: &Api) -> Vec<Node<'_>> {
    let mut nodes = vec![Node::default()];
    for route in &api.routes {
        let mut at = 0;
        for (index, segment) in route.path.segments.iter().enumerate() {
            let next = nodes.len();
            let found = *nodes[at].children.entry(key(segment)).or_insert(next);
            if found == next {
                nodes.push(Node {
                    place: route.path.segments[..=index].to_vec(),
                    rows: segment.parameters().map(|_| Vec::new()).collect(),
                    ..Node::default()
                });
            }
            at = found;
            let source = route.sources.first().copied();
            let known = nodes[at].source;
            nodes[at].source = known.into_iter().chain(source).min();
            let operations = route.operations.iter().map(|&id| api.operation(id));
            for (parameter, rows) in segment.parameters().zip(&mut nodes[at].rows) {
                let operations = operations.clone();
                rows.extend(operations.filter_map(|it| it.described(parameter, segment.kind)));
            }
        }
        let operations = nodes[at]
            .operations
            .entry(route.method.clone())
            .or_default();
        for &id in &route.operations {
            if !operations.contains(&id) {
                operations.push(id);
            }
        }
    }
    let alternate: Vec<usize> = (nodes.iter())
        .flat_map(|node| alternate_keys(&nodes, node))
        .collect();
    for node in alternate {
        nodes[node].by_alternate_key = true;
    }
    nodes
}

/// The nodes behind one that pick a thing by the name of an alternate key: what looks like a call of a
/// function is one of those where the same name is that of a collection whose things have keys (OData
/// URL conventions 4.01, section 4.3.5).
fn alternate_keys<'n>(nodes: &'n [Node<'_>], node: &'n Node<'_>) -> impl Iterator<Item = usize> {
    let last = |node: usize| nodes[node].place.last();
    let behind = || node.children.values().copied();
    let is_collection = move |of: usize, name: &str| {
        let Some(it) = last(of).filter(|it| same_folded(&words(it), name)) else {
            return false;
        };
        let mut keys = nodes[of].children.values().copied();
        it.kind == SegmentKind::Item
            || (takes_key(it) && keys.any(|key| last(key).is_some_and(is_key)))
    };
    behind().filter(move |&child| {
        let name = last(child).filter(|it| overload(it).is_some());
        name.is_some_and(|it| behind().any(|of| is_collection(of, &words(it))))
    })
}

/// Whether a segment and a key behind it are one step.
pub(super) fn takes_key(segment: &Segment) -> bool {
    let kind = matches!(segment.kind, SegmentKind::Name | SegmentKind::ColonPath);
    kind && segment.literal().is_some()
}

/// Whether a segment picks one thing out of what the segment before it names.
pub(in crate::rust) fn is_key(segment: &Segment) -> bool {
    matches!(segment.kind, SegmentKind::Key | SegmentKind::ColonPath)
        && matches!(segment.pieces.first(), Some(Piece::Parameter(_)))
}

/// A segment as the service compares it.
pub(in crate::rust) fn key(segment: &Segment) -> Key {
    let pieces = segment.pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => (text.to_lowercase(), None),
        Piece::Parameter(parameter) => (String::new(), Some(parameter.encoding)),
    });
    pieces.collect()
}
