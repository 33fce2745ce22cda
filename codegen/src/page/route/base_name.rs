//! Names that stand for the base URL. Where examples have a placeholder for the host, as in
//! `https://{serviceRoot}/orders`, a route line may begin with it too: `serviceRoot/orders` is `/orders`.

use std::collections::BTreeSet;

use super::segment::placeholder;
use crate::page::Page;
use crate::vocabulary::{Piece, Segment, origin};

/// Takes out of the routes of all pages what stands for the base URL in an example of one of them.
pub(crate) fn leave_out(pages: &mut [Page<'_>]) {
    let requests = pages.iter().flat_map(|page| &page.examples.requests);
    let targets = requests.filter_map(|request| request.message.request());
    let names = targets.filter_map(|(_, target)| name_of_host(target));
    let names: BTreeSet<&str> = names.collect();
    // Hardly any set of pages has one.
    if names.is_empty() {
        return;
    }
    let blocks = pages.iter_mut().flat_map(|page| &mut page.routes);
    for line in blocks.flat_map(|block| &mut block.lines) {
        let segments = &mut line.path.segments;
        if segments.len() > 1 && is_called(&segments[0], &names) {
            segments.remove(0);
        }
    }
}

/// The placeholder that a URL has for its host.
fn name_of_host(url: &str) -> Option<&str> {
    let (_, host) = origin(url)?.split_once("://")?;
    placeholder(host)
}

fn is_called(segment: &Segment, names: &BTreeSet<&str>) -> bool {
    match &*segment.pieces {
        [Piece::Literal(text)] => names.contains(text.as_str()),
        [Piece::Parameter(parameter)] => {
            let mut documented = parameter.documented.iter();
            documented.any(|name| names.contains(name.as_str()))
        }
        _ => false,
    }
}
