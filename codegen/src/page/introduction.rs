//! What stands below the title of a page: its description, and the namespace of its types.

use super::Page;
use crate::markdown::{Container, Document, InlineKind, Inlines};
use crate::source::Span;

/// Adds a paragraph below the title to the description of the page.
pub(super) fn introduce(
    page: &mut Page<'_>,
    document: &Document<'_>,
    run: &Inlines,
    container: Container,
    span: Span,
) {
    let text = &*document.markdown(span);
    let mut text = text;
    if let Some(rest) = text.strip_prefix("Namespace:") {
        // Where no blank line follows it, the paragraph goes on with the description.
        let (namespace, rest) = rest.split_once('\n').unwrap_or((rest, ""));
        page.namespace = Some(namespace.trim().to_owned());
        text = rest.trim_start();
        if text.is_empty() {
            return;
        }
    }
    let first = document.inlines(run).first().map(|inline| &inline.kind);
    let is_directive = matches!(first, Some(InlineKind::Text(text)) if text.starts_with("[!"))
        || text.starts_with("[!");
    if is_directive || container == Container::Quote {
        return;
    }
    if !page.description.is_empty() {
        let follows_item = container == Container::Item
            && page
                .description
                .lines()
                .last()
                .is_some_and(|l| l.starts_with("- "));
        page.description
            .push_str(if follows_item { "\n" } else { "\n\n" });
    }
    if container == Container::Item {
        page.description.push_str("- ");
    }
    page.description.push_str(text);
}
