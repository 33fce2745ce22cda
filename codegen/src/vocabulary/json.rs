//! JSON, whoever has read it.

use std::fmt;

use jsonc_parser::ast;

/// A JSON value: serde_json's, or one that knows where it stands in a page.
pub trait Json<'v>: Copy {
    /// What it is.
    fn kind(self) -> Kind<'v>;

    /// The items of an array; none of anything else.
    fn items(self) -> impl Iterator<Item = Self>;

    /// The names and values of an object's properties; none of anything else.
    fn members(self) -> impl Iterator<Item = (&'v str, Self)>;

    /// The items of a collection: those of an array, or of the `value` of an object.
    fn collection_items(self) -> impl Iterator<Item = Self> {
        self.member("value").unwrap_or(self).items()
    }

    /// The value of an object's property.
    fn member(self, name: &str) -> Option<Self> {
        let mut members = self.members();
        members.find(|(other, _)| *other == name).map(|it| it.1)
    }
}

/// The kind of a value (RFC 8259, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'v> {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number(Number),
    /// A string, decoded.
    String(&'v str),
    /// An array.
    Array,
    /// An object.
    Object,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// Without a fraction and an exponent, and how many bits a signed number has to have for it.
    Whole(u8),
    /// With one of the two, and it is a whole number all the same, as `96.0` is.
    Rounded,
    /// With a fraction that is not zero.
    Fraction,
}

impl Number {
    /// How a number of JSON is written.
    pub(crate) fn of(text: &str) -> Self {
        match text.contains(['.', 'e', 'E']) {
            false => Self::whole(text.parse().unwrap_or(i128::MAX)),
            true => text.parse().map_or(Self::Fraction, Self::with_fraction),
        }
    }

    /// What a number is that is written without both.
    pub(crate) fn whole(number: i128) -> Self {
        let magnitude = if number < 0 { !number } else { number };
        let bits = i128::BITS - magnitude.leading_zeros() + 1;
        Self::Whole(bits as u8)
    }

    /// What a number is that is written with a fraction or an exponent.
    pub(crate) fn with_fraction(number: f64) -> Self {
        match number.fract() == 0.0 {
            true => Self::Rounded,
            false => Self::Fraction,
        }
    }
}

impl fmt::Display for Kind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number(Number::Whole(bits @ 33..)) => {
                return write!(f, "a number of {bits} bits");
            }
            Self::Number(Number::Whole(_) | Number::Rounded) => "a number",
            Self::Number(Number::Fraction) => "a number with a fraction",
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
            serde_json::Value::Number(number) => Kind::Number(match number.is_f64() {
                false => Number::whole(number.as_i128().unwrap_or(i128::MAX)),
                true => number
                    .as_f64()
                    .map_or(Number::Fraction, Number::with_fraction),
            }),
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
            ast::Value::NumberLit(number) => Kind::Number(Number::of(number.value)),
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
