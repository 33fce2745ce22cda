//! Errors as OData services write them (OData JSON format, section 21).

use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use http::{HeaderMap, Response, StatusCode};
use serde_json::{Value, json};

/// The body of an error, with a code for programs and a message for people.
pub(crate) fn body(code: &str, message: &str) -> Value {
    json!({ "error": { "code": code, "message": message } })
}

/// An error as it is sent.
pub(crate) fn response(status: StatusCode, code: &str, message: &str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body(code, message).to_string()));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

/// Says which methods are allowed, where some are.
pub(crate) fn allow(response: &mut Response<Bytes>, methods: &[&str]) {
    let value = HeaderValue::from_str(&methods.join(", "));
    if let (Ok(value), false) = (value, methods.is_empty()) {
        response.headers_mut().insert(ALLOW, value);
    }
}

/// Says when to try again, where no page does: after a second, so that nobody has to wait long.
pub(crate) fn retry_later(headers: &mut HeaderMap) {
    let entry = headers.entry(RETRY_AFTER);
    entry.or_insert(HeaderValue::from_static("1"));
}
