//! Bodies that are JSON. Each is read once, with its page, for everybody who asks what is in it.

mod strict;
mod twice;

use std::borrow::Cow;
use std::iter;
use std::ops::Range;

use jsonc_parser::ast::{self, ObjectPropName};

use super::context::Context;
use super::excerpt::Excerpt;
use crate::diagnostic::Code;
use crate::json::{self, Fault};
use crate::source::Span;
use crate::text::trimmed;
use crate::vocabulary::{Json, Kind, Number};

pub(super) use strict::read as read_strict;
pub(super) use twice::report as report_twice;

/// A body that is JSON. It does not say where its values stand: few are ever reported, and those are looked
/// for then.
#[derive(Debug, Default)]
pub struct JsonBody {
    /// The body as strict JSON where the page's own text is not.
    pub rewritten: Option<String>,
    /// Whether it is an array, or an object whose `value` is one.
    pub collection: bool,
    /// All values, each before those in it.
    nodes: Vec<Node>,
    /// The strings that are not written as they are: something in them is escaped, say.
    decoded: Vec<String>,
}

/// A value within a body.
#[derive(Clone, Copy, Debug)]
pub struct Value<'b> {
    text: &'b str,
    decoded: &'b [String],
    /// The value and those in it.
    nodes: &'b [Node],
}

#[derive(Clone, Copy, Debug)]
struct Node {
    /// The name of the property whose value this is; empty for others.
    name: Text,
    content: Content,
    /// How many values this one is together with those in it.
    size: u32,
}

#[derive(Clone, Copy, Debug)]
enum Content {
    Null,
    Boolean,
    Number(Number),
    String(Text),
    Array,
    Object,
}

/// A string: its place in the text, or its index among those that are not written as they are.
#[derive(Clone, Copy, Debug)]
enum Text {
    Written(Span),
    Decoded(u32),
}

const UNNAMED: Text = Text::Written(Span { start: 0, end: 0 });

/// Reads a body that is meant to be JSON, and reports what is wrong with it.
pub(super) fn read(cx: &mut Context<'_>, body: &Excerpt<'_>) -> Option<JsonBody> {
    if let Some(read) = strict::read(&body.text) {
        twice::report(cx, body, read.value(&body.text));
        return Some(read.finish(&body.text));
    }
    let (text, ellipsis) = without_ellipses(&body.text);
    match json::parse(&text) {
        Ok(json) => {
            let rewritten = ellipsis.or(json.fault).map(|fault| {
                let message = format!("the body is no strict JSON: {}", fault.message);
                let place = body.span(fault.offset, fault.offset + 1);
                cx.report(Code::BodyLenient, place, message);
                format!("{:#}", json::to_strict(&json.value))
            });
            let read = JsonBody::of(&text, json.value).finish(&body.text);
            twice::report(cx, body, read.value(&body.text));
            Some(JsonBody { rewritten, ..read })
        }
        Err(fault) => {
            let message = format!("the body is not JSON: {}", fault.message);
            let place = body.span(fault.offset, fault.offset + 1);
            cx.report(Code::BodyNotJson, place, message);
            None
        }
    }
}

/// A text with blanks in the place of dots that have a line of their own and stand for what is left out, so that
/// all else keeps its place; and the first of them.
fn without_ellipses(text: &str) -> (Cow<'_, str>, Option<Fault>) {
    let mut filled = Cow::Borrowed(text);
    let mut first = None;
    for line in text.lines().map(trimmed) {
        if matches!(line, "..." | "…") {
            let Range { start, end } = Span::of(line, text).range();
            filled.to_mut().replace_range(start..end, "   ");
            first.get_or_insert_with(|| Fault {
                offset: start,
                message: format!("`{line}` stands for what is left out"),
            });
        }
    }
    (filled, first)
}

impl JsonBody {
    /// The values of a text that was read together with their places.
    pub(super) fn of(text: &str, value: ast::Value<'_>) -> Self {
        let mut body = Self::default();
        body.add(text, UNNAMED, value);
        body
    }

    /// The same body, with what is asked of it time and again.
    fn finish(mut self, text: &str) -> Self {
        let whole = self.value(text);
        let value = whole.member("value").unwrap_or(whole);
        self.collection = value.kind() == Kind::Array;
        self
    }

    /// The value that holds all others. `text` is that of the body.
    pub(super) fn value<'b>(&'b self, text: &'b str) -> Value<'b> {
        Value {
            text,
            decoded: &self.decoded,
            nodes: &self.nodes,
        }
    }

    fn add(&mut self, text: &str, name: Text, value: ast::Value<'_>) {
        match value {
            ast::Value::NullKeyword(_) => self.push(name, Content::Null),
            ast::Value::BooleanLit(_) => self.push(name, Content::Boolean),
            ast::Value::NumberLit(number) => {
                self.push(name, Content::Number(Number::of(number.value)));
            }
            ast::Value::StringLit(string) => {
                let string = self.string(text, string.value);
                self.push(name, Content::String(string));
            }
            ast::Value::Array(array) => self.within(name, Content::Array, |body| {
                let items = array.elements.into_iter();
                items.for_each(|item| body.add(text, UNNAMED, item));
            }),
            ast::Value::Object(object) => self.within(name, Content::Object, |body| {
                for property in object.properties {
                    let name = match property.name {
                        ObjectPropName::String(name) => name.value,
                        // What is a part of the text has quotes around it.
                        ObjectPropName::Word(name) => Cow::Owned(name.value.to_owned()),
                    };
                    let name = body.string(text, name);
                    body.add(text, name, property.value);
                }
            }),
        }
    }

