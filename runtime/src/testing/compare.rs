//! What counts as the same.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;
use serde_json::{Number, Value};

use crate::media_type::essence;
use crate::route::call::Call;

/// Says where two values of JSON differ, the first place only.
///
/// Numbers are compared by value, so that `1` is `1.0`; the order of properties does not matter. Of
/// a text that the page breaks off with an ellipsis, such as the link `https://...`, the rest is not
/// documented.
pub(super) fn json(documented: &Value, came: &Value) -> Result<(), String> {
    json_at("$", documented, came)
}

fn json_at(place: &str, documented: &Value, came: &Value) -> Result<(), String> {
    match (documented, came) {
        (Value::Object(documented), Value::Object(came)) => {
            let names: BTreeSet<&String> = documented.keys().chain(came.keys()).collect();
            for name in names {
                let place = format!("{place}.{name}");
                match (documented.get(name), came.get(name)) {
                    (Some(documented), Some(came)) => json_at(&place, documented, came)?,
                    (Some(value), None) => {
                        return Err(format!("{place} is {value}, and is missing"));
                    }
                    (_, value) => {
                        let value = value.unwrap_or(&Value::Null);
                        return Err(format!("{place} is not there, and came as {value}"));
                    }
                }
            }
            Ok(())
        }
        (Value::Array(documented), Value::Array(came)) => {
            if documented.len() != came.len() {
                let (items, others) = (documented.len(), came.len());
                return Err(format!("{place} has {items} items, and came with {others}"));
            }
            let mut pairs = documented.iter().zip(came).enumerate();
            pairs.try_for_each(|(index, (documented, came))| {
                json_at(&format!("{place}[{index}]"), documented, came)
            })
        }
        (Value::Number(documented), Value::Number(came)) if same_number(documented, came) => Ok(()),
        (Value::String(documented), Value::String(came)) if continues(documented, came) => Ok(()),
        _ if documented == came => Ok(()),
        _ => Err(format!("{place} is {documented}, and came as {came}")),
    }
}

/// Whether a text begins with what is documented of it before an ellipsis.
fn continues(documented: &str, came: &str) -> bool {
    let shown = documented.strip_suffix("...");
    let shown = shown.or_else(|| documented.strip_suffix('…'));
    shown.is_some_and(|shown| came.starts_with(shown))
}

fn same_number(one: &Number, other: &Number) -> bool {
    one == other || one.as_f64() == other.as_f64() && (one.is_f64() || other.is_f64())
}

/// A path as it is compared: decoded, without a slash at the end and segments of dots (RFC 3986, section
/// 5.2.4), with a key in parentheses as a
/// segment of its own (OData 4.01 URL conventions, section 4.3.6), the arguments of functions in the
/// order of their names, and in one case, as services compare the text in it.
pub(super) fn path(path: &str) -> String {
    let path = percent_decode_str(path.trim_end_matches('/')).decode_utf8_lossy();
    let path = path.to_ascii_lowercase();
    // Two slashes in a row are one to services.
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        match segment {
            "." => {}
            ".." => _ = segments.pop(),
            segment => segments.push(segment),
        }
    }
    let segments = segments
        .into_iter()
        .map(|segment| match Call::read(segment) {
            Some(call) => call.in_order_of_names(),
            None => match key_in_parentheses(segment) {
                Some((name, key)) => format!("{name}/{key}"),
                None => segment.to_owned(),
            },
        });
    segments.collect::<Vec<_>>().join("/")
}

/// The name and the key of a segment such as `kites('42')` or `kites(42)`. A page may have the quotes of its
/// prose around it.
fn key_in_parentheses(segment: &str) -> Option<(&str, &str)> {
    let (name, key) = segment.strip_suffix(')')?.split_once('(')?;
    let key = key.trim_matches(['\'', '‘', '’']);
    (!name.is_empty() && !key.is_empty()).then_some((name, key))
}

/// A query string as it is compared: its options, decoded, in any order.
///
/// The dollar sign of a system query option may be left out (OData 4.01 URL conventions, section
/// 5.1), and their names are compared without case. A plus sign is a space to some services, and
/// spaces behind a comma or around the whole mean nothing to all.
pub(super) fn query(query: &str) -> BTreeSet<(String, String)> {
    let options = query.split('&').filter(|option| !option.trim().is_empty());
    let options = options.map(|option| {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        let decode = |text: &str| {
            let text = percent_decode_str(text).decode_utf8_lossy();
            text.replace('+', " ").replace(", ", ",").trim().to_owned()
        };
        let name = decode(name).trim_start_matches('$').to_ascii_lowercase();
        (name, decode(value))
    });
    options.collect()
}

