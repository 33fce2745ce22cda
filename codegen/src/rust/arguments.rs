//! Arguments whose values are sent as text: in a path, in the query string, in a header.

use std::str::FromStr;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::examples::literal;
use super::names::table::Names;
use super::types;
use super::uses::Uses;
use crate::model::{Primitive, Type, TypeKind};

/// The type of an argument, as far as its value is sent as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ArgumentType(TypeKind);

/// How an argument is given.
enum Form {
    /// As text.
    Text,
    /// As a number, or as true or false.
    Plain(Primitive),
    /// As what becomes a value of its type, which text does too: such as a date.
    Converted,
}

impl ArgumentType {
    /// Text as it is.
    pub(super) const TEXT: Self = Self(TypeKind::Primitive(Primitive::String));

    /// Of a parameter of a documented type. There is one text for a collection or an object, and
    /// only the service knows how it reads it.
    pub(super) fn of(ty: Type) -> Self {
        let is_one_word = match ty.kind {
            TypeKind::Primitive(primitive) => {
                !matches!(primitive, Primitive::Decimal | Primitive::Stream)
            }
            TypeKind::Enum(_) => true,
            TypeKind::Resource(_) | TypeKind::Json => false,
        };
        match is_one_word && !ty.collection {
            true => Self(ty.kind),
            false => Self::TEXT,
        }
    }

    /// The type of the model.
    pub(super) fn kind(self) -> TypeKind {
        self.0
    }

    fn form(self) -> Form {
        use Primitive::{Boolean, Byte, Double, Int16, Int32, Int64, Single, String};
        match self.0 {
            TypeKind::Primitive(String) => Form::Text,
            TypeKind::Primitive(
                plain @ (Boolean | Byte | Int16 | Int32 | Int64 | Single | Double),
            ) => Form::Plain(plain),
            _ => Form::Converted,
        }
    }

    /// The type in a signature.
    pub(super) fn declared(self, names: &Names, uses: &mut Uses) -> TokenStream {
        match self.form() {
            Form::Text => quote! { impl AsRef<str> },
            Form::Plain(plain) => types::primitive(plain, uses),
            Form::Converted => {
                let ty = types::value(names, self.0, false, uses);
                quote! { impl Into<#ty> }
            }
        }
    }

    /// The simplest type of what can be given.
    pub(super) fn simplest(self) -> TokenStream {
        match self.form() {
            Form::Text | Form::Converted => quote! { &str },
            Form::Plain(plain) => types::primitive(plain, &mut Uses::default()),
        }
    }

    /// The text of the argument that is called `name`, as a `&str`.
    pub(super) fn text(self, name: &impl ToTokens) -> TokenStream {
        match self.form() {
            Form::Text => quote! { #name.as_ref() },
            Form::Plain(_) => quote! { &#name.to_string() },
            Form::Converted => quote! { #name.into().as_str() },
        }
    }

    /// The same for whatever takes all that has text.
    pub(super) fn passed(self, name: &impl ToTokens) -> TokenStream {
        match self.form() {
            Form::Text => quote! { #name },
            Form::Plain(_) => quote! { #name.to_string() },
            Form::Converted => self.text(name),
        }
    }

    /// The argument with which some text is sent; `None` where there is none.
    pub(super) fn value(self, text: &str) -> Option<TokenStream> {
        let literal = match self.form() {
            Form::Text | Form::Converted => literal(text),
            Form::Plain(plain) => match plain {
                Primitive::Boolean => {
                    let value: bool = exactly(text)?;
                    return Some(quote! { #value });
                }
                Primitive::Byte => Literal::u8_unsuffixed(exactly(text)?),
                Primitive::Int16 => Literal::i16_unsuffixed(exactly(text)?),
                Primitive::Int32 => Literal::i32_unsuffixed(exactly(text)?),
                Primitive::Single => {
                    Literal::f32_unsuffixed(exactly(text).filter(|it: &f32| it.is_finite())?)
                }
                Primitive::Double => {
                    Literal::f64_unsuffixed(exactly(text).filter(|it: &f64| it.is_finite())?)
                }
                _ => Literal::i64_unsuffixed(exactly(text)?),
            },
        };
        Some(quote! { #literal })
    }
}

/// The value that is written as a text is, and in no other way.
fn exactly<T: FromStr + ToString>(text: &str) -> Option<T> {
    let value: T = text.parse().ok()?;
    (value.to_string() == text).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(primitive: Primitive, text: &str) -> Option<String> {
        let ty = ArgumentType::of(Type::primitive(primitive));
        ty.value(text).map(|value| value.to_string())
    }

    #[test]
    fn what_is_sent_is_what_the_page_shows() {
        let cases = [
            (Primitive::Int32, "5", Some("5")),
            (Primitive::Int32, "-5", Some("- 5")),
            (Primitive::Int32, "05", None),
            (Primitive::Int32, "5000000000", None),
            (Primitive::Int64, "5000000000", Some("5000000000")),
            (Primitive::Double, "2.5", Some("2.5")),
            (Primitive::Double, "inf", None),
            (Primitive::Boolean, "true", Some("true")),
            (Primitive::Boolean, "True", None),
            (Primitive::Date, "<day>", Some("\"<day>\"")),
            (Primitive::Decimal, "1.50", Some("\"1.50\"")),
        ];
        for (primitive, text, expected) in cases {
            assert_eq!(value(primitive, text).as_deref(), expected, "{text}");
        }
    }
}
