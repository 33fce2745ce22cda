//! Types with properties, read and written straight from and to JSON.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde_json::value::RawValue;

use super::misfit;
use crate::{
    Body, FromResponse, Head, Properties, Property, PropertyValue, Result as CallResult, read_json,
};

/// A type with properties that the pages list, and any others beside them.
///
/// Each property is read where it stands: nothing is buffered, and no name is copied that does
/// not have to be.
pub trait Resource: PropertyValue + Default {
    /// The name of the type with its namespace.
    const TYPE: &str;

    /// The names of the types that extend it, directly or through others.
    const DERIVED: &[&str] = &[];

    /// Shows the reader of an object the listed properties, and then what is for all others.
    ///
    /// This and [`write_properties`](Self::write_properties) pass the reader on from property to property: there are
    /// thousands of such types, and a `match` of names with a question mark behind each value takes
    /// several times as long to compile.
    fn read_properties<R: PropertyReader>(&mut self, reader: R) -> R;

    /// Gives the writer of an object the same, in the same order.
    fn write_properties<'a, W: PropertyWriter<'a>>(&'a self, writer: W) -> W;

    /// The properties that the pages do not list.
    fn other(&self) -> &Properties {
        let Other(other) = self.write_properties(Other(None));
        other.expect("a resource shows every writer its other properties")
    }
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
/// Annotations go first: the name of the type is one, and a service that reads a body as a stream
/// has to meet it before any property (OData JSON format 4.01, "Payload Ordering Constraints").
/// What else the pages do not list goes last, since a value that was kept because it is none of its
/// type is not written where the property has been set.
pub fn serialize_resource<T: Resource, S>(resource: &T, serializer: S) -> Result<S::Ok, S::Error>
where
    S: Serializer,
{
    let mut map = serializer.serialize_map(None)?;
    let other = resource.other();
    other.write_where(&mut map, is_annotation)?;
    let Writer { set, written, .. } = resource.write_properties(Writer {
        map: &mut map,
        other,
        set: Vec::new(),
        written: Ok(()),
    });
    written?;
    other.write_where(&mut map, |name| {
        !is_annotation(name) && !set.iter().any(|set| set == name)
    })?;
    map.end()
}

/// Reads one property of an object into the field that is for it.
pub trait PropertyReader: Sized {
    /// Reads the value into a property, if this is its name.
    fn property<T: PropertyValue>(self, name: &str, property: &mut Property<T>) -> Self;

    /// Keeps the value, if none of the listed properties has its name.
    fn other(self, other: &mut Properties) -> Self;
}

/// Writes the properties of an object, one after the other.
pub trait PropertyWriter<'a>: Sized {
    /// Writes a property, unless it is absent.
    fn property<T: PropertyValue>(self, name: &str, property: &'a Property<T>) -> Self;

    /// Takes the properties that the pages do not list.
    fn other(self, other: &'a Properties) -> Self;
}

/// Reads the value of a property into its field, or keeps it as it stands where the pages do not
/// list it or list it with another type.
pub(super) fn read_property<'de, T: Resource, A: MapAccess<'de>>(
    resource: &mut T,
    name: Cow<'de, str>,
    value: &mut A,
) -> Result<(), A::Error> {
    let mut misfit = None;
    let reader = Reader {
        name: &name,
        value,
        misfit: &mut misfit,
        read: None,
    };
    let read = resource.read_properties(reader).read;
    read.expect("a resource shows every reader its other properties")
}

struct Reader<'a, A, E> {
    name: &'a str,
    value: &'a mut A,
    /// The value, where it is none of the property's type.
    misfit: &'a mut Option<Box<RawValue>>,
    /// What came of it, once its place was found.
    read: Option<Result<(), E>>,
}

impl<'de, A: MapAccess<'de>> PropertyReader for Reader<'_, A, A::Error> {
    // In line, the names of all properties are compared as those of a `match` are. Left to the
    // compiler, this was a call for each of them, and reading took twice as long.
    #[inline(always)]
    fn property<T: PropertyValue>(mut self, name: &str, property: &mut Property<T>) -> Self {
        if name == self.name {
            self.read = Some(read_value(self.value, property, self.misfit));
        }
        self
    }

    #[inline(always)]
    fn other(mut self, other: &mut Properties) -> Self {
        if self.read.is_none() {
            self.read = Some(other.read(self.name, self.value));
        } else if let Some(json) = self.misfit.take() {
            other.keep(self.name, json);
        }
        self
    }
}

#[inline(never)]
pub(super) fn read_value<'de, T: PropertyValue, A: MapAccess<'de>>(
    value: &mut A,
    property: &mut Property<T>,
    misfit: &mut Option<Box<RawValue>>,
) -> Result<(), A::Error> {
    if !misfit::is_trusted() {
        return read_with_care(value, property, misfit);
    }
    *property = value.next_value()?;
    Ok(())
}

// Apart, so that what is nearly always done stays small and quick.
#[cold]
#[inline(never)]
fn read_with_care<'de, T: PropertyValue, A: MapAccess<'de>>(
    value: &mut A,
    property: &mut Property<T>,
    misfit: &mut Option<Box<RawValue>>,
) -> Result<(), A::Error> {
    let json = value.next_value::<Box<RawValue>>()?;
    match misfit::read(&json) {
        Some(read) => *property = read,
        None => *misfit = Some(json),
    }
    Ok(())
}

/// Whether a name is that of an annotation, of an object or of one of its properties.
fn is_annotation(name: &str) -> bool {
    name.contains('@')
}

struct Writer<'a, M: SerializeMap> {
    map: &'a mut M,
    other: &'a Properties,
    /// The properties that are written and were kept as well.
    set: Vec<String>,
    /// The first error, held until the end.
    written: Result<(), M::Error>,
}

