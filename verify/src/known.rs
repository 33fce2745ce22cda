//! What earlier answers tell of the things that there are.

use std::collections::BTreeMap;

use serde_json::Value;

/// How many ids of one collection are kept.
const KEPT: usize = 100;

/// The ids of things, by the path of the collection that they are in.
#[derive(Debug, Default)]
pub(crate) struct Known(BTreeMap<String, Vec<String>>);

impl Known {
    /// Learns from the answer to a request to a path: the items of a collection, or the thing that was
    /// created in one, which counts before those that were there.
    pub(crate) fn learn(&mut self, method: &str, path: &str, answer: &Value) {
        let learned: Vec<String> = match (method, answer.get("value")) {
            ("GET", Some(Value::Array(items))) => items.iter().filter_map(id).take(KEPT).collect(),
            ("POST", _) => id(answer).into_iter().collect(),
            _ => return,
        };
        let ids = self.0.entry(path.to_lowercase()).or_default();
        for id in learned.into_iter().rev() {
            ids.retain(|known| *known != id);
            ids.insert(0, id);
        }
        ids.truncate(KEPT);
    }

    /// The id of a thing in the collection at a path: the documented one where it is there.
    pub(crate) fn id(&self, path: &str, documented: Option<&str>) -> Option<&str> {
        let ids = self.0.get(&path.to_lowercase())?;
        let mut same = ids.iter().filter(|id| Some(id.as_str()) == documented);
        same.next().or(ids.first()).map(String::as_str)
    }
}

fn id(item: &Value) -> Option<String> {
    match item.get("id")? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_and_creations_give_ids() {
        let mut known = Known::default();
        let list = json!({ "value": [{ "id": "1" }, { "id": 2 }, { "name": "x" }] });
        known.learn("GET", "/Users", &list);
        assert_eq!(known.id("/users", None), Some("1"));
        assert_eq!(known.id("/users", Some("2")), Some("2"));
        assert_eq!(known.id("/groups", Some("2")), None);
        known.learn("POST", "/users", &json!({ "id": "3" }));
        assert_eq!(known.id("/users", Some("9")), Some("3"));
    }
}
