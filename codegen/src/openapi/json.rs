//! JSON of a page as JSON of the document.

use std::collections::BTreeMap;

use jsonc_parser::ast::Value;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// A value with its properties in the order of the page and its numbers as they are written.
pub(super) struct Json<'a>(Value<'a>);

/// A part of a value.
struct Part<'v, 'a>(&'v Value<'a>);

impl<'a> Json<'a> {
    pub(super) fn new(value: Value<'a>) -> Self {
        Self(value)
    }

    /// Whether the value is a number or a boolean.
    pub(super) fn is_scalar(&self) -> bool {
        matches!(self.0, Value::NumberLit(_) | Value::BooleanLit(_))
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Part(&self.0).serialize(serializer)
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
    use crate::page::json::parse;

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
            let json = Json::new(parse(text).unwrap().value);
            assert_eq!(serde_json::to_string(&json).unwrap(), expected);
        }
    }
}