    fn push(&mut self, name: Text, content: Content) {
        let size = 1;
        self.nodes.push(Node {
            name,
            content,
            size,
        });
    }

    /// Adds an array or an object, and what is put into it.
    fn within<R>(&mut self, name: Text, content: Content, fill: impl FnOnce(&mut Self) -> R) -> R {
        let index = self.nodes.len();
        self.push(name, content);
        let filled = fill(self);
        self.nodes[index].size = (self.nodes.len() - index) as u32;
        filled
    }

    fn string(&mut self, text: &str, string: Cow<'_, str>) -> Text {
        match string {
            Cow::Borrowed(string) => Text::Written(Span::of(string, text)),
            Cow::Owned(string) => {
                self.decoded.push(string);
                Text::Decoded(self.decoded.len() as u32 - 1)
            }
        }
    }
}

impl<'b> Value<'b> {
    fn content(self) -> Content {
        // There is always one, unless nothing was read.
        self.nodes
            .first()
            .map_or(Content::Null, |node| node.content)
    }

    /// The strings: the value itself, if it is one, and those in it.
    pub fn strings(self) -> impl Iterator<Item = &'b str> {
        self.nodes
            .iter()
            .filter_map(move |node| match node.content {
                Content::String(text) => Some(self.resolve(text)),
                _ => None,
            })
    }

    /// The objects: the value itself, if it is one, and those in it.
    fn objects(self) -> impl Iterator<Item = Self> {
        let all = self.nodes.iter().enumerate();
        let objects = all.filter(|(_, node)| matches!(node.content, Content::Object));
        objects.map(move |(at, node)| Self {
            nodes: &self.nodes[at..at + node.size as usize],
            ..self
        })
    }

    /// The values in an array or an object, with the names that they have in an object.
    fn children(self) -> impl Iterator<Item = (&'b str, Self)> {
        let mut rest = self.nodes.get(1..).unwrap_or_default();
        iter::from_fn(move || {
            let first = rest.first()?;
            let (nodes, behind) = rest.split_at(first.size as usize);
            rest = behind;
            Some((self.resolve(first.name), Self { nodes, ..self }))
        })
    }

    /// A string: a part of the body's text where it is written there as it is.
    fn resolve(self, text: Text) -> &'b str {
        match text {
            Text::Written(span) => &self.text[span.range()],
            Text::Decoded(index) => &self.decoded[index as usize],
        }
    }
}

impl<'b> Json<'b> for Value<'b> {
    fn kind(self) -> Kind<'b> {
        match self.content() {
            Content::Null => Kind::Null,
            Content::Boolean => Kind::Boolean,
            Content::Number(number) => Kind::Number(number),
            Content::String(text) => Kind::String(self.resolve(text)),
            Content::Array => Kind::Array,
            Content::Object => Kind::Object,
        }
    }

    fn items(self) -> impl Iterator<Item = Self> {
        let is_array = matches!(self.content(), Content::Array);
        let children = self.children().map(|(_, item)| item);
        children.take_while(move |_| is_array)
    }

    fn members(self) -> impl Iterator<Item = (&'b str, Self)> {
        let is_object = matches!(self.content(), Content::Object);
        self.children().take_while(move |_| is_object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a value is, written in a way of its own.
    fn shown(value: Value<'_>) -> String {
        let items: Vec<String> = value.items().map(shown).collect();
        let member = |(name, value)| format!("{name}={}", shown(value));
        let members: Vec<String> = value.members().map(member).collect();
        match value.kind() {
            Kind::Array => format!("[{}]", items.join(" ")),
            Kind::Object => format!("{{{}}}", members.join(" ")),
            Kind::String(text) => format!("'{text}'"),
            kind => kind.to_string(),
        }
    }

    #[test]
    fn both_readers_read_the_same() {
        let texts = [
            r#"{"a": [1, -2.5e+3, {"b" : {}, "c": []}], "d": null, "e": true, "f": false}"#,
            "[]",
            "\t\"text\"\r\n",
            r#"["\"a\\", "", "a: b", "\u00fc", {"\"k\"":"\\"}]"#,
            "[[[[]], [0]], {\"a\":{\"b\":\"c\"}}]",
        ];
        for text in texts {
            let strict = strict::read(text).unwrap();
            let placed = JsonBody::of(text, json::value(text).unwrap());
            assert_eq!(
                shown(strict.value(text)),
                shown(placed.value(text)),
                "{text}"
            );
        }
        let text = r#"{"a": ["b", {"c": "\u0064"}]}"#;
        let strict = strict::read(text).unwrap();
        assert_eq!(shown(strict.value(text)), "{a=['b' {c='d'}]}");
    }

    #[test]
    fn what_is_a_part_of_the_text_is_one() {
        let text = r#"{"a": "b", "c": "\u0064"}"#;
        let body = strict::read(text).unwrap();
        let own = text.as_bytes().as_ptr_range();
        let members = body.value(text).members();
        let strings = members.filter_map(|(_, value)| match value.kind() {
            Kind::String(string) => Some((string, own.contains(&string.as_ptr()))),
            _ => None,
        });
        assert_eq!(strings.collect::<Vec<_>>(), [("b", true), ("d", false)]);
    }

    #[test]
    fn what_is_not_strict_is_left_to_the_other_reader() {
        for text in [
            "",
            "{",
            "[1,]",
            "[1] 2",
            "{a: 1}",
            r#"["\ud800"]"#,
            "[1e999]",
        ] {
            assert!(strict::read(text).is_none(), "{text}");
        }
    }
}
