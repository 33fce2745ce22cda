//! A page of a collection (OData JSON format 4.01).

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use super::resource::{Name, read_value};
use crate::{Body, FromResponse, Head, Page, Properties, Property, Result, read_json};

/// A page of a collection, with what is known of the rest.
///
/// It dereferences to its items.
#[derive(Clone, Debug, PartialEq)]
pub struct Collection<T> {
    /// The items of this page.
    pub value: Vec<T>,
    /// `@odata.nextLink`: where the next page is. A service may call it `nextLink`, which is then in
    /// [`other`](Self::other) as well.
    pub next_link: Property<String>,
    /// `@odata.deltaLink`: where changes from now on can be asked for.
    pub delta_link: Property<String>,
    /// `@odata.count`: how many items all pages have.
    pub count: Property<i64>,
    /// Everything else that came with the items, and a count that is no number.
    pub other: Properties,
}

const NEXT_LINK: &str = "@odata.nextLink";
/// What services that are not quite of OData call it.
const PLAIN_NEXT_LINK: &str = "nextLink";
const DELTA_LINK: &str = "@odata.deltaLink";
const COUNT: &str = "@odata.count";

impl<T: DeserializeOwned + Send + 'static> FromResponse for Collection<T> {
    const ACCEPT: Option<&'static str> = Some("application/json");

    async fn read(head: Head<'_>, body: Body) -> Result<Self> {
        read_json(head, body).await
    }
}

impl<T> Page for Collection<T>
where
    Self: FromResponse,
{
    type Item = T;

    fn next_link(&self) -> Result<Option<&str>> {
        Ok(self.next_link.as_deref())
    }

    fn delta_link(&self) -> Option<&str> {
        self.delta_link.as_deref()
    }

    fn count(&self) -> Option<i64> {
        self.count.value().copied()
    }

    fn into_items(self) -> Vec<T> {
        self.value
    }
}

impl<T> Collection<T> {
    /// The link under its other name, if that has one.
    fn plain_next_link(&self) -> Property<String> {
        self.other.get(PLAIN_NEXT_LINK).unwrap_or_default()
    }
}

struct CollectionVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for CollectionVisitor<T> {
    type Value = Collection<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with an array `value`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut page = Collection::default();
        let mut items = None;
        while let Some(name) = map.next_key_seed(Name)? {
            match &*name {
                "value" => items = Some(map.next_value()?),
                NEXT_LINK => page.next_link = map.next_value()?,
                DELTA_LINK => page.delta_link = map.next_value()?,
                COUNT => {
                    let mut misfit = None;
                    read_value(&mut map, &mut page.count, &mut misfit)?;
                    if let Some(json) = misfit {
                        page.other.keep(COUNT, json);
                    }
                }
                _ => page.other.read(&name, &mut map)?,
            }
        }
        // A page that was cut off must not pass for the last one, which has no items.
        page.value = items.ok_or_else(|| serde::de::Error::missing_field("value"))?;
        if page.next_link.is_absent() {
            page.next_link = page.plain_next_link();
        }
        Ok(page)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Collection<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(CollectionVisitor(PhantomData))
    }
}

impl<T: Serialize> Serialize for Collection<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let other = |name: &str| name != COUNT || self.count.is_absent();
        self.other.write_where(&mut map, other)?;
        self.count.write(COUNT, &mut map)?;
        if self.next_link != self.plain_next_link() {
            self.next_link.write(NEXT_LINK, &mut map)?;
        }
        self.delta_link.write(DELTA_LINK, &mut map)?;
        map.serialize_entry("value", &self.value)?;
        map.end()
    }
}

impl<T> Default for Collection<T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<T> From<Vec<T>> for Collection<T> {
    fn from(value: Vec<T>) -> Self {
        Self {
            value,
            next_link: Property::Absent,
            delta_link: Property::Absent,
            count: Property::Absent,
            other: Properties::default(),
        }
    }
}

impl<T> Deref for Collection<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.value
    }
}

impl<T> DerefMut for Collection<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.value
    }
}

impl<T> IntoIterator for Collection<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.value.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Collection<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.value.iter()
    }
}