/// A header's value as it is compared: of media types what stands before their parameters.
pub(super) fn header(name: &str, value: &str) -> String {
    if name.eq_ignore_ascii_case("content-type") || name.eq_ignore_ascii_case("accept") {
        return essence(value);
    }
    value.trim().to_owned()
}

/// Headers that describe the connection or the coding of the body, or that no page means
/// literally, as who asks.
pub(super) fn is_incidental(name: &str) -> bool {
    const INCIDENTAL: [&str; 11] = [
        "accept-encoding",
        "authorization",
        "connection",
        "content-encoding",
        "content-length",
        "date",
        "host",
        "keep-alive",
        "transfer-encoding",
        "upgrade",
        "user-agent",
    ];
    is_api_key(name)
        || INCIDENTAL
            .iter()
            .any(|incidental| name.eq_ignore_ascii_case(incidental))
}

/// Whether a header carries a key of the caller, as far as its name says: generated calls leave it to the client.
fn is_api_key(name: &str) -> bool {
    let plain = name.to_ascii_lowercase().replace(['-', '_'], "");
    let owner = plain.strip_suffix("key");
    let owners = ["api", "subscription", "functions"];
    owner.is_some_and(|owner| owners.iter().any(|known| owner.ends_with(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_differs_at_a_place() {
        let cases = [
            (r#"{"a":1,"b":[1.0,2]}"#, r#"{"b":[1,2.0],"a":1}"#, None),
            (r#"{"a":1}"#, r#"{"a":2}"#, Some("$.a is 1, and came as 2")),
            (r#"{"a":null}"#, "{}", Some("$.a is null, and is missing")),
            (
                "{}",
                r#"{"a":null}"#,
                Some("$.a is not there, and came as null"),
            ),
            (
                "[[1]]",
                "[[1,2]]",
                Some("$[0] has 1 items, and came with 2"),
            ),
            (
                "9007199254740993",
                "9007199254740992",
                Some("$ is 9007199254740993, and came as 9007199254740992"),
            ),
            ("1", "\"1\"", Some("$ is 1, and came as \"1\"")),
            (r#""https://...""#, r#""https://b/c""#, None),
            (r#""https://…""#, r#""https://...""#, None),
            (
                r#""https://...""#,
                r#""ftp://b/c""#,
                Some(r#"$ is "https://...", and came as "ftp://b/c""#),
            ),
        ];
        for (documented, came, expected) in cases {
            let parse = |json| serde_json::from_str(json).unwrap();
            assert_eq!(
                json(&parse(documented), &parse(came)).err().as_deref(),
                expected
            );
        }
    }

    #[test]
    fn a_key_in_parentheses_is_a_segment() {
        assert_eq!(path("/me/Events('a%3D')/x/"), path("/me/events/a=/x"));
        assert_eq!(path("/me/events(‘a’)"), path("/me/events/a"));
        assert_eq!(path("/me/events(7)"), path("/me/events/7"));
        assert_ne!(
            path("/me/range(address='a')"),
            path("/me/range/address='a'")
        );
    }

    #[test]
    fn segments_of_dots_are_taken_out() {
        assert_eq!(path("/a/./b/../c"), path("/a/c"));
        assert_eq!(path("/a/%2E%2E/../b"), path("/b"));
        assert_ne!(path("/a/.../b"), path("/a/b"));
    }

    #[test]
    fn queries_are_sets_of_decoded_options() {
        let same = [
            ("$top=5&$select=a,b", "%24select=a%2Cb&$top=5"),
            ("$filter=a+eq+'b'", "$filter=a%20eq%20%27b%27"),
            ("expand=a, b", "$expand=a,b"),
            ("$filter= (a eq 1) ", "$filter=%20(a%20eq%201)"),
            ("", ""),
        ];
        for (one, other) in same {
            assert_eq!(query(one), query(other), "{one}");
        }
        for (one, other) in [("$top=5", "$top=6"), ("$top=5", ""), ("a=B", "a=b")] {
            assert_ne!(query(one), query(other), "{one}");
        }
    }
}
