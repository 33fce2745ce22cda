//! JSON of a page as JSON of the document.

use std::collections::BTreeMap;

use jsonc_parser::ast::Value;
use memchr::{memchr, memchr2_iter};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::format::tokens;
use crate::json;

/// Text that is JSON, or can be read as JSON. It is written with its properties in the order of the
/// page and its numbers as they are there.
#[derive(Clone, Copy)]
pub(super) enum Json<'a> {
    /// Strict JSON as it would be written, but for blanks.
    Plain(&'a RawValue),
    /// Any other. It is parsed when it is written, since the values of all examples are many times
    /// their text.
    Other(&'a str),
}

/// A part of a value.
struct Part<'v, 'a>(&'v Value<'a>);

impl<'a> Json<'a> {
    /// The text where it is strict JSON, or an object or an array, however carelessly written.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        match serde_json::from_str(text) {
            Ok(_) if is_deep(text) => None,
            Ok(raw) if is_plain(text) => Some(Self::Plain(raw)),
            Ok(_) => Some(Self::Other(text)),
            Err(_) => {
                let is_nested = text.trim_start().starts_with(['{', '[']);
                let is_json = is_nested && json::parse(text).is_ok();
                is_json.then_some(Self::Other(text))
            }
        }
    }

    /// Whether the value is a number or a boolean.
    pub(super) fn is_scalar(&self) -> bool {
        let text = match self {
            Self::Plain(raw) => raw.get(),
            Self::Other(text) => text.trim_start(),
        };
        !text.starts_with(['{', '[', '"', 'n'])
    }
}

/// Whether values are nested deeper than serde_json reads them: written with an indentation for each, such
/// a text is many times as long.
fn is_deep(json: &str) -> bool {
    const DEEPEST: usize = 128;
    if memchr2_iter(b'[', b'{', json.as_bytes()).count() <= DEEPEST {
        return false;
    }
    let mut depth = 0_usize;
    tokens(json).any(|token| {
        match token {
            "[" | "{" => depth += 1,
            "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}

/// Whether strict JSON is written as it is to be written: without escapes, some of which are needless,
/// and without names that an object has twice.
fn is_plain(json: &str) -> bool {
    if memchr(b'\\', json.as_bytes()).is_some() {
        return false;
    }
    // The names in all objects that are open, and where those of each begin.
    let (mut names, mut starts) = (Vec::new(), Vec::new());
    let mut before = "";
    for token in tokens(json) {
        match token {
            "{" => starts.push(names.len()),
            ":" => names.push(before),
            "}" => {
                let start = starts.pop().unwrap_or(0);
                if !are_distinct(&mut names[start..]) {
                    return false;
                }
                names.truncate(start);
            }
            _ => {}
        }
        before = token;
    }
    true
}

fn are_distinct(names: &mut [&str]) -> bool {
    // Most objects have few properties, which are compared sooner than sorted.
    if names.len() > 16 {
        names.sort_unstable();
        return names.windows(2).all(|pair| pair[0] != pair[1]);
    }
    let pairs = names.iter().enumerate();
    { pairs }.all(|(index, name)| !names[..index].contains(name))
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(raw) => raw.serialize(serializer),
            Self::Other(text) => match json::value(text) {
                Some(value) => Part(&value).serialize(serializer),
                None => serializer.serialize_str(text),
            },
        }
    }
}

impl Serialize for Part<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::StringLit(text) => serializer.serialize_str(&text.value),
            Value::NumberLit(number) => match serde_json::from_str::<&RawValue>(number.value) {
                Ok(number) => number.serialize(serializer),
                Err(_) => serializer.serialize_str(number.value),
            },
            Value::BooleanLit(boolean) => serializer.serialize_bool(boolean.value),
            Value::NullKeyword(_) => serializer.serialize_unit(),
            Value::Array(array) => serializer.collect_seq(array.elements.iter().map(Part)),
            Value::Object(object) => {
                let pairs = object.properties.iter();
                // A name that is written twice would make the whole document unreadable to some:
                // its last value counts, as nearly all readers have it.
                let mut values: BTreeMap<_, _> = { pairs.clone() }
                    .map(|it| (it.name.as_str(), &it.value))
                    .collect();
                let mut map = serializer.serialize_map(Some(values.len()))?;
                for name in pairs.map(|it| it.name.as_str()) {
                    if let Some(value) = values.remove(name) {
                        map.serialize_entry(name, &Part(value))?;
                    }
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::format::to_string;
    use super::*;

    #[test]
    fn order_and_numbers_are_kept_and_names_are_written_once() {
        let cases = [
            (
                r#"{"b": 1.50, "a": [null, true]}"#,
                "{\n  \"b\": 1.50,\n  \"a\": [\n    null,\n    true\n  ]\n}",
            ),
            (
                r#"{"a": 1, "b": 2, "a": 3}"#,
                "{\n  \"a\": 3,\n  \"b\": 2\n}",
            ),
            (
                "[12345678901234567890123, 0x1F]",
                "[\n  12345678901234567890123,\n  \"0x1F\"\n]",
            ),
            (r#""\u00e4\ud83d\ude00\/""#, "\"ä😀/\""),
        ];
        for (text, expected) in cases {
            let json = Json::read(text).unwrap();
            assert_eq!(to_string(&json), expected);
        }
    }

    #[test]
    fn what_is_nested_too_deep_is_text() {
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert!(Json::read(&nested(128)).is_some());
        assert!(Json::read(&nested(129)).is_none());
        assert!(Json::read(&format!("[{}]", "[],".repeat(200) + "[]")).is_some());
    }

    #[test]
    fn names_are_held_against_those_of_the_same_object() {
        let many: Vec<String> = (0..20).map(|number| format!("\"{number}\":0")).collect();
        let many = format!("{{{}}}", many.join(","));
        let twice = many.replace("\"19\"", "\"7\"");
        assert!(is_plain(
            r#"{"a": {"b": 1, "a": "b"}, "b": [{"a": 1}, {"a": 1}]}"#
        ));
        assert!(!is_plain(r#"[{"a": {"b": 1}, "a": 2}]"#));
        assert!(is_plain(&many) && !is_plain(&twice));
    }
}
