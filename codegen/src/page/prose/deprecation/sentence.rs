//! Sentences that say of what a row or a page describes that it is deprecated.

use super::has_word;
use crate::text::{strip_start, trimmed};

/// What a row may call the thing that it is about.
const ROWS: &[&str] = &[
    "argument",
    "attribute",
    "field",
    "header",
    "member",
    "option",
    "parameter",
    "property",
    "relationship",
    "setting",
    "value",
];

/// What a page may call the thing that it is about.
const PAGES: &[&str] = &[
    "action",
    "api",
    "call",
    "endpoint",
    "entity",
    "enum",
    "enumeration",
    "function",
    "method",
    "object",
    "operation",
    "request",
    "resource",
    "type",
];

/// The words after which a sentence speaks of something else.
const TURNS: [&str; 11] = [
    "a", "an", "if", "of", "that", "the", "what", "when", "where", "whether", "which",
];

/// The words that say when, or for whom.
const LIMITS: [&str; 9] = [
    "at", "for", "if", "on", "only", "soon", "unless", "when", "where",
];

/// What markup may stand around a word.
const MARKUP: [char; 8] = ['*', '_', '[', ']', '(', ')', '\\', '`'];

/// Whether the description in a row says so of what the row names.
pub(in crate::page) fn is_said_of(name: &str, description: &str) -> bool {
    // What is itself called so has the word in its description in another sense.
    has_word(description) && !has_word(name) && {
        let name = name.to_lowercase();
        let names = |subject: &[String]| match subject {
            [word] => *word == name,
            [the, word] => the == "the" && *word == name,
            [the, word, kind] => the == "the" && *word == name && ROWS.contains(&kind.as_str()),
            _ => false,
        };
        is_said(description, ROWS, names)
    }
}

/// Whether a paragraph below the title says so of what the page is about.
pub(in crate::page) fn is_said_of_page(paragraph: &str) -> bool {
    has_word(paragraph) && is_said(paragraph, PAGES, |_| false)
}

fn is_said(text: &str, kinds: &[&str], names: impl Fn(&[String]) -> bool) -> bool {
    let text = text.replace('\n', " ");
    // A line break in a cell ends a sentence as well.
    let sentences = text.split('>').flat_map(|part| part.split(". "));
    sentences.enumerate().any(|(index, sentence)| {
        is_mark(sentence, index == 0) || is_statement(sentence, kinds, &names)
    })
}

/// Whether a sentence is but the word, or begins with it as with a label: `[Deprecated] x`, `Deprecated -- use x`.
fn is_mark(sentence: &str, is_first: bool) -> bool {
    let sentence = trimmed(sentence);
    let begins = |c| c != '`' && MARKUP.contains(&c);
    let word = sentence.trim_start_matches(begins);
    let Some(rest) = strip_start(word, "deprecated") else {
        return false;
    };
    let behind = rest.trim_start_matches(['.', ':']);
    let behind = behind.trim_start_matches(begins);
    if behind.is_empty() {
        return is_first || word.starts_with('D');
    }
    // Behind other sentences, it may be one of the values that they explain.
    if !is_first {
        return word.starts_with('D') && tells_what_to_use(behind);
    }
    let mut ends = ["]", ")", "\\", ".", ":", ";", "--", " -", " –", " —"].iter();
    let is_label = ends.any(|end| rest.starts_with(end));
    let next = behind.trim_start();
    let is_bold = rest.starts_with("**") && !next.starts_with(char::is_lowercase);
    is_label || is_bold || tells_what_to_use(behind)
}

/// Whether what stands behind the word tells what is there instead: `, please use x`.
fn tells_what_to_use(behind: &str) -> bool {
    let told = behind.trim_start();
    let told = told.trim_start_matches([',', ':', '-', '–', '—']);
    let is_apart = told.len() < behind.trim_start().len();
    let told = told.trim_start();
    let told = strip_start(told, "please ").unwrap_or(told);
    is_apart && strip_start(told, "use ").is_some()
}

/// Whether a sentence says it of its subject, which is what the text is about: `This property is deprecated`.
fn is_statement(sentence: &str, kinds: &[&str], names: &impl Fn(&[String]) -> bool) -> bool {
    let words: Vec<String> = sentence
        .split_whitespace()
        .map(|word| {
            let around = |c: char| MARKUP.contains(&c) || matches!(c, ',' | ';' | ':' | '.' | '!');
            word.trim_matches(around).to_lowercase()
        })
        .filter(|word| !word.is_empty())
        .collect();
    let mut places = (0..words.len()).filter(|&at| words[at] == "deprecated");
    places.any(|at| {
        let behind = words.get(at + 1).map_or("", String::as_str);
        let Some(subject) = subject(&words[..at]).filter(|_| !LIMITS.contains(&behind)) else {
            return false;
        };
        names(subject) || is_this(subject, kinds)
    })
}

