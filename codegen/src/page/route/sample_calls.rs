//! Calls that a page about something else shows below its title, as an overview of the API does: samples of what other
//! pages document, and no routes of its own.

use foldhash::{HashMap, HashMapExt as _};

use crate::page::Page;
use crate::vocabulary::{PathTemplate, Piece, Segment};

/// Takes the calls of such pages out of their routes, and tells how many there are.
pub(crate) fn leave_out(pages: &mut [Page<'_>]) -> u32 {
    let (only_sampling, documenting): (Vec<usize>, Vec<usize>) =
        (0..pages.len()).partition(|&at| only_samples(&pages[at]));
    // Few sets have any.
    if only_sampling.is_empty() {
        return 0;
    }
    let mut documented: HashMap<(&str, usize), Place> = HashMap::new();
    for line in documenting.iter().flat_map(|&at| pages[at].route_lines()) {
        let key = (line.method, line.path.segments.len());
        documented.entry(key).or_default().add(&line.path.segments);
    }
    let is_documented = |at: &usize| {
        let mut lines = pages[*at].route_lines();
        lines.all(|line| {
            let key = (line.method, line.path.segments.len());
            let places = documented.get(&key);
            places.is_some_and(|places| places.takes(&line.path))
        })
    };
    let samples: Vec<usize> = only_sampling.into_iter().filter(is_documented).collect();
    let mut count = 0;
    for at in samples {
        count += pages[at].route_lines().count() as u32;
        pages[at].routes.clear();
    }
    count
}

/// Whether a page says nothing of an operation but that it is called: with whole URLs, as those who call it write them.
fn only_samples(page: &Page<'_>) -> bool {
    let mut lines = page.route_lines();
    let is_unnamed = |title: &str| title == page.title || title.eq_ignore_ascii_case("Request");
    let is_below_title = || page.routes.iter().all(|block| is_unnamed(&block.title));
    let mut rows = [
        &page.path_parameters,
        &page.function_parameters,
        &page.query_parameters,
        &page.headers,
        &page.body_rows,
    ]
    .into_iter()
    .flatten();
    !page.routes.is_empty()
        && is_below_title()
        && lines.all(|line| page.file.text[line.span.range()].contains("://"))
        && rows.all(|row| row.description.is_empty())
        && page.examples.requests.is_empty()
        && page.examples.responses.is_empty()
        && page.permissions.is_empty()
        && page.request_prose.is_empty()
        && page.response_prose.is_empty()
        && !page.shows_answer
}

/// A place in the tree of documented paths of as many segments.
#[derive(Default)]
struct Place<'p> {
    /// The places behind a name, in lower case.
    named: HashMap<String, Place<'p>>,
    /// The place behind a parameter, which may be any value.
    any: Option<Box<Place<'p>>>,
    /// The places behind what is neither.
    other: HashMap<&'p Segment, Place<'p>>,
}

impl<'p> Place<'p> {
    fn add(&mut self, path: &'p [Segment]) {
        let Some((segment, rest)) = path.split_first() else {
            return;
        };
        let next = match only(segment) {
            Some(Piece::Parameter(_)) => &mut **self.any.get_or_insert_default(),
            Some(Piece::Literal(name)) => self.named.entry(name.to_ascii_lowercase()).or_default(),
            None => self.other.entry(segment).or_default(),
        };
        next.add(rest);
    }

    /// Whether a documented path is that of a call: equal, but for the values that it has parameters for.
    fn takes(&self, called: &PathTemplate) -> bool {
        let mut reached = vec![self];
        for segment in &called.segments {
            let behind = reached.iter().flat_map(|place| {
                let equal = match only(segment) {
                    Some(Piece::Literal(name)) => place.named.get(&name.to_ascii_lowercase()),
                    Some(Piece::Parameter(_)) => None,
                    None => place.other.get(segment),
                };
                equal.into_iter().chain(place.any.as_deref())
            });
            reached = behind.collect();
        }
        !reached.is_empty()
    }
}

/// The only piece of a segment.
fn only(segment: &Segment) -> Option<&Piece> {
    match &*segment.pieces {
        [piece] => Some(piece),
        _ => None,
    }
}
