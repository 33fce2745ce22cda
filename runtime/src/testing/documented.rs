//! The two halves of an example, and what has to agree with them.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::Value;

use super::compare;
use super::message::Message;
use crate::{Body, Client, Request};

type Outcome<T = ()> = Result<T, String>;

/// A request as a page shows it.
#[derive(Clone, Debug)]
pub(super) struct DocumentedRequest {
    method: Method,
    /// The path with the base's, and the query, as they are written.
    target: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl DocumentedRequest {
    pub(super) fn read(text: &str, origin: &str, base_path: &str) -> Outcome<Self> {
        let message = Message::read(text);
        let start = &message.start;
        let (method, target) = start
            .split_once(char::is_whitespace)
            .ok_or_else(|| format!("`{start}` is no request line"))?;
        let target = match target.rsplit_once(" HTTP/") {
            Some((target, _)) => target.trim(),
            None => target.trim(),
        };
        let path = match below(target, origin) {
            Some(path) if in_base(path, base_path) => path.to_owned(),
            None if in_base(target, base_path) => target.to_owned(),
            None if target.starts_with('/') => format!("{base_path}{target}"),
            None if !target.contains("://") => format!("{base_path}/{target}"),
            _ => return Err(format!("`{target}` is not below {origin}{base_path}")),
        };
        Ok(Self {
            method: method
                .parse()
                .map_err(|_| format!("`{method}` is no method"))?,
            target: path,
            headers: message.headers,
            body: message.body,
        })
    }

    pub(super) fn body(&self) -> &str {
        &self.body
    }

    /// The request as a client sends it, whose base has the path `base_path`.
    pub(super) fn to_send(&self, client: &Client, base_path: &str) -> Request<Body> {
        let target = self.target.strip_prefix(base_path);
        // No page means a fragment, which is not sent.
        let mut target = target.unwrap_or(&self.target).replace('#', "%23");
        // What asks for the base itself has no path of its own.
        if !target.starts_with('/') {
            target.insert(0, '/');
        }
        let mut request = client.request(self.method.clone(), target);
        for (name, value) in &self.headers {
            if !compare::is_incidental(name) {
                request = request.header(name, value);
            }
        }
        if self.body.is_empty() {
            return request;
        }
        let media_type = self.headers.iter();
        let mut media_type = media_type
            .filter(|(name, _)| name.eq_ignore_ascii_case("content-type"))
            .map(|(_, value)| value.as_str());
        let usual = match serde_json::from_str::<serde::de::IgnoredAny>(&self.body) {
            Ok(_) => "application/json",
            Err(_) => "application/octet-stream",
        };
        request.bytes(media_type.next_back().unwrap_or(usual), self.body.clone())
    }

    /// Compares a request that came with this one.
    pub(super) fn check(&self, came: &http::Request<Bytes>) -> Outcome {
        if self.method != *came.method() {
            let (method, other) = (&self.method, came.method());
            return Err(format!(
                "the method is {method}, and the request had {other}"
            ));
        }
        let (path, query) = self.target.split_once('?').unwrap_or((&self.target, ""));
        let (came_path, came_query) = (came.uri().path(), came.uri().query().unwrap_or(""));
        if compare::path(path) != compare::path(came_path) {
            return Err(format!(
                "the path is `{path}`, and the request had `{came_path}`"
            ));
        }
        if compare::query(query) != compare::query(came_query) {
            return Err(format!(
                "the query is `{query}`, and the request had `{came_query}`"
            ));
        }
        for (name, value) in &self.headers {
            // Pages show the type of a body on requests that have none.
            let of_no_body = self.body.is_empty() && name.eq_ignore_ascii_case("content-type");
            if !of_no_body {
                check_header(name, value, came.headers())?;
            }
        }
        check_body(&self.body, came.body())
    }
}

/// The part of a target behind an origin, whose scheme and host mean the same in any case (RFC 3986,
/// section 6.2.2.1).
fn below<'t>(target: &'t str, origin: &str) -> Option<&'t str> {
    let (start, path) = target.split_at_checked(origin.len())?;
    start.eq_ignore_ascii_case(origin).then_some(path)
}

/// Whether a path is a base path or goes on from it.
fn in_base(path: &str, base_path: &str) -> bool {
    let rest = path.strip_prefix(base_path);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
}

/// A response as a page shows it.
#[derive(Clone, Debug)]
pub(super) struct DocumentedResponse {
    status: StatusCode,
    headers: Vec<(String, String)>,
    body: String,
}

impl DocumentedResponse {
    pub(super) fn read(text: &str) -> Outcome<Self> {
        let message = Message::read(text);
        let status = message.start.split_whitespace().nth(1);
        let status = status.and_then(|code| code.parse::<StatusCode>().ok());
        let status = status.filter(|status| !status.is_informational());
        Ok(Self {
            status: status.ok_or_else(|| format!("`{}` is no status line", message.start))?,
            headers: message.headers,
            body: message.body,
        })
    }

    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    pub(super) fn body(&self) -> &str {
        &self.body
    }

    /// The response as it is sent: the length of the body is that of the body.
    pub(super) fn to_http(&self) -> Outcome<http::Response<Bytes>> {
        let mut response = http::Response::new(Bytes::from(self.body.clone()));
        *response.status_mut() = self.status;
        for (name, value) in self.headers() {
            let fault = || format!("no server can send the header `{name}: {value}`");
            let name = HeaderName::try_from(name).map_err(|_| fault())?;
            let value = HeaderValue::try_from(value).map_err(|_| fault())?;
            response.headers_mut().append(name, value);
        }
        Ok(response)
    }

