//! Pages with several operations, each in a section of its own: what stands there is about that operation alone.

use std::ops::Range;

use super::route::block::is_of_requests;
use super::section::{Section, SectionKind};
use crate::markdown::{BlockKind, Document};

/// How many bytes may be read of what is about all operations of a page, which is read with each of them: more than
/// pages have, unless one was made to take long. It is then about none of them.
const MOST_SHARED: usize = 1 << 24;

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
    /// Divides a page where several of its sections have in them all that pages about one operation have, the request
    /// and the response, or are called as their routes. Beside these, one that deletes something may have nothing to
    /// say of the response. Where any request stands elsewhere, the page as a whole is about an operation.
    pub(super) fn of(document: &Document<'_>, sections: &[Section<'_>]) -> Self {
        let requests = (0..sections.len()).filter(|&at| has_request(document, &sections[at]));
        // Most pages have one.
        if requests.clone().nth(1).is_none() {
            return Self::default();
        }
        let mut operations: Vec<Range<usize>> = Vec::new();
        let mut whole: Vec<&Section<'_>> = Vec::new();
        for at in requests {
            if operations.last().is_some_and(|last| last.contains(&at)) {
                continue;
            }
            let Some(operation) = around(sections, at) else {
                return Self::default();
            };
            let subject = &sections[operation.start];
            let mut inner = sections[operation.clone()].iter().skip(1);
            if subject.route.is_some() || inner.any(says_answer) {
                whole.push(subject);
            }
            operations.push(operation);
        }
        let is_beside = |it: &Range<usize>| sections[it.start].level() == whole[0].level();
        let is_divided = whole.len() > 1
            && (whole.len() == operations.len() || operations.iter().all(is_beside));
        if !is_divided {
            return Self::default();
        }
        let is_inside = |at: &usize| {
            let next = operations.partition_point(|operation| operation.end <= *at);
            operations.get(next).is_some_and(|it| it.contains(at))
        };
        let own = of_something_else(sections);
        let shared = (0..sections.len()).filter(|at| sections[*at].kind.is_of_operation());
        let shared = shared.filter(|at| !is_inside(at) && !own[*at]);
        let mut shared: Vec<usize> = shared.collect();
        let length = |&at: &usize| {
            let end = sections.get(at + 1).map(|next| next.span.start as usize);
            end.unwrap_or(document.text.len()) - sections[at].span.start as usize
        };
        if shared.iter().map(length).sum::<usize>() > MOST_SHARED / operations.len() {
            shared.clear();
        }
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

/// Whether the route of an operation may stand in a section: it is that of the request, or a route stands below its
/// own title, or is that.
fn has_request(document: &Document<'_>, section: &Section<'_>) -> bool {
    match section.kind {
        SectionKind::HttpRequest => section.is_named,
        SectionKind::Other | SectionKind::Introduction => {
            let mut blocks = section.own_blocks(document).iter();
            let is_below = blocks.any(|block| match &block.kind {
                BlockKind::Fence(fence) => is_of_requests(document.text, fence),
                _ => false,
            });
            section.is_subject() && (is_below || section.route.is_some())
        }
        _ => false,
    }
}

/// Which sections are part of one that says what comes back, below another heading than the title: where that is no
/// operation, what it says is still about none of the others.
fn of_something_else(sections: &[Section<'_>]) -> Vec<bool> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(sections.len());
    for (at, section) in sections.iter().enumerate() {
        while open
            .pop_if(|above| sections[*above].level() >= section.level())
            .is_some()
        {}
        let parent = open.last().copied();
        parents.push(
            parent.filter(|&above| !sections[above].is_title() && sections[above].is_subject()),
        );
        open.push(at);
    }
    let mut answers = vec![false; sections.len()];
    for (section, parent) in sections.iter().zip(&parents) {
        if let (SectionKind::Response, true, Some(parent)) =
            (section.kind, section.is_named, *parent)
        {
            answers[parent] = true;
        }
    }
    let parents = parents.into_iter();
    parents
        .map(|parent| parent.is_some_and(|parent| answers[parent]))
        .collect()
}

/// Whether a section says what comes back.
fn says_answer(section: &Section<'_>) -> bool {
    matches!(section.kind, SectionKind::Response | SectionKind::Example) && section.is_named
}

/// The sections of the operation that a request belongs to: those of the section around it, if that stands for nothing
/// usual or is a route.
fn around(sections: &[Section<'_>], request: usize) -> Option<Range<usize>> {
    let has_heading = sections[request].kind == SectionKind::HttpRequest;
    let start = match has_heading {
        true => {
            let level = sections[request].level();
            let mut before = sections[..request].iter();
            before.rposition(|it| it.level() < level)?
        }
        false => request,
    };
    let subject = &sections[start];
    let mut behind = sections[start + 1..].iter();
    let end = behind.position(|it| it.level() <= subject.level());
    let end = end.map_or(sections.len(), |count| start + 1 + count);
    let is_route = subject.route.is_some();
    let end = match is_route && end == start + 1 {
        true => end_beside(sections, start),
        false => end,
    };
    (is_route || subject.is_subject()).then_some(start..end)
}

/// Where the sections of a route end below whose heading none stand: what comes back may be said below the next heading of
/// the same level.
fn end_beside(sections: &[Section<'_>], route: usize) -> usize {
    let level = sections[route].level();
    let is_own = |it: &&Section<'_>| {
        let is_usual = it.kind.is_of_operation() || it.kind == SectionKind::Example;
        it.level() > level || it.level() == level && is_usual
    };
    let beside = &sections[route + 1..];
    let count = beside.iter().take_while(is_own).count();
    match beside[..count].iter().any(says_answer) {
        true => route + 1 + count,
        false => route + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parse;
    use crate::page::section::sections;

    /// The headings of the operations of a page, those of what is about all of them, and those of the rest.
    fn divided(headings: &[&str]) -> [Vec<String>; 3] {
        let text = headings.join("\n");
        let document = parse(&text, 0);
        let sections = sections(&document);
        let division = Division::of(&document, &sections);
        let title = |at: usize| sections[at].title.to_string();
        let operations = division.operations.iter().map(|it| title(it.start));
        [
            operations.collect(),
            division.shared.iter().map(|&at| title(at)).collect(),
            division.rest(sections.len()).map(title).collect(),
        ]
    }

    #[test]
    fn each_section_with_a_request_and_a_response_is_an_operation() {
        let [operations, shared, rest] = divided(&[
            "# Kites",
            "## Permissions",
            "## List",
            "### HTTP request",
            "### Response",
            "## Strings",
            "## Get",
            "### Request body",
            "### HTTP request",
            "### Response",
            "## Request headers",
        ]);
        assert_eq!(operations, ["List", "Get"]);
        assert_eq!(shared, ["Permissions", "Request headers"]);
        assert_eq!(rest, ["", "Kites", "Strings"]);
    }

    #[test]
    fn one_operation_beside_others_may_have_no_response() {
        let [request, response] = ["### HTTP request", "### Response"];
        let page = [
            "# Kites", "## List", request, response, "## Get", request, response,
        ];
        let operations = |last: &[&str]| divided(&[&page[..], last].concat())[0].len();
        assert_eq!(operations(&["## Delete", request]), 3);
        assert_eq!(
            operations(&["## Strings", "### Cut", "#### HTTP request"]),
            0
        );
    }

    #[test]
    fn what_is_said_of_something_else_is_about_no_operation() {
        let [request, response] = ["### HTTP request", "### Response"];
        let operations = ["## List", request, response, "## Get", request, response];
        let page = [
            "# Kites",
            "## Fly",
            "### Request headers",
            response,
            "## All",
            "### Permissions",
        ];
        let [found, shared, rest] = divided(&[&page[..], &operations[..]].concat());
        assert_eq!(found, ["List", "Get"]);
        assert_eq!(shared, ["Permissions"]);
        assert_eq!(
            rest,
            ["", "Kites", "Fly", "Request headers", "Response", "All"]
        );
    }

    #[test]
    fn a_page_about_one_operation_is_not_divided() {
        let whole = |headings: &[&str]| divided(headings)[0].is_empty();
        let [list, get] = ["## List", "## Get"];
        let [request, response] = ["### HTTP request", "### Response"];
        assert!(whole(&["# Get", "## HTTP request", "## Response"]));
        // Only one of them has a response of its own, and then a request stands beside both.
        assert!(whole(&["# A", list, request, get, request, response]));
        let both = [list, request, response, get, request, response];
        assert!(!whole(&both));
        assert!(whole(&[&both[..], &["## HTTP request"]].concat()));
    }

    #[test]
    fn what_a_route_is_answered_with_may_stand_beside_its_heading() {
        let [found, shared, rest] = divided(&[
            "# Kites",
            "## GET /kites",
            "## Response",
            "## POST /kites",
            "## Request body",
            "## Example",
            "### Request",
            "## DELETE /kites",
            "## Request headers",
        ]);
        assert_eq!(found, ["GET /kites", "POST /kites", "DELETE /kites"]);
        assert_eq!(shared, ["Request headers"]);
        assert_eq!(rest, ["", "Kites"]);
    }

    #[test]
    fn what_takes_long_to_read_with_each_operation_is_about_none() {
        let shared = |length: usize| {
            let long = "a".repeat(length);
            let [request, response] = ["### HTTP request", "### Response"];
            let operations = ["## A", request, response, "## B", request, response];
            let page = ["# Kites", "## Permissions", &long, "## Path parameters"];
            let [found, shared, rest] = divided(&[&page[..], &operations[..]].concat());
            assert_eq!(found, ["A", "B"]);
            (shared.len(), rest.len())
        };
        assert_eq!(shared(MOST_SHARED / 4), (2, 2));
        assert_eq!(shared(MOST_SHARED / 2), (0, 4));
    }
}
