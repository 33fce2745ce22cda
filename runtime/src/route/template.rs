//! Path templates: `/users/{user-id}/photo/$value`.
//!
//! A parameter stands in braces, alone in its segment or between other text. Between single
//! quotes, as in `range(address='{address}')`, its quotes are doubled. At the beginning of a
//! segment behind one that ends in a colon, as in `/root:/{path}:/content`, it is a path by name
//! and may span segments. So may one with a plus sign before its name, `/folders/{+path}/notes`,
//! as in RFC 6570 (section 3.2.3).

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};

use percent_encoding::percent_decode_str;

use super::call::Call;
use super::encode;

/// How many segments a path may have: more than any documented one, and few enough that a parameter which
/// spans some can be tried with each number of them. Who looks for the routes of what others ask for is asked
/// for anything.
const MOST_SEGMENTS: usize = 128;

/// The segments of a path as they are matched: decoded, since `%24value` is `$value` to a service.
///
/// There are none where the text does not begin with a slash, has more of them than any route, or is no UTF-8
/// when decoded. A query string or fragment is left out, and so is a slash at the end.
pub(super) fn split_path(path: &str) -> Option<Vec<Cow<'_, str>>> {
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let path = path[..end].strip_prefix('/')?;
    let segments = path.strip_suffix('/').unwrap_or(path).split('/');
    if segments.clone().count() > MOST_SEGMENTS {
        return None;
    }
    segments
        .map(|segment| percent_decode_str(segment).decode_utf8().ok())
        .collect()
}

/// Matches the segments of a path with a template, and gives the values of its parameters.
pub(super) fn match_path(template: &str, path: &[Cow<'_, str>]) -> Option<Vec<String>> {
    let mut values = Vec::new();
    match_segments(Segments::of(template), path, &mut values).then_some(values)
}

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

/// Whether a call of a function, written with values for its parameters, would be read as one with other
/// values: `f(a={a})` with `1,b=2`. A service decodes a segment before it reads it (OData 4.01 URL
/// conventions, section 2), so that no encoding would help.
pub(super) fn is_misread<'a>(
    template: &str,
    written: &str,
    values: impl Iterator<Item = &'a str>,
) -> bool {
    if Call::read(template).is_none() {
        return false;
    }
    let text = percent_decode_str(written).decode_utf8_lossy();
    let mut read = Vec::new();
    let fits = Segments::of(template).all(|it| match_segment(it, &text, &mut read).is_some());
    !(fits && values.eq(read.iter().map(String::as_str)))
}

/// A segment of a template.
#[derive(Clone, Copy)]
struct Segment<'t> {
    text: &'t str,
    /// Whether its parameter may span several segments of a path.
    spans: bool,
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
enum Piece<'t> {
    Literal(&'t str),
    Parameter { quoted: bool },
}

impl<'t> Segment<'t> {
    /// Whether a text cannot be the key that stands alone in this segment: none begins as OData's own segments do
    /// (OData 4.01 URL conventions, section 4), or ends as the call of a function without arguments.
    fn is_no_key(self, text: &str) -> bool {
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

    fn pieces(self) -> Pieces<'t> {
        Pieces {
            rest: self.text,
            behind_quote: false,
        }
    }
}

/// The segments of a template from one of them on.
#[derive(Clone)]
struct Segments<'t> {
    rest: std::str::Split<'t, char>,
    behind_colon: bool,
}

