//! What stands in documented requests for a value that a caller gives.

use docwright::vocabulary::is_guid;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// What is sent as it is.
    Text(&'t str),
    /// A placeholder: as it is written, and the name in it.
    Placeholder(&'t str, &'t str),
}

/// The pieces of a text: `{name}` and `<name>` are placeholders, and so are three dots, which have no
/// name.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut plain = 0;
    while let Some(at) = rest[plain..]
        .find(['{', '<', '.', '…'])
        .map(|at| at + plain)
    {
        match placeholder(&rest[at..]) {
            Some((written, name)) => {
                if at > 0 {
                    pieces.push(Piece::Text(&rest[..at]));
                }
                pieces.push(Piece::Placeholder(written, name));
                rest = &rest[at + written.len()..];
                plain = 0;
            }
            None => plain = at + rest[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// Whether there is any placeholder in a text.
pub(crate) fn is_in(text: &str) -> bool {
    let mut pieces = pieces(text).into_iter();
    pieces.any(|piece| matches!(piece, Piece::Placeholder(..)))
}

/// The placeholder that a text begins with, and the name in it.
fn placeholder(text: &str) -> Option<(&str, &str)> {
    for dots in ["...", "…"] {
        if text.starts_with(dots) {
            return Some((&text[..dots.len()], dots));
        }
    }
    let close = match text.as_bytes().first()? {
        b'{' => '}',
        b'<' => '>',
        _ => return None,
    };
    // Braces around anything else than a name mean no value by that name, but JSON or a set.
    let is_part = |c: char| c.is_alphanumeric() || "-_ |.$".contains(c);
    let end = 1 + text[1..].find(|c| !is_part(c))?;
    let name = &text[1..end];
    let is_name = name.starts_with(|c: char| c.is_alphabetic() || c.is_ascii_digit());
    // GUIDs are written in braces as well.
    let is_closed = text[end..].starts_with(close);
    (is_closed && is_name && !is_guid(name)).then(|| (&text[..=end], name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Piece::{Placeholder, Text};

    #[test]
    fn placeholders_are_told_from_text() {
        let cases: [(&str, &[Piece<'_>]); 7] = [
            ("{user-id}", &[Placeholder("{user-id}", "user-id")]),
            (
                "a eq '<name>' and b",
                &[
                    Text("a eq '"),
                    Placeholder("<name>", "name"),
                    Text("' and b"),
                ],
            ),
            ("token=...", &[Text("token="), Placeholder("...", "...")]),
            ("v1.0/photo.jpg", &[Text("v1.0/photo.jpg")]),
            (
                "{00062008-0000-0000-C000-000000000046}",
                &[Text("{00062008-0000-0000-C000-000000000046}")],
            ),
            ("{\"a\": 1}", &[Text("{\"a\": 1}")]),
            ("a < b", &[Text("a < b")]),
        ];
        for (text, expected) in cases {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }
}
