//! Percent-encoding of values in paths and queries.
//!
//! RFC 3986 (section 3.3) allows more in a segment than is encoded here. What means something to
//! URL parsers or to OData's own syntax (a colon, a dollar sign, parentheses) is encoded in values
//! too: a service decodes it, and no value can say more than itself. A value that would still be read
//! as several arguments of a function is refused where it is put into a path (`path.rs`).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986 (section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A value that is a segment, or part of one.
const SEGMENT: &AsciiSet = &RESERVED.remove(b'!').remove(b',').remove(b'=').remove(b'@');

/// A value between quotes, which bound it, so that a colon in it is only a colon.
const QUOTED: &AsciiSet = &SEGMENT.remove(b'\'').remove(b':');

/// A name or value in a query string: RFC 3986 (section 3.4) without `&`, `=` and `+`, which forms
/// give a meaning, and without `;`, `'` and `?`, which URL parsers treat one way and another.
const QUERY: &AsciiSet = &RESERVED
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b'/')
    .remove(b':')
    .remove(b'@');

/// What no URL holds as it is (RFC 3986, section 2); percent signs stay, since what is written by others is
/// encoded already where it has to be.
const NOT_IN_URLS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A URL, or a part of one with all that delimits its own parts, as it can be sent.
pub(crate) fn target(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, NOT_IN_URLS).into()
}

/// Appends a value that must stay in its segment.
pub fn segment(value: &str, out: &mut String) {
    out.extend(utf8_percent_encode(value, SEGMENT));
}

/// Appends a value that stands between quotes; those in it are doubled (OData 4.0 URL
/// conventions, section 5.1.1.6.1).
pub fn quoted(value: &str, out: &mut String) {
    out.extend(utf8_percent_encode(&value.replace('\'', "''"), QUOTED));
}

/// Appends a path whose slashes stay.
pub fn path(value: &str, out: &mut String) {
    for (index, part) in value.split('/').enumerate() {
        if index > 0 {
            out.push('/');
        }
        segment(part, out);
    }
}

/// Appends a name or a value of a query string.
pub(crate) fn query(text: &str, out: &mut String) {
    out.extend(utf8_percent_encode(text, QUERY));
}

/// Whether URL parsers would take an encoded segment out of the path, as RFC 3986 (section 5.2.4)
/// says, or whether it would be none at all.
pub(crate) fn vanishes(segment: &[u8]) -> bool {
    matches!(segment, b"" | b"." | b"..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(encode: impl Fn(&str, &mut String), value: &str) -> String {
        let mut out = String::new();
        encode(value, &mut out);
        out
    }

    #[test]
    fn values_stay_in_their_place() {
        type Encode = fn(&str, &mut String);
        let cases: [(Encode, &str, &str); 9] = [
            (segment, "ada@contoso.com", "ada@contoso.com"),
            (segment, "a/b?c#d%2Fe\\f", "a%2Fb%3Fc%23d%252Fe%5Cf"),
            (segment, "root:", "root%3A"),
            (segment, "$value", "%24value"),
            (segment, "b!x-y_z=,", "b!x-y_z=,"),
            (segment, "é\n", "%C3%A9%0A"),
            (quoted, "O'Neil (A1:B2)/x", "O''Neil%20%28A1:B2%29%2Fx"),
            (path, "a b/c:d/é", "a%20b/c%3Ad/%C3%A9"),
            (
                query,
                "a eq 'b+c' & d=1",
                "a%20eq%20%27b%2Bc%27%20%26%20d%3D1",
            ),
        ];
        for (encode, value, expected) in cases {
            assert_eq!(encoded(encode, value), expected);
        }
    }
}
