//! The heading *Request*: most pages have it above an example, and some above the route lines of what they are about, or
//! above all that the request consists of.

use super::route::block::is_of_requests;
use super::route::table::lists_routes;
use super::route::written::in_paragraph;
use super::section::{SectionKind, named_kind};
use crate::markdown::{BlockKind, Document, Fence};

/// Whether the section of a heading *Request* is that of the routes: its only code is route lines, in blocks or in
/// paragraphs of their own, of which nothing says that they are an example, and none stand below the heading around it,
/// whose request they would be.
pub(super) fn is_above_routes(document: &Document<'_>, heading: usize, level: u8) -> bool {
    let (before, below) = document.blocks.split_at(heading);
    let is_around = |kind: &BlockKind<'_>| matches!(kind, BlockKind::Heading(it, _) if *it < level);
    let before = before.iter().rev().map(|block| &block.kind);
    let mut before = before.take_while(|kind| !is_around(kind));
    let below = below.iter().skip(1);
    let mut below = below.take_while(|block| !matches!(block.kind, BlockKind::Heading(..)));
    let is_route_block = |fence: &Fence<'_>| {
        let is_http = fence.is_plain() || fence.language.eq_ignore_ascii_case("http");
        is_http && is_of_requests(document.text, fence)
    };
    let mut is_shown = false;
    let is_of_routes = below.all(|block| match &block.kind {
        BlockKind::Fence(fence) => {
            is_shown = true;
            is_route_block(fence)
        }
        BlockKind::Comment(_) => false,
        BlockKind::Paragraph(..) => {
            is_shown |= !in_paragraph(document, block).is_empty();
            true
        }
        _ => true,
    });
    let holds_routes =
        |kind: &BlockKind<'_>| matches!(kind, BlockKind::Fence(fence) if is_route_block(fence));
    is_of_routes && is_shown && !before.any(holds_routes)
}

/// Whether the section of a heading *Request* has the routes in a table, or below a heading of their own such as *Request
/// syntax*, before any code is shown.
pub(super) fn is_around_routes(document: &Document<'_>, heading: usize, level: u8) -> bool {
    let below = document.blocks.iter().skip(heading + 1);
    let mut below = below.map(|block| &block.kind);
    let decides = below.find_map(|kind| match kind {
        BlockKind::Heading(it, _) if *it <= level => Some(false),
        BlockKind::Heading(_, run) => {
            let is_of_routes = named_kind(&document.plain(run)) == Some(SectionKind::HttpRequest);
            is_of_routes.then_some(true)
        }
        BlockKind::Table(table) if lists_routes(document, table) => Some(true),
        BlockKind::Fence(_) => Some(false),
        _ => None,
    });
    decides == Some(true)
}
