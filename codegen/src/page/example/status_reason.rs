//! The words behind a status, which say what it means.

use crate::diagnostic::Code;
use crate::nearness::nearest;
use crate::page::context::Context;
use crate::source::Span;
use crate::text::trimmed;
use crate::vocabulary::{reason, status_called};

/// Reports the words behind a status where they are those of another one, or its own with a slip in them. Words of
/// another sort, in another case or none at all, say nothing wrong. The text is the page's own, and ends with the
/// words: `HTTP/1.1 200 OK`, `200 OK` or `200, OK`.
pub(in crate::page) fn check(cx: &mut Context<'_>, status: u16, text: &str) {
    let behind = text.rsplit_once(|c: char| c.is_ascii_digit());
    let words = behind.map_or("", |(_, words)| words);
    let words = trimmed(words.trim_start_matches([' ', ',', ':', '-']));
    let own = reason(status);
    if own.is_some_and(|own| own.eq_ignore_ascii_case(words)) {
        return;
    }
    let (message, help) = match (status_called(words), own) {
        (Some(other), Some(own)) => (
            format!("`{words}` is what the status {other} is called, and this one is {status}"),
            format!("write `{status} {own}`, or `{other} {words}` where that is meant"),
        ),
        (Some(other), None) => (
            format!("`{words}` is what the status {other} is called, and this one is {status}"),
            format!("write `{other} {words}`, or leave the words out"),
        ),
        (None, Some(own)) if nearest(words, [own]).is_some() => (
            format!("`{words}` is not quite what the status {status} is called"),
            format!("write `{status} {own}`"),
        ),
        _ => return,
    };
    let place = Span::of(words, &cx.file.text);
    cx.report_with_help(Code::StatusReason, place, message, help);
}
