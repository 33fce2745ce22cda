//! What requests have created, changed and deleted.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::{Map, Value};

/// How many things are kept: a bound on memory, far above what tests need.
const LIMIT: usize = 10_000;

/// The things that differ from the documented ones.
#[derive(Debug, Default)]
pub(super) struct State {
    /// By the path of the thing; nothing where it was deleted.
    things: Mutex<BTreeMap<String, Kept>>,
}

#[derive(Clone, Debug)]
struct Kept {
    value: Option<Value>,
    created: bool,
}

/// What is known of a thing.
pub(super) enum Known {
    /// Nothing: it is as the pages show it.
    Documented,
    /// It was deleted.
    Deleted,
    /// It was created or changed.
    Changed(Value),
}

/// There are too many things.
pub(super) struct Full;

impl State {
    /// What is known of the thing at a path.
    pub(super) fn get(&self, path: &str) -> Known {
        match self.lock().get(path) {
            None => Known::Documented,
            Some(Kept { value: None, .. }) => Known::Deleted,
            Some(Kept {
                value: Some(value), ..
            }) => Known::Changed(value.clone()),
        }
    }

    /// Keeps a new thing in a collection, under an id that it is given, and gives it back.
    pub(super) fn create(
        &self,
        collection: &str,
        mut value: Map<String, Value>,
    ) -> Result<Value, Full> {
        let mut things = self.lock();
        if things.len() >= LIMIT {
            return Err(Full);
        }
        let number = things.len() + 1;
        let id = format!("00000000-0000-4000-8000-{number:012}");
        value.insert("id".to_owned(), id.clone().into());
        let value = Value::Object(value);
        let kept = Kept {
            value: Some(value.clone()),
            created: true,
        };
        things.insert(format!("{collection}/{id}"), kept);
        Ok(value)
    }

    /// Changes the properties of the thing at a path, which was like `documented` before.
    pub(super) fn change(
        &self,
        path: &str,
        documented: Map<String, Value>,
        changes: Map<String, Value>,
    ) -> Result<Value, Full> {
        let mut things = self.lock();
        if things.len() >= LIMIT && !things.contains_key(path) {
            return Err(Full);
        }
        let kept = things.entry(path.to_owned()).or_insert_with(|| Kept {
            value: Some(Value::Object(documented)),
            created: false,
        });
        let value = kept.value.get_or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(properties) = value {
            properties.extend(changes);
        }
        Ok(value.clone())
    }

    /// Deletes the thing at a path, with what is below it.
    pub(super) fn delete(&self, path: &str) -> Result<(), Full> {
        let mut things = self.lock();
        if things.len() >= LIMIT && !things.contains_key(path) {
            return Err(Full);
        }
        let below = format!("{path}/");
        things.retain(|other, _| !other.starts_with(&below));
        let kept = Kept {
            value: None,
            created: false,
        };
        things.insert(path.to_owned(), kept);
        Ok(())
    }

    /// Brings the items of a documented collection up to date.
    pub(super) fn list(&self, collection: &str, answer: &mut Cow<'_, Value>) {
        let start = format!("{collection}/");
        let things = self.lock();
        let below = things.range(start.clone()..);
        let below = below.take_while(|(path, _)| path.starts_with(&start));
        let own: Vec<_> = below
            .filter(|(path, _)| !path[start.len()..].contains('/'))
            .collect();
        if own.is_empty() || !answer.get("value").is_some_and(Value::is_array) {
            return;
        }
        let Some(Value::Array(items)) = answer.to_mut().get_mut("value") else {
            return;
        };
        items.retain_mut(|item| {
            let id = item.get("id").and_then(Value::as_str);
            let kept = id.and_then(|id| things.get(&format!("{start}{id}")));
            let Some(Kept { value, .. }) = kept else {
                return true;
            };
            if let Some(value) = value {
                *item = value.clone();
            }
            value.is_some()
        });
        let created = own.into_iter().filter(|(_, kept)| kept.created);
        items.extend(created.filter_map(|(_, kept)| kept.value.clone()));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Kept>> {
        // A poisoned lock protects nothing that could be half done: each change is one insertion.
        self.things
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
