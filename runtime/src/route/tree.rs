//! Templates by their segments, for finding those that may match a path without trying them all.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::RouteInfo;
use super::template;

/// The templates that begin with the same segments.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Those that go on with text, by the text in lower case.
    literal: BTreeMap<String, Tree>,
    /// Those that go on with a segment that has parameters.
    open: Option<Box<Tree>>,
    /// Those that go on with a parameter that may span segments, whatever is behind it.
    spanning: Vec<usize>,
    /// Those that end here.
    ends: Vec<usize>,
}

impl Tree {
    /// The tree of the templates of routes.
    pub(super) fn new(routes: &[RouteInfo]) -> Self {
        let mut root = Self::default();
        for (index, route) in routes.iter().enumerate() {
            root.insert(index, route.template);
        }
        root
    }

    fn insert(&mut self, index: usize, template: &str) {
        let mut at = self;
        for (text, spans) in template::segments(template) {
            if spans {
                at.spanning.push(index);
                return;
            }
            at = match text.contains('{') {
                true => at.open.get_or_insert_default(),
                false => at.literal.entry(text.to_ascii_lowercase()).or_default(),
            };
        }
        at.ends.push(index);
    }

    /// The indexes of all templates that may match a path, and of few others.
    ///
    /// Each segment of the path leads to two subtrees at most; that of the text is empty for most
    /// paths that are no route.
    pub(super) fn candidates(&self, path: &[Cow<'_, str>]) -> Vec<usize> {
        let mut found = Vec::new();
        self.collect(path, &mut found);
        found
    }

    fn collect(&self, path: &[Cow<'_, str>], found: &mut Vec<usize>) {
        let Some((segment, rest)) = path.split_first() else {
            found.extend(&self.ends);
            return;
        };
        found.extend(&self.spanning);
        if let Some(next) = self.literal.get(&*segment.to_ascii_lowercase()) {
            next.collect(rest, found);
        }
        if let Some(next) = &self.open {
            next.collect(rest, found);
        }
    }
}
