//! All route lines as one tree: where routes meet, and under which names.
//!
//! Two lines are the same route when their methods are the same and their paths differ only in the
//! case of letters and in the names of parameters. What a thing is called is decided once for each
//! node of the tree, so that every route through it agrees.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::parameter_names::canonical_name;
use super::{finding, source};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Encoding, PathTemplate, Piece, Route, RouteId, Segment, SegmentKind};
use crate::page::Page;
use crate::page::route::RouteLine;
use crate::source::Span;
use crate::words::{folded, singular};

/// The index of a node.
pub(super) type NodeId = usize;

/// A route line: where it ends in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LineId(pub(super) usize);

/// The tree of all paths.
#[derive(Debug)]
pub(super) struct RouteTree {
    nodes: Vec<Node>,
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Node {
    parent: Option<NodeId>,
    children: BTreeMap<String, NodeId>,
    /// The segment as it is first written; its names are those of all lines.
    segment: Segment,
    /// The spellings of the fixed text, and how often each is written.
    spellings: Vec<(String, u32)>,
    /// The names under which each parameter is documented, in the order in which they are met.
    documented: Vec<Vec<String>>,
}

#[derive(Debug)]
struct Line {
    page: usize,
    span: Span,
    method: String,
    node: NodeId,
    /// Which of the spellings of each node on the way it has.
    spelling: Vec<usize>,
}

impl Default for RouteTree {
    fn default() -> Self {
        let root = Segment {
            kind: SegmentKind::Name,
            pieces: Vec::new(),
        };
        Self {
            nodes: vec![Node::new(None, root)],
            lines: Vec::new(),
        }
    }
}

impl Node {
    fn new(parent: Option<NodeId>, segment: Segment) -> Self {
        Self {
            parent,
            children: BTreeMap::new(),
            segment,
            spellings: Vec::new(),
            documented: Vec::new(),
        }
    }
}

impl RouteTree {
    /// Adds a line of a page.
    pub(super) fn add(&mut self, page: &Page<'_>, line: &RouteLine<'_>) -> LineId {
        let mut node = 0;
        let mut spelling = Vec::with_capacity(line.path.segments.len());
        for segment in &line.path.segments {
            let written = fixed_text(segment);
            let key = written.to_lowercase();
            let next = self.nodes.len();
            let child = *self.nodes[node].children.entry(key).or_insert(next);
            if child == next {
                self.nodes.push(Node::new(Some(node), segment.clone()));
            }
            node = child;
            let entry = &mut self.nodes[node];
            entry.add_names(segment);
            spelling.push(entry.add_spelling(&written));
        }
        self.lines.push(Line {
            page: page.id.0 as usize,
            span: line.span,
            method: line.method.to_owned(),
            node,
            spelling,
        });
        LineId(self.lines.len() - 1)
    }