impl<'t> Segments<'t> {
    fn of(template: &'t str) -> Self {
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
struct Pieces<'t> {
    rest: &'t str,
    behind_quote: bool,
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

/// Matches the rest of a template with the rest of a path.
///
/// A path by name takes as few segments as let what follows match, and none behind a colon: there stands what
/// is asked of the thing.
fn match_segments(
    mut template: Segments<'_>,
    path: &[Cow<'_, str>],
    values: &mut Vec<String>,
) -> bool {
    let Some(segment) = template.next() else {
        return path.is_empty();
    };
    let longest = if segment.spans {
        let end = path.iter().position(|it| it.ends_with(':'));
        end.map_or(path.len(), |end| end + 1)
    } else {
        path.len().min(1)
    };
    let before = values.len();
    (1..=longest).any(|length| {
        let (taken, rest) = path.split_at(length);
        let text = match taken {
            [one] => Cow::Borrowed(&**one),
            several => Cow::Owned(several.join("/")),
        };
        values.truncate(before);
        match_segment(segment, &text, values).is_some()
            && match_segments(template.clone(), rest, values)
    })
}

/// Matches one segment with decoded text, and appends the values of its parameters.
///
/// The arguments of a function are known by their names, in whatever order they stand.
fn match_segment(segment: Segment<'_>, text: &str, values: &mut Vec<String>) -> Option<()> {
    if segment.is_no_key(text) {
        return None;
    }
    match (Call::read(segment.text), Call::read(text)) {
        (Some(template), Some(call)) => {
            match_pieces(segment, &call.in_order_of(&template)?, values)
        }
        _ => match_pieces(segment, text, values),
    }
}

/// Matches the pieces of one segment, as they stand, with decoded text.
fn match_pieces(segment: Segment<'_>, mut text: &str, values: &mut Vec<String>) -> Option<()> {
    let mut pieces = segment.pieces();
    while let Some(piece) = pieces.next() {
        let length = match piece {
            Piece::Literal(literal) => text
                .get(..literal.len())
                .filter(|head| head.eq_ignore_ascii_case(literal))?
                .len(),
            Piece::Parameter { quoted: true } => {
                let length = quoted_length(text)?;
                values.push(text[..length].replace("''", "'"));
                length
            }
            Piece::Parameter { quoted: false } => {
                let length = value_length(text, pieces.clone()).filter(|length| *length > 0)?;
                values.push(text[..length].to_owned());
                length
            }
        };
        text = &text[length..];
    }
    text.is_empty().then_some(())
}

/// The length of a value up to the text that follows it: up to the last place of the text where
/// nothing comes behind it, else up to the first that is not between quotes, or else the first.
fn value_length(text: &str, mut following: Pieces<'_>) -> Option<usize> {
    let Some(Piece::Literal(literal)) = following.next() else {
        return Some(text.len());
    };
    let is_at = |start: &usize| {
        let found = text.get(*start..*start + literal.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(literal))
    };
    let last = text.len().checked_sub(literal.len())?;
    let first = if following.rest.is_empty() { last } else { 0 };
    let (mut quotes, mut from) = (0, 0);
    let is_unquoted = |at: &usize| {
        quotes += text[from..*at].matches('\'').count();
        from = *at;
        quotes % 2 == 0
    };
    let mut places = (first..=last).filter(is_at);
    places.clone().find(is_unquoted).or_else(|| places.next())
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

    fn values(template: &str, path: &str) -> Option<Vec<String>> {
        match_path(template, &split_path(path)?)
    }

    #[test]
    fn a_name_in_parentheses_goes_before_a_value_alone() {
        let (by_key, by_name) = ("/kites({id})", "/kites(tag='{tag}')");
        assert_eq!(compare(by_name, by_key), Ordering::Less);
        assert_eq!(compare(by_key, by_key), Ordering::Equal);
    }

    #[test]
    fn paths_give_values_and_values_give_paths() {
        let cases: [(&str, &str, &[&str]); 11] = [
            ("/me/photo/$value", "/me/photo/$value", &[]),
            (
                "/users/{id}/photo",
                "/users/ada@contoso.com/photo",
                &["ada@contoso.com"],
            ),
            ("/users/{id}", "/users/%7Bid%7D", &["{id}"]),
            ("/users/{id}", "/users/a%2Fb%3Fc", &["a/b?c"]),
            ("/users/{id}", "/users/%2E%2E", &[".."]),
            (
                "/range(address='{a}')",
                "/range(address='O''Neil')",
                &["O'Neil"],
            ),
            ("/f(a='{a}',n={n})", "/f(a='',n=5)", &["", "5"]),
            (
                "/root:/{path}:/content",
                "/root:/a/b%20c:/content",
                &["a/b c"],
            ),
            ("/items/{id}:/{path}", "/items/7:/a/b", &["7", "a/b"]),
            ("/root:/{path}:/x/{id}", "/root:/a:/x/1", &["a", "1"]),
            (
                "/a/{id}/{+path}/b/{id-2}",
                "/a/1/c/2/d/3/b/4",
                &["1", "c/2/d/3", "4"],
            ),
        ];
        for (template, path, expected) in cases {
            assert_eq!(
                values(template, path).as_deref(),
                Some(&expected.iter().map(|v| v.to_string()).collect::<Vec<_>>()[..]),
                "{template}"
            );
            assert_eq!(fill(template, expected.iter().copied()), path);
        }
    }

    #[test]
    fn what_a_service_takes_for_the_same_is_the_same() {
        let cases: [(&str, &str, Option<&[&str]>); 29] = [
            ("/Me/Photo", "/me/PHOTO", Some(&[])),
            ("/me/photo", "/me/photo?$select=id", Some(&[])),
            ("/me/photo", "/me/photo#top", Some(&[])),
            ("/me/photo/$value", "/me/photo/%24value", Some(&[])),
            ("/f(a='{a}')", "/f(a=%27x%27%27y%27)", Some(&["x'y"])),
            ("/f(a='{a}')", "/F(A='x,b=''y''')", Some(&["x,b='y'"])),
            ("/me/photo", "/me/photo/", Some(&[])),
            ("/me/photo", "me/photo", None),
            ("/users/{id}", "/users/", None),
            ("/users/{id}", "/users/a/b", None),
            ("/users/{id}", "/users/%FF", None),
            ("/users/{id}", "/users/$count", None),
            ("/users/{id}", "/users/delta()", None),
            ("/root:/{path}:/x", "/root:/$a:/x", Some(&["$a"])),
            ("/root:/{path}", "/root:/a/b:/x", None),
            ("/root:/{path}:/x", "/root:/a:/y:/x", None),
            ("/f(a='{a}')", "/f(a='x'y')", None),
            ("/f(a={a},b='{b}')", "/f(a=1,b='')", Some(&["1", ""])),
            (
                "/f(a={a},b='{b}')",
                "/f(a=1,b='x,b=''y')",
                Some(&["1", "x,b='y"]),
            ),
            ("/{a}-{b}", "/x-y-z", Some(&["x", "y-z"])),
            (
                "/f(a={a},b='{b}')",
                "/f(B='x, y', a=1)",
                Some(&["1", "x, y"]),
            ),
            ("/f(a={ada's},b={b})", "/f(b=2,a=1)", Some(&["1", "2"])),
            ("/f(a={a})", "/f(a=1%2Cb=2)", None),
            ("/f(a={a})", "/f(a=1,b=2)", None),
            ("/f(a={a})", "/f(a=[1,2])", Some(&["[1,2]"])),
            ("/f(a={a})", "/f(a='1,b=2')", Some(&["'1,b=2'"])),
            (
                "/f(a={a},b={b})",
                "/f(a='1,b=2',b=3)",
                Some(&["'1,b=2'", "3"]),
            ),
            ("/f(a='{a}')", "/f(a=')(')", Some(&[")("])),
            ("/f(a={a},A='{b}')", "/f(A='x',a=1)", Some(&["1", "x"])),
        ];
        for (template, path, expected) in cases {
            let expected = expected.map(|all| all.iter().map(|v| v.to_string()).collect());
            assert_eq!(values(template, path), expected, "{template} {path}");
        }
    }
}
