//! Statuses that sentences and paragraphs name.

use std::iter;

use crate::markdown::{Document, InlineKind, Inlines};
use crate::source::Span;
use crate::text::{strip_end, strip_start, trimmed};
use crate::vocabulary::reason;

/// The statuses that a paragraph names: `` `200 OK` ``, or `200 OK` or `status 200` in plain words.
pub(super) fn statuses(document: &Document<'_>, run: &Inlines) -> Vec<(u16, Span)> {
    let mut found: Vec<(u16, Span)> = Vec::new();
    let mut add = |status: u16, span: Span| {
        if !found.iter().any(|&(known, _)| known == status) {
            found.push((status, span));
        }
    };
    for inline in document.inlines(run) {
        match &inline.kind {
            InlineKind::Code(text) => {
                if let Some((status, _)) = named_status(text) {
                    add(status, inline.span);
                }
            }
            InlineKind::Text(text) => {
                statuses_in_words(text).for_each(|status| add(status, inline.span));
            }
            _ => {}
        }
    }
    found
}

/// Whether a paragraph begins as one does that names a status and says nothing else, whatever marks stand before it.
pub(in crate::page) fn may_be_status(text: &str) -> bool {
    let mut letters = text.bytes().filter(u8::is_ascii_alphanumeric);
    letters
        .next()
        .is_some_and(|b| b.eq_ignore_ascii_case(&b's'))
}

/// The status that a paragraph is about which says nothing else: `Status code: 201 Created`.
pub(in crate::page) fn only_status(text: &str) -> Option<u16> {
    let rest = strip_start(text, "status code").or_else(|| strip_start(text, "status"))?;
    let (status, behind) = named_status(rest.trim_start_matches([' ', ':']))?;
    let behind = behind.trim_matches([' ', '.']);
    let is_reason = |reason: &str| reason.eq_ignore_ascii_case(behind);
    (behind.is_empty() || reason(status).is_some_and(is_reason)).then_some(status)
}

/// The status that a code span or a cell names, and what follows it: `200 OK`, `HTTP 200 OK` or `HTTP/1.1 200 OK`.
pub(in crate::page) fn named_status(text: &str) -> Option<(u16, &str)> {
    let text = trimmed(text);
    let status = match strip_start(text, "HTTP") {
        Some(version) => version.split_once(' ')?.1.trim_start(),
        None => text,
    };
    leading_status(status)
}

/// A status at the beginning of a text, and what follows it.
fn leading_status(text: &str) -> Option<(u16, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let status = text[..end]
        .parse()
        .ok()
        .filter(|status| (100..600).contains(status))?;
    Some((status, &text[end..]))
}

/// The statuses in running text: three digits behind the word `status`, or followed by their reason or by `response`; or
/// those that are returned under a condition.
fn statuses_in_words(text: &str) -> impl Iterator<Item = u16> {
    const REASONS: [&str; 8] = [
        "ok",
        "created",
        "accepted",
        "no content",
        "found",
        "not found",
        "response",
        "partial",
    ];
    let mut at = 0;
    iter::from_fn(move || {
        while let Some(digit) = text.as_bytes()[at..].iter().position(u8::is_ascii_digit) {
            let (before, candidate) = text.split_at(at + digit);
            let digits = candidate.find(|c: char| !c.is_ascii_digit());
            at += digit + digits.unwrap_or(candidate.len());
            let Some((status, after)) = leading_status(candidate) else {
                continue;
            };
            let after = after.trim_start_matches([' ', ',', '-']);
            // `100 responses` are as many, but `the 403 and 404 responses` are of these statuses.
            let many = (status >= 400).then_some("responses");
            let mut reasons = REASONS.into_iter().chain(reason(status)).chain(many);
            let is_returned = || is_of_returned(before, after) && reason(status).is_some();
            if ends_in_status(before) || reasons.any(|it| begins_with(after, it)) || is_returned() {
                return Some(status);
            }
        }
        None
    })
}

/// Whether a text begins with words, and not with longer ones.
fn begins_with(text: &str, words: &str) -> bool {
    let rest = strip_start(text, words);
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether what stands around a number says that it is returned, and when: `returns 200 if successful`.
fn is_of_returned(before: &str, after: &str) -> bool {
    strip_end(before.trim_end(), "returns").is_some()
        && ["if", "when"].iter().any(|word| begins_with(after, word))
}

/// Whether a text ends in what stands before the number of a status: `with status`, `the status code`.
fn ends_in_status(text: &str) -> bool {
    const WORDS: [&str; 2] = ["status", "status code"];
    let text = text.trim_end_matches([' ', ':']);
    WORDS.iter().any(|words| strip_end(text, words).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_may_be_a_status_alone() {
        for text in [
            "Status code: 201",
            "status 201 Created.",
            "Status code: HTTP 201",
        ] {
            assert_eq!(only_status(text), Some(201), "{text}");
        }
        for text in [
            "Status codes: 201",
            "Status code: 201 comes late",
            "201",
            "Status:",
        ] {
            assert_eq!(only_status(text), None, "{text}");
        }
    }
}
