//! What is found while the pages are put together, and where it is reported.

use super::finding;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::Page;
use crate::parallel;
use crate::source::Span;

/// A page, and where to report what is found on it.
pub(super) struct OfPage<'p, 'a> {
    /// The page.
    pub(super) page: &'p Page<'a>,
    /// The findings so far.
    pub(super) found: &'p mut Vec<Diagnostic>,
}

impl OfPage<'_, '_> {
    /// Reports a finding about a span.
    pub(super) fn report(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.found.push(finding(code, self.page, span, message));
    }

    /// Reports a finding with a suggestion.
    pub(super) fn report_with_help(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let found = finding(code, self.page, span, message);
        self.found.push(found.with_help(help));
    }
}

/// What `f` makes of each item on all cores. What it finds is put behind what has been found, in the order of the items.
pub(super) fn map<'i, T: Sync, R: Send>(
    items: &'i [T],
    found: &mut Vec<Diagnostic>,
    f: impl Fn(usize, &'i T, &mut Vec<Diagnostic>) -> R + Sync,
) -> Vec<R> {
    let (made, found_of_each) = parallel::unzip(items, |index, item| {
        let mut found = Vec::new();
        (f(index, item, &mut found), found)
    });
    found.extend(found_of_each.into_iter().flatten());
    made
}
