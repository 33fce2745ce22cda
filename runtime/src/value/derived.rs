//! Types that extend others, and values that are more than their type says.

use std::borrow::Cow;
use std::{fmt, iter};

use serde::de::value::MapDeserializer;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::resource::{Name, Resource, read_property};
use crate::{Error, ErrorKind, Result};

/// A type that extends another one, directly or through others, as the pages say.
///
/// A value of it may come wherever the base is documented, with its own name in `@odata.type`;
/// [`downcast`] reads it as what it is. Going the other way, `From` makes a base of it that can
/// be sent where one is asked for. Neither loses a property.
pub trait DerivedFrom<Base: Resource>: Resource {}

/// The name of the type of a value (OData JSON format 4.01, section 4.5.3).
const TYPE: &str = "@odata.type";

/// The same without the prefix, which OData 4.01 allows to be left out.
const SHORT_TYPE: &str = "@type";

/// Reads a value as a type that extends its own, where its `@odata.type` says that it is one:
/// that type itself or one that the pages document as extending it.
///
/// `None` where the value is another one; an error where it cannot be read as what it says to be.
pub fn downcast<B, T>(base: &B) -> Result<Option<T>>
where
    B: Resource,
    T: DerivedFrom<B>,
{
    if !tag(base).is_some_and(|tag| is::<T>(&tag)) {
        return Ok(None);
    }
    let value = serde_json::from_str(&json(base)).map_err(|source| {
        let message = format!("the value is no documented {}: {source}", T::TYPE);
        Error::new(ErrorKind::Response, message).with_source(source)
    })?;
    Ok(Some(value))
}

/// Makes a value of the base of a type, with the name of the type in `@odata.type` unless it
/// has one. What the base does not list, or lists with another type, is kept beside it.
pub fn upcast<T: Resource, B: Resource>(value: &T) -> B {
    let mut base = B::default();
    let json = json(value);
    each_property(&json, |name, json| set(&mut base, name, json));
    if tag(value).is_none() {
        let tag = serde_json::value::to_raw_value(&format!("#{}", T::TYPE));
        set(&mut base, TYPE, &tag.expect("text is JSON"));
    }
    base
}

/// The type that a value says to be of.
fn tag<T: Resource>(value: &T) -> Option<String> {
    let read = |json: &str| serde_json::from_str(json).ok();
    let kept = value.other().json(TYPE);
    if let Some(tag) = kept.or_else(|| value.other().json(SHORT_TYPE)) {
        return read(tag);
    }
    // A page may list it among the properties.
    let mut tag = None;
    each_property(&json(value), |name, json| {
        if name == TYPE || name == SHORT_TYPE {
            tag = read(json.get());
        }
    });
    tag
}

/// Whether a tag names a type, or one of those that extend it. Before `#` may stand the address of
/// another service's metadata; a name without a namespace stands for any.
fn is<T: Resource>(tag: &str) -> bool {
    let tag = tag.rsplit('#').next().unwrap_or(tag);
    let short = tag.rsplit('.').next().unwrap_or(tag);
    iter::once(&T::TYPE)
        .chain(T::DERIVED)
        .any(|&name| match name.contains('.') {
            true => name == tag,
            false => name == short && !name.is_empty(),
        })
}

fn json<T: Resource>(value: &T) -> String {
    serde_json::to_string(value).expect("a resource is JSON")
}

/// Calls a function with the name and the text of each property of an object.
fn each_property(json: &str, take: impl FnMut(&str, &RawValue)) {
    let mut reader = serde_json::Deserializer::from_str(json);
    let read = reader.deserialize_map(EachProperty(take));
    read.expect("a resource is an object");
}

struct EachProperty<F>(F);

impl<'de, F: FnMut(&str, &RawValue)> Visitor<'de> for EachProperty<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key_seed(Name)? {
            (self.0)(&name, map.next_value()?);
        }
        Ok(())
    }
}

/// Sets a property of a resource, or keeps it as it is where the resource has none of that name and
/// type.
fn set<T: Resource>(resource: &mut T, name: &str, json: &RawValue) {
    let mut map = MapDeserializer::new(iter::once((name, json)));
    let set = map
        .next_key::<IgnoredAny>()
        .and_then(|_| read_property(resource, Cow::Owned(name.to_owned()), &mut map));
    set.expect("a property is JSON");
}

/// Says of a type which ones it extends, so that it becomes each of them by `From`:
/// `derived!(FileAttachment => Attachment, Entity)`.
#[macro_export]
macro_rules! derived {
    ($name:ty => $($base:ty),+) => {$(
        impl $crate::DerivedFrom<$base> for $name {}

        impl ::std::convert::From<$name> for $base {
            fn from(value: $name) -> Self {
                $crate::upcast(&value)
            }
        }
    )+};
}
