//! Puts the values of a request where a documented answer has those of the documented request.

use serde_json::Value;

/// Replaces documented values by given ones, wherever a string is one of them or a URL has it as a
/// segment.
pub(crate) fn replace(value: &mut Value, documented: &[String], given: &[String]) {
    let pairs = documented.iter().zip(given);
    let pairs: Vec<(&str, &str)> = pairs
        .map(|(documented, given)| (documented.as_str(), given.as_str()))
        .filter(|(documented, given)| documented != given && !documented.is_empty())
        .collect();
    if !pairs.is_empty() {
        walk(value, &pairs);
    }
}

fn walk(value: &mut Value, pairs: &[(&str, &str)]) {
    match value {
        Value::String(text) => {
            if let Some(filled) = filled(text, pairs) {
                *text = filled;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, pairs)),
        Value::Object(properties) => properties.values_mut().for_each(|value| walk(value, pairs)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A text with given values in the place of documented ones; nothing where there are none.
fn filled(text: &str, pairs: &[(&str, &str)]) -> Option<String> {
    let equal = pairs.iter().find(|(documented, _)| *documented == text);
    if let Some((_, given)) = equal {
        return Some((*given).to_owned());
    }
    if !text.contains("://") {
        return None;
    }
    let is_end = |c: char| matches!(c, '/' | '\'' | '(' | ')' | '?' | '#' | '&' | '=');
    let parts = text.split_inclusive(is_end).map(|part| {
        let bare = part.trim_end_matches(is_end);
        match pairs.iter().find(|(documented, _)| *documented == bare) {
            Some((_, given)) => format!("{given}{}", &part[bare.len()..]),
            None => part.to_owned(),
        }
    });
    let changed: String = parts.collect();
    (changed != text).then_some(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ids_of_the_request_stand_in_the_answer() {
        let mut value = json!({
            "@odata.context": "https://api.example.com/$metadata#users('42')/photos",
            "id": "42",
            "count": 42,
            "next": [{ "userId": "42", "text": "42 of 43" }],
        });
        replace(&mut value, &["42".to_owned()], &["7".to_owned()]);
        let expected = json!({
            "@odata.context": "https://api.example.com/$metadata#users('7')/photos",
            "id": "7",
            "count": 42,
            "next": [{ "userId": "7", "text": "42 of 43" }],
        });
        assert_eq!(value, expected);
    }
}
