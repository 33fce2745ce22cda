//! The properties of an annotation, as they are looked up: by name in whichever case.

use std::borrow::Cow;
use std::{fmt, mem};

use jsonc_parser::ast::{Object, Value};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::nearness::nearest;

/// The properties of an object in their order.
#[derive(Debug)]
pub(super) struct Fields<'t>(Vec<(Cow<'t, str>, Field<'t>)>);

/// A value, as far as annotations have a use for it.
#[derive(Debug)]
enum Field<'t> {
    Text(Cow<'t, str>),
    Flag(bool),
    List(Vec<Field<'t>>),
    Other,
}

impl<'t> Fields<'t> {
    /// Reads an object that is strict JSON.
    pub(super) fn parse(text: &'t str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The properties of an object that is not.
    pub(super) fn of(object: &Object<'t>) -> Self {
        let pairs = object.properties.iter();
        let pairs = pairs.map(|property| {
            let name = property.name.as_str().to_owned();
            (Cow::Owned(name), Field::of(&property.value))
        });
        Self(pairs.collect())
    }

    /// Gives each property whose name is a known one but for a slip the name that is meant. Tells of those,
    /// as they were written.
    pub(super) fn mend(&mut self, known: &[&'static str]) -> Vec<(Cow<'t, str>, &'static str)> {
        let mut slips = Vec::new();
        // The known names that have been looked for: they are there now, or were before.
        let mut there = Vec::new();
        for at in 0..self.0.len() {
            let name = &*self.0[at].0;
            // Nearly all are written as they are known.
            let in_any_case = || known.iter().any(|known| known.eq_ignore_ascii_case(name));
            if known.contains(&name) || in_any_case() {
                continue;
            }
            let near = nearest(name, known.iter().copied());
            let Some(meant) = near.filter(|meant| !there.contains(meant)) else {
                continue;
            };
            there.push(meant);
            if self.get(meant).is_none() {
                let written = mem::replace(&mut self.0[at].0, Cow::Borrowed(meant));
                slips.push((written, meant));
            }
        }
        slips
    }

    fn get(&self, key: &str) -> Option<&Field<'t>> {
        let mut fields = self.0.iter();
        let found = fields.find(|(name, _)| name.eq_ignore_ascii_case(key));
        found.map(|(_, field)| field)
    }

    /// The value of a property that is a string.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Field::text)
    }

    /// The value of a property that is a boolean, or one written as a string, as some are.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            Field::Flag(flag) => Some(*flag),
            Field::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Field::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    /// The strings of an array, or a string as the only one.
    pub(super) fn texts(&self, key: &str) -> Vec<String> {
        match self.get(key) {
            Some(Field::Text(text)) => vec![text.to_string()],
            Some(Field::List(list)) => {
                let texts = list.iter().filter_map(Field::text);
                texts.map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl<'t> Field<'t> {
    fn of(value: &Value<'t>) -> Self {
        match value {
            Value::StringLit(text) => Self::Text(text.value.clone()),
            Value::BooleanLit(boolean) => Self::Flag(boolean.value),
            Value::Array(array) => Self::List(array.elements.iter().map(Self::of).collect()),
            _ => Self::Other,
        }
    }

    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'de: 't, 't> Deserialize<'de> for Fields<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                #[derive(serde::Deserialize)]
                struct Name<'t>(#[serde(borrow)] Cow<'t, str>);

                // Few annotations have more.
                let mut fields = Vec::with_capacity(8);
                while let Some((Name(name), value)) = map.next_entry()? {
                    fields.push((name, value));
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(Pairs)
    }
}

/// Serde's derive for a value of any kind would keep each, and try one kind after the other.
impl<'de: 't, 't> Deserialize<'de> for Field<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Field<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Field<'de>, E> {
                Ok(Field::Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Field<'de>, E> {
                Ok(Field::Text(Cow::Owned(text.to_owned())))
            }

            fn visit_bool<E>(self, flag: bool) -> Result<Field<'de>, E> {
                Ok(Field::Flag(flag))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Field<'de>, A::Error> {
                let mut list = Vec::new();
                while let Some(field) = seq.next_element()? {
                    list.push(field);
                }
                Ok(Field::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Field<'de>, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Field::Other)
            }

            fn visit_unit<E>(self) -> Result<Field<'de>, E> {
                Ok(Field::Other)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Field<'de>, E> {
                Ok(Field::Other)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Field<'de>, E> {
                Ok(Field::Other)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Field<'de>, E> {
                Ok(Field::Other)
            }
        }

        deserializer.deserialize_any(Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn a_name_with_a_slip_is_the_known_one_unless_that_is_there_too() {
        let mut fields =
            Fields::parse(r#"{"Nmae": "x", "tpye": "y", "type": "z", "note": 1}"#).unwrap();
        let slips = fields.mend(&["name", "type"]);
        assert_eq!(slips, [("Nmae".into(), "name")]);
        let texts = ["name", "tpye", "type"].map(|key| fields.text(key));
        assert_eq!(texts, [Some("x"), Some("y"), Some("z")]);
    }

    #[test]
    fn strict_and_lenient_objects_have_the_same_fields() {
        let strict = r#"{"a": "x\n", "B": ["y", -1, 1, 1.5, {"z": []}], "c": "True", "d": false, "e": null}"#;
        let lenient = strict.replace("null}", "null,}");
        assert!(Fields::parse(&lenient).is_none());
        let json = json::parse(&lenient).unwrap();
        let lenient = Fields::of(json.value.as_object().unwrap());
        for fields in [Fields::parse(strict).unwrap(), lenient] {
            assert_eq!(fields.text("A"), Some("x\n"));
            assert_eq!(fields.texts("a"), ["x\n"]);
            assert_eq!(fields.texts("b"), ["y"]);
            assert_eq!(fields.flag("c"), Some(true));
            assert_eq!(fields.flag("d"), Some(false));
            assert_eq!((fields.flag("e"), fields.text("e")), (None, None));
        }
    }
}
