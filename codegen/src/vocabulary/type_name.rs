//! Types by the names that pages give them.

use smol_str::SmolStr;

use super::Primitive;

/// A type as a page names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeName {
    /// What is named.
    pub name: Name,
    /// Whether there are many of it.
    pub collection: bool,
}

/// What a type name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// One of OData's primitive types, in whichever spelling.
    Primitive(Primitive),
    /// A resource or an enumeration, with or without its namespace.
    Documented(SmolStr),
    /// A word out of a list that stands in the same place.
    OneOf(Vec<String>),
    /// One of several resources: `[a](a.md) or [b](b.md)`.
    AnyOf(Vec<String>),
    /// JSON of any kind.
    Json,
}

impl TypeName {
    /// A single value of a primitive type.
    pub fn primitive(primitive: Primitive) -> Self {
        Self {
            name: Name::Primitive(primitive),
            collection: false,
        }
    }
}