/// The words before `is deprecated`, without those that only lead to a statement: `Note that`.
fn subject(words: &[String]) -> Option<&[String]> {
    let words = match words {
        [before @ .., now] if now == "now" => before,
        _ => words,
    };
    let mut subject = match words {
        [before @ .., has, been] if has == "has" && been == "been" => before,
        [before @ .., is] if is == "is" => before,
        _ => return None,
    };
    for leads in [&["caution", "important", "note", "warning"][..], &["that"]] {
        if let [first, rest @ ..] = subject
            && leads.contains(&first.as_str())
        {
            subject = rest;
        }
    }
    Some(subject)
}

/// Whether a subject is `this property`, `this version of the kite API`, or that with something else said of it before:
/// `this property is redundant and`.
fn is_this(subject: &[String], kinds: &[&str]) -> bool {
    let is_kind = |word: &String| kinds.contains(&word.as_str());
    let turns = |words: &[String]| words.iter().any(|word| TURNS.contains(&word.as_str()));
    match subject {
        [this, version, of, the, own @ .., kind]
            if [this, version, of, the] == ["this", "version", "of", "the"] && is_kind(kind) =>
        {
            own.len() <= 3 && !turns(own)
        }
        [this, own @ .., kind] if this == "this" && is_kind(kind) => own.len() <= 3 && !turns(own),
        [this, kind, rest @ .., and] if this == "this" && and == "and" => {
            let owner = kind.strip_suffix("'s").or_else(|| kind.strip_suffix("’s"));
            let said = match (rest, owner) {
                ([is, said @ ..], None) if is == "is" && is_kind(kind) => said,
                ([_, is, said @ ..], Some(owner)) if is == "is" && kinds.contains(&owner) => said,
                _ => return false,
            };
            let is_other = |word: &String| TURNS.contains(&word.as_str()) && word != "the";
            !said.iter().any(is_other)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_say_it_of_what_they_name() {
        for text in [
            "[Deprecated] Has no effect.",
            r"\[Deprecated\] Has no effect.",
            "**Deprecated** Has no effect.",
            "**Deprecated**. has no effect.",
            "**Deprecated:** has no effect.",
            "Deprecated",
            "deprecated.",
            "Deprecated - has no effect.",
            "Deprecated, use `hue`.",
            "Deprecated; it has no effect.",
            "(deprecated) The colour.",
            "The colour. Deprecated.",
            "The colour.<br>**Deprecated**",
            "The colour. Deprecated -- use `hue` instead.",
            "This property is deprecated.",
            "The colour. This navigation property is now deprecated. Use `hue` instead.",
            "The colour. **Note:** This property has been deprecated.",
            "Note that this field is deprecated and has no effect.",
            "The `colour` parameter is deprecated.",
            "**Colour** is deprecated.",
            "This property's effect is the same as without it and is deprecated. Use `hue` instead.",
            "This property is redundant and is deprecated.",
        ] {
            assert!(is_said_of("colour", text), "{text}");
        }
    }

    #[test]
    fn rows_may_speak_of_something_else_or_of_another_time() {
        for text in [
            "The colour.",
            "This property will be deprecated in the future.",
            "The colour - to be deprecated",
            "This property is to be deprecated.",
            "This property is in the process of being deprecated.",
            "This property is not deprecated.",
            "This property is deprecated for small kites.",
            "This property is deprecated on May 1.",
            "Deprecated kites are left out.",
            "**Deprecated** kites are left out.",
            "`Deprecated`: the kite is old.",
            "One of **Available** and **Deprecated**.",
            "Possible values are: Available, Deprecated.",
            "Available: it may be used. Deprecated: it may not.",
            "Available - it may be used. Deprecated - it may not.",
            "Whether the kite is deprecated.",
            "True if this property is deprecated.",
            "This property tells whether the kite is old and is deprecated.",
            "This property holds the name of a method that is deprecated.",
            "This says that the property is deprecated.",
            "This property is for a kite that is old and is deprecated.",
            "The kite is deprecated.",
            "The hue property is deprecated.",
            "This API is deprecated.",
            "Used with their deprecated version.",
        ] {
            assert!(!is_said_of("colour", text), "{text}");
        }
        assert!(!is_said_of("deprecated", "Deprecated. The kite is old."));
        assert!(!is_said_of("isDeprecated", "This property is deprecated."));
    }

    #[test]
    fn pages_say_it_below_their_titles() {
        for text in [
            "**This API is deprecated**",
            "This kite catalog API is deprecated and stops\nreturning data.",
            "This version of the kite catalog API is deprecated.",
            "This resource type has been deprecated.",
            "**Caution:** This method is deprecated.",
            "Deprecated. Use another.",
        ] {
            assert!(is_said_of_page(text), "{text}");
        }
        for text in [
            "Gets a kite. The wing API is deprecated.",
            "This property is deprecated.",
            "This API will be deprecated.",
            "This resource type describes a method that is deprecated.",
            "Deprecated kites are listed as well.",
        ] {
            assert!(!is_said_of_page(text), "{text}");
        }
    }
}
