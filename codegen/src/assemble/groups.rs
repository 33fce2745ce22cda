//! Groups of route lines: which lines of a page are one operation, and what it is called.

use std::collections::{BTreeMap, BTreeSet};

use super::function_calls;
use super::route_tree::{LineId, RouteTree};
use crate::diagnostic::Diagnostic;
use crate::page::Page;
use crate::page::example::ExampleMessage;
use crate::page::message::Start;
use crate::page::route::RouteLine;
use crate::source::Span;
use crate::vocabulary::SegmentKind;

/// The route lines of a page that are one operation.
#[derive(Debug)]
pub(super) struct Group {
    /// The page.
    pub(super) page: usize,
    /// The method.
    pub(super) method: String,
    /// OData's own segment that the paths end in, such as `$value`.
    pub(super) tail: Option<String>,
    /// The heading above its first line.
    pub(super) title: String,
    /// Whether the page has other operations.
    pub(super) several: bool,
    /// Whether another one has the same method.
    method_shared: bool,
    /// The first of its lines.
    pub(super) span: Span,
    /// Its lines.
    pub(super) lines: Vec<LineId>,
}

/// Groups the route lines of a page. Lines of one method are one operation, unless they end in
/// different segments of OData's own: `/photo` and `/photo/$value` are two.
pub(super) fn group(
    page: &Page<'_>,
    tree: &mut RouteTree,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for block in &page.routes {
        for line in &block.lines {
            let line = &*function_calls::complete(page, line, diagnostics);
            let id = tree.add(page, line);
            let tail = tail(line);
            let same = |group: &&mut Group| group.method == line.method && group.tail == tail;
            match groups.iter_mut().find(same) {
                Some(group) => group.lines.push(id),
                None => groups.push(Group {
                    page: page.id.0 as usize,
                    method: line.method.to_owned(),
                    tail,
                    title: block.title.clone(),
                    several: false,
                    method_shared: false,
                    span: line.span,
                    lines: vec![id],
                }),
            }
        }
    }
    let several = groups.len() > 1;
    let methods: Vec<_> = groups.iter().map(|group| group.method.clone()).collect();
    for group in &mut groups {
        group.several = several;
        group.method_shared = methods
            .iter()
            .filter(|method| **method == group.method)
            .count()
            > 1;
    }
    groups
}

fn tail(line: &RouteLine<'_>) -> Option<String> {
    let last = line.path.segments.last()?;
    (last.kind == SegmentKind::System).then(|| last.to_string().to_lowercase())
}

impl Group {
    /// Whether an example request is one of this operation, as far as its method and the segment
    /// of OData's own at its end tell.
    pub(super) fn is_shown_by(&self, request: &ExampleMessage<'_>) -> bool {
        let Start::Request { method, target } = request.message.start else {
            return false;
        };
        let path = target
            .split('?')
            .next()
            .unwrap_or(target)
            .trim_end_matches('/');
        let last = path.rsplit('/').next().unwrap_or("").to_lowercase();
        let same_end = match &self.tail {
            Some(tail) => last == *tail,
            None => !matches!(last.as_str(), "$value" | "$count" | "$ref"),
        };
        method == self.method && same_end
    }
}

/// A name in words for each group: the title of its page, made unique by the page's file name where
/// several pages have one title, and by what differs where one page has several operations.
pub(super) fn names(pages: &[Page<'_>], groups: &[Group]) -> Vec<String> {
    let mut uses: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for group in groups {
        let title = pages[group.page].title.to_lowercase();
        uses.entry(title).or_default().insert(group.page);
    }
    let mut taken = BTreeSet::new();
    let mut names = Vec::with_capacity(groups.len());
    for group in groups {
        let page = &pages[group.page];
        let shared = uses
            .get(&page.title.to_lowercase())
            .is_some_and(|pages| pages.len() > 1);
        let mut name = if shared || page.title.is_empty() {
            file_words(&page.file.path)
        } else {
            words(&page.title)
        };
        if group.several {
            if let Some(tail) = group.tail.as_deref().filter(|_| group.method_shared) {
                name = format!("{name} {}", words(tail));
            } else if !group.method_shared {
                name = format!("{name} with {}", group.method.to_lowercase());
            }
        }
        let base = name.clone();
        let mut number = 2;
        while !taken.insert(name.to_lowercase()) {
            name = format!("{base} {number}");
            number += 1;
        }
        names.push(name);
    }
    names
}

/// The words of a title, without punctuation.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The words of a page's file name.
fn file_words(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    words(name.strip_suffix(".md").unwrap_or(name))
}
