//! Errors as OData services write them (OData JSON format, section 21).

use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use http::{Response, StatusCode};
use serde_json::json;

/// An error with a code for programs and a message for people.
pub(crate) fn response(status: StatusCode, code: &str, message: &str) -> Response<Bytes> {
    let body = json!({ "error": { "code": code, "message": message } });
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

/// The answer to a method that is not documented for a path.
pub(crate) fn method_not_allowed(methods: &[&str], message: &str) -> Response<Bytes> {
    let status = StatusCode::METHOD_NOT_ALLOWED;
    let mut response = response(status, "methodNotDocumented", message);
    if let Ok(methods) = HeaderValue::from_str(&methods.join(", ")) {
        response.headers_mut().insert(ALLOW, methods);
    }
    response
}
