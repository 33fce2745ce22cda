//! Reading the value of an answer.

use std::future::Future;
use std::str::Utf8Error;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde::de::DeserializeOwned;

use crate::{Body, Error, ErrorKind, Json, Operation, Result, from_json};

/// What is known of an answer besides its body.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Head<'a> {
    /// The status, which is 2xx.
    pub status: StatusCode,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The operation that was asked for.
    pub operation: &'static Operation,
}

impl Head<'_> {
    /// Whether the body can be empty although the pages document one.
    ///
    /// Services answer a change with nothing where they are documented to send back what they
    /// changed, and a change that was made is no error. What is only read has to come, unless the
    /// status says that nothing does: `204 No Content` or `205 Reset Content` (RFC 9110, sections
    /// 15.3.5 and 15.3.6).
    pub fn may_be_empty(&self) -> bool {
        let empty = [StatusCode::NO_CONTENT, StatusCode::RESET_CONTENT];
        empty.contains(&self.status) || self.operation.method != Method::GET
    }
}

/// What an answer can be read as: a resource, a collection, a single value, JSON, bytes, text, the number
/// of items or nothing.
///
/// It can be implemented for types of your own:
///
/// ```
/// use docwright_client::{Body, Error, FromResponse, Head, Result};
///
/// struct Rows(Vec<Vec<String>>);
///
/// impl FromResponse for Rows {
///     const ACCEPT: Option<&'static str> = Some("text/csv");
///
///     async fn read(head: Head<'_>, body: Body) -> Result<Self> {
///         let text = String::read(head, body).await?;
///         if text.contains('"') {
///             return Err(Error::decode("the rows have quotes, which are not read"));
///         }
///         let cells = |line: &str| line.split(',').map(str::to_owned).collect();
///         Ok(Rows(text.lines().map(cells).collect()))
///     }
/// }
/// ```
pub trait FromResponse: Send + Sized + 'static {
    /// The media type to ask for, where there is one.
    const ACCEPT: Option<&'static str>;

    /// Whether the value takes the body as it comes, and the client must not read it into memory.
    const STREAMED: bool = false;

    /// Reads a value from the body of an answer; what it is not is told by [`Error::decode`].
    fn read(head: Head<'_>, body: Body) -> impl Future<Output = Result<Self>> + Send;
}

/// Reads JSON; a body without a byte is the default value where it [may be
/// empty](Head::may_be_empty).
pub async fn read_json<T: DeserializeOwned + Default>(head: Head<'_>, body: Body) -> Result<T> {
    let body = body.bytes().await?;
    if body.is_empty() && head.may_be_empty() {
        return Ok(T::default());
    }
    self::json(body)
}

/// The value that a body is as JSON.
pub(crate) fn json<T: DeserializeOwned>(body: Bytes) -> Result<T> {
    match str::from_utf8(without_mark(&body)) {
        Ok(json) => from_json(json).map_err(|source| undocumented(source, body)),
        Err(source) => Err(no_text(source, body)),
    }
}

/// JSON without a byte order mark before it, which is no error (RFC 8259, section 8.1).
pub(crate) fn without_mark(json: &[u8]) -> &[u8] {
    json.strip_prefix("\u{feff}".as_bytes()).unwrap_or(json)
}

/// The error of bytes that are no text.
fn no_text(source: Utf8Error, body: Bytes) -> Error {
    let error = Error::new(ErrorKind::Response, "the answer is no UTF-8 text");
    error.with_source(source).with_body(body)
}

/// The error of JSON that is not a documented value; apart, so that it is compiled once.
fn undocumented(source: serde_json::Error, body: Bytes) -> Error {
    let (line, column) = (source.line(), source.column());
    let text = source.to_string();
    // What serde expected is said by types; what it found instead is the service's, and private.
    let expected = text
        .rsplit_once(", expected ")
        .map(|(_, expected)| expected);
    let message = match expected {
        Some(expected) => format!("the answer is not what is documented: expected {expected}"),
        None => format!("the answer is not what is documented, at line {line} column {column}"),
    };
    let near = excerpt(&body, line, column);
    let found = format!("{text}, near `{near}`");
    Error::new(ErrorKind::Response, message)
        .with_excerpt(found)
        .with_body(body)
}

