//! What stands below the title of a page: its description, and the namespace of its types.

use std::borrow::Cow;

use super::Page;
use crate::markdown::{Container, Document, InlineKind, Inlines};
use crate::source::Span;

/// Adds a paragraph below the title to the description of the page.
pub(super) fn introduce<'a>(
    page: &mut Page<'a>,
    document: &Document<'a>,
    run: &Inlines,
    container: Container,
    span: Span,
) {
    let mut text = document.markdown(span);
    if let Some(rest) = text.strip_prefix("Namespace:") {
        // Where no blank line follows it, the paragraph goes on with the description.
        let (namespace, rest) = rest.split_once('\n').unwrap_or((rest, ""));
        page.namespace = Some(namespace.trim().to_owned());
        let rest = rest.trim_start();
        if rest.is_empty() {
            return;
        }
        text = Cow::Owned(rest.to_owned());
    }
    let first = document.inlines(run).first().map(|inline| &inline.kind);
    let is_directive = matches!(first, Some(InlineKind::Text(text)) if text.starts_with("[!"))
        || text.starts_with("[!");
    if is_directive || container == Container::Quote {
        return;
    }
    // Most descriptions are one paragraph, and the page's own text.
    if page.description.is_empty() && container != Container::Item {
        page.description = text;
        return;
    }
    let description = page.description.to_mut();
    if !description.is_empty() {
        let follows_item = container == Container::Item
            && description
                .lines()
                .last()
                .is_some_and(|l| l.starts_with("- "));
        description.push_str(if follows_item { "\n" } else { "\n\n" });
    }
    if container == Container::Item {
        description.push_str("- ");
    }
    description.push_str(&text);
}
