//! The ids of things: texts, or numbers where the pages show such.

use std::borrow::Cow;

use serde_json::Value;

/// The first of the numbers that created things are given: beyond those in examples.
const FIRST_NUMBER: u64 = 1_000_000;

/// The id of a thing as it stands in a path.
pub(super) fn of(thing: &Value) -> Option<Cow<'_, str>> {
    text(thing.get("id")?)
}

/// An id as it stands in a path.
pub(super) fn text(id: &Value) -> Option<Cow<'_, str>> {
    match id {
        Value::String(id) => Some(id.into()),
        Value::Number(id) => Some(id.to_string().into()),
        _ => None,
    }
}

/// An id that stands in a path, as a value such as the one that the pages show.
pub(super) fn like(shown: &Value, id: &str) -> Value {
    let number = match shown {
        Value::Number(_) => id.parse::<i64>().ok(),
        _ => None,
    };
    number.map_or_else(|| id.into(), Value::from)
}

/// The id of the thing that is created as the `count`th, as a value such as the one that the pages show, if any.
pub(super) fn new(shown: Option<&Value>, count: u64) -> Value {
    match shown {
        Some(Value::Number(_)) => (FIRST_NUMBER + count).into(),
        _ => format!("00000000-0000-4000-8000-{count:012}").into(),
    }
}
