//! What is said of all parameters of a table at once: that they must be given, or need not be.

use crate::page::prose::is_limited;
use crate::page::table::NamedRow;
use crate::text::{lower, strip_start};

/// What a heading says: `Required query parameters`.
pub(super) fn of_heading(title: &str) -> Option<bool> {
    let begins = |word: &str| strip_start(title, word).is_some_and(|rest| rest.starts_with(' '));
    // *Optional query parameters* is the usual heading, whatever stands below it.
    begins("required").then_some(true)
}

/// What a paragraph says: `provide the following required query parameters with values`.
pub(super) fn of_paragraph(text: &str) -> Option<bool> {
    const WORDS: [&str; 5] = [
        "required query parameters",
        "required parameters",
        "required query string parameters",
        "parameters are required",
        "parameters are mandatory",
    ];
    let text = lower(text);
    let has = |words: &str| text.contains(words);
    let is_said = (has("required") || has("mandatory")) && WORDS.iter().any(|words| has(words));
    if !is_said {
        return has("optional").then_some(false);
    }
    (!is_limited(&text)).then_some(true)
}

/// Takes what is said of all rows for those that do not say it themselves.
pub(super) fn take(rows: &mut [NamedRow<'_>], requires_all: Option<bool>) {
    if requires_all == Some(true) {
        for row in rows {
            row.required = row.required.or(requires_all);
        }
    }
}
