//! The server that the examples call, with the parts of its URL that they leave open (OpenAPI 3.1.0, section 4.8.5).

use std::collections::BTreeMap;

use super::document::{Server, ServerVariable};

/// The server with a base URL, which may have placeholders such as `{host}` or `<host>` in it.
pub(super) fn of(base_url: &str) -> Server<'_> {
    let mut url = String::new();
    let mut variables = BTreeMap::new();
    let mut rest = base_url;
    while let Some((before, name, behind)) = placeholder(rest) {
        url.extend([before, "{", name, "}"]);
        // What stands for it is for the reader to know.
        variables.insert(name, ServerVariable { default: name });
        rest = behind;
    }
    url.push_str(rest);
    Server { url, variables }
}

/// The first placeholder of a text, and what stands before and behind it.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.find(['{', '<'])?;
    let close = if text[open..].starts_with('{') {
        '}'
    } else {
        '>'
    };
    let (name, behind) = text[open + 1..].split_once(close)?;
    Some((&text[..open], name, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_placeholder_is_a_variable() {
        for (base_url, url, variables) in [
            ("https://a.b/v1.0", "https://a.b/v1.0", &[][..]),
            ("https://{host}/v1.0", "https://{host}/v1.0", &["host"]),
            (
                "https://<host>/{tenant}",
                "https://{host}/{tenant}",
                &["host", "tenant"],
            ),
            ("https://{host", "https://{host", &[]),
        ] {
            let server = of(base_url);
            assert_eq!(server.url, url);
            assert!(server.variables.keys().eq(variables), "{base_url}");
        }
    }
}
