//! The JSON of a body, whose strings are the text's own wherever nothing in them is escaped.
//!
//! It does not say where its values stand: few are ever reported. And it takes strict JSON for what it
//! is, since the reader of the page has seen to that: to be told so again takes three times as long.

use std::borrow::Cow;
use std::{iter, mem};

use jsonc_parser::ast::{self, ObjectPropName};
use memchr::memchr2;

use crate::conformance::{Json, Kind};
use crate::page::json;

/// All values of a body, each before those in it.
#[derive(Debug)]
pub(super) struct Tree<'t>(Vec<Node<'t>>);

/// A value within a body, with those in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value<'v, 't>(&'v [Node<'t>]);

#[derive(Debug)]
struct Node<'t> {
    /// The name of the property whose value this is; empty for others.
    name: Cow<'t, str>,
    content: Content<'t>,
    /// How many values this one is together with those in it.
    size: usize,
}

#[derive(Debug)]
enum Content<'t> {
    Null,
    Boolean,
    Number,
    String(Cow<'t, str>),
    Array,
    Object,
}

impl<'t> Tree<'t> {
    /// Reads a text whose faults have been reported; `is_strict` says that it has none.
    pub(super) fn read(text: &'t str, is_strict: bool) -> Option<Self> {
        let strict = Some(text).filter(|_| is_strict).and_then(read_strict);
        let read = || {
            let mut nodes = Vec::new();
            add(&mut nodes, Cow::Borrowed(""), json::value(text)?);
            Some(nodes)
        };
        strict.or_else(read).map(Self)
    }

    /// The value that holds all others.
    pub(super) fn value(&self) -> Value<'_, 't> {
        Value(&self.0)
    }
}

/// The values of a text that is strict JSON; `None` where a string in it is no text.
fn read_strict(text: &str) -> Option<Vec<Node<'_>>> {
    let bytes = text.as_bytes();
    let mut nodes: Vec<Node<'_>> = Vec::with_capacity(text.len() / 32);
    // The arrays and objects that have not ended.
    let mut open: Vec<usize> = Vec::new();
    let mut name = Cow::Borrowed("");
    let mut at = 0;
    while let Some(rest) = bytes.get(at..) {
        let Some(skipped) = rest.iter().position(|&byte| byte > b' ') else {
            break;
        };
        at += skipped;
        let content = match bytes[at] {
            b'"' => {
                let (string, end) = string(text, at)?;
                at = end;
                if let Some(value) = behind_colon(bytes, at) {
                    (name, at) = (string, value);
                    continue;
                }
                Content::String(string)
            }
            b',' => {
                at += 1;
                continue;
            }
            b'}' | b']' => {
                let index = open.pop()?;
                nodes[index].size = nodes.len() - index;
                at += 1;
                continue;
            }
            b'{' | b'[' => {
                open.push(nodes.len());
                at += 1;
                match bytes[at - 1] {
                    b'{' => Content::Object,
                    _ => Content::Array,
                }
            }
            first => {
                let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
                at += 1 + bytes[at + 1..].iter().take_while(is_part).count();
                match first {
                    b'n' => Content::Null,
                    b't' | b'f' => Content::Boolean,
                    _ => Content::Number,
                }
            }
        };
        let name = mem::take(&mut name);
        nodes.push(Node::new(name, content));
    }
    (!nodes.is_empty()).then_some(nodes)
}

/// The string that begins at a byte, and where it ends.
fn string(text: &str, start: usize) -> Option<(Cow<'_, str>, usize)> {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    let mut escapes = false;
    loop {
        at += memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            break;
        }
        escapes = true;
        at += 2;
    }
    let string = match escapes {
        false => Cow::Borrowed(&text[start + 1..at]),
        true => Cow::Owned(serde_json::from_str(&text[start..=at]).ok()?),
    };
    Some((string, at + 1))
}

/// Where what stands behind a colon begins, if that is what comes next.
fn behind_colon(bytes: &[u8], at: usize) -> Option<usize> {
    let spaces = bytes[at..].iter().take_while(|byte| **byte <= b' ');
    let colon = at + spaces.count();
    (bytes.get(colon) == Some(&b':')).then_some(colon + 1)
}

