//! JSON, whoever has read it.

use std::fmt;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;

use crate::page::json;
use crate::page::plain_json::PlainValue;
use crate::source::Span;

/// A JSON value: serde_json's, or one that knows where it stands in a page.
pub trait Json<'v>: Copy {
    /// What it is.
    fn kind(self) -> Kind<'v>;

    /// The items of an array; none of anything else.
    fn items(self) -> impl Iterator<Item = Self>;

    /// The names and values of an object's properties; none of anything else.
    fn members(self) -> impl Iterator<Item = (&'v str, Self)>;

    /// The value of an object's property.
    fn member(self, name: &str) -> Option<Self> {
        let mut members = self.members();
        members.find(|(other, _)| *other == name).map(|it| it.1)
    }
}

/// A JSON value that knows where it stands in its text.
pub(crate) trait Placed<'v>: Json<'v> {
    /// Where it stands.
    fn span(self) -> Span;

    /// Where the name of an object's property stands.
    fn span_of_name(self, name: &str) -> Option<Span>;
}

/// The kind of a value (RFC 8259, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'v> {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A string, decoded.
    String(&'v str),
    /// An array.
    Array,
    /// An object.
    Object,
}

impl fmt::Display for Kind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String(_) => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        })
    }
}

impl<'v> Json<'v> for &'v serde_json::Value {
    fn kind(self) -> Kind<'v> {
        match self {
            serde_json::Value::Null => Kind::Null,
            serde_json::Value::Bool(_) => Kind::Boolean,
            serde_json::Value::Number(_) => Kind::Number,
            serde_json::Value::String(text) => Kind::String(text),
            serde_json::Value::Array(_) => Kind::Array,
            serde_json::Value::Object(_) => Kind::Object,
        }
    }

    fn items(self) -> impl Iterator<Item = Self> {
        self.as_array().into_iter().flatten()
    }

    fn members(self) -> impl Iterator<Item = (&'v str, Self)> {
        let members = self.as_object().into_iter().flatten();
        members.map(|(name, value)| (name.as_str(), value))
    }
}

impl<'v, 't> Json<'v> for &'v ast::Value<'t> {
    fn kind(self) -> Kind<'v> {
        match self {
            ast::Value::NullKeyword(_) => Kind::Null,
            ast::Value::BooleanLit(_) => Kind::Boolean,
            ast::Value::NumberLit(_) => Kind::Number,
            ast::Value::StringLit(text) => Kind::String(&text.value),
            ast::Value::Array(_) => Kind::Array,
            ast::Value::Object(_) => Kind::Object,
        }
    }

    fn items(self) -> impl Iterator<Item = Self> {
        let items = self.as_array().map(|array| &array.elements);
        items.into_iter().flatten()
    }

    fn members(self) -> impl Iterator<Item = (&'v str, Self)> {
        let members = self.as_object().map(|object| &object.properties);
        let members = members.into_iter().flatten();
        members.map(|property| (property.name.as_str(), &property.value))
    }
}

impl<'v> Placed<'v> for &'v ast::Value<'_> {
    fn span(self) -> Span {
        let range = self.range();
        Span::new(range.start, range.end)
    }

    fn span_of_name(self, name: &str) -> Option<Span> {
        let (start, end) = json::name_range(self.as_object()?.get(name)?);
        Some(Span::new(start, end))
    }
}

impl<'v> Json<'v> for PlainValue<'v> {
    fn kind(self) -> Kind<'v> {
        let text = self.text();
        match text.as_bytes()[0] {
            b'{' => Kind::Object,
            b'[' => Kind::Array,
            b'"' => Kind::String(&text[1..text.len() - 1]),
            b't' | b'f' => Kind::Boolean,
            b'n' => Kind::Null,
            _ => Kind::Number,
        }
    }

    fn items(self) -> impl Iterator<Item = Self> {
        let array = Some(self).filter(|it| it.kind() == Kind::Array);
        array.into_iter().flat_map(Self::parts)
    }

    fn members(self) -> impl Iterator<Item = (&'v str, Self)> {
        self.pairs().map(|(name, value)| (unquoted(name), value))
    }
}

impl<'v> Placed<'v> for PlainValue<'v> {
    fn span(self) -> Span {
        Self::span(self)
    }

    fn span_of_name(self, name: &str) -> Option<Span> {
        let mut pairs = self.pairs();
        let (name, _) = pairs.find(|(other, _)| unquoted(*other) == name)?;
        Some(name.span())
    }
}

impl<'v> PlainValue<'v> {
    /// The names and values of an object's properties; none of anything else.
    fn pairs(self) -> impl Iterator<Item = (Self, Self)> {
        let object = Some(self).filter(|it| it.kind() == Kind::Object);
        let mut parts = object.into_iter().flat_map(Self::parts);
        std::iter::from_fn(move || Some((parts.next()?, parts.next()?)))
    }
}

fn unquoted(string: PlainValue<'_>) -> &str {
    let text = string.text();
    &text[1..text.len() - 1]
}