    /// Decides the names of what has been added so far, and gives the routes in the order of their
    /// paths together with the route of each line.
    pub(super) fn routes(&mut self, pages: &[Page<'_>]) -> (Vec<Route>, Vec<RouteId>) {
        self.decide_spellings();
        self.decide_names();
        // The lines that end in a node, by method.
        let mut ends: BTreeMap<NodeId, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
        for (index, line) in self.lines.iter().enumerate() {
            let methods = ends.entry(line.node).or_default();
            methods.entry(&line.method).or_default().push(index);
        }
        let ends = ends.into_iter();
        let mut ends: Vec<_> = ends
            .map(|(node, methods)| (self.template(node), methods))
            .collect();
        ends.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut routes = Vec::with_capacity(self.lines.len());
        let mut ids = vec![RouteId(0); self.lines.len()];
        for (path, methods) in &ends {
            for (&method, lines) in methods {
                let id = RouteId(routes.len() as u32);
                let sources = lines.iter().map(|&index| {
                    let line = &self.lines[index];
                    source(&pages[line.page], line.span)
                });
                routes.push(Route {
                    method: method.to_owned(),
                    path: path.clone(),
                    operations: Vec::new(),
                    sources: sources.collect(),
                });
                lines.iter().for_each(|&index| ids[index] = id);
            }
        }
        (routes, ids)
    }

    /// Reports the lines that are written in another spelling than the one that was decided on.
    pub(super) fn report_spellings(&self, pages: &[Page<'_>], diagnostics: &mut Vec<Diagnostic>) {
        let texts = self.nodes.iter().map(|node| fixed_text(&node.segment));
        let texts: Vec<Cow<'_, str>> = texts.collect();
        for line in &self.lines {
            self.report_spelling(line, &texts, pages, diagnostics);
        }
    }

    /// One spelling for each text, wherever in the tree it stands: the most deliberate one, which
    /// has the most capitals within it, then the most frequent one.
    fn decide_spellings(&mut self) {
        let mut counts: BTreeMap<String, BTreeMap<&str, u32>> = BTreeMap::new();
        for (text, count) in self.nodes.iter().flat_map(|node| &node.spellings) {
            let known = counts.entry(text.to_lowercase()).or_default();
            *known.entry(text.as_str()).or_default() += count;
        }
        let rank = |text: &str, count: u32| {
            let capitals = text
                .chars()
                .skip(1)
                .filter(char::is_ascii_uppercase)
                .count();
            let begins_small = text.starts_with(|c: char| c.is_ascii_lowercase());
            (capitals, count, begins_small)
        };
        let best = counts.into_iter().filter_map(|(key, spellings)| {
            let spellings = spellings.into_iter();
            let (best, _) = spellings.max_by_key(|&(text, count)| rank(text, count))?;
            Some((key, best.to_owned()))
        });
        let best: BTreeMap<String, String> = best.collect();
        for node in &mut self.nodes {
            let key = fixed_text(&node.segment).to_lowercase();
            let Some(best) = best.get(&key) else { continue };
            let mut parts = best.split("{}").filter(|part| !part.is_empty());
            for piece in &mut node.segment.pieces {
                if let Piece::Literal(text) = piece
                    && let Some(part) = parts.next()
                {
                    part.clone_into(text);
                }
            }
        }
    }

    /// One name for each parameter: that of the collection with `-id` behind it where the pages only
    /// say that it is an id, and the documented name otherwise.
    fn decide_names(&mut self) {
        for index in 1..self.nodes.len() {
            let before = self.nodes[index]
                .parent
                .and_then(|parent| self.nodes[parent].segment.literal());
            let collection = before.filter(|text| !text.starts_with('$')).map(singular);
            let node = &mut self.nodes[index];
            let mut documented = node.documented.iter();
            for piece in &mut node.segment.pieces {
                if let Piece::Parameter(parameter) = piece {
                    let names = documented.next().cloned().unwrap_or_default();
                    let collection = collection
                        .as_deref()
                        .filter(|_| parameter.encoding == Encoding::Segment);
                    parameter.name = canonical_name(&names, collection);
                    parameter.documented = names;
                }
            }
        }
    }

    /// The template of a node, in which no two parameters have the same name.
    fn template(&self, node: NodeId) -> PathTemplate {
        let mut segments = Vec::new();
        let mut at = node;
        while let Some(parent) = self.nodes[at].parent {
            segments.push(self.nodes[at].segment.clone());
            at = parent;
        }
        segments.reverse();
        let mut taken = BTreeSet::new();
        for piece in segments.iter_mut().flat_map(|segment| &mut segment.pieces) {
            if let Piece::Parameter(parameter) = piece {
                let base = parameter.name.clone();
                let mut number = 2;
                while !taken.insert(folded(&parameter.name)) {
                    parameter.name = format!("{base}-{number}");
                    number += 1;
                }
            }
        }
        PathTemplate { segments }
    }

    fn report_spelling(
        &self,
        line: &Line,
        texts: &[Cow<'_, str>],
        pages: &[Page<'_>],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut node = line.node;
        for &spelling in line.spelling.iter().rev() {
            let (written, _) = &self.nodes[node].spellings[spelling];
            let chosen = &texts[node];
            node = self.nodes[node].parent.unwrap_or(0);
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
    /// Counts a spelling, and says which it is.
    fn add_spelling(&mut self, written: &str) -> usize {
        let mut known = self.spellings.iter();
        match known.position(|(text, _)| text == written) {
            Some(index) => {
                self.spellings[index].1 += 1;
                index
            }
            None => {
                self.spellings.push((written.to_owned(), 1));
                self.spellings.len() - 1
            }
        }
    }

    fn add_names(&mut self, segment: &Segment) {
        let parameters = segment.pieces.iter().filter_map(|piece| match piece {
            Piece::Parameter(parameter) => Some(parameter),
            Piece::Literal(_) => None,
        });
        for (index, parameter) in parameters.enumerate() {
            if index == self.documented.len() {
                self.documented.push(Vec::new());
            }
            for name in &parameter.documented {
                if !self.documented[index].contains(name) {
                    self.documented[index].push(name.clone());
                }
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
    match segment.pieces.as_slice() {
        [piece] => Cow::Borrowed(text(piece)),
        pieces => Cow::Owned(pieces.iter().map(text).collect()),
    }
}
