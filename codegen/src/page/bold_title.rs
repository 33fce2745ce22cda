//! Lines in bold that stand for headings, as *Sample request* and *Response* do on pages that show many operations, each
//! in a section of its own.

use std::ops::Range;

use super::route::block::is_of_requests;
use crate::markdown::{Block, BlockKind, Container, Document, InlineKind};
use crate::text::trimmed;

/// The text of a paragraph that is all in bold.
pub(super) fn of<'a>(document: &Document<'a>, block: &Block<'a>) -> Option<&'a str> {
    let BlockKind::Paragraph(run, Container::Page) = &block.kind else {
        return None;
    };
    // Hardly any paragraph begins so.
    let inner = trimmed(document.slice(block.span)).strip_prefix("**")?;
    let inner = inner
        .strip_suffix(':')
        .unwrap_or(inner)
        .strip_suffix("**")?;
    let is_one = matches!(
        document.inlines(run),
        [first, text, end, ..]
            if matches!(first.kind, InlineKind::EmphasisStart)
                && matches!(text.kind, InlineKind::Text(_))
                && matches!(end.kind, InlineKind::EmphasisEnd)
    );
    is_one.then(|| trimmed(inner.strip_suffix(':').unwrap_or(inner)))
}

/// Whether some of the blocks are the routes of an operation.
pub(super) fn has_routes(document: &Document<'_>, blocks: Range<usize>) -> bool {
    document.blocks[blocks]
        .iter()
        .any(|block| match &block.kind {
            BlockKind::Fence(fence) => is_of_requests(document.text, fence),
            _ => false,
        })
}
