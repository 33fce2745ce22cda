//! Lists where tables are read: of parameters, of headers, of properties, of members.

use crate::diagnostic::Code;
use crate::markdown::{BlockKind, Container, Document, InlineKind, Inlines};
use crate::page::context::Context;
use crate::page::section::{Section, SectionKind};
use crate::vocabulary::QueryOption;

/// Reports a list of names that a section has in the place of its table. OData's own options may be listed.
pub(super) fn report(cx: &mut Context<'_>, document: &Document<'_>, section: &Section<'_>) {
    let Some(things) = things(section.kind).filter(|_| section.is_named) else {
        return;
    };
    let blocks = section.own_blocks(document);
    let is_table =
        |kind: &BlockKind<'_>| matches!(kind, BlockKind::Table(_) | BlockKind::HtmlTable(_));
    if blocks.iter().any(|block| is_table(&block.kind)) {
        return;
    }
    let item = blocks.iter().find(|block| match &block.kind {
        BlockKind::Paragraph(run, Container::Item) => begins_with_name(document, run),
        _ => false,
    });
    if let Some(item) = item {
        let message = format!("nothing is made of the list below *{}*", section.title);
        let help = format!(
            "write a table: a row for each of the {things}, with its type and a description"
        );
        cx.report_with_help(Code::ListUnread, item.span, message, help);
    }
}

/// What the table of a section lists.
fn things(kind: SectionKind) -> Option<&'static str> {
    use SectionKind::*;
    match kind {
        PathParameters | FunctionParameters | QueryParameters => Some("parameters"),
        RequestHeaders => Some("headers"),
        RequestBody | Properties | Relationships => Some("properties"),
        Members => Some("members"),
        _ => None,
    }
}

/// Whether an item is a name in code or in bold, and what is said of it behind a colon, a dash or its type in parentheses.
/// What else begins with a name is a remark on it.
fn begins_with_name(document: &Document<'_>, run: &Inlines) -> bool {
    let (name, behind) = match document.inlines(run) {
        [first, behind, ..] if let InlineKind::Code(name) = &first.kind => (name, behind),
        [start, name, _, behind, ..] if matches!(start.kind, InlineKind::EmphasisStart) => {
            match &name.kind {
                InlineKind::Text(name) | InlineKind::Code(name) => (name, behind),
                _ => return false,
            }
        }
        _ => return false,
    };
    let InlineKind::Text(behind) = &behind.kind else {
        return false;
    };
    let is_set_off = behind
        .trim_start()
        .starts_with([':', '(', '-', '–', '—', ',']);
    // A header may be shown with its value: `X-Wind: 5`.
    let word = name.split(':').next().unwrap_or(name);
    let is_name = !word.contains(char::is_whitespace) && QueryOption::sent_as(word).is_none();
    is_name && (is_set_off || name.ends_with(':'))
}
