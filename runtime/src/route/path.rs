//! A place in the API, put together segment by segment.

use std::fmt;

use super::{encode, matching, template};
use crate::Client;

/// A place in the API that requests can be sent to.
///
/// Values that cannot stand in a path are remembered, and refused when a request is sent: so paths
/// can be written in one go.
#[derive(Clone)]
pub struct Path {
    client: Client,
    text: String,
    /// The text with `{}` in place of values, which tells of all requests of a kind and of no value.
    template: String,
    segments: usize,
    invalid: Option<String>,
}

impl Path {
    pub(crate) fn root(client: Client) -> Self {
        Self {
            client,
            text: String::new(),
            template: String::new(),
            segments: 0,
            invalid: None,
        }
    }

    /// Goes on with a segment of the documented path.
    pub fn literal(&self, segment: &str) -> Self {
        self.with(|path| {
            path.text.push_str(segment);
            path.template.push_str(segment);
        })
    }

    /// Goes on with a value.
    pub fn key(&self, value: impl AsRef<str>) -> Self {
        self.with(|path| {
            encode::segment(value.as_ref(), &mut path.text);
            path.template.push_str("{}");
        })
    }

    /// Goes on with a segment of text and values: `range(address='{address}')`.
    ///
    /// Each value is encoded so that it stays in its place. Quotes are doubled in one that stands
    /// between quotes; one with a plus sign before its name is a path of its own, whose slashes
    /// stay.
    pub fn segment(&self, template: &str, values: &[&str]) -> Self {
        self.with(|path| {
            let start = path.text.len();
            template::fill_segment(template, values.iter().copied(), &mut path.text);
            let written = &path.text[start..];
            if matching::is_misread(template, written, values.iter().copied()) {
                let segment = path.segments;
                let refused = || {
                    format!(
                        "segment {segment} of the path would be {written:?}, which is read as another call"
                    )
                };
                path.invalid.get_or_insert_with(refused);
            }
            template::blank_segment(template, &mut path.template);
        })
    }

    /// Goes on with what is written behind a slash.
    fn with(&self, write: impl FnOnce(&mut Self)) -> Self {
        let mut path = Self {
            client: self.client.clone(),
            text: with_room(&self.text),
            template: with_room(&self.template),
            segments: self.segments + 1,
            invalid: self.invalid.clone(),
        };
        path.text.push('/');
        path.template.push('/');
        let start = path.text.len();
        write(&mut path);
        let mut parts = path.text.as_bytes()[start..].split(|byte| *byte == b'/');
        if path.invalid.is_none() && parts.any(encode::vanishes) {
            let written = &path.text[start..];
            path.invalid = Some(format!(
                "segment {} of the path would be {written:?}, which a URL cannot hold",
                path.segments
            ));
        }
        path
    }

    /// The path behind the base URL, encoded.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn template(&self) -> &str {
        &self.template
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// What is wrong with the first value that cannot stand where it was put.
    pub(crate) fn fault(&self) -> Option<&str> {
        self.invalid.as_deref()
    }
}

/// A copy with room for a segment: a plain copy would have to grow at once.
fn with_room(text: &str) -> String {
    let mut copy = String::with_capacity(text.len() + 32);
    copy.push_str(text);
    copy
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Path").field(&self.text).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MemoryTransport;

    fn root() -> Path {
        let nowhere = MemoryTransport::new(|_| http::Response::new(""));
        let client = Client::builder("https://api.example.com/v1").transport(nowhere);
        client.build().map(|client: Client| client.root()).unwrap()
    }

    #[test]
    fn segments_are_joined_and_values_encoded() {
        let users = root().literal("users").key("a/../b");
        let path = users.segment("range(address='{address}')", &["A1:'B'/2"]);
        assert_eq!(
            path.as_str(),
            "/users/a%2F..%2Fb/range(address='A1:''B''%2F2')"
        );
        assert_eq!(path.template(), "/users/{}/range(address='{}')");
        assert_eq!(path.fault(), None);

        let path = root().literal("root:").segment("{+path}:", &["a b/ü.txt"]);
        let path = path.literal("content");
        assert_eq!(path.as_str(), "/root:/a%20b/%C3%BC.txt:/content");
        assert_eq!(path.fault(), None);
    }

    #[test]
    fn values_that_would_change_the_path_are_refused() {
        let users = root().literal("users");
        for path in [
            users.key(""),
            users.key("."),
            users.key("..").literal("photo"),
            users.segment("{+path}:", &["a/../../b"]),
            users.segment("{+path}", &["/a"]),
            users.segment("f(a={a})", &["1,b=2"]),
        ] {
            let fault = path.fault().unwrap_or_default();
            assert!(
                fault.starts_with("segment 2 of the path"),
                "{path:?}: {fault}"
            );
        }
        for (template, value) in [("f(a={a})", "[1,2]"), ("f(a='{a}')", "1,b=2")] {
            assert_eq!(users.segment(template, &[value]).fault(), None, "{value}");
        }
        for key in ["...", ".a", "%2e%2e"] {
            assert_eq!(users.key(key).fault(), None, "{key}");
        }
    }
}
