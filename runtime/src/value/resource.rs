//! Types with properties, read and written straight from and to JSON.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};

use crate::{Properties, PropertyValue};

/// A type with properties that the pages list, and any others beside them.
///
/// Each property is read where it stands: nothing is buffered, and no name is copied that does
/// not have to be.
pub trait Resource: PropertyValue + Default {
    /// The name of the type with its namespace.
    const TYPE: &str;

    /// The names of the types that extend it, directly or through others.
    const DERIVED: &[&str] = &[];

    /// Reads the value of a property, unless the pages do not list it; says whether it did.
    fn read_property<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        value: &mut A,
    ) -> Result<bool, A::Error>;

    /// Writes the listed properties that are not absent.
    fn write_properties<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;

    /// The properties that the pages do not list.
    fn other(&self) -> &Properties;

    /// The properties that the pages do not list, to change.
    fn other_mut(&mut self) -> &mut Properties;
}

/// Reads a resource, as serde's `deserialize`.
pub fn deserialize_resource<'de, T: Resource, D>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
{
    deserializer.deserialize_map(ResourceVisitor(PhantomData))
}

/// Writes a resource, as serde's `serialize`.
///
/// What the pages do not list goes first: the name of the type is there, and a service that reads
/// a body as a stream has to meet it before any property (OData JSON format 4.01, "Payload
/// Ordering Constraints").
pub fn serialize_resource<T: Resource, S>(resource: &T, serializer: S) -> Result<S::Ok, S::Error>
where
    S: Serializer,
{
    let mut map = serializer.serialize_map(None)?;
    resource.other().write(&mut map)?;
    resource.write_properties(&mut map)?;
    map.end()
}

struct ResourceVisitor<T>(PhantomData<T>);

impl<'de, T: Resource> Visitor<'de> for ResourceVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object of type {}", T::TYPE)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut resource = T::default();
        while let Some(name) = map.next_key_seed(Name)? {
            if !resource.read_property(&name, &mut map)? {
                resource.other_mut().read(name, &mut map)?;
            }
        }
        Ok(resource)
    }
}

/// The name of a property, borrowed from the JSON text unless it has escapes.
pub(super) struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }

    fn visit_string<E>(self, name: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name))
    }
}

/// Gives a [`Resource`](crate::Resource) serde's traits, and makes it an answer: `resource!(Photo)`.
#[macro_export]
macro_rules! resource {
    ($name:ty) => {
        impl<'de> $crate::macros::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
            where
                D: $crate::macros::serde::Deserializer<'de>,
            {
                $crate::deserialize_resource(deserializer)
            }
        }

        impl $crate::macros::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: $crate::macros::serde::Serializer,
            {
                $crate::serialize_resource(self, serializer)
            }
        }

        impl $crate::PropertyValue for $name {}

        impl $crate::FromResponse for $name {
            const ACCEPT: ::std::option::Option<&'static str> =
                ::std::option::Option::Some("application/json");

            fn read(
                body: $crate::Body,
            ) -> impl ::std::future::Future<Output = $crate::Result<Self>> + ::std::marker::Send
            {
                $crate::read_json(body)
            }
        }
    };
}
