//! Operations that two pages document, as where one was copied and then forgotten.

use foldhash::HashMap;

use super::finding;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Api;
use crate::page::Page;
use crate::page::context::locate;
use crate::text::lower;

/// Reports each operation with the title and the routes of one on a page before it.
pub(super) fn check(pages: &[Page<'_>], api: &Api, found: &mut Vec<Diagnostic>) {
    let mut first = HashMap::default();
    for operation in &api.operations {
        let page = &pages[operation.source.page.0 as usize];
        let key = (lower(&operation.title), operation.routes.as_slice());
        let earlier: &Page<'_> = first.entry(key).or_insert(page);
        if earlier.id == page.id {
            continue;
        }
        let place = locate(earlier.file, earlier.title_span);
        let message = format!(
            "another page documents the same routes as `{}`",
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
