//! Operations that two pages document, as where one was copied and then forgotten.

use foldhash::HashMap;

use super::finding;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Operation};
use crate::page::Page;
use crate::page::context::locate;
use crate::text::lower;

/// Reports each operation with the title, the routes and the examples of one on a page before it. Where the examples
/// are others, the pages may be about parts of one large thing.
pub(super) fn check(pages: &[Page<'_>], api: &Api, found: &mut Vec<Diagnostic>) {
    let mut first = HashMap::default();
    for operation in &api.operations {
        let page = &pages[operation.source.page.0 as usize];
        let title = lower(&operation.title);
        let key = (title, operation.routes.as_slice(), bodies(operation));
        let earlier: &Page<'_> = first.entry(key).or_insert(page);
        if earlier.id == page.id {
            continue;
        }
        let place = locate(earlier.file, earlier.title_span);
        let message = format!(
            "another page documents `{}` at the same routes, with the same examples",
            operation.title
        );
        let help = format!(
            "that is {}:{}: remove one of them, or give each a title of its own",
            place.path, place.line
        );
        let repeated = finding(Code::OperationTwice, page, page.title_span, message);
        found.push(repeated.with_help(help));
    }
}

/// What the examples of an operation send and bring.
fn bodies(operation: &Operation) -> Vec<[Option<&str>; 2]> {
    let examples = operation.examples.iter().map(|example| {
        let response = example.response.as_ref();
        [
            example.request.body.as_deref(),
            response.and_then(|response| response.body.as_deref()),
        ]
    });
    examples.collect()
}