impl<'a, M: SerializeMap> PropertyWriter<'a> for Writer<'_, M> {
    fn property<T: PropertyValue>(mut self, name: &str, property: &'a Property<T>) -> Self {
        if self.written.is_ok() && !property.is_absent() {
            self.written = property.write(name, self.map);
            if self.other.json(name).is_some() {
                self.set.push(name.to_owned());
            }
        }
        self
    }

    fn other(self, _: &'a Properties) -> Self {
        self
    }
}

struct Other<'a>(Option<&'a Properties>);

impl<'a> PropertyWriter<'a> for Other<'a> {
    fn property<T: PropertyValue>(self, _: &str, _: &'a Property<T>) -> Self {
        self
    }

    fn other(self, other: &'a Properties) -> Self {
        Self(Some(other))
    }
}

/// Shows a resource as its name and its JSON, which has the properties that are there and no others:
/// of a type with a hundred properties most are absent. An `uploadUrl` is left out: it is all that is needed to
/// write to an upload session.
pub fn debug_resource<T: Resource>(resource: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let json = match f.alternate() {
        true => serde_json::to_string_pretty(resource),
        false => serde_json::to_string(resource),
    };
    let name = T::TYPE.rsplit('.').next().unwrap_or_default();
    match json {
        Ok(json) if name.is_empty() => f.write_str(&without_upload_urls(&json)),
        Ok(json) => write!(f, "{name} {}", without_upload_urls(&json)),
        Err(_) => write!(f, "{name} that is no JSON"),
    }
}

/// JSON as serde_json writes it, with dots for each text that is an `uploadUrl`. Quotes within a text have a backslash
/// before them, so that what looks like a name is one.
fn without_upload_urls(json: &str) -> String {
    const NAME: &str = "\"uploadUrl\":";
    let mut parts = json.split(NAME);
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shown += NAME;
        let mut values = serde_json::Deserializer::from_str(part).into_iter::<String>();
        match values.next() {
            Some(Ok(_)) => {
                shown += " …";
                shown += &part[values.byte_offset()..];
            }
            _ => shown += part,
        }
    }
    shown
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
            read_property(&mut resource, name, &mut map)?;
        }
        Ok(resource)
    }
}

impl<T: Resource + Send + 'static> FromResponse for T {
    const ACCEPT: Option<&'static str> = Some("application/json");

    fn read(head: Head<'_>, body: Body) -> impl Future<Output = CallResult<T>> + Send {
        read_json(head, body)
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

/// Makes a type with properties a [`Resource`](crate::Resource), from its name with its namespace, the
/// names of the types that extend it, and what each field is in JSON. It has `other` for
/// what the pages do not list.
///
/// ```
/// use docwright_client::{Properties, Property};
///
/// pub struct Photo {
///     pub camera_model: Property<String>,
///     pub other: Properties,
/// }
///
/// docwright_client::resource! {
///     Photo = "example.photo", extended by ["example.panorama"] {
///         camera_model: "cameraModel",
///     }
/// }
/// ```
///
/// The traits beside it go through the two functions that show the properties: derived, they would
/// be compiled for every property of every type.
#[macro_export]
macro_rules! resource {
    ($name:ident = $full_name:literal $(, extended by [$($derived:literal),+ $(,)?])? {
        $($field:ident: $property:literal),* $(,)?
    }) => {
        #[allow(deprecated)]
        impl $crate::Resource for $name {
            const TYPE: &str = $full_name;

            $(const DERIVED: &[&str] = &[$($derived),+];)?

            fn read_properties<R: $crate::PropertyReader>(&mut self, reader: R) -> R {
                reader $(.property($property, &mut self.$field))*.other(&mut self.other)
            }

            fn write_properties<'a, W: $crate::PropertyWriter<'a>>(&'a self, writer: W) -> W {
                writer $(.property($property, &self.$field))*.other(&self.other)
            }
        }

        #[allow(deprecated)]
        impl ::std::default::Default for $name {
            fn default() -> Self {
                Self {
                    $($field: $crate::Property::Absent,)*
                    other: $crate::Properties::EMPTY,
                }
            }
        }

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

        impl ::std::clone::Clone for $name {
            fn clone(&self) -> Self {
                $crate::macros::clone_resource(self)
            }
        }

        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $crate::macros::same_resource(self, other)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::debug_resource(self, f)
            }
        }

        impl $crate::PropertyValue for $name {}
    };
}
