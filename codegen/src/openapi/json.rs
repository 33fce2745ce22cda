//! JSON of a page as JSON of the document.

use std::collections::BTreeMap;

use jsonc_parser::ast::Value;
use serde::de::IgnoredAny;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::page::json;

/// Text that is JSON, or can be read as JSON. It is written with its properties in the order of the
/// page and its numbers as they are there.
///
/// It is parsed when it is written, since the values of all examples are many times their text.
pub(super) struct Json<'a>(&'a str);

/// A part of a value.
struct Part<'v, 'a>(&'v Value<'a>);

impl<'a> Json<'a> {
    /// The text where it is strict JSON, or an object or an array, however carelessly written.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let is_strict = || serde_json::from_str::<IgnoredAny>(text).is_ok();
        let is_nested = || text.trim_start().starts_with(['{', '[']);
        let is_json = is_strict() || is_nested() && json::parse(text).is_ok();
        is_json.then_some(Self(text))
    }

    /// Whether the value is a number or a boolean.
    pub(super) fn is_scalar(&self) -> bool {
        !self.0.trim_start().starts_with(['{', '[', '"', 'n'])
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match json::value(self.0) {
            Some(value) => Part(&value).serialize(serializer),
            None => serializer.serialize_str(self.0),
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
    use super::*;

    #[test]
    fn order_and_numbers_are_kept_and_names_are_written_once() {
        let cases = [
            (
                r#"{"b": 1.50, "a": [null, true]}"#,
                r#"{"b":1.50,"a":[null,true]}"#,
            ),
            (r#"{"a": 1, "b": 2, "a": 3}"#, r#"{"a":3,"b":2}"#),
            (
                "[12345678901234567890123, 0x1F]",
                r#"[12345678901234567890123,"0x1F"]"#,
            ),
            (r#""\u00e4\ud83d\ude00\/""#, "\"ä😀/\""),
        ];
        for (text, expected) in cases {
            let json = Json::read(text).unwrap();
            assert_eq!(serde_json::to_string(&json).unwrap(), expected);
        }
    }
}
