//! What stands below the title of a page: its description, and the namespace of its types.

use std::borrow::Cow;

use super::Page;
use super::prose::deprecation;
use super::table::unwritten;
use crate::markdown::{Container, Document, InlineKind, Inlines};
use crate::source::Span;
use crate::text::trimmed;

/// Adds a paragraph below the title to the description of the page. Notes are no part of it: gives back the words of one
/// that says that what the page is about is deprecated.
pub(super) fn introduce<'a>(
    page: &mut Page<'a>,
    document: &Document<'a>,
    run: &Inlines,
    container: Container,
    span: Span,
) -> Option<String> {
    let mut text = document.markdown(span);
    // An anchor of what follows says nothing: `<a name="masts"></a>`.
    if text.starts_with('<') && document.plain(run).is_empty() {
        return None;
    }
    if let Some(rest) = text.strip_prefix("Namespace:") {
        // Where no blank line follows it, the paragraph goes on with the description.
        let (namespace, rest) = rest.split_once('\n').unwrap_or((rest, ""));
        page.namespace = Some(namespace.trim().to_owned());
        let rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        text = Cow::Owned(rest.to_owned());
    }
    let first = document.inlines(run).first().map(|inline| &inline.kind);
    let is_directive = matches!(first, Some(InlineKind::Text(text)) if text.starts_with("[!"))
        || text.starts_with("[!");
    let is_note = is_directive || container == Container::Quote;
    if is_note {
        let says = deprecation::has_word(&text).then(|| words_of_note(&text));
        return says.filter(|words| deprecation::is_said_of_page(words));
    }
    if unwritten::stands_for_nothing(text.trim_end()) {
        return None;
    }
    page.deprecated |= container == Container::Page && deprecation::is_said_of_page(&text);
    // Most descriptions are one paragraph, and the page's own text.
    if page.description.is_empty() && container != Container::Item {
        page.description = text;
        return None;
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
    None
}

/// Whether a paragraph is the line above a list of what the page applies to: `**Applies to:**`.
pub(super) fn names_scope(document: &Document<'_>, run: &Inlines, span: Span) -> bool {
    const LINE: &str = "Applies to";
    // Hardly any paragraph begins so.
    let text = document.slice(span).trim_start_matches(['*', '_']);
    text.starts_with(LINE) && trimmed(&document.plain(run)).trim_end_matches(':') == LINE
}

/// The words of a note, without the mark of its kind, as `[!CAUTION]` is, and those of its lines.
fn words_of_note(text: &str) -> String {
    let lines = text.lines().map(|line| line.trim_start_matches(['>', ' ']));
    let lines = lines.map(|line| match line.strip_prefix("[!") {
        Some(mark) => mark.split_once(']').map_or("", |(_, behind)| behind.trim()),
        None => line.trim_end(),
    });
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}
