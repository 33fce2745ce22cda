//! Lines in bold that stand for headings, as *Sample request* and *Response* do on pages that show many operations, each
//! in a section of its own.

use super::route::block::is_of_requests;
use crate::markdown::{Block, BlockKind, Container, Document, InlineKind};
use crate::text::trimmed;

/// The text of a paragraph that is all in bold, and no sentence.
pub(super) fn of<'a>(document: &Document<'a>, block: &Block<'a>) -> Option<&'a str> {
    let BlockKind::Paragraph(run, Container::Page) = &block.kind else {
        return None;
    };
    let mut kinds = document.inlines(run).iter().map(|it| &it.kind);
    // Hardly any paragraph begins so.
    if !matches!(kinds.next(), Some(InlineKind::EmphasisStart)) {
        return None;
    }
    let inner = trimmed(document.slice(block.span)).strip_prefix("**")?;
    let inner = inner
        .strip_suffix(':')
        .unwrap_or(inner)
        .strip_suffix("**")?;
    let is_one = matches!(kinds.next(), Some(InlineKind::Text(_)))
        && matches!(kinds.next(), Some(InlineKind::EmphasisEnd))
        // Nothing but a colon may stand behind it.
        && kinds.all(|kind| matches!(kind, InlineKind::Text(text) if text == ":"));
    let is_title = is_one && !inner.ends_with(['.', '!', '?']);
    is_title.then(|| trimmed(inner.strip_suffix(':').unwrap_or(inner)))
}

/// Whether a block is one of the routes of an operation.
pub(super) fn is_routes(document: &Document<'_>, block: &Block<'_>) -> bool {
    match &block.kind {
        BlockKind::Fence(fence) => is_of_requests(document.text, fence),
        _ => false,
    }
}
