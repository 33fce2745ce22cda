//! What requests have created, changed and deleted.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::{Map, Value};

/// How many things are kept: a bound on memory, far above what tests need.
const LIMIT: usize = 10_000;

/// The things that differ from the documented ones.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// By the path of the thing; nothing where it was deleted.
    things: Mutex<BTreeMap<String, Kept>>,
}

#[derive(Clone, Debug)]
struct Kept {
    value: Option<Value>,
    created: bool,
}

/// What is known of a thing.
pub(crate) enum Known {
    /// Nothing: it is as the pages show it.
    Documented,
    /// It was deleted.
    Deleted,
    /// It was created or changed.
    Changed(Value),
}

/// There are too many things.
pub(crate) struct Full;

impl State {
    /// What is known of the thing at a path.
    pub(crate) fn get(&self, path: &str) -> Known {
        match self.lock().get(path) {
            None => Known::Documented,
            Some(Kept { value: None, .. }) => Known::Deleted,
            Some(Kept {
                value: Some(value), ..
            }) => Known::Changed(value.clone()),
        }
    }

    /// Keeps a new thing in a collection, under an id that it is given, and gives it back.
    pub(crate) fn create(
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
    pub(crate) fn change(
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
    pub(crate) fn delete(&self, path: &str) -> Result<(), Full> {
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

    /// Brings the documented items of a collection up to date.
    pub(crate) fn list(&self, collection: &str, items: &mut Vec<Value>) {
        let things = self.lock();
        items.retain_mut(|item| {
            let id = item.get("id").and_then(Value::as_str);
            let kept = id.and_then(|id| things.get(&format!("{collection}/{id}")));
            if let Some(Kept {
                value: Some(value), ..
            }) = kept
            {
                *item = value.clone();
            }
            !matches!(kept, Some(Kept { value: None, .. }))
        });
        let start = format!("{collection}/");
        let below = things.range(start.clone()..);
        let below = below.take_while(|(path, _)| path.starts_with(&start));
        let own = below.filter(|(path, kept)| kept.created && !path[start.len()..].contains('/'));
        items.extend(own.filter_map(|(_, kept)| kept.value.clone()));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Kept>> {
        // A poisoned lock protects nothing that could be half done: each change is one insertion.
        self.things
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
