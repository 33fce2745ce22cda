//! JSON as pages write it: strict where it is, and otherwise as well as it can be read.

use std::borrow::Cow;

use jsonc_parser::ast::{ObjectProp, ObjectPropName, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions};
use serde::de::IgnoredAny;

/// A value that could be read.
#[derive(Debug)]
pub struct Json<'t> {
    /// The value, with the place of each part in the text.
    pub value: Value<'t>,
    /// Why the text is no strict JSON (RFC 8259), and where; absent where it is.
    pub fault: Option<Fault>,
}

/// Why and where a text is no JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The byte of the text.
    pub offset: usize,
    /// What is wrong there.
    pub message: String,
}

/// Reads a text as strict JSON, or else with trailing or missing commas, comments, other quotes,
/// bare keys and line ends within strings.
pub fn parse(text: &str) -> Result<Json<'_>, Fault> {
    // serde_json is the judge of what is strict; only the other reader knows where things are.
    let strict = serde_json::from_str::<IgnoredAny>(text);
    let fault = strict.err().map(|error| {
        let offset = offset(text, error.line(), error.column());
        let message = message(&error, &text[offset..]);
        Fault { offset, message }
    });
    let read =
        jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
    match (read, fault) {
        (Ok(read), fault) => match (read.value, fault) {
            (Some(value), fault) => Ok(Json { value, fault }),
            (None, fault) => Err(fault.unwrap_or(Fault {
                offset: 0,
                message: "there is no value".to_owned(),
            })),
        },
        (Err(_), Some(fault)) => Err(fault),
        (Err(error), None) => Err(Fault {
            offset: error.range().start,
            message: error.kind().to_string(),
        }),
    }
}

/// The value of a text whose faults have been reported.
pub fn value(text: &str) -> Option<Value<'_>> {
    let read =
        jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
    read.ok()?.value
}

/// The value of a text as strict JSON has it, where it can be read at all.
pub fn read(text: &str) -> Option<serde_json::Value> {
    serde_json::from_str(text)
        .ok()
        .or_else(|| seen_through(text))
}

/// A text as strict JSON, and its value, where it can be read at all. What is strict already stays as it
/// is written.
pub fn strict(text: &str) -> Option<(Cow<'_, str>, serde_json::Value)> {
    if let Ok(value) = serde_json::from_str(text) {
        return Some((Cow::Borrowed(text), value));
    }
    let value = seen_through(text)?;
    Some((Cow::Owned(value.to_string()), value))
}

/// The value of a text that is no strict JSON.
fn seen_through(text: &str) -> Option<serde_json::Value> {
    value(text).map(|value| to_strict(&value))
}

/// The value without what the lenient reader sees through.
pub fn to_strict(value: &Value<'_>) -> serde_json::Value {
    match value {
        Value::StringLit(text) => text.value.clone().into_owned().into(),
        Value::NumberLit(number) => {
            let parsed = serde_json::from_str(number.value);
            parsed.unwrap_or_else(|_| number.value.to_owned().into())
        }
        Value::BooleanLit(boolean) => boolean.value.into(),
        Value::NullKeyword(_) => serde_json::Value::Null,
        Value::Array(array) => array.elements.iter().map(to_strict).collect(),
        Value::Object(object) => {
            let pairs = object.properties.iter();
            let pairs = pairs.map(|p| (p.name.as_str().to_owned(), to_strict(&p.value)));
            serde_json::Value::Object(pairs.collect())
        }
    }
}

/// The place of a property's name.
pub fn name_range(property: &ObjectProp<'_>) -> (usize, usize) {
    let range = match &property.name {
        ObjectPropName::String(name) => name.range(),
        ObjectPropName::Word(word) => word.range(),
    };
    (range.start, range.end)
}

/// The byte offset of serde_json's line and column, both counted from one and in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let starts = text.split_inclusive('\n').map(str::len);
    let before: usize = starts.take(line.saturating_sub(1)).sum();
    let at = (before + column.saturating_sub(1)).min(text.len());
    (0..=at)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

/// serde_json's message without the place, which counts from the beginning of the text. What pages often have
/// is called what it is to an author: behind a comma before a closing brace, serde_json misses a key, and so it does
/// where there is a comment.
fn message(error: &serde_json::Error, rest: &str) -> String {
    if rest.starts_with("/*") || rest.starts_with("//") {
        return "comment".to_owned();
    }
    let text = error.to_string();
    if text.starts_with("key must be a string") && rest.starts_with('}') {
        return "trailing comma".to_owned();
    }
    if text.starts_with("control character") {
        return "a string with a line end or another control character in it".to_owned();
    }
    let end = text.rfind(" at line ").unwrap_or(text.len());
    text[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strict_text_stays_as_it_is_written() {
        let text = |written| strict(written).map(|(text, _)| text.into_owned());
        assert_eq!(text(r#"{ "a": 1.50 }"#).unwrap(), r#"{ "a": 1.50 }"#);
        assert_eq!(text("{ a: 'x', }").unwrap(), r#"{"a":"x"}"#);
        assert_eq!(text("not json"), None);
    }

    #[test]
    fn strict_json_has_no_fault() {
        assert_eq!(parse(r#"{"a": [1, true, null]}"#).unwrap().fault, None);
    }

    #[test]
    fn what_can_be_seen_through_is_read_and_told() {
        for text in [
            "{\"a\": 1,}",
            "{a: 1}",
            "{\"a\": 'x'}",
            "{\"a\": 1 \"b\": 2}",
            "{\"a\": \"line\nline\"}",
            "{\"a\": 1 /* one */}",
        ] {
            let json = parse(text).unwrap();
            assert!(json.fault.is_some(), "{text}");
            assert!(to_strict(&json.value).get("a").is_some(), "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_a_fault_with_its_place() {
        let fault = parse("{\n  \"ä\": }").unwrap_err();
        assert_eq!(fault.offset, 10);
        assert_eq!(parse("").unwrap_err().offset, 0);
        assert!(parse("{ \"a\": 1").is_err());
        assert!(parse("not json").is_err());
    }
}
