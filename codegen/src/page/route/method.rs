//! The method of a line, and the target that it is for.

use std::borrow::Cow;

use super::host_end;
use crate::source::Span;
use crate::text::trimmed;
use crate::vocabulary::is_whole_url;

/// The methods that a route line or a request line may begin with.
pub(super) const METHODS: [&str; 7] = ["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS"];

/// What stands in front of the method on some pages: the latter with a colon.
pub(super) const PROTOCOL: &str = "HTTP";
pub(super) const LABEL: &str = "URL";

/// The method that a line begins with, and the target that follows it. Not in capitals, it may be the first word of
/// a sentence, as in `Get users with their photos`.
pub fn split_method(line: &str) -> Option<(&'static str, &str)> {
    let line = without_protocol(line);
    let (word, rest) = line.split_at(line.bytes().position(|byte| byte.is_ascii_whitespace())?);
    let set_off = word.strip_suffix(':');
    let word = set_off.unwrap_or(word);
    let method = known_method(word)?;
    let target = without_version(trimmed(rest));
    // A colon behind the method sets it off from its target, and behind other words it is that of a header.
    if set_off.is_some() && !target.starts_with('/') && !is_whole_url(target) {
        return None;
    }
    let is_sentence = || {
        let words = target.split_once(char::is_whitespace);
        words.is_some_and(|(word, _)| !word.contains('/'))
    };
    (method == word || !is_sentence()).then_some((method, target))
}

/// The method that a word is, in capitals.
pub(super) fn known_method(word: &str) -> Option<&'static str> {
    let mut methods = METHODS.into_iter();
    methods.find(|method| method.eq_ignore_ascii_case(word))
}

/// The lines of a block. Where it begins with a method alone, each such line is one with the target in the
/// line below it.
pub(in crate::page) fn join_targets<'l>(page: &str, lines: &'l [Span]) -> Cow<'l, [Span]> {
    let text = |line: &Span| trimmed(&page[line.range()]);
    let first = lines.iter().map(text).find(|text| !text.is_empty());
    if !first.is_some_and(is_method) {
        return Cow::Borrowed(lines);
    }
    let mut joined: Vec<Span> = Vec::with_capacity(lines.len());
    for &line in lines {
        match joined.last_mut() {
            Some(last) if is_method(text(last)) && begins_target(text(&line)) => {
                last.end = line.end;
            }
            _ => joined.push(line),
        }
    }
    Cow::Owned(joined)
}

/// Whether a line is a method alone.
fn is_method(line: &str) -> bool {
    METHODS.contains(&without_protocol(line))
}

/// Whether a line without a method can be nothing but the target of one.
fn begins_target(line: &str) -> bool {
    line.starts_with('/') || host_end(line) > 0
}

/// A line without the word `HTTP`, which stands in front of the method on some pages, or the label `URL:`. In small
/// letters, the word is the name of a program, and what follows are its arguments.
fn without_protocol(line: &str) -> &str {
    let labelled = || line.strip_prefix(LABEL)?.strip_prefix(':');
    match line.strip_prefix(PROTOCOL).or_else(labelled) {
        Some(rest) if rest.starts_with([' ', '\t']) => rest.trim_start(),
        _ => line,
    }
}

/// A target without the version of HTTP, which stands behind it, and in front of it on some pages.
pub(super) fn without_version(target: &str) -> &str {
    const VERSION: &str = "HTTP/";
    let is_blank = [' ', '\t'];
    if let Some((_, behind)) = target
        .strip_prefix(VERSION)
        .and_then(|rest| rest.split_once(is_blank))
    {
        return behind.trim_start();
    }
    match memchr::memrchr2(b' ', b'\t', target.as_bytes()) {
        Some(at) if target[at + 1..].starts_with(VERSION) => target[..at].trim_end(),
        _ => target,
    }
}
