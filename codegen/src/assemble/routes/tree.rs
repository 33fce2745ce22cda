//! All route lines as one tree: where routes meet, and under which names.
//!
//! Two lines are the same route when their methods are the same and their paths differ only in the
//! case of letters and in the names of parameters. What a thing is called is decided once for each
//! node of the tree, so that every route through it agrees.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::parameter_names::canonical_name;
use super::spellings::{Spelling, Spellings, TextId};
use crate::assemble::{finding, source};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Encoding, PathParameter, PathTemplate, Piece, Route, RouteId};
use crate::model::{Segment, SegmentKind};
use crate::page::Page;
use crate::page::route::RouteLine;
use crate::source::Span;
use crate::words::{folded, singular};

/// The index of a node.
type NodeId = usize;

/// The node of the empty path.
const ROOT: NodeId = 0;

/// A route line: where it ends in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct LineId(pub(super) usize);

/// The tree of all paths.
#[derive(Debug)]
pub(super) struct RouteTree<'a> {
    nodes: Vec<Node>,
    lines: Vec<Line<'a>>,
    spellings: Spellings,
}

/// The routes that lines were merged to.
#[derive(Debug, Default)]
pub(in crate::assemble) struct MergedLines {
    /// In the order of their paths.
    pub(in crate::assemble) routes: Vec<Route>,
    /// That of each line.
    pub(super) ids: Vec<RouteId>,
}

#[derive(Debug)]
struct Node {
    parent: NodeId,
    /// The fixed text of the segment.
    text: TextId,
    /// By their fixed text.
    children: BTreeMap<TextId, NodeId>,
    /// The segment as it is first written; its parameters are documented under the names of all lines.
    segment: Segment,
    /// Whether that is new or has changed since routes were last made of it.
    changed: bool,
    /// The lines that end here, by their methods.
    lines: Vec<LineId>,
}

#[derive(Debug)]
struct Line<'a> {
    page: usize,
    span: Span,
    method: &'a str,
    node: NodeId,
    /// How it writes the fixed text of each node on the way.
    spelling: Vec<Spelling>,
}

impl Default for RouteTree<'_> {
    fn default() -> Self {
        let root = Segment::new(SegmentKind::Name, []);
        let mut spellings = Spellings::default();
        let text = spellings.add(&fixed_text(&root), 0).text;
        Self {
            nodes: vec![Node::new(ROOT, text, root)],
            lines: Vec::new(),
            spellings,
        }
    }
}

impl<'a> RouteTree<'a> {
    /// Makes room for so many lines. They lead to fewer places.
    pub(super) fn reserve(&mut self, lines: usize) {
        self.lines.reserve(lines);
        self.nodes.reserve(lines);
    }

    /// Adds a line of a page.
    pub(super) fn add(&mut self, page: &Page<'_>, line: &RouteLine<'a>) -> LineId {
        let mut node = ROOT;
        let mut spelling = Vec::with_capacity(line.path.segments.len());
        for segment in &line.path.segments {
            let written = self.spellings.add(&fixed_text(segment), page.id.0 as usize);
            spelling.push(written);
            let next = self.nodes.len();
            let children = &mut self.nodes[node].children;
            let child = *children.entry(written.text).or_insert(next);
            match child == next {
                true => self
                    .nodes
                    .push(Node::new(node, written.text, segment.clone())),
                false => self.nodes[child].add_names(segment),
            }
            node = child;
        }
        let id = LineId(self.lines.len());
        let lines = &mut self.nodes[node].lines;
        let at = lines.partition_point(|it| self.lines[it.0].method <= line.method);
        lines.insert(at, id);
        self.lines.push(Line {
            page: page.id.0 as usize,
            span: line.span,
            method: line.method,
            node,
            spelling,
        });
        id
    }

    /// The line of the same page and method that ends some segments before a line does. What was added last are
    /// the lines of its page.
    pub(super) fn line_above(&self, line: LineId, segments: usize) -> Option<LineId> {
        let line = &self.lines[line.0];
        let node = (0..segments).fold(line.node, |node, _| self.nodes[node].parent);
        let lines = &self.nodes[node].lines;
        let end = lines.partition_point(|it| self.lines[it.0].method <= line.method);
        let last = *lines[..end].last()?;
        let above = &self.lines[last.0];
        (above.page == line.page && above.method == line.method).then_some(last)
    }

