//! A property that can be absent, null or a value.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::Visitor;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::property_value::{PropertyValue, Written};
use super::text::{Text, TextValue};

/// A property of a resource.
///
/// A service leaves out what was not asked for, and sends null for what is not set; in a request,
/// absent leaves a property as it is, and null clears it.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Property<T> {
    /// Not in the object, or with a value that is none of its type: that is kept in the object's
    /// `other`, as it came.
    #[default]
    Absent,
    /// There, and null.
    Null,
    /// There, with a value.
    Value(T),
}

impl<T> Property<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        self.as_ref().into_value()
    }

    /// The value to change, if there is one.
    pub fn value_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value itself, if there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether it is not in the object, or not with a value of its type.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether it is there, and null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// A property that borrows the value.
    pub fn as_ref(&self) -> Property<&T> {
        match self {
            Self::Absent => Property::Absent,
            Self::Null => Property::Null,
            Self::Value(value) => Property::Value(value),
        }
    }

    /// The property with another value, where it has one.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Property<U> {
        match self {
            Self::Absent => Property::Absent,
            Self::Null => Property::Null,
            Self::Value(value) => Property::Value(change(value)),
        }
    }

    /// The value, or another where there is none.
    pub fn unwrap_or(self, other: T) -> T {
        self.into_value().unwrap_or(other)
    }

    /// The value, or an error where there is none.
    pub fn ok_or<E>(self, error: E) -> Result<T, E> {
        self.into_value().ok_or(error)
    }

    /// What the value dereferences to, such as `&str` of a `String`.
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
        self.value().map(T::deref)
    }

    /// Takes the property out, and leaves it absent.
    pub fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    /// A value, or else a property that is absent: what is there already stays as it is.
    pub fn or_absent(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}

impl<T: PropertyValue> Property<T> {
    /// Writes the property into an object, unless it is absent.
    pub(super) fn write<M: SerializeMap>(&self, name: &str, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::Absent => Ok(()),
            Self::Null => map.serialize_entry(name, &()),
            Self::Value(value) => map.serialize_entry(name, &Written(value)),
        }
    }
}

/// `None` is null: to leave a property out where there is no value, say
/// [`or_absent`](Property::or_absent).
impl<T> From<Option<T>> for Property<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

/// The value, if there is one.
impl<T> From<Property<T>> for Option<T> {
    fn from(property: Property<T>) -> Self {
        property.into_value()
    }
}

impl<T> From<T> for Property<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Property<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

/// A date, a time or another value that JSON has as text.
impl<T: TextValue> From<T> for Property<Text<T>> {
    fn from(value: T) -> Self {
        Self::Value(value.into())
    }
}

/// The same, as it is to be sent.
impl<T> From<&str> for Property<Text<T>> {
    fn from(text: &str) -> Self {
        Self::Value(text.into())
    }
}

impl<T> From<T> for Property<Box<T>> {
    fn from(value: T) -> Self {
        Self::Value(Box::new(value))
    }
}

/// `Absent`, `Null`, or as the value itself.
impl<T: fmt::Debug> fmt::Debug for Property<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("Absent"),
            Self::Null => f.write_str("Null"),
            Self::Value(value) => value.fmt(f),
        }
    }
}

impl<'de, T: PropertyValue> Deserialize<'de> for Property<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(PropertyVisitor(PhantomData))
    }
}

struct PropertyVisitor<T>(PhantomData<T>);

impl<'de, T: PropertyValue> Visitor<'de> for PropertyVisitor<T> {
    type Value = Property<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_unit<E>(self) -> Result<Property<T>, E> {
        Ok(Property::Null)
    }

    fn visit_none<E>(self) -> Result<Property<T>, E> {
        Ok(Property::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Property<T>, D::Error> {
        T::read(deserializer).map(Property::Value)
    }
}

/// Outside of an object an absent property can only be null.
impl<T: PropertyValue> Serialize for Property<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().map(Written).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_states_are_told_apart() {
        let absent = Property::<i32>::Absent;
        let null = Property::<i32>::from(None);
        let value = Property::from(96);
        assert_eq!(format!("{absent:?} {null:?} {value:?}"), "Absent Null 96");
        assert_eq!(
            (absent.value(), null.value(), value.value()),
            (None, None, Some(&96))
        );
        assert_eq!(
            (absent.is_absent(), null.is_absent(), value.is_absent()),
            (true, false, false)
        );
        assert_eq!(
            (absent.is_null(), null.is_null(), value.is_null()),
            (false, true, false)
        );
        assert_eq!(
            (absent.map(i64::from), value.map(i64::from)),
            (Property::Absent, 96.into())
        );
        assert_eq!(Property::<String>::from("x"), "x".to_owned().into());
    }

    #[test]
    fn values_are_had_as_those_of_options() {
        let mut name = Property::from("Ada".to_owned());
        assert_eq!(
            (name.as_deref(), Property::<String>::Null.as_deref()),
            (Some("Ada"), None)
        );
        assert_eq!(Option::from(name.take()), Some("Ada".to_owned()));
        assert_eq!(name, Property::Absent);
        assert_eq!(
            (Property::Null.unwrap_or(7), Property::from(96).unwrap_or(7)),
            (7, 96)
        );
        assert_eq!(
            (
                Property::<i32>::Null.ok_or("none"),
                Property::from(96).ok_or("none")
            ),
            (Err("none"), Ok(96))
        );
        assert_eq!(
            (
                Property::or_absent(Some(96)),
                Property::or_absent(None::<i32>)
            ),
            (96.into(), Property::Absent)
        );
    }
}
