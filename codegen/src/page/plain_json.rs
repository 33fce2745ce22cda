//! Strict JSON without escapes, as most of the JSON in pages is: taken apart where it stands, without
//! decoding or copying anything.

use std::iter;

use memchr::{memchr, memchr2};
use serde::de::IgnoredAny;

use crate::source::Span;

/// A text that is such JSON.
#[derive(Debug)]
pub(crate) struct PlainJson<'t> {
    text: &'t str,
    /// Its values, and the names in its objects, each before what it holds.
    parts: Vec<Part>,
}

/// A value or a name.
#[derive(Clone, Copy, Debug)]
struct Part {
    span: Span,
    /// The index of the part behind it and all that it holds.
    behind: usize,
}

/// A value in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlainValue<'p> {
    json: &'p PlainJson<'p>,
    index: usize,
}

impl<'t> PlainJson<'t> {
    /// The text, where it is strict JSON (RFC 8259) without escapes.
    pub(crate) fn read(text: &'t str) -> Option<Self> {
        let has_escapes = memchr(b'\\', text.as_bytes()).is_some();
        if has_escapes || serde_json::from_str::<IgnoredAny>(text).is_err() {
            return None;
        }
        let mut parts = Vec::new();
        let mut open = Vec::new();
        for token in tokens(text) {
            let span = Span::of(token, text);
            let next = parts.len();
            match token {
                "," | ":" => {}
                "]" | "}" => {
                    let holder: &mut Part = &mut parts[open.pop()?];
                    holder.span.end = span.end;
                    holder.behind = next;
                }
                _ => {
                    if matches!(token, "[" | "{") {
                        open.push(next);
                    }
                    let behind = next + 1;
                    parts.push(Part { span, behind });
                }
            }
        }
        Some(Self { text, parts })
    }

    /// The value that the text is.
    pub(crate) fn value(&self) -> PlainValue<'_> {
        PlainValue {
            json: self,
            index: 0,
        }
    }
}

impl<'p> PlainValue<'p> {
    /// Where the value stands.
    pub(crate) fn span(self) -> Span {
        self.json.parts[self.index].span
    }

    /// The value as it stands there.
    pub(crate) fn text(self) -> &'p str {
        &self.json.text[self.span().range()]
    }

    /// The items of an array; the names and values in an object, each name before its value.
    pub(crate) fn parts(self) -> impl Iterator<Item = Self> {
        let Self { json, index } = self;
        let behind = json.parts[index].behind;
        let mut next = index + 1;
        iter::from_fn(move || {
            let index = (next < behind).then_some(next)?;
            next = json.parts[index].behind;
            Some(Self { json, index })
        })
    }
}

/// The tokens of strict JSON: brackets, commas, colons, strings and other values (RFC 8259, section 2).
pub(crate) fn tokens(json: &str) -> impl Iterator<Item = &str> {
    let mut rest = json;
    iter::from_fn(move || {
        rest = rest.trim_ascii_start();
        let length = match rest.as_bytes().first()? {
            b'[' | b']' | b'{' | b'}' | b',' | b':' => 1,
            b'"' => string_length(rest),
            _ => {
                let ends = |byte| matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r');
                rest.bytes().position(ends).unwrap_or(rest.len())
            }
        };
        let (token, behind) = rest.split_at(length);
        rest = behind;
        Some(token)
    })
}

/// How long the string is that a text begins with, its quotes included.
fn string_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(found) = memchr2(b'"', b'\\', &bytes[at..]) {
        at += found + 1;
        if bytes[at - 1] == b'"' {
            return at;
        }
        // What is escaped ends no string.
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_where_they_stand() {
        let text = r#" {"a": [1, {"b": null}, []], "c" : "d, e" } "#;
        let json = PlainJson::read(text).unwrap();
        fn texts(value: PlainValue<'_>) -> impl Iterator<Item = &str> {
            value.parts().map(PlainValue::text)
        }
        let whole = json.value();
        assert_eq!(whole.text(), text.trim());
        let list = r#"[1, {"b": null}, []]"#;
        assert!(texts(whole).eq(["\"a\"", list, "\"c\"", "\"d, e\""]));
        let list = whole.parts().nth(1).unwrap();
        assert!(texts(list).eq(["1", "{\"b\": null}", "[]"]));
        assert_eq!(list.parts().last().unwrap().parts().count(), 0);
    }

    #[test]
    fn what_is_not_strict_or_has_escapes_is_not_plain() {
        for text in ["", "{a: 1}", "[1,]", "[1", r#"["\n"]"#, "1 2"] {
            assert!(PlainJson::read(text).is_none(), "{text}");
        }
    }
}
