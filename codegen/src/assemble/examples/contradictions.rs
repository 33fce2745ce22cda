//! Examples that cannot be what their page documents, as the findings about them say.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use foldhash::HashMap;

use crate::diagnostic::{Code, Diagnostic, Location};
use crate::model::{Api, Contradiction, Source};
use crate::page::Page;
use crate::page::example::ExampleMessage;

/// The findings after which an example cannot be done right by. What other findings speak of, such as
/// JSON with a comma too many, is read all the same.
const CONTRADICTIONS: &[Code] = &[Code::ExampleRoute, Code::StatusBody, Code::ValueType];

/// Gives each example the findings of these kinds that lie within its messages.
pub(crate) fn attach(pages: &[Page<'_>], api: &mut Api, diagnostics: &[Diagnostic]) {
    let mut by_path: HashMap<&str, Vec<&Diagnostic>> = HashMap::default();
    for found in diagnostics {
        if CONTRADICTIONS.contains(&found.code) {
            by_path.entry(&found.location.path).or_default().push(found);
        }
    }
    for operation in &mut api.operations {
        let page = &pages[operation.source.page.0 as usize];
        let examples = &page.examples;
        let messages = examples.requests.iter().chain(&examples.responses);
        let path = |it: &ExampleMessage<'_>| page.file.path_of(it.message.span.start);
        if !messages.clone().any(|it| by_path.contains_key(path(it))) {
            continue;
        }
        let messages: BTreeMap<(u32, u32), &ExampleMessage<'_>> = messages
            .map(|it| (page.file.position(it.message.span.start), it))
            .collect();
        for example in &mut operation.examples {
            let response = example.response.as_ref().map(|response| response.source);
            let request = (example.request.source, false);
            let response = response.map(|source| (source, true));
            for (shown, in_response) in std::iter::once(request).chain(response) {
                let Some(message) = messages.get(&(shown.line, shown.column)) else {
                    continue;
                };
                // Findings are where the text is written, which may be a file that the page includes.
                let (path, lines) = place(page, message);
                let found = by_path.get(path).into_iter().flatten();
                let within = found.filter(|it| lines.contains(&it.location.line));
                let within = within.map(|it| {
                    let Location {
                        path, line, column, ..
                    } = &it.location;
                    let source = match *path == page.file.path {
                        true => Source {
                            page: page.id,
                            line: *line,
                            column: *column,
                        },
                        false => shown,
                    };
                    contradiction(it, source, in_response)
                });
                example.contradictions.extend(within);
            }
        }
    }
}

/// The file and the lines in which a message is written.
fn place<'p>(page: &'p Page<'_>, example: &ExampleMessage<'_>) -> (&'p str, RangeInclusive<u32>) {
    let message = &example.message;
    let body = message.body.as_ref().map(|body| body.whole());
    let first = page.file.place(message.span.start);
    let last = page.file.place(body.unwrap_or(message.span).end);
    (first.path, first.line..=last.line)
}

fn contradiction(found: &Diagnostic, source: Source, in_response: bool) -> Contradiction {
    Contradiction {
        code: found.code,
        in_response,
        source,
        message: found.message.clone(),
    }
}
