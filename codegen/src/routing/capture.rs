//! Takes the text of a request apart by the segments of a template.

use std::borrow::Cow;

use memchr::memchr;
use percent_encoding::percent_decode_str;

use crate::model::{Encoding, Piece, Segment, SegmentKind};
use crate::text::strip_start;
use crate::vocabulary::{Call, without_spaces};

/// Whether a path is one of a template's.
pub(crate) fn fits(template: &[Segment], segments: &[&str]) -> bool {
    // Each segment of most templates stands for one of a path.
    let spans = |segment: &Segment| longest(segment, segments.len()) > 1;
    if template.len() != segments.len() && !template.iter().any(spans) {
        return false;
    }
    // How many of the segments those of the template so far can stand for.
    let mut ends = vec![0];
    for segment in template {
        let mut next = Vec::new();
        for start in ends {
            let rest = &segments[start..];
            let lengths = 1..=longest(segment, rest.len()).min(rest.len());
            next.extend(lengths.filter_map(|taken| {
                let text = joined(&rest[..taken]);
                capture(segment, &text, &mut Vec::new()).then_some(start + taken)
            }));
        }
        if next.is_empty() {
            return false;
        }
        next.sort_unstable();
        next.dedup();
        ends = next;
    }
    ends.contains(&segments.len())
}

/// Segments as a template writes them: what is percent-encoded in a path is decoded before anything in
/// it is read (OData 4.01 URL conventions, section 2).
pub(super) fn joined<'s>(segments: &[&'s str]) -> Cow<'s, str> {
    let text = match segments {
        [only] => without_spaces(only),
        several => several.join("/").into(),
    };
    if memchr(b'%', text.as_bytes()).is_none() {
        return text;
    }
    match percent_decode_str(&text).decode_utf8() {
        Ok(decoded) => decoded.into_owned().into(),
        Err(_) => text,
    }
}

/// How many segments of a request a segment of a template can stand for.
pub(super) fn longest(segment: &Segment, available: usize) -> usize {
    let spans = segment.pieces.iter().any(|piece| {
        matches!(piece, Piece::Parameter(parameter) if parameter.encoding == Encoding::Path)
    });
    if spans { available } else { 1 }
}

/// Whether a text fits a segment of a template, and which values its parameters have.
///
/// The arguments of a function are known by their names, in whatever order they stand.
pub(super) fn capture(segment: &Segment, text: &str, arguments: &mut Vec<String>) -> bool {
    if segment.kind == SegmentKind::Function {
        // A place may have dozens of functions, of which a request calls one.
        if !is_of_the_name(&segment.pieces, text) {
            return false;
        }
        let written = segment.to_string();
        let names = Call::read(&written).and_then(Call::names);
        let call = Call::read(text).filter(|call| call.names().is_some());
        if let (Some(names), Some(call)) = (names, call) {
            let ordered = call.in_order(&names);
            return ordered.is_some_and(|text| capture_pieces(&segment.pieces, &text, arguments));
        }
    }
    capture_pieces(&segment.pieces, text, arguments)
}

/// Whether a text begins as the call of a function does: with its name and the parenthesis behind it.
fn is_of_the_name(function: &[Piece], text: &str) -> bool {
    let Some(Piece::Literal(start)) = function.first() else {
        return true;
    };
    let end = memchr(b'(', start.as_bytes()).map_or(start.len(), |at| at + 1);
    strip_start(text, &start[..end]).is_some()
}

/// Whether a text fits the pieces of a segment as they stand, and which values its parameters have.
fn capture_pieces(pieces: &[Piece], mut text: &str, arguments: &mut Vec<String>) -> bool {
    for (at, piece) in pieces.iter().enumerate() {
        let length = match piece {
            Piece::Literal(literal) => {
                let start = text.get(..literal.len());
                let fits = start.is_some_and(|start| start.eq_ignore_ascii_case(literal));
                fits.then_some(literal.len())
            }
            Piece::Parameter(parameter) => {
                let length = value_length(parameter.encoding, &pieces[at + 1..], text);
                length.inspect(|&length| {
                    let value = &text[..length];
                    arguments.push(match parameter.encoding {
                        Encoding::Quoted => value.replace("''", "'"),
                        Encoding::Segment | Encoding::Path => value.to_owned(),
                    });
                })
            }
        };
        let Some(length) = length else {
            return false;
        };
        text = &text[length..];
    }
    text.is_empty()
}

