//! Pages with several operations, each in a section of its own: what stands there is about that operation alone.

use std::ops::Range;

use super::section::{Section, SectionKind};

/// How a page is divided: what its sections are about, by their indices.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Division {
    /// The sections of each operation, the first of which is the one around the others; none where the page is
    /// about one thing.
    pub(super) operations: Vec<Range<usize>>,
    /// The sections that are about all of the operations.
    pub(super) shared: Vec<usize>,
}

impl Division {
    /// Divides a page where several of its sections have in them all that pages about one operation have: the request
    /// and the response. Where any request stands elsewhere, the page as a whole is about an operation.
    pub(super) fn of(sections: &[Section<'_>]) -> Self {
        let is_request = |at: &usize| {
            let section = &sections[*at];
            section.kind == SectionKind::HttpRequest && section.is_named
        };
        let requests = (0..sections.len()).filter(is_request);
        // Most pages have one.
        if requests.clone().nth(1).is_none() {
            return Self::default();
        }
        let mut operations: Vec<Range<usize>> = Vec::new();
        for at in requests {
            if operations.last().is_some_and(|last| last.contains(&at)) {
                continue;
            }
            match around(sections, at) {
                Some(operation) => operations.push(operation),
                None => return Self::default(),
            }
        }
        if operations.len() < 2 {
            return Self::default();
        }
        let is_inside = |at: &usize| operations.iter().any(|operation| operation.contains(at));
        let shared = (0..sections.len()).filter(|at| {
            use SectionKind::*;
            let kind = sections[*at].kind;
            matches!(
                kind,
                Permissions | PathParameters | QueryParameters | RequestHeaders
            )
        });
        let shared = shared.filter(|at| !is_inside(at)).collect();
        Self { operations, shared }
    }

    /// The sections that are about no operation of several, but about the page as a whole.
    pub(super) fn rest(&self, count: usize) -> impl Iterator<Item = usize> {
        let mut operations = self.operations.iter().peekable();
        let mut shared = self.shared.iter().peekable();
        (0..count).filter(move |at| {
            while operations
                .next_if(|operation| operation.end <= *at)
                .is_some()
            {}
            let inside = operations.peek().is_some_and(|it| it.contains(at));
            !inside && shared.next_if_eq(&at).is_none()
        })
    }
}

/// The sections of the operation that a request belongs to: those of the section around it, if that stands for nothing
/// usual and has a response.
fn around(sections: &[Section<'_>], request: usize) -> Option<Range<usize>> {
    let level = sections[request].level();
    let mut before = sections[..request].iter();
    let start = before.rposition(|it| it.level() < level)?;
    let subject = &sections[start];
    let end = sections[request..]
        .iter()
        .position(|it| it.level() <= subject.level());
    let end = end.map_or(sections.len(), |behind| request + behind);
    let mut inside = sections[start + 1..end].iter();
    let has_response = inside.any(|it| it.kind == SectionKind::Response && it.is_named);
    let is_subject = subject.is_title() || subject.kind == SectionKind::Other;
    (is_subject && has_response).then_some(start..end)
}
