//! Contradictions between what pages say and what they show, looked for once the API is known.
//!
//! Reading a page finds what is wrong with it in itself, and assembling finds what cannot be put
//! together. What is left is that which can be read, and still misleads whoever reads it: an example
//! with a property that its type does not have, a status without the body that belongs to it, a name
//! that two requests share. Nothing here changes the model.

mod bodies;
mod names;
mod placeholders;
mod resources;
mod rows;
mod statuses;
mod types;
mod values;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Operation};
use crate::page::Page;
use crate::page::context::locate;
use crate::parallel;
use crate::source::Span;

use types::Types;

/// Looks over the pages and what was made of them. The pages must be in the order of their ids.
pub(crate) fn review(pages: &[Page<'_>], api: &Api) -> Vec<Diagnostic> {
    let types = Types::new(api);
    let defined_twice = resources::defined_twice(pages);
    let by_page = parallel::map(pages, |_, page| {
        let mut found = Vec::new();
        rows::check(page, &mut found);
        let operations = operations(page, api);
        statuses::check(page, operations, &types, &mut found);
        resources::check(page, &types, &defined_twice, &mut found);
        bodies::check(page, operations, &types, &mut found);
        found
    });
    let mut found: Vec<Diagnostic> = by_page.into_iter().flatten().collect();
    names::check(pages, &mut found);
    found
}

/// What a page documents; operations are in the order of pages.
fn operations<'m>(page: &Page<'_>, api: &'m Api) -> &'m [Operation] {
    let all = &api.operations;
    let start = all.partition_point(|operation| operation.source.page < page.id);
    let end = all.partition_point(|operation| operation.source.page <= page.id);
    &all[start..end]
}

/// A finding about a span of a page.
fn finding(code: Code, page: &Page<'_>, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, locate(page.file, span), message)
}