/// The length of a value at the beginning of a text, before the pieces behind it.
fn value_length(encoding: Encoding, behind: &[Piece], text: &str) -> Option<usize> {
    if encoding == Encoding::Quoted {
        return quoted_length(text);
    }
    let find = |literal: &str| {
        let (text, literal) = (text.to_ascii_lowercase(), literal.to_ascii_lowercase());
        // The value ends where the fixed text behind it begins: for the last time where that is all, and
        // else for the first time that is not between quotes, or else the first.
        if behind.len() == 1 {
            return text.strip_suffix(&literal).map(str::len);
        }
        let (mut quotes, mut from) = (0, 0);
        let is_unquoted = |at: &usize| {
            quotes += text[from..*at].matches('\'').count();
            from = *at;
            quotes % 2 == 0
        };
        let mut places = text.match_indices(&literal).map(|(at, _)| at);
        places.clone().find(is_unquoted).or_else(|| places.next())
    };
    let length = match behind.first() {
        Some(Piece::Literal(literal)) => find(literal)?,
        _ => text.len(),
    };
    // What is asked of a thing follows its path by name behind a colon, and is no part of it.
    let goes_on = encoding == Encoding::Path && text[..length].contains(":/");
    (length > 0 && !goes_on).then_some(length)
}

/// The length of a value up to the quote that ends it: one that is not doubled.
fn quoted_length(text: &str) -> Option<usize> {
    let mut quotes = text.match_indices('\'').map(|(at, _)| at).peekable();
    while let Some(at) = quotes.next() {
        if quotes.next_if_eq(&(at + 1)).is_none() {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::route::parse_target;

    fn arguments(template: &str, text: &str) -> Option<Vec<String>> {
        let (path, _) = parse_target(template).unwrap();
        let mut arguments = Vec::new();
        capture(&path.segments[0], &joined(&[text]), &mut arguments).then_some(arguments)
    }

    #[test]
    fn values_are_taken_out_of_segments() {
        let some = |values: &[&str]| Some(values.iter().map(|&value| value.to_owned()).collect());
        assert_eq!(arguments("/{id}", "a%20b"), some(&["a b"]));
        assert_eq!(arguments("/f(a='{a}')", "F(a='it''s')"), some(&["it's"]));
        assert_eq!(
            arguments("/f(a={a},b={b})", "f(a=1,b=2)"),
            some(&["1", "2"])
        );
        assert_eq!(
            arguments("/f(a='{a}',b={b})", "f(a='x, y', b=2)"),
            some(&["x, y", "2"])
        );
        assert_eq!(
            arguments("/f(a='{a}',b={b})", "f(B=2,a='x,y')"),
            some(&["x,y", "2"])
        );
        assert_eq!(arguments("/photo", "Photo"), some(&[]));
        assert_eq!(arguments("/...", "a/b:c"), some(&["a/b:c"]));
        assert_eq!(arguments("/...", "a/b:/c"), None);
        assert_eq!(arguments("/photo", "photos"), None);
        assert_eq!(arguments("/f(a='{a}')", "f(b='x')"), None);
        assert_eq!(
            arguments("/f(a={a},b='{b}')", "f(a=1,b='')"),
            some(&["1", ""])
        );
        assert_eq!(
            arguments("/f(a={a},b='{b}')", "f(a=1,b='x,b=''y')"),
            some(&["1", "x,b='y"])
        );
        assert_eq!(arguments("/{a}-{b}", "x-y-z"), some(&["x", "y-z"]));
        // What is percent-encoded is syntax too, once it is decoded.
        assert_eq!(arguments("/f(a='{a}')", "f(a=%27x%27)"), some(&["x"]));
        assert_eq!(arguments("/f(a={a})", "f(a=1%2Cb=2)"), None);
        // These are calls of a function with more arguments.
        assert_eq!(arguments("/f(a='{a}')", "f(a='x',b='y')"), None);
        assert_eq!(arguments("/f(a={a})", "f(a=1,b=2)"), None);
        assert_eq!(arguments("/f(a={a})", "f(a=[1,2])"), some(&["[1,2]"]));
        assert_eq!(arguments("/f(a={a})", "f(a='1,b=2')"), some(&["'1,b=2'"]));
        assert_eq!(
            arguments("/f(a={a},b={b})", "f(a='1,b=2',b=3)"),
            some(&["'1,b=2'", "3"])
        );
        assert_eq!(arguments("/f(a='{a}')", "f(a=')(')"), some(&[")("]));
        assert_eq!(
            arguments("/f(a={a},A='{b}')", "f(A='x',a=1)"),
            some(&["1", "x"])
        );
    }
}