    /// Compares status and headers of an answer with this one's.
    pub(super) fn check_head(&self, status: StatusCode, headers: &HeaderMap) -> Outcome {
        if self.status != status {
            return Err(format!(
                "the status is {}, and came as {status}",
                self.status
            ));
        }
        let mut shown = self.headers();
        shown.try_for_each(|(name, value)| check_header(name, value, headers))
    }

    /// Compares a typed value, written as JSON, with the body.
    pub(super) fn check_json(&self, written: &[u8]) -> Outcome {
        let documented = serde_json::from_str::<Value>(&self.body);
        let documented = documented.map_err(|error| format!("the body is no JSON: {error}"))?;
        let written = serde_json::from_slice(written).map_err(|error| error.to_string())?;
        compare::json(&documented, &written)
    }

    /// Compares a body with this one's, as JSON where it is documented as such.
    pub(super) fn check_body(&self, came: &[u8]) -> Outcome {
        check_body(&self.body, came)
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        headers.filter(|(name, _)| !compare::is_incidental(name))
    }
}

fn check_header(name: &str, value: &str, came: &HeaderMap) -> Outcome {
    if compare::is_incidental(name) {
        return Ok(());
    }
    let values: Vec<String> = came
        .get_all(name)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .collect();
    let expected = compare::header(name, value);
    if values
        .iter()
        .any(|came| compare::header(name, came) == expected)
    {
        return Ok(());
    }
    Err(match values.is_empty() {
        true => format!("the header `{name}: {value}` is missing"),
        false => format!(
            "the header {name} is `{value}`, and came as `{}`",
            values.join(", ")
        ),
    })
}

fn check_body(documented: &str, came: &[u8]) -> Outcome {
    if let Ok(documented) = serde_json::from_str::<Value>(documented) {
        return match serde_json::from_slice(came) {
            Ok(came) => compare::json(&documented, &came),
            Err(error) => Err(format!(
                "the body is JSON, and came as something else: {error}"
            )),
        };
    }
    if documented.as_bytes() == came {
        return Ok(());
    }
    let came = String::from_utf8_lossy(came);
    Err(format!("the body is `{documented}`, and came as `{came}`"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MemoryTransport;

    fn read(text: &str) -> Outcome<DocumentedRequest> {
        DocumentedRequest::read(text, "https://api.example.com", "/v1")
    }

    fn came(method: &str, target: &str, body: &'static str) -> http::Request<Bytes> {
        let request = http::Request::builder().method(method).uri(target);
        let request = request.header("content-type", "application/json");
        request.body(Bytes::from(body)).unwrap()
    }

    #[test]
    fn targets_are_below_the_base() {
        for (target, path) in [
            ("https://api.example.com/v1/me?$top=1", "/v1/me?$top=1"),
            ("HTTPS://API.Example.com/v1/Me", "/v1/Me"),
            ("/me", "/v1/me"),
            ("me", "/v1/me"),
            (
                "https:/api.example.com/v1/me",
                "/v1/https:/api.example.com/v1/me",
            ),
            ("/v1/me HTTP/1.1", "/v1/me"),
            ("/me?$filter=a eq 'b' HTTP/1.1", "/v1/me?$filter=a eq 'b'"),
        ] {
            assert_eq!(read(&format!("GET {target}")).unwrap().target, path);
        }
        for target in [
            "https://api.example.com/v10/me",
            "https://api.example.com/V1/me",
            "https://other.example.com/v1/me",
        ] {
            assert!(read(&format!("GET {target}")).is_err(), "{target}");
        }
    }

    #[test]
    fn a_request_is_sent_as_it_is_shown() {
        let silent = MemoryTransport::new(|_| http::Response::new(""));
        let client = Client::builder("http://localhost/v1").transport(silent);
        let client: Client = client.build().unwrap();
        let documented = read("GET https://api.example.com/v1/me/notes/a#b?$top=1").unwrap();
        let sent = documented.to_send(&client, "/v1").into_http().unwrap();
        assert_eq!(sent.uri(), "http://localhost/v1/me/notes/a%23b?$top=1");
        let base = read("GET https://api.example.com/v1?a=b").unwrap();
        let sent = base.to_send(&client, "/v1").into_http().unwrap();
        assert_eq!(sent.uri(), "http://localhost/v1/?a=b");
    }

    #[test]
    fn a_request_is_the_documented_one_or_differs() {
        let text = "PATCH /users/{id}?$select=a\nContent-Type: application/json; x=y\nIf-Match: 1\n\n{\"a\":1}";
        let documented = read(text).unwrap();
        let good = || came("PATCH", "/v1/Users/%7Bid%7D?%24select=a", r#"{ "a": 1.0 }"#);
        let mut with_match = good();
        with_match
            .headers_mut()
            .insert("if-match", HeaderValue::from_static("1"));
        assert_eq!(documented.check(&with_match), Ok(()));
        let differing = [
            (good(), "the header `If-Match: 1` is missing"),
            (
                came("PUT", "/v1/users", ""),
                "the method is PATCH, and the request had PUT",
            ),
            (
                came("PATCH", "/v1/users", ""),
                "the path is `/v1/users/{id}`, and the request had `/v1/users`",
            ),
            (
                came("PATCH", "/v1/users/%7Bid%7D", ""),
                "the query is `$select=a`, and the request had ``",
            ),
        ];
        for (request, expected) in differing {
            assert_eq!(documented.check(&request), Err(expected.to_owned()));
        }
        *with_match.body_mut() = Bytes::from(r#"{"a":2}"#);
        assert_eq!(
            documented.check(&with_match),
            Err("$.a is 1, and came as 2".to_owned())
        );
    }
}
