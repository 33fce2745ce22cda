//! Changes of the texts in an answer, which is copied only where one of them changes.

use std::borrow::Cow;

use serde_json::Value;

/// What becomes of a text, which is the value of a property or an item of it; nothing where it stays
/// as it is.
pub(super) trait Change: Fn(&str, &str) -> Option<String> {}

impl<F: Fn(&str, &str) -> Option<String>> Change for F {}

/// Changes all texts in a value.
pub(super) fn change(value: &mut Cow<'_, Value>, changed: &impl Change) {
    if changes("", value, changed) {
        walk("", value.to_mut(), changed);
    }
}

/// Whether anything changes.
fn changes(name: &str, value: &Value, changed: &impl Change) -> bool {
    match value {
        Value::String(text) => changed(name, text).is_some(),
        Value::Array(items) => items.iter().any(|item| changes(name, item, changed)),
        Value::Object(properties) => {
            let mut properties = properties.iter();
            properties.any(|(name, value)| changes(name, value, changed))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn walk(name: &str, value: &mut Value, changed: &impl Change) {
    match value {
        Value::String(text) => {
            if let Some(new) = changed(name, text) {
                *text = new;
            }
        }
        Value::Array(items) => { items.iter_mut() }.for_each(|item| walk(name, item, changed)),
        Value::Object(properties) => {
            let properties = properties.iter_mut();
            properties.for_each(|(name, value)| walk(name, value, changed));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
