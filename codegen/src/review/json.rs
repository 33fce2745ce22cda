//! The JSON of a body, whose strings are the text's own wherever nothing in them is escaped.
//!
//! It does not say where its values stand: few are ever reported, and strict JSON is read in a third
//! of the time without.

use std::borrow::Cow;
use std::fmt;

use jsonc_parser::ast::{self, ObjectPropName};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use crate::conformance::{Json, Kind};
use crate::page::json;

/// A value.
#[derive(Debug)]
pub(super) enum Value<'t> {
    Null,
    Boolean,
    Number,
    String(Cow<'t, str>),
    Array(Vec<Value<'t>>),
    Object(Vec<(Cow<'t, str>, Value<'t>)>),
}

impl<'t> Value<'t> {
    /// The value of a text whose faults have been reported.
    pub(super) fn read(text: &'t str) -> Option<Self> {
        let strict = serde_json::from_str(text).ok();
        strict.or_else(|| json::value(text).map(Self::from))
    }
}

impl<'v, 't> Json<'v> for &'v Value<'t> {
    fn kind(self) -> Kind<'v> {
        match self {
            Value::Null => Kind::Null,
            Value::Boolean => Kind::Boolean,
            Value::Number => Kind::Number,
            Value::String(text) => Kind::String(text),
            Value::Array(_) => Kind::Array,
            Value::Object(_) => Kind::Object,
        }
    }

    fn items(self) -> impl Iterator<Item = Self> {
        let items: &[Value<'t>] = match self {
            Value::Array(items) => items,
            _ => &[],
        };
        items.iter()
    }

    fn members(self) -> impl Iterator<Item = (&'v str, Self)> {
        let members: &[(Cow<'t, str>, Value<'t>)] = match self {
            Value::Object(members) => members,
            _ => &[],
        };
        members.iter().map(|(name, value)| (&**name, value))
    }
}

impl<'t> From<ast::Value<'t>> for Value<'t> {
    fn from(value: ast::Value<'t>) -> Self {
        match value {
            ast::Value::NullKeyword(_) => Self::Null,
            ast::Value::BooleanLit(_) => Self::Boolean,
            ast::Value::NumberLit(_) => Self::Number,
            ast::Value::StringLit(text) => Self::String(text.value),
            ast::Value::Array(array) => {
                let items = array.elements.into_iter();
                Self::Array(items.map(Self::from).collect())
            }
            ast::Value::Object(object) => {
                let members = object.properties.into_iter().map(|property| {
                    let name = match property.name {
                        ObjectPropName::String(name) => name.value,
                        // What is the text's own has quotes around it.
                        ObjectPropName::Word(name) => Cow::Owned(name.value.to_owned()),
                    };
                    (name, Self::from(property.value))
                });
                Self::Object(members.collect())
            }
        }
    }
}

impl<'de> Deserialize<'de> for Value<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

/// A name, which serde does not borrow unless it is told to.
#[derive(Deserialize)]
struct Name<'t>(#[serde(borrow)] Cow<'t, str>);

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Value::Boolean)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Value::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Value::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Value::Number)
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Value::String(Cow::Owned(text.to_owned())))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Value::String(Cow::Borrowed(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut read: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = read.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut read: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some((Name(name), value)) = read.next_entry()? {
            members.push((name, value));
        }
        Ok(Value::Object(members))
    }
}