/// Adds a value that knows where it stands, and those in it.
fn add<'t>(nodes: &mut Vec<Node<'t>>, name: Cow<'t, str>, value: ast::Value<'t>) {
    let index = nodes.len();
    let content = match &value {
        ast::Value::NullKeyword(_) => Content::Null,
        ast::Value::BooleanLit(_) => Content::Boolean,
        ast::Value::NumberLit(_) => Content::Number,
        ast::Value::StringLit(text) => Content::String(text.value.clone()),
        ast::Value::Array(_) => Content::Array,
        ast::Value::Object(_) => Content::Object,
    };
    nodes.push(Node::new(name, content));
    match value {
        ast::Value::Array(array) => {
            let items = array.elements.into_iter();
            items.for_each(|item| add(nodes, Cow::Borrowed(""), item));
        }
        ast::Value::Object(object) => {
            for property in object.properties {
                let name = match property.name {
                    ObjectPropName::String(name) => name.value,
                    // What is the text's own has quotes around it.
                    ObjectPropName::Word(name) => Cow::Owned(name.value.to_owned()),
                };
                add(nodes, name, property.value);
            }
        }
        _ => {}
    }
    nodes[index].size = nodes.len() - index;
}

impl<'t> Node<'t> {
    /// A value with none in it yet.
    fn new(name: Cow<'t, str>, content: Content<'t>) -> Self {
        let size = 1;
        Self {
            name,
            content,
            size,
        }
    }
}

impl<'v, 't> Value<'v, 't> {
    /// The values in an array or an object, with the names that they have in an object.
    fn children(self) -> impl Iterator<Item = (&'v str, Self)> {
        let mut rest = &self.0[1..];
        iter::from_fn(move || {
            let first = rest.first()?;
            let (child, behind) = rest.split_at(first.size);
            rest = behind;
            Some((&*first.name, Value(child)))
        })
    }
}

impl<'v> Json<'v> for Value<'v, '_> {
    fn kind(self) -> Kind<'v> {
        match &self.0[0].content {
            Content::Null => Kind::Null,
            Content::Boolean => Kind::Boolean,
            Content::Number => Kind::Number,
            Content::String(text) => Kind::String(text),
            Content::Array => Kind::Array,
            Content::Object => Kind::Object,
        }
    }

    fn items(self) -> impl Iterator<Item = Self> {
        let is_array = self.kind() == Kind::Array;
        let children = self.children().map(|(_, item)| item);
        children.take_while(move |_| is_array)
    }

    fn members(self) -> impl Iterator<Item = (&'v str, Self)> {
        let is_object = self.kind() == Kind::Object;
        self.children().take_while(move |_| is_object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a value is, written in a way of its own.
    fn shown(value: Value<'_, '_>) -> String {
        let items: Vec<String> = value.items().map(shown).collect();
        let member = |(name, value)| format!("{name}={}", shown(value));
        let members: Vec<String> = value.members().map(member).collect();
        match value.kind() {
            Kind::Array => format!("[{}]", items.join(" ")),
            Kind::Object => format!("{{{}}}", members.join(" ")),
            Kind::String(text) => format!("'{text}'"),
            Kind::Number => "number".to_owned(),
            Kind::Boolean => "boolean".to_owned(),
            Kind::Null => "null".to_owned(),
        }
    }

    #[test]
    fn strict_json_is_read_as_the_reader_of_any_other_reads_it() {
        let texts = [
            r#"{"a": [1, -2.5e+3, {"b" : {}, "c": []}], "d": null, "e": true, "f": false}"#,
            "[]",
            "\t\"text\"\r\n",
            r#"["\"a\\", "", "a: b", "\u00fc", {"\"k\"":"\\"}]"#,
            "[[[[]], [0]], {\"a\":{\"b\":\"c\"}}]",
        ];
        for text in texts {
            assert!(
                serde_json::from_str::<serde_json::Value>(text).is_ok(),
                "{text}"
            );
            assert!(read_strict(text).is_some(), "{text}");
            let read = |is_strict| shown(Tree::read(text, is_strict).unwrap().value());
            assert_eq!(read(true), read(false), "{text}");
        }
    }

    #[test]
    fn what_is_no_json_after_all_is_read_without_a_panic() {
        let text = r#"{"a": [1, {"b": "\"c\""}], "d": nul"#;
        for end in 0..text.len() {
            read_strict(&text[..end]);
        }
        for text in ["", " ", "]", "\"", "\"\\", "\"\\\"", "\"\\ud800\""] {
            assert!(read_strict(text).is_none(), "{text}");
        }
    }
}
