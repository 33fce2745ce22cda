//! Examples that cannot be what their page documents, as the findings about them say.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Contradiction, PageId, Source};
use crate::page::Page;
use crate::page::example::ExampleMessage;

/// The findings after which an example cannot be done right by. What other findings speak of, such as
/// JSON with a comma too many, is read all the same.
const CONTRADICTIONS: &[Code] = &[Code::ExampleRoute, Code::StatusBody, Code::ValueType];

/// Gives each example the findings of these kinds that lie within its messages.
pub(crate) fn attach(pages: &[Page<'_>], api: &mut Api, diagnostics: &[Diagnostic]) {
    let mut by_page: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for found in diagnostics {
        if CONTRADICTIONS.contains(&found.code) {
            by_page.entry(&found.location.path).or_default().push(found);
        }
    }
    for operation in &mut api.operations {
        let page = &pages[operation.source.page.0 as usize];
        let Some(found) = by_page.get(page.file.path.as_str()) else {
            continue;
        };
        let messages = page
            .examples
            .requests
            .iter()
            .chain(&page.examples.responses);
        let ends: BTreeMap<(u32, u32), u32> = messages
            .map(|message| {
                (
                    page.file.position(message.message.span.start),
                    last_line(page, message),
                )
            })
            .collect();
        for example in &mut operation.examples {
            let response = example.response.as_ref().map(|response| response.source);
            for start in [Some(example.request.source), response]
                .into_iter()
                .flatten()
            {
                let end = ends.get(&(start.line, start.column)).copied();
                let lines = start.line..=end.unwrap_or(start.line);
                let within = found.iter().filter(|it| lines.contains(&it.location.line));
                let within = within.map(|it| contradiction(page.id, it));
                example.contradictions.extend(within);
            }
        }
    }
}

fn last_line(page: &Page<'_>, example: &ExampleMessage<'_>) -> u32 {
    let message = &example.message;
    let body = message.body.as_ref().map(|body| body.whole());
    page.file.position(body.unwrap_or(message.span).end).0
}

fn contradiction(page: PageId, found: &Diagnostic) -> Contradiction {
    Contradiction {
        code: found.code,
        source: Source {
            page,
            line: found.location.line,
            column: found.location.column,
        },
        message: found.message.clone(),
    }
}
