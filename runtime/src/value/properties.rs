//! Properties that the pages do not list, or list with another type.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::MapAccess;
use serde::ser::SerializeMap;
use serde_json::value::RawValue;

use super::property_value::PropertyValue;
use crate::{Error, ErrorKind, Json, Property, Result};

/// Properties of a resource that the pages do not list, or list with another type than they came
/// with: by name, as they came.
///
/// They are kept as text and written back with the rest, so that not even a digit is lost. Since
/// only JSON has such text, resources are read from JSON and from no other format of serde.
///
/// ```
/// # use docwright_client::{Properties, Property};
/// let mut further = Properties::default();
/// further.insert("shoeSize", 43)?;
/// assert_eq!(further.get("shoeSize")?, Property::Value(43));
/// assert_eq!(further.get::<i32>("hatSize")?, Property::Absent);
/// # Ok::<(), docwright_client::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Properties(BTreeMap<Box<str>, Box<RawValue>>);

impl Properties {
    #[doc(hidden)]
    pub const EMPTY: Self = Self(BTreeMap::new());

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The names, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(|name| &**name)
    }

    /// Reads a property; an error where it has another type.
    pub fn get<T: PropertyValue>(&self, name: &str) -> Result<Property<T>> {
        let Some(json) = self.json(name) else {
            return Ok(Property::Absent);
        };
        serde_json::from_str(json).map_err(|source| {
            let message = format!("the property `{name}` has another type: {source}");
            Error::new(ErrorKind::Response, message).with_source(source)
        })
    }

    /// The text of a property as it came.
    pub fn json(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|json| json.get())
    }

    /// Sets a property, such as to a number, a text or a resource; `None` is null. An error where
    /// the value is no JSON.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Serialize) -> Result<()> {
        let name = name.into();
        match serde_json::value::to_raw_value(&value) {
            Ok(json) => {
                self.0.insert(name.into(), json);
                Ok(())
            }
            Err(source) => {
                let message = format!("the property `{name}` cannot be written as JSON: {source}");
                Err(Error::new(ErrorKind::InvalidParameter, message).with_source(source))
            }
        }
    }

    /// Takes a property out, and says whether it was there.
    pub fn remove(&mut self, name: &str) -> bool {
        self.0.remove(name).is_some()
    }

    /// Reads the value that comes next in an object, as it stands.
    pub(super) fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        value: &mut A,
    ) -> Result<(), A::Error> {
        let json = value.next_value::<Box<RawValue>>()?;
        self.0.insert(name.into(), json);
        Ok(())
    }

    /// Keeps a property as it stands.
    pub(super) fn keep(&mut self, name: &str, json: Box<RawValue>) {
        self.0.insert(name.into(), json);
    }

    /// Writes those with certain names into an object.
    pub(super) fn write_where<M: SerializeMap>(
        &self,
        map: &mut M,
        is_written: impl Fn(&str) -> bool,
    ) -> Result<(), M::Error> {
        let mut properties = self.0.iter().filter(|(name, _)| is_written(name));
        properties.try_for_each(|(name, json)| map.serialize_entry(name, json))
    }
}

/// Two are equal where they have the same names with the same JSON, whatever space is in it.
impl PartialEq for Properties {
    fn eq(&self, other: &Self) -> bool {
        let mut pairs = self.0.iter().zip(&other.0);
        self.0.len() == other.0.len() && pairs.all(|(a, b)| a.0 == b.0 && same_json(a.1, b.1))
    }
}

fn same_json(one: &RawValue, other: &RawValue) -> bool {
    let read = |json: &RawValue| serde_json::from_str::<Json>(json.get()).ok();
    one.get() == other.get() || read(one).is_some_and(|json| read(other) == Some(json))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_what_is_asked_for() {
        let mut properties = Properties::default();
        properties.insert("size", 43.0).unwrap();
        properties.insert("none", None::<i32>).unwrap();
        properties.insert("words", ["a", "b"]).unwrap();
        assert_eq!(properties.get::<i32>("size").unwrap(), 43.into());
        assert_eq!(properties.get::<i32>("none").unwrap(), Property::Null);
        assert_eq!(properties.get::<i32>("other").unwrap(), Property::Absent);
        let words = properties.get::<Vec<String>>("words").unwrap();
        assert_eq!(words.value().unwrap(), &["a", "b"]);
        let error = properties.get::<i32>("words").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Response);
        assert!(error.to_string().contains("`words`"), "{error}");
        assert_eq!(
            properties.names().collect::<Vec<_>>(),
            ["none", "size", "words"]
        );
        assert!(properties.remove("size") && !properties.remove("size"));
    }

    #[test]
    fn what_is_no_json_is_an_error() {
        let no_name = std::collections::BTreeMap::from([([1, 2], 3)]);
        let error = Properties::default().insert("map", no_name).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidParameter);
    }

    #[test]
    fn space_makes_no_difference() {
        let one = |json: &str| {
            let mut properties = Properties::default();
            properties.keep("a", serde_json::from_str(json).unwrap());
            properties
        };
        assert_eq!(one("[1, 2]"), one("[1,2]"));
        assert_ne!(one("[1, 2]"), one("[2, 1]"));
        assert_ne!(one("1"), Properties::default());
    }
}
