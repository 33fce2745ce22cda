//! A batch and its answer as JSON.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::media_type::essence;
use crate::value::binary;
use crate::{
    Body, BoxError, Client, Error, ErrorKind, FromResponse, Head, Json, Result, read_json,
};

/// What is sent.
#[derive(Serialize)]
pub(super) struct Calls<'a> {
    pub(super) requests: Vec<&'a Call>,
}

/// A request of a batch (section 19.1).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Call {
    id: String,
    method: String,
    /// Relative to the base URL, without a slash before it.
    url: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) depends_on: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    headers: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Box<RawValue>>,
}

/// What comes back. Each answer is read by itself: one that cannot be is no reason to lose the others.
#[derive(Default, Deserialize)]
pub(super) struct Answers {
    #[serde(default)]
    responses: Vec<Box<RawValue>>,
}

/// The answer to a request (section 19.4).
#[derive(Deserialize)]
pub(super) struct Answer {
    /// Text, or a number where the service takes it for one.
    id: Json,
    status: u16,
    headers: Option<BTreeMap<String, Json>>,
    #[serde(default)]
    body: Option<Box<RawValue>>,
}

/// The name of a request in its batch.
pub(super) fn id(index: usize) -> String {
    (index + 1).to_string()
}

impl Call {
    /// The call for a request to the client's service.
    pub(super) async fn new(
        index: usize,
        request: http::Request<Body>,
        client: &Client,
    ) -> Result<Self> {
        let fault = |message: &str| Error::new(ErrorKind::InvalidParameter, message);
        let (parts, body) = request.into_parts();
        let url = parts.uri.to_string();
        let url = url.strip_prefix(client.base_url());
        let url = url.and_then(|url| url.strip_prefix('/'));
        let url = url.ok_or_else(|| fault("the URL is not below that of the batch"))?;
        let mut headers = BTreeMap::new();
        for (name, value) in client.headers_with(&parts.headers) {
            // These belong to the message that carries the batch.
            if [CONTENT_LENGTH, USER_AGENT].contains(name) {
                continue;
            }
            let value = value.to_str();
            let value = value.map_err(|_| fault("a batch carries headers of ASCII text only"))?;
            let both = |present: &String| format!("{present}, {value}");
            let value = headers.get(name.as_str()).map_or(value.to_owned(), both);
            headers.insert(name.as_str().to_owned(), value);
        }
        let body = body.bytes().await?;
        let body = match body.is_empty() {
            true => None,
            false => Some(
                write_body(media_type(&parts.headers), &body).map_err(|source| {
                    fault("the body is not of its media type").with_source(source)
                })?,
            ),
        };
        Ok(Self {
            id: id(index),
            method: parts.method.to_string(),
            url: url.to_owned(),
            depends_on: Vec::new(),
            headers,
            body,
        })
    }
}

impl Answers {
    /// The answers by the names of their requests; of several to one request the first.
    pub(super) fn by_id(self) -> BTreeMap<String, Answer> {
        let mut by_id = BTreeMap::new();
        for answer in self.responses {
            if let Ok(answer) = serde_json::from_str::<Answer>(answer.get()) {
                by_id.entry(text(&answer.id)).or_insert(answer);
            }
        }
        by_id
    }
}

impl FromResponse for Answers {
    const ACCEPT: Option<&'static str> = Some("application/json");

    async fn read(head: Head<'_>, body: Body) -> Result<Self> {
        read_json(head, body).await
    }
}

impl Answer {
    /// The answer as it would have come alone.
    pub(super) fn into_http(self) -> Result<http::Response<Body>> {
        let fault = |message: &str| Error::new(ErrorKind::Response, message);
        let status = StatusCode::from_u16(self.status);
        let status = status.map_err(|_| fault("the answer in the batch has no status"))?;
        let mut headers = HeaderMap::new();
        for (name, value) in self.headers.iter().flatten() {
            let text = text(value);
            // What no header can hold says nothing to anyone who reads headers.
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(text))
            {
                headers.append(name, value);
            }
        }
        let body = match self.body {
            Some(body) => read_body(media_type(&headers), &body).map_err(|source| {
                fault("the body in the batch is not of its media type").with_source(source)
            })?,
            None => Bytes::new(),
        };
        let mut answer = http::Response::new(Body::from(body));
        *answer.status_mut() = status;
        *answer.headers_mut() = headers;
        Ok(answer)
    }
}

/// A text as it is, and anything else as JSON writes it.
fn text(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// How a body stands in the JSON of a batch (section 19.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MediaType {
    /// As it is.
    Json,
    /// As a string.
    Text,
    /// As a string in base64url.
    Binary,
}

/// The kind of body that headers tell of; without a type it is JSON.
fn media_type(headers: &HeaderMap) -> MediaType {
    let Some(value) = headers.get(CONTENT_TYPE) else {
        return MediaType::Json;
    };
    let essence = essence(value.to_str().unwrap_or_default());
    if essence == "application/json" || essence.ends_with("+json") {
        MediaType::Json
    } else if essence.starts_with("text/") {
        MediaType::Text
    } else {
        MediaType::Binary
    }
}

fn write_body(media_type: MediaType, body: &[u8]) -> Result<Box<RawValue>, BoxError> {
    Ok(match media_type {
        MediaType::Json => serde_json::from_slice(body)?,
        MediaType::Text => serde_json::value::to_raw_value(std::str::from_utf8(body)?)?,
        MediaType::Binary => serde_json::value::to_raw_value(&URL_SAFE.encode(body))?,
    })
}

fn read_body(media_type: MediaType, body: &RawValue) -> Result<Bytes, BoxError> {
    let as_it_stands = || Bytes::copy_from_slice(body.get().as_bytes());
    // JSON that is no string stands for itself, whatever its type is said to be.
    if media_type == MediaType::Json || !body.get().starts_with('"') {
        return Ok(as_it_stands());
    }
    let text: String = serde_json::from_str(body.get())?;
    Ok(match media_type {
        MediaType::Binary => binary::decode(&text)?,
        MediaType::Json | MediaType::Text => text.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_survive_the_way_into_a_batch_and_out_of_it() {
        let cases: [(&str, &[u8], &str); 6] = [
            ("application/json", b"{\"a\": 12.50}", "{\"a\": 12.50}"),
            ("application/vnd.x+json; odata=x", b"[1]", "[1]"),
            ("text/plain; charset=utf-8", b"a \"b\"", r#""a \"b\"""#),
            ("image/jpeg", &[0xff, 0xfe, 0xfd], r#""__79""#),
            ("Application/Octet-Stream", &[0xfb], r#""-w==""#),
            ("text/html", b"<p>", r#""<p>""#),
        ];
        for (media_type, body, written) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
            let media_type = super::media_type(&headers);
            let raw = write_body(media_type, body).unwrap();
            assert_eq!(raw.get(), written);
            assert_eq!(read_body(media_type, &raw).unwrap(), body);
        }
    }

    #[test]
    fn both_alphabets_of_base64_are_read_and_other_text_is_not() {
        let raw = |text: &str| serde_json::value::to_raw_value(text).unwrap();
        for text in ["__79", "//79", "-w", "-w==", "+w=="] {
            assert!(read_body(MediaType::Binary, &raw(text)).is_ok(), "{text}");
        }
        assert!(read_body(MediaType::Binary, &raw("no base64!")).is_err());
        assert!(write_body(MediaType::Json, b"{").is_err());
        let number: Box<RawValue> = serde_json::from_str("893").unwrap();
        assert_eq!(read_body(MediaType::Text, &number).unwrap(), "893");
    }
}
