//! Path templates: `/users/{user-id}/photo/$value`.
//!
//! A parameter stands in braces, alone in its segment or between other text. Between single
//! quotes, as in `range(address='{address}')`, its quotes are doubled. At the beginning of a
//! segment behind one that ends in a colon, as in `/root:/{path}:/content`, it is a path by name
//! and may span segments. So may one with a plus sign before its name, `/folders/{+path}/notes`,
//! as in RFC 6570 (section 3.2.3).

use std::cmp::{Ordering, Reverse};

use super::encode;

/// The segments of a template, each with whether it may span several segments of a path.
pub(super) fn segments(template: &str) -> impl Iterator<Item = (&str, bool)> {
    Segments::of(template).map(|segment| (segment.text, segment.spans))
}

/// Orders templates that match one path: text before parameters, and more of it before less, the leftmost
/// difference first.
pub(super) fn compare(one: &str, other: &str) -> Ordering {
    let fits = |template| {
        Segments::of(template).map(|segment| (segment.fit(), Reverse(segment.length_of_text())))
    };
    fits(one).cmp(fits(other))
}

/// A template with values for its parameters.
pub(super) fn fill<'a>(template: &str, mut values: impl Iterator<Item = &'a str>) -> String {
    let mut path = String::with_capacity(template.len());
    for segment in Segments::of(template) {
        let mut text = String::new();
        segment.write(&mut values, &mut text);
        for part in text.split('/') {
            path.push('/');
            // A URL parser takes such a segment out all the same, but a reader sees the value.
            match part {
                "." => path.push_str("%2E"),
                ".." => path.push_str("%2E%2E"),
                part => path.push_str(part),
            }
        }
    }
    path
}

/// Writes a template of a single segment with values for its parameters, each encoded.
pub(super) fn fill_segment<'a>(
    template: &str,
    mut values: impl Iterator<Item = &'a str>,
    out: &mut String,
) {
    for segment in Segments::of(template) {
        segment.write(&mut values, out);
    }
}

/// Writes a template of a single segment with `{}` for its parameters.
pub(super) fn blank_segment(template: &str, out: &mut String) {
    for piece in Segments::of(template).flat_map(Segment::pieces) {
        out.push_str(match piece {
            Piece::Literal(text) => text,
            Piece::Parameter { .. } => "{}",
        });
    }
}

/// A segment of a template.
#[derive(Clone, Copy)]
pub(super) struct Segment<'t> {
    pub(super) text: &'t str,
    /// Whether its parameter may span several segments of a path.
    pub(super) spans: bool,
}

/// How much a segment of a template leaves open, the least first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Text,
    TextAndParameters,
    Parameter,
    SpanToColon,
    SpanToEnd,
}

/// A part of a segment.
pub(super) enum Piece<'t> {
    Literal(&'t str),
    Parameter { quoted: bool },
}

impl<'t> Segment<'t> {
    /// Whether a text cannot be the key that stands alone in this segment: none begins as OData's own segments do
    /// (OData 4.01 URL conventions, section 4), or ends as the call of a function without arguments.
    pub(super) fn is_no_key(self, text: &str) -> bool {
        self.fit() == Fit::Parameter && (text.starts_with('$') || text.ends_with("()"))
    }

    fn fit(self) -> Fit {
        let closed = self.text.ends_with('}');
        match self.text.matches('{').count() {
            0 => Fit::Text,
            _ if self.spans && closed => Fit::SpanToEnd,
            _ if self.spans => Fit::SpanToColon,
            1 if self.text.starts_with('{') && closed => Fit::Parameter,
            _ => Fit::TextAndParameters,
        }
    }

    /// How much text there is beside the parameters.
    fn length_of_text(self) -> usize {
        let lengths = self.pieces().map(|piece| match piece {
            Piece::Literal(text) => text.len(),
            Piece::Parameter { .. } => 0,
        });
        lengths.sum()
    }

    /// Writes it with the next of the values for its parameters. One that is missing is empty.
    fn write<'a>(self, values: &mut impl Iterator<Item = &'a str>, out: &mut String) {
        for piece in self.pieces() {
            match piece {
                Piece::Literal(text) => out.push_str(text),
                Piece::Parameter { quoted, .. } => {
                    let value = values.next().unwrap_or_default();
                    match (quoted, self.spans) {
                        (true, _) => encode::quoted(value, out),
                        (false, true) => encode::path(value, out),
                        (false, false) => encode::segment(value, out),
                    }
                }
            }
        }
    }

    pub(super) fn pieces(self) -> Pieces<'t> {
        Pieces {
            rest: self.text,
            behind_quote: false,
        }
    }
}

/// The segments of a template from one of them on.
#[derive(Clone)]
pub(super) struct Segments<'t> {
    rest: std::str::Split<'t, char>,
    behind_colon: bool,
}

impl<'t> Segments<'t> {
    pub(super) fn of(template: &'t str) -> Self {
        Self {
            rest: template.strip_prefix('/').unwrap_or(template).split('/'),
            behind_colon: false,
        }
    }
}

impl<'t> Iterator for Segments<'t> {
    type Item = Segment<'t>;

    fn next(&mut self) -> Option<Segment<'t>> {
        let text = self.rest.next()?;
        let spans = text.starts_with("{+") || self.behind_colon && text.starts_with('{');
        // The colon behind a path by name ends it, and begins no other.
        self.behind_colon = !spans && text.ends_with(':');
        Some(Segment { text, spans })
    }
}

/// The pieces of a segment from one of them on.
#[derive(Clone)]
pub(super) struct Pieces<'t> {
    rest: &'t str,
    behind_quote: bool,
}

impl Pieces<'_> {
    /// Whether there are no more.
    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        let parameter = self
            .rest
            .strip_prefix('{')
            .and_then(|name| name.split_once('}'));
        if let Some((_, behind)) = parameter {
            self.rest = behind;
            let quoted = self.behind_quote && behind.starts_with('\'');
            return Some(Piece::Parameter { quoted });
        }
        // A brace that opens no parameter is text.
        let first = self.rest.chars().next()?.len_utf8();
        let end = self.rest[first..]
            .find('{')
            .map_or(self.rest.len(), |at| first + at);
        let (literal, behind) = self.rest.split_at(end);
        self.rest = behind;
        self.behind_quote = literal.ends_with('\'');
        Some(Piece::Literal(literal))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_parentheses_goes_before_a_value_alone() {
        let (by_key, by_name) = ("/kites({id})", "/kites(tag='{tag}')");
        assert_eq!(compare(by_name, by_key), Ordering::Less);
        assert_eq!(compare(by_key, by_key), Ordering::Equal);
    }
}
