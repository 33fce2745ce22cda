//! A single value that is no resource.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    Properties, Property, PropertyReader, PropertyValue, PropertyWriter, Resource, clone_resource,
    debug_resource, deserialize_resource, same_resource, serialize_resource,
};

/// A single value that is no resource, such as a number or a date, in the object in which it comes (OData
/// JSON format 4.01, section 11): `{ "value": 12 }`.
pub struct Single<T> {
    /// The value itself; `null` or absent where there is none.
    pub value: Property<T>,
    /// What else came with it.
    pub other: Properties,
}

impl<T: PropertyValue> Resource for Single<T> {
    const TYPE: &str = "";

    fn read_properties<R: PropertyReader>(&mut self, reader: R) -> R {
        let reader = reader.property("value", &mut self.value);
        reader.other(&mut self.other)
    }

    fn write_properties<'a, W: PropertyWriter<'a>>(&'a self, writer: W) -> W {
        writer.property("value", &self.value).other(&self.other)
    }
}

impl<T: PropertyValue> PropertyValue for Single<T> {}

impl<T> Default for Single<T> {
    fn default() -> Self {
        Self {
            value: Property::Absent,
            other: Properties::EMPTY,
        }
    }
}

impl<'de, T: PropertyValue> Deserialize<'de> for Single<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_resource(deserializer)
    }
}

impl<T: PropertyValue> Serialize for Single<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_resource(self, serializer)
    }
}

impl<T: PropertyValue> Clone for Single<T> {
    fn clone(&self) -> Self {
        clone_resource(self)
    }
}

impl<T: PropertyValue> PartialEq for Single<T> {
    fn eq(&self, other: &Self) -> bool {
        same_resource(self, other)
    }
}

impl<T: PropertyValue> fmt::Debug for Single<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_resource(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::from_json;

    #[test]
    fn a_single_value_keeps_what_comes_with_it() {
        let json = r#"{"@odata.context":"https://api.example.com/$metadata#Edm.Int32","value":12}"#;
        let single: Single<i32> = from_json(json).unwrap();
        assert_eq!(single.value, Property::from(12));
        assert_eq!(serde_json::to_string(&single).unwrap(), json);
        let none: Single<i32> = from_json(r#"{"value":null}"#).unwrap();
        assert_eq!(none.value, Property::Null);
        // What is none of the type is kept.
        let other: Single<bool> = from_json(r#"{"value":"yes"}"#).unwrap();
        assert!(other.value.is_absent());
        assert_eq!(other.other.json("value"), Some("\"yes\""));
    }
}
