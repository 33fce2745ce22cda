//! The words that lead to a code block of an example.

use crate::page::context::Context;
use crate::source::Span;

/// What stands between the last message of an example, or the heading behind it, and a code block: the heading and the
/// sentences there say what the block is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lead {
    /// Up to where it is read. A page may have any number of blocks that are no messages.
    end: usize,
    /// Whether it speaks of a request.
    pub(super) of_request: bool,
    /// Whether it speaks of a response.
    pub(super) of_answer: bool,
}

impl Lead {
    /// One that begins at a place.
    pub(super) fn behind(end: u32) -> Self {
        Self {
            end: end as usize,
            ..Self::default()
        }
    }

    /// It as it is before a block.
    pub(super) fn to(&mut self, cx: &Context<'_>, block: Span) -> Self {
        let end = block.start as usize;
        if let Some(text) = cx.file.text.get(self.end..end) {
            self.of_request |= text.contains("equest");
            self.of_answer |= text.contains("esponse");
            self.end = end;
        }
        *self
    }
}
