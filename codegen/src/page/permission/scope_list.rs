//! Lists of scopes in a text.

use std::borrow::Cow;
use std::mem;

use crate::text::{is_blank, trimmed};
use crate::vocabulary::Scopes;

/// Whether a text lists scopes and says nothing else.
pub(super) fn is_list_of_scopes(text: &str) -> bool {
    let words = text.split([',', ';', ' ']);
    let mut words = words.filter(|word| !matches!(*word, "" | "or") && !joins(word));
    !text.is_empty() && words.all(is_scope)
}

/// The scopes in a text that lists them, each once: `Ward.Read and Nurse.Read, Hospital.Read`.
pub(in crate::page) fn scopes(text: &str) -> Scopes {
    let mut found = Scopes::with_capacity(text.len());
    // What is read and may go on, and the word before.
    let mut alternative = Cow::Borrowed("");
    let mut before = Word::Other;
    for part in text.split_inclusive(ends_word) {
        let word = part.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        if is_scope(word) {
            if before == Word::Join {
                if Scopes::together(&alternative).all(|other| other != word) {
                    alternative = Cow::Owned([&*alternative, word].join("+"));
                }
            } else {
                let last = mem::replace(&mut alternative, Cow::Borrowed(word));
                found.push_new(&last);
            }
            before = Word::Scope;
        } else if !is_blank(part) {
            before = match before {
                Word::Scope if joins(trimmed(part)) => Word::Join,
                _ => Word::Other,
            };
        }
        if part.ends_with([',', ';']) {
            before = Word::Other;
        }
    }
    found.push_new(&alternative);
    found
}

/// Whether a character ends a word of a list.
fn ends_word(c: char) -> bool {
    matches!(c, ',' | ';' | ' ' | '\u{a0}')
}

/// A word in a list of scopes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Scope,
    /// One that joins the next scope to the one before it.
    Join,
    Other,
}

/// Whether a word or a sign between two scopes says that both are needed.
fn joins(word: &str) -> bool {
    let joints = ["and", "plus", "+", "&"];
    joints.iter().any(|joint| word.eq_ignore_ascii_case(joint))
}

/// Whether a word has the form of a scope: words joined by dots or colons, such as `User.Read.All`
/// or `photos:read`.
fn is_scope(word: &str) -> bool {
    let (mut is_joined, mut begins) = (false, true);
    for byte in word.bytes() {
        match (byte, begins) {
            (b'a'..=b'z' | b'A'..=b'Z', _) => begins = false,
            (b'0'..=b'9' | b'-' | b'_', false) => {}
            (b'.' | b':', false) => (is_joined, begins) = (true, true),
            _ => return false,
        }
    }
    is_joined && !begins || matches!(word, "offline_access" | "openid")
}