/// How much of a body is shown on each side of a fault, in bytes.
const EXCERPT: usize = 30;

/// What stands around a line and a column, both counted from one, in one line.
fn excerpt(body: &[u8], line: usize, column: usize) -> String {
    let mut lines = body.split(|byte| *byte == b'\n');
    let line = lines.nth(line.saturating_sub(1)).unwrap_or_default();
    let start = column.saturating_sub(EXCERPT).min(line.len());
    let end = line.len().min(column + EXCERPT);
    String::from_utf8_lossy(&line[start..end]).trim().to_owned()
}

impl FromResponse for Json {
    const ACCEPT: Option<&'static str> = Some("application/json");

    async fn read(head: Head<'_>, body: Body) -> Result<Self> {
        read_json(head, body).await
    }
}

/// An array by itself, of a service that is none of OData's.
impl<T: DeserializeOwned + Send + 'static> FromResponse for Vec<T> {
    const ACCEPT: Option<&'static str> = Some("application/json");

    async fn read(head: Head<'_>, body: Body) -> Result<Self> {
        read_json(head, body).await
    }
}

impl FromResponse for Body {
    const ACCEPT: Option<&'static str> = None;
    const STREAMED: bool = true;

    async fn read(_: Head<'_>, body: Body) -> Result<Self> {
        Ok(body)
    }
}

impl FromResponse for Bytes {
    const ACCEPT: Option<&'static str> = None;

    async fn read(_: Head<'_>, body: Body) -> Result<Self> {
        body.bytes().await
    }
}

impl FromResponse for String {
    const ACCEPT: Option<&'static str> = Some("text/plain");

    async fn read(_: Head<'_>, body: Body) -> Result<Self> {
        let body = body.bytes().await?;
        match str::from_utf8(&body) {
            Ok(text) => Ok(text.to_owned()),
            Err(source) => Err(no_text(source, body)),
        }
    }
}

/// The number of items, which comes as text (OData Protocol 4.01, section 11.2.10).
impl FromResponse for i64 {
    const ACCEPT: Option<&'static str> = Some("text/plain");

    async fn read(head: Head<'_>, body: Body) -> Result<Self> {
        let text = String::read(head, body).await?;
        // Some services put a byte order mark before it.
        let number = text.trim_start_matches('\u{feff}').trim();
        number.parse().map_err(|source| {
            let error = Error::new(ErrorKind::Response, "the answer is no number of items");
            error.with_source(source).with_body(Bytes::from(text))
        })
    }
}

/// An answer without a byte is `None`: what it would have carried was not sent.
impl<T: FromResponse> FromResponse for Option<T> {
    const ACCEPT: Option<&'static str> = T::ACCEPT;

    async fn read(head: Head<'_>, body: Body) -> Result<Self> {
        let body = body.bytes().await?;
        if body.is_empty() {
            return Ok(None);
        }
        T::read(head, Body::from(body)).await.map(Some)
    }
}

/// Nothing is expected, and whatever comes is left.
impl FromResponse for () {
    const ACCEPT: Option<&'static str> = None;
    const STREAMED: bool = true;

    async fn read(_: Head<'_>, _: Body) -> Result<Self> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_excerpt_is_short_and_around_the_fault() {
        let long = "x".repeat(100);
        let cases = [
            ("{\"a\": tru }", 1, 10, "{\"a\": tru }".to_owned()),
            ("{\n  \"a\": 1x\n}", 2, 9, "\"a\": 1x".to_owned()),
            (long.as_str(), 1, 50, "x".repeat(60)),
            ("", 1, 0, String::new()),
        ];
        for (body, line, column, expected) in cases {
            assert_eq!(excerpt(body.as_bytes(), line, column), expected);
        }
    }
}