    /// Decides the names of what has been added so far, and gives the routes in the order of their
    /// paths together with the route of each line. What they were `before` lines were added is taken
    /// up where it still holds.
    pub(super) fn routes(&mut self, pages: &[Page<'_>], before: MergedLines) -> MergedLines {
        self.decide_spellings();
        let mut before_routes: Vec<Option<Route>> = before.routes.into_iter().map(Some).collect();
        let mut routes = Vec::with_capacity(self.lines.len());
        let mut ids = vec![RouteId(0); self.lines.len()];
        // The nodes on the way from the root, and at which of them the name of a parameter is taken.
        let mut way: Vec<NodeId> = Vec::new();
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        // The next one is the last; paths may be too long to go along them by recursion.
        let mut ahead = vec![(0, ROOT)];
        while let Some((depth, node)) = ahead.pop() {
            way.truncate(depth);
            way.push(node);
            taken.retain(|_, at| *at < depth);
            for parameter in self.nodes[node].segment.parameters() {
                taken.insert(folded(&parameter.name), depth);
            }
            let changed = way.iter().any(|&node| self.nodes[node].changed);
            let method = |line: &LineId| self.lines[line.0].method;
            let lines = &self.nodes[node].lines;
            for lines in lines.chunk_by(|a, b| method(a) == method(b)) {
                let id = RouteId(routes.len() as u32);
                lines.iter().for_each(|line| ids[line.0] = id);
                let before = lines.first().and_then(|line| before.ids.get(line.0));
                let before = before.and_then(|id| before_routes[id.0 as usize].take());
                routes.push(self.route(pages, lines, &way[1..], changed, before));
            }
            let children = self.nodes[node].children.values();
            let mut children: Vec<NodeId> = children.copied().collect();
            for &child in &children {
                // A name depends on the place and on those before it.
                if changed || self.nodes[child].changed {
                    self.decide_names(child, &taken);
                }
            }
            children.sort_by(|&a, &b| self.nodes[b].segment.cmp(&self.nodes[a].segment));
            ahead.extend(children.into_iter().map(|child| (depth + 1, child)));
        }
        for node in &mut self.nodes {
            node.changed = false;
        }
        MergedLines { routes, ids }
    }

    /// The route of some lines of one method, whose path leads through some nodes, of which one may
    /// have `changed`.
    fn route(
        &self,
        pages: &[Page<'_>],
        lines: &[LineId],
        way: &[NodeId],
        changed: bool,
        before: Option<Route>,
    ) -> Route {
        let holds = before.is_some() && !changed;
        let mut route = before.unwrap_or_else(|| Route {
            method: self.lines[lines[0].0].method.to_owned(),
            path: PathTemplate::default(),
            operations: Vec::new(),
            sources: Vec::new(),
        });
        route.operations.clear();
        if !holds {
            let segments = way.iter().map(|&node| self.nodes[node].segment.clone());
            route.path.segments = segments.collect();
        }
        let added = lines[route.sources.len()..].iter();
        route.sources.extend(added.map(|line| {
            let line = &self.lines[line.0];
            source(&pages[line.page], line.span)
        }));
        route
    }

    /// Reports the lines that are written in another spelling than the one that was decided on.
    pub(super) fn report_spellings(&self, pages: &[Page<'_>], diagnostics: &mut Vec<Diagnostic>) {
        let texts = self.nodes.iter().map(|node| fixed_text(&node.segment));
        let texts: Vec<Cow<'_, str>> = texts.collect();
        for line in &self.lines {
            self.report_spelling(line, &texts, pages, diagnostics);
        }
    }

    /// Writes every text in its best spelling.
    fn decide_spellings(&mut self) {
        let best = self.spellings.best();
        for node in &mut self.nodes {
            node.write(best[node.text.index()]);
        }
    }

    /// Decides the names of the parameters of a node: that of the collection with `-id` behind it where
    /// the pages only say that it is an id, and the documented name otherwise, with a number behind it
    /// where it is taken on the way there.
    fn decide_names(&mut self, node: NodeId, taken: &BTreeMap<String, usize>) {
        let Node {
            parent, segment, ..
        } = &self.nodes[node];
        if segment.parameters().next().is_none() {
            return;
        }
        let before = || self.nodes[*parent].segment.literal();
        let collection = segment.collection().or_else(before);
        let collection = collection
            .filter(|text| !text.starts_with('$'))
            .map(singular);
        let mut own = BTreeSet::new();
        let names: Vec<String> = segment
            .parameters()
            .map(|parameter| {
                let of_key = parameter.encoding == Encoding::Segment;
                let collection = collection.as_deref().filter(|_| of_key);
                let base = canonical_name(&parameter.documented, collection);
                let mut name = base.clone();
                for number in 2.. {
                    let folded = folded(&name);
                    if !taken.contains_key(&folded) && own.insert(folded) {
                        break;
                    }
                    name = format!("{base}-{number}");
                }
                name
            })
            .collect();
        // Segments are shared as long as they stay as they are.
        let known = segment.parameters().map(|parameter| &parameter.name);
        if !known.eq(&names) {
            let node = &mut self.nodes[node];
            for (parameter, name) in node.parameters_mut().zip(names) {
                parameter.name = name.into();
            }
        }
    }

    fn report_spelling(
        &self,
        line: &Line<'_>,
        texts: &[Cow<'_, str>],
        pages: &[Page<'_>],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut node = line.node;
        for &spelling in line.spelling.iter().rev() {
            let written = self.spellings.written(spelling);
            let chosen = &texts[node];
            node = self.nodes[node].parent;
            if written == chosen {
                continue;
            }
            let page = &pages[line.page];
            let text = &page.file.text[line.span.range()];
            let first = written
                .split("{}")
                .find(|part| !part.is_empty())
                .unwrap_or(written);
            let start = text.find(first).unwrap_or(0) + line.span.start as usize;
            let span = Span::new(start, (start + first.len()).min(line.span.end as usize));
            let message = format!("`{written}` is written `{chosen}` in another route");
            let help = "services compare paths without case: both are taken as one route";
            diagnostics.push(finding(Code::RouteSpelling, page, span, message).with_help(help));
        }
    }
}

impl Node {
    fn new(parent: NodeId, text: TextId, segment: Segment) -> Self {
        Self {
            parent,
            text,
            children: BTreeMap::new(),
            segment,
            changed: true,
            lines: Vec::new(),
        }
    }

    /// Adds the names under which a line documents the parameters.
    fn add_names(&mut self, segment: &Segment) {
        let knows = |(known, other): (&PathParameter, &PathParameter)| {
            let mut names = other.documented.iter();
            names.all(|name| known.documented.contains(name))
        };
        let known = self.segment.parameters();
        // Hardly any line adds one, and a segment that stays as it is goes on to be shared.
        if known.zip(segment.parameters()).all(knows) {
            return;
        }
        for (known, parameter) in self.parameters_mut().zip(segment.parameters()) {
            for name in &parameter.documented {
                if !known.documented.contains(name) {
                    known.documented.push(name.clone());
                }
            }
        }
    }

    /// The parameters of the segment, which is about to change.
    fn parameters_mut(&mut self) -> impl Iterator<Item = &mut PathParameter> {
        self.changed = true;
        let pieces = self.segment.pieces.make_mut().iter_mut();
        pieces.filter_map(|piece| match piece {
            Piece::Parameter(parameter) => Some(&mut **parameter),
            Piece::Literal(_) => None,
        })
    }

    /// Writes the fixed text in a spelling of it.
    fn write(&mut self, spelling: &str) {
        if spelling == fixed_text(&self.segment) {
            return;
        }
        self.changed = true;
        let mut parts = spelling.split("{}").filter(|part| !part.is_empty());
        for piece in self.segment.pieces.make_mut() {
            if let Piece::Literal(text) = piece
                && let Some(part) = parts.next()
            {
                *text = part.into();
            }
        }
    }
}

/// The fixed text of a segment, with `{}` for each parameter.
fn fixed_text(segment: &Segment) -> Cow<'_, str> {
    fn text(piece: &Piece) -> &str {
        match piece {
            Piece::Literal(text) => text,
            Piece::Parameter(_) => "{}",
        }
    }
    match &*segment.pieces {
        [piece] => Cow::Borrowed(text(piece)),
        pieces => Cow::Owned(pieces.iter().map(text).collect()),
    }
}
