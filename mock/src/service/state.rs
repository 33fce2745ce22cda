//! What requests have created, changed and deleted.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::iter::successors;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::HeaderValue;
use serde_json::{Map, Value};

use super::{collection, id, place};

/// How many things are kept, beside the bound on their bytes: of a thing that was deleted only its
/// path is kept.
const LIMIT: usize = 10_000;

/// The property that has the tag of a thing.
pub(super) const TAG: &str = "@odata.etag";

/// The things that differ from the documented ones.
#[derive(Debug)]
pub(super) struct State {
    things: Mutex<Things>,
    /// Who has it may look at a thing and then change it.
    turn: Mutex<()>,
    /// How many bytes they may have.
    limit: usize,
}

#[derive(Debug, Default)]
struct Things {
    /// By the path of the thing.
    by_path: BTreeMap<String, Kept>,
    /// How many bytes they have.
    bytes: usize,
    /// How many were ever created.
    created: u64,
    /// How many changes there were of all of them.
    changes: u64,
}

#[derive(Debug)]
struct Kept {
    /// Nothing where it was deleted.
    content: Option<Content>,
    /// What its last change is called.
    tag: String,
    /// How many bytes it has with its path.
    bytes: usize,
}

/// What a thing is now.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// A value with properties.
    Json(Value),
    /// Bytes of the media type that they were sent with.
    Bytes(Bytes, Option<HeaderValue>),
}

/// There are too many things.
pub(super) struct Full;

