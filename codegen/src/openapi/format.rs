//! How the document is written: indented, and with the JSON of pages in it as if it were its own.

use std::io::{self, Write};
use std::iter;

use memchr::memchr2;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// A value as JSON, indented by two spaces.
pub(super) fn to_string(value: &impl Serialize) -> String {
    let mut text = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut text, Indented::default());
    // Names are strings and numbers are finite, which is all that can go wrong.
    let written = value.serialize(&mut serializer);
    written.expect("a document is JSON");
    String::from_utf8(text).expect("JSON is text")
}

/// Writes what serde_json's own indenting formatter writes, with the blanks of a line at once. What is raw
/// is indented too: most of the document is examples, which then need not be made values of.
#[derive(Default)]
struct Indented {
    depth: usize,
    /// Whether something stands in what was opened last.
    filled: bool,
}

impl Indented {
    fn open<W: Write + ?Sized>(&mut self, writer: &mut W, bracket: u8) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        writer.write_all(&[bracket])
    }

    fn close<W: Write + ?Sized>(&mut self, writer: &mut W, bracket: u8) -> io::Result<()> {
        self.depth -= 1;
        if self.filled {
            self.begin_line(writer)?;
        }
        self.filled = true;
        writer.write_all(&[bracket])
    }

    fn begin_entry<W: Write + ?Sized>(&self, writer: &mut W, first: bool) -> io::Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        self.begin_line(writer)
    }

    fn begin_line<W: Write + ?Sized>(&self, writer: &mut W) -> io::Result<()> {
        const BLANKS: &[u8] = &[b' '; 64];
        writer.write_all(b"\n")?;
        let mut rest = self.depth * 2;
        while rest > 0 {
            let blanks = rest.min(BLANKS.len());
            writer.write_all(&BLANKS[..blanks])?;
            rest -= blanks;
        }
        Ok(())
    }
}

impl Formatter for Indented {
    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b'[')
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b']')
    }

    fn begin_array_value<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.begin_entry(writer, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b'{')
    }

    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b'}')
    }

    fn begin_object_key<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.begin_entry(writer, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn write_raw_fragment<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        json: &str,
    ) -> io::Result<()> {
        let mut begins_entry = false;
        for token in tokens(json) {
            match token.as_bytes()[0] {
                bracket @ (b']' | b'}') => self.close(writer, bracket)?,
                b',' => writer.write_all(b",")?,
                b':' => writer.write_all(b": ")?,
                first => {
                    if begins_entry {
                        self.begin_line(writer)?;
                    }
                    match first {
                        b'[' | b'{' => self.open(writer, first)?,
                        _ => {
                            self.filled = true;
                            writer.write_all(token.as_bytes())?;
                        }
                    }
                }
            }
            begins_entry = matches!(token, "[" | "{" | ",");
        }
        Ok(())
    }
}

/// The tokens of a text that is strict JSON: brackets, commas, colons, strings and other values (RFC 8259,
/// section 2).
pub(super) fn tokens(json: &str) -> impl Iterator<Item = &str> {
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
    use serde_json::value::RawValue;

    use super::*;

    #[test]
    fn what_is_raw_is_written_as_values_are() {
        let long = format!("{}1{}", "[".repeat(40), "]".repeat(40));
        let texts = [
            r#"{"a": {}, "b": [ ], "c": [1, -2.5 ,true,null], "d": {"e":[[],{"f":""}]} }"#,
            r#"[ "a \" , ] } : b", "\\", "ü" ]"#,
            "\n7\n",
            &long,
        ];
        for text in texts {
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            let raw: &RawValue = serde_json::from_str(text).unwrap();
            let expected = serde_json::to_string_pretty(&[&value, &value]).unwrap();
            assert_eq!(to_string(&[raw, raw]), expected);
            assert_eq!(to_string(&[&value, &value]), expected);
        }
    }
}
