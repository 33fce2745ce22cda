//! Types by the names that pages give them.

use smol_str::SmolStr;

use super::Primitive;
use crate::text::{all_bytes, trimmed};

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
    /// A number, as JSON has only one kind of (RFC 8259, section 6): whether it is whole is not said.
    Number,
    /// A point in time, as text or as the seconds since another one: which of them is not said.
    Timestamp,
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
        Self::single(Name::Primitive(primitive))
    }

    /// A single value.
    pub fn single(name: Name) -> Self {
        let collection = false;
        Self { name, collection }
    }

    /// Many values.
    pub fn collection(name: Name) -> Self {
        let collection = true;
        Self { name, collection }
    }
}

impl Name {
    /// The name of a type of the set's own.
    pub fn documented(&self) -> Option<&SmolStr> {
        match self {
            Self::Documented(name) => Some(name),
            _ => None,
        }
    }

    /// What a text names that is nothing but a name.
    pub fn read(text: &str) -> Option<Self> {
        if let Some(value) = Self::of_value(text) {
            Some(value)
        } else if ANYTHING.iter().any(|word| word.eq_ignore_ascii_case(text)) {
            Some(Self::Json)
        } else {
            is_type_name(text).then(|| Self::Documented(text.into()))
        }
    }

    /// The name of a single value that is no object, as a word has it.
    pub(crate) fn of_value(word: &str) -> Option<Self> {
        let primitive = Primitive::read(word)?;
        let is = |known: &str| known.eq_ignore_ascii_case(trimmed(word));
        Some(match primitive {
            Primitive::Int64 if is("number") || is("numeric") => Self::Number,
            Primitive::DateTimeOffset if is("timestamp") => Self::Timestamp,
            _ => Self::Primitive(primitive),
        })
    }
}

/// What says that a value may be any.
const ANYTHING: [&str; 5] = ["object", "json", "json object", "edm.untyped", "any"];

/// What an object is called whose names are no properties of a type, but keys, or one of which nothing is said but that
/// it has properties.
const KEYED: [&str; 5] = ["map", "hash", "hashmap", "dictionary", "class"];

/// Whether a word means an object of no type, as one of values by key, unless a type of the set has it for its name.
pub(crate) fn is_keyed(word: &str) -> bool {
    KEYED.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Whether a text could be the name of a documented type.
pub(crate) fn is_type_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !text.ends_with('.')
        && all_bytes(text, |b| {
            b.is_ascii_alphanumeric() | (b == b'.') | (b == b'_')
        })
}

/// Splits a full name into its namespace and its short name.
pub(crate) fn split_name(name: &str) -> (&str, &str) {
    let name = name.trim_start_matches('#');
    let dot = memchr::memrchr(b'.', name.as_bytes());
    dot.map_or(("", name), |at| (&name[..at], &name[at + 1..]))
}

/// Whether a text is a name with its namespace.
pub(crate) fn is_qualified(name: &str) -> bool {
    name.contains('.')
        && name.split('.').all(|part| {
            part.starts_with(|c: char| c.is_ascii_alphabetic())
                && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        })
}
