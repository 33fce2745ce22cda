//! The reader of strict JSON: serde_json, which says nothing of places.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Content, JsonBody, Text, UNNAMED};
use crate::vocabulary::Number;

/// Reads a body; `None` where it takes a closer look to see what is wrong with it.
pub(in crate::page) fn read(text: &str) -> Option<JsonBody> {
    let mut body = JsonBody {
        // A value takes more of the text than that, on average.
        nodes: Vec::with_capacity(text.len() / 32 + 1),
        ..JsonBody::default()
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let reader = Reader {
        text,
        body: &mut body,
        name: UNNAMED,
    };
    reader.deserialize(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    Some(body)
}

/// Reads one value, and those in it.
struct Reader<'r, 't> {
    text: &'t str,
    body: &'r mut JsonBody,
    name: Text,
}

/// Reads a name. Whether it is a part of the text has to be asked for.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Reader<'_, '_> {
    fn push<E>(self, content: Content) -> Result<(), E> {
        self.body.push(self.name, content);
        Ok(())
    }

    fn push_string<E>(self, string: Cow<'_, str>) -> Result<(), E> {
        let string = self.body.string(self.text, string);
        self.push(Content::String(string))
    }
}

impl<'de> Visitor<'de> for Reader<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.push(Content::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.push(Content::Boolean)
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.push(Content::Number(Number::whole(number.into())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.push(Content::Number(Number::whole(number.into())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.push(Content::Number(Number::with_fraction(number)))
    }

    fn visit_borrowed_str<E>(self, string: &'de str) -> Result<(), E> {
        self.push_string(Cow::Borrowed(string))
    }

    fn visit_str<E>(self, string: &str) -> Result<(), E> {
        self.push_string(Cow::Owned(string.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<(), A::Error> {
        let text = self.text;
        self.body.within(self.name, Content::Array, |body| {
            loop {
                let name = UNNAMED;
                if array
                    .next_element_seed(Reader { text, body, name })?
                    .is_none()
                {
                    return Ok(());
                }
            }
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let text = self.text;
        self.body.within(self.name, Content::Object, |body| {
            while let Some(name) = object.next_key_seed(Name)? {
                let name = body.string(text, name);
                object.next_value_seed(Reader { text, body, name })?;
            }
            Ok(())
        })
    }
}
