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
    let mut known: HashMap<_, Vec<&Operation>> = HashMap::default();
    for operation in &api.operations {
        let key = (lower(&operation.title), operation.routes.as_slice());
        let alike = known.entry(key).or_default();
        let id = operation.source.page;
        let mut earlier = alike.iter().filter(|it| it.source.page != id);
        if let Some(first) = earlier.find(|it| bodies(it).eq(bodies(operation))) {
            let [first, page] = [first.source.page, id].map(|id| &pages[id.0 as usize]);
            found.push(repeated(first, page, &operation.title));
        }
        alike.push(operation);
    }
}

/// The finding that a page documents what one before it does.
fn repeated(first: &Page<'_>, page: &Page<'_>, title: &str) -> Diagnostic {
    let place = locate(first.file, first.title_span);
    let message =
        format!("another page documents `{title}` at the same routes, with the same examples");
    let help = format!(
        "that is {}:{}: remove one of them, or give each a title of its own",
        place.path, place.line
    );
    finding(Code::OperationTwice, page, page.title_span, message).with_help(help)
}

/// What the examples of an operation send and bring.
fn bodies(operation: &Operation) -> impl Iterator<Item = [Option<&str>; 2]> {
    operation.examples.iter().map(|example| {
        let response = example.response.as_ref();
        [
            example.request.body.as_deref(),
            response.and_then(|response| response.body.as_deref()),
        ]
    })
}
