//! What properties hold, as OData's JSON has it.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::ser::Serializer;

use super::{Decimal, Text};
use crate::Json;

/// A type that a [`Property`](crate::Property) can hold.
///
/// It is read and written as serde does, unless OData's JSON format has it in another way, as with
/// [numbers](https://docs.oasis-open.org/odata/odata-json-format/v4.01/). A type of your own needs
/// no more than `impl PropertyValue for Mine {}` beside the traits that this one asks for.
pub trait PropertyValue: Serialize + DeserializeOwned + Clone + PartialEq + 'static {
    /// Reads a value.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    /// Writes the value.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

impl PropertyValue for bool {}
impl PropertyValue for String {}
impl PropertyValue for Json {}
impl PropertyValue for Decimal {}
impl<T: 'static> PropertyValue for Text<T> {}

impl<T: PropertyValue> PropertyValue for Box<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Box::new)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        T::write(self, serializer)
    }
}

impl<T: PropertyValue> PropertyValue for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Items(PhantomData))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Written))
    }
}

/// Reads one value.
pub(super) struct Read<T>(pub(super) PhantomData<T>);

impl<'de, T: PropertyValue> DeserializeSeed<'de> for Read<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer)
    }
}

/// Writes one value.
pub(super) struct Written<'a, T>(pub(super) &'a T);

impl<T: PropertyValue> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

struct Items<T>(PhantomData<T>);

impl<'de, T: PropertyValue> Visitor<'de> for Items<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = items.next_element_seed(Read(PhantomData))? {
            values.push(value);
        }
        Ok(values)
    }
}
