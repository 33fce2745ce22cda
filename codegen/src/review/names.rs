//! Names of example requests, which tell them apart in the whole set of pages.

use foldhash::HashMap;

use super::finding;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::Page;
use crate::page::annotation::BlockType;
use crate::page::context::locate;

/// Reports each request with the name of one before it.
pub(super) fn check(pages: &[Page<'_>], found: &mut Vec<Diagnostic>) {
    let mut first = HashMap::default();
    for page in pages {
        for request in &page.examples.requests {
            let annotation = request.annotation.as_ref();
            let Some(annotation) = annotation.filter(|it| it.kind == BlockType::Request) else {
                continue;
            };
            let Some(name) = annotation.names.first() else {
                continue;
            };
            match first.get(name) {
                None => {
                    first.insert(name, (page, annotation.span));
                }
                Some((earlier, span)) => {
                    let place = locate(earlier.file, *span);
                    let message = format!("another request is named `{name}` too");
                    let help = format!("the first is at {}:{}", place.path, place.line);
                    let duplicate = finding(Code::ExampleName, page, annotation.span, message);
                    found.push(duplicate.with_help(help));
                }
            }
        }
    }
}
