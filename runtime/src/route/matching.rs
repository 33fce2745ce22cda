//! Whether a path is one of a template's, and which values it then has.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::call::Call;
use super::template::{Piece, Pieces, Segment, Segments};

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
    let first = if following.is_empty() { last } else { 0 };
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
    use super::super::template::fill;
    use super::*;

    fn values(template: &str, path: &str) -> Option<Vec<String>> {
        match_path(template, &split_path(path)?)
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
