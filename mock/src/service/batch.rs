//! Batches of requests as JSON (OData JSON format 4.01, section 19).

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use serde_json::{Map, Value, json};
use url::Url;

use super::Service;
use crate::error;

/// How many requests a batch may have: a bound on what it makes the server keep at a time.
const REQUESTS: usize = 100;

/// How many bytes their answers may have together, to the same end: each can be all that is kept. Behind the one that
/// is too much, no request is carried out.
const ANSWERS: usize = 16 << 20;

impl Service {
    /// Whether a request is several in one.
    pub(super) fn is_batch(&self, request: &Request<Bytes>) -> bool {
        let mut behind_base = self.locator.behind_base(request.uri().path());
        request.method() == Method::POST && behind_base.any(|path| path == "/$batch")
    }

    /// Answers the requests of a batch, one after the other.
    pub(super) fn batch(&self, request: &Request<Bytes>, origin: &str) -> Response<Bytes> {
        let body: Value = match serde_json::from_slice(request.body()) {
            Ok(body) => body,
            Err(error) => return refusal(&format!("the batch is no JSON: {error}")),
        };
        let Some(Value::Array(requests)) = body.get("requests") else {
            return refusal("the batch has no `requests`");
        };
        if requests.len() > REQUESTS {
            return refusal(&format!("a batch has {REQUESTS} requests at most"));
        }
        // Relative URLs begin where that of the batch ends.
        let Ok(base) = Url::parse(&format!("{origin}{}", request.uri().path())) else {
            return refusal("the URL of the batch cannot be read");
        };
        let mut failed = BTreeSet::new();
        let mut responses = Vec::new();
        let mut room = Some(ANSWERS);
        for part in requests {
            let id = part["id"].as_str().unwrap_or_default();
            let needed = part["dependsOn"].as_array();
            let mut needed = needed.into_iter().flatten().filter_map(Value::as_str);
            let mut response = if needed.any(|id| failed.contains(id)) {
                let message = "a request that this one depends on has failed";
                error::response(StatusCode::FAILED_DEPENDENCY, "failedDependency", message)
            } else if room.is_none() {
                overflow()
            } else {
                match self.read_part(part, &base) {
                    Some(request) if !self.is_batch(&request) => self.answer(&request, origin),
                    _ => refusal("the request cannot be part of a batch"),
                }
            };
            room = room.and_then(|left| left.checked_sub(response.body().len()));
            if room.is_none() {
                response = overflow();
            }
            if !response.status().is_success() {
                failed.insert(id);
            }
            responses.push(write(id, &response));
        }
        let body = json!({ "responses": responses }).to_string();
        let mut response = Response::new(Bytes::from(body));
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
        response
    }

    /// A request of a batch, as it would have come alone.
    fn read_part(&self, part: &Value, base: &Url) -> Option<Request<Bytes>> {
        let url = part["url"].as_str()?;
        // Some clients write the base's path, and some a slash before what is relative to it.
        let is_whole = |path: &str| self.locator.behind_base(path).next() != Some(path);
        let url = match url.contains("://") {
            true => Url::parse(url).ok()?,
            false if is_whole(url) => base.join(url).ok()?,
            false => {
                let relative = format!("./{}", url.trim_start_matches('/'));
                base.join(&relative).ok()?
            }
        };
        let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let mut request = Request::builder()
            .method(part["method"].as_str()?)
            .uri(target);
        for (name, value) in part["headers"].as_object().into_iter().flatten() {
            request = request.header(name, value.as_str()?);
        }
        let body = match part.get("body") {
            None | Some(Value::Null) => Bytes::new(),
            // Text, or bytes in base64url: nothing here depends on what they are.
            Some(Value::String(text)) => Bytes::from(text.clone()),
            Some(value) => value.to_string().into(),
        };
        request.body(body).ok()
    }
}

fn refusal(message: &str) -> Response<Bytes> {
    error::response(StatusCode::BAD_REQUEST, "badBatch", message)
}

/// The answer in place of one for which there is no room.
fn overflow() -> Response<Bytes> {
    let message = "the answers to the batch are longer than the server keeps";
    error::response(StatusCode::INSUFFICIENT_STORAGE, "full", message)
}

/// An answer as it stands in that to the batch (section 19.4).
fn write(id: &str, response: &Response<Bytes>) -> Value {
    let text = |(name, value): (&HeaderName, &HeaderValue)| {
        Some((spelled(name), Value::from(value.to_str().ok()?)))
    };
    let headers: Map<String, Value> = response.headers().iter().filter_map(text).collect();
    let kind = headers.get("Content-Type").and_then(Value::as_str);
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    let body = response.body();
    let json = || serde_json::from_slice(body).ok();
    let body = match std::str::from_utf8(body) {
        Ok("") => None,
        Ok(text) if kind.starts_with("text/") => Some(text.into()),
        _ => json().or_else(|| Some(URL_SAFE_NO_PAD.encode(body).into())),
    };
    let mut part = json!({ "id": id, "status": response.status().as_u16(), "headers": headers });
    if let Some(body) = body {
        part["body"] = body;
    }
    part
}

/// The name of a header as people write it: there are clients that look for `Content-Type` in the
/// JSON of a batch, and for no other spelling.
fn spelled(name: &HeaderName) -> String {
    let mut spelled = String::with_capacity(name.as_str().len());
    for letter in name.as_str().chars() {
        let begins = spelled.is_empty() || spelled.ends_with('-');
        spelled.push(if begins {
            letter.to_ascii_uppercase()
        } else {
            letter
        });
    }
    spelled
}
