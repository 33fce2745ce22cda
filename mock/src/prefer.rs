//! What a request would rather have (RFC 7240).

use std::collections::BTreeSet;

use http::StatusCode;

/// The preferences of a request.
#[derive(Debug, Default)]
pub(crate) struct Preferences {
    /// The status that the answer is to have: `code=404`.
    pub(crate) status: Option<StatusCode>,
    /// The example that the answer is to be of, by its name or by its page and line:
    /// `example="get_user"`.
    pub(crate) example: Option<String>,
    /// What else it would rather have, such as `return=minimal`, as it is compared: in lower case, and
    /// without quotes.
    pub(crate) others: BTreeSet<String>,
}

impl Preferences {
    /// Reads the values of `Prefer`. Where something is preferred twice, the first counts (section 2).
    pub(crate) fn read<'v>(values: impl Iterator<Item = &'v str>) -> Self {
        let mut read = Self::default();
        let all = values.flat_map(|value| split(value, ','));
        for preference in all.map(str::trim).filter(|it| !it.is_empty()) {
            // The parameters behind a semicolon are no part of the value.
            let first = split(preference, ';').next().unwrap_or(preference);
            let (name, value) = first.split_once('=').unwrap_or((first, ""));
            let (name, value) = (name.trim(), unquoted(value.trim()));
            if name.eq_ignore_ascii_case("code") {
                read.status = read.status.or(value.parse().ok());
            } else if name.eq_ignore_ascii_case("example") {
                read.example.get_or_insert(value);
            } else {
                read.others.insert(comparable(preference));
            }
        }
        read
    }
}

/// The parts of a text between separators that stand in no quotes.
pub(crate) fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(move |c| {
        let is_escaped = std::mem::take(&mut escaped);
        match c {
            '\\' if quoted => escaped = !is_escaped,
            '"' if !is_escaped => quoted = !quoted,
            _ => {}
        }
        c == separator && !quoted
    })
}

/// A value without its quotes, where it has some: it means the same (section 2).
fn unquoted(value: &str) -> String {
    let inside = value.strip_prefix('"');
    let Some(inside) = inside.and_then(|it| it.strip_suffix('"')) else {
        return value.to_owned();
    };
    let mut characters = inside.chars();
    let mut text = String::new();
    while let Some(c) = characters.next() {
        // Behind a backslash, a character is itself.
        text.extend(if c == '\\' {
            characters.next()
        } else {
            Some(c)
        });
    }
    text
}

/// A preference with its parameters as it is compared: an empty value is none (section 2).
fn comparable(preference: &str) -> String {
    let parts = split(preference, ';').map(|part| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        match (name.trim(), unquoted(value.trim())) {
            (name, value) if value.is_empty() => name.to_owned(),
            (name, value) => format!("{name}={value}"),
        }
    });
    parts.collect::<Vec<_>>().join(";").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_are_read() {
        let read = |values: &[&str]| {
            let read = Preferences::read(values.iter().copied());
            let others = read.others.into_iter().collect::<Vec<_>>().join(" ");
            let status = read.status.map_or(0, |status| status.as_u16());
            (status, read.example.unwrap_or_default(), others)
        };
        let cases: [(&[&str], u16, &str, &str); 9] = [
            (&["code=404, example=get_user"], 404, "get_user", ""),
            (&["code=404", "code=500"], 404, "", ""),
            (
                &["Code = \"404\" , return=minimal"],
                404,
                "",
                "return=minimal",
            ),
            (
                &[r#"example="first, one", code=200"#],
                200,
                "first, one",
                "",
            ),
            (&[r#"example="a \"b\\", wait=5"#], 0, r#"a "b\"#, "wait=5"),
            (&["code=none"], 0, "", ""),
            (
                &[r#"return="Minimal" ; a = "x, y;z" "#],
                0,
                "",
                "return=minimal;a=x, y;z",
            ),
            (
                &["respond-async=\"\", , wait=1"],
                0,
                "",
                "respond-async wait=1",
            ),
            (
                &[r#"example="not closed, code=404"#],
                0,
                r#""not closed, code=404"#,
                "",
            ),
        ];
        for (values, status, example, others) in cases {
            let expected = (status, example.to_owned(), others.to_owned());
            assert_eq!(read(values), expected, "{values:?}");
        }
    }
}