impl State {
    /// Keeps things of as many bytes.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            things: Mutex::default(),
            turn: Mutex::default(),
            limit,
        }
    }

    /// Waits for the turn of a request: what it finds is as it is until it has been answered.
    pub(super) fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the thing at a path is now; nothing where it is as the pages show it.
    pub(super) fn get(&self, path: &str) -> Option<Content> {
        self.lock().by_path.get(path)?.content.clone()
    }

    /// The tag of the thing at a path; nothing where it is as the pages show it.
    pub(super) fn tag(&self, path: &str) -> Option<String> {
        Some(self.lock().by_path.get(path)?.tag.clone())
    }

    /// Whether the thing at a path was deleted, or one that it belongs to.
    pub(super) fn is_gone(&self, path: &str) -> bool {
        let things = self.lock();
        let mut upwards = successors(Some(path), |path| place::parent(path));
        let nearest = upwards.find_map(|path| things.by_path.get(path));
        nearest.is_some_and(|kept| kept.content.is_none())
    }

    /// Keeps a new thing in a collection, under an id that it is given, and gives it back.
    pub(super) fn create(
        &self,
        collection: &str,
        mut value: Map<String, Value>,
    ) -> Result<Value, Full> {
        let mut things = self.lock();
        let id = id::new(value.get("id"), things.created + 1);
        let path = place::below(collection, &id::text(&id).unwrap_or_default());
        value.insert("id".to_owned(), id);
        let value = things.put_object(path, value, self.limit)?;
        things.created += 1;
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
        let mut properties = match things.by_path.get(path).map(|kept| &kept.content) {
            None => documented,
            Some(Some(Content::Json(Value::Object(properties)))) => properties.clone(),
            Some(_) => Map::new(),
        };
        properties.extend(changes);
        things.put_object(path.to_owned(), properties, self.limit)
    }

    /// Puts a thing at a path, whatever was there before.
    pub(super) fn put(&self, path: String, content: Content) -> Result<(), Full> {
        self.lock().put(path, Some(content), self.limit)
    }

    /// Deletes the thing at a path, with what is below it.
    pub(super) fn delete(&self, path: &str) -> Result<(), Full> {
        let mut things = self.lock();
        let below = format!("{path}/");
        things.by_path.retain(|other, _| !other.starts_with(&below));
        things.bytes = things.by_path.values().map(|kept| kept.bytes).sum();
        things.put(path.to_owned(), None, self.limit)
    }

    /// Brings the items of a documented collection up to date, and the number of them.
    pub(super) fn list(&self, path: &str, answer: &mut Cow<'_, Value>) {
        let start = format!("{path}/");
        let things = self.lock();
        let below = things.by_path.range(start.clone()..);
        let below = below.take_while(|(path, _)| path.starts_with(&start));
        let mut own: BTreeMap<&str, &Kept> = below
            .map(|(path, kept)| (&path[start.len()..], kept))
            .filter(|(id, _)| place::is_key(id))
            .collect();
        if own.is_empty() || collection::items(answer).is_none() {
            return;
        }
        let Some(items) = collection::items_mut(answer.to_mut(), collection::VALUE) else {
            return;
        };
        let before = items.len();
        items.retain_mut(|item| {
            let Some(kept) = id::of(item).and_then(|id| own.remove(&*place::key(&id))) else {
                return true;
            };
            if let Some(Content::Json(value)) = &kept.content {
                *item = value.clone();
            }
            kept.content.is_some()
        });
        // What the pages do not list was added.
        items.extend(own.values().filter_map(|kept| match &kept.content {
            Some(Content::Json(value)) => Some(value.clone()),
            _ => None,
        }));
        let after = items.len();
        if let Some(count) = answer.to_mut().get_mut("@odata.count")
            && let Some(shown) = count.as_u64()
        {
            *count = moved(shown, before, after).into();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Things> {
        // A poisoned lock protects nothing that could be half done: nothing in between panics.
        self.things.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Things {
    /// Keeps a thing with properties, and gives it back with the tag that it has now.
    fn put_object(
        &mut self,
        path: String,
        mut properties: Map<String, Value>,
        limit: usize,
    ) -> Result<Value, Full> {
        if let Some(tag) = properties.get_mut(TAG) {
            *tag = self.next_tag().into();
        }
        let value = Value::Object(properties);
        self.put(path, Some(Content::Json(value.clone())), limit)?;
        Ok(value)
    }

    /// What the next change is called: as no page calls a tag.
    fn next_tag(&self) -> String {
        format!("W/\"change-{}\"", self.changes + 1)
    }

    /// Keeps a thing in the place of what was at its path, where there is room for it.
    fn put(&mut self, path: String, content: Option<Content>, limit: usize) -> Result<(), Full> {
        let before = self.by_path.get(&path).map_or(0, |kept| kept.bytes);
        let bytes = path.len() + content.as_ref().map_or(0, Content::len);
        let all = self.bytes - before + bytes;
        let more = before == 0 && self.by_path.len() >= LIMIT;
        if all > limit || more {
            return Err(Full);
        }
        self.bytes = all;
        let tag = self.next_tag();
        self.changes += 1;
        let kept = Kept {
            content,
            tag,
            bytes,
        };
        self.by_path.insert(path, kept);
        Ok(())
    }
}

impl Content {
    /// How many bytes it has.
    fn len(&self) -> usize {
        match self {
            Self::Json(value) => value.to_string().len(),
            Self::Bytes(bytes, _) => bytes.len(),
        }
    }
}

/// The number of things that a page shows, where it lists `before` of them and `after` are left: it may
/// list some of many.
pub(super) fn moved(shown: u64, before: usize, after: usize) -> u64 {
    let after = shown.saturating_add(after as u64);
    after.saturating_sub(before as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn object(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn what_is_kept_has_a_bound() {
        let state = State::new(1000);
        let large = || object(json!({ "text": "a".repeat(600) }));
        assert!(state.create("/users", large()).is_ok());
        assert!(state.create("/users", large()).is_err());
        assert!(state.change("/users/1", Map::new(), large()).is_err());
        let id = "00000000-0000-4000-8000-000000000001";
        let path = format!("/users/{id}");
        assert!(state.delete(&path).is_ok());
        assert!(state.change("/users/1", Map::new(), large()).is_ok());
        // The place of what is changed is used again.
        assert!(state.change("/users/1", Map::new(), large()).is_ok());
        assert!(state.delete("/users").is_ok());
        assert!(state.create("/groups", large()).is_ok());
    }

    #[test]
    fn the_number_of_things_moves_with_those_that_are_shown() {
        for (shown, before, after, expected) in [
            (7, 2, 3, 8),
            (7, 2, 0, 5),
            (1, 2, 0, 0),
            (u64::MAX, 0, 1, u64::MAX),
        ] {
            assert_eq!(moved(shown, before, after), expected);
        }
    }

    #[test]
    fn no_id_is_given_twice() {
        let state = State::new(1000);
        let id = |collection| {
            let created = state.create(collection, Map::new());
            created.ok().map(|thing| thing["id"].clone())
        };
        let first = id("/users");
        assert!(id("/users/1/photos").is_some());
        assert!(state.delete("/users/1").is_ok());
        assert_ne!(id("/users"), first);
        let mut answer = Cow::Owned(json!({ "value": [] }));
        state.list("/users", &mut answer);
        assert_eq!(answer["value"].as_array().map(Vec::len), Some(2));
    }
}
