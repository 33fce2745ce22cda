//! What a service says about an error, in OData's form (OData JSON format 4.01, section 21) or in another.

use serde_json::{Map, Value};

use crate::response::without_mark;

/// The error that a body tells of.
///
/// OData has it in `error`. Of another object its own texts are taken: as `message` one that is called `message`, `detail`
/// (problem details, RFC 9457, section 3.1) or `error_description` (OAuth 2.0, RFC 6749, section 5.2), and as `code` one
/// that is called `code`, which may be a number, `error` or `title`. Of those two, what has spaces and no message
/// beside it is the message. All else is in the body; see [`Error::json`](crate::Error::json).
///
/// What a service leaves out is `None` or empty. What is not of the documented type is taken as
/// left out: a service in trouble does not always keep to its own format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceError {
    /// A word for what went wrong, for programs: `itemNotFound`.
    pub code: Option<String>,
    /// What went wrong, for people.
    pub message: Option<String>,
    /// What went wrong with: the name of a property, for example.
    pub target: Option<String>,
    /// Several things that went wrong together.
    pub details: Vec<ErrorDetail>,
    /// What lies behind the error, as far as the service tells.
    pub inner: Option<InnerError>,
}

/// One of several things that went wrong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// A word for what went wrong.
    pub code: Option<String>,
    /// What went wrong, for people.
    pub message: Option<String>,
    /// What it went wrong with.
    pub target: Option<String>,
}

/// What lies behind an error: a narrower code, and what support asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct InnerError {
    /// A narrower word for what went wrong.
    pub code: Option<String>,
    /// What went wrong, for people.
    pub message: Option<String>,
    /// The service's name for the request.
    pub request_id: Option<String>,
    /// The client's name for the request, as it sent it.
    pub client_request_id: Option<String>,
    /// When it happened, as the service wrote it.
    pub date: Option<String>,
    /// What lies behind this.
    pub inner: Option<Box<InnerError>>,
    /// What else the service told.
    pub other: Map<String, Value>,
}

impl ServiceError {
    /// What a body tells; nothing where it is no such body.
    pub(super) fn read(body: &[u8]) -> Self {
        let Ok(Value::Object(mut body)) = serde_json::from_slice(without_mark(body)) else {
            return Self::default();
        };
        let mut error = match body.remove("error") {
            Some(Value::Object(error)) => error,
            error => return Self::flat(body, error),
        };
        let details = match error.remove("details") {
            Some(Value::Array(details)) => details,
            _ => Vec::new(),
        };
        Self {
            details: details.into_iter().filter_map(ErrorDetail::read).collect(),
            code: text(&mut error, "code"),
            message: text(&mut error, "message"),
            target: text(&mut error, "target"),
            inner: InnerError::take(&mut error),
        }
    }

    /// What an object tells that is none of OData's, and its `error`.
    fn flat(mut body: Map<String, Value>, error: Option<Value>) -> Self {
        body.extend(error.map(|error| ("error".to_owned(), error)));
        let number = match body.get("code") {
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        let code = number.or_else(|| text(&mut body, "code"));
        let mut called = ["error", "title"].into_iter();
        let called = called.find_map(|name| text(&mut body, name));
        let mut told = ["message", "detail", "error_description"].into_iter();
        let told = told.find_map(|name| text(&mut body, name));
        let (called, message) = match (called, told) {
            (Some(sentence), None) if sentence.contains(' ') => (None, Some(sentence)),
            (called, told) => (called, told),
        };
        Self {
            code: code.or(called),
            message,
            ..Self::default()
        }
    }

    /// The errors behind this one, from the outermost to the innermost.
    pub fn chain(&self) -> impl Iterator<Item = &InnerError> {
        std::iter::successors(self.inner.as_ref(), |inner| inner.inner.as_deref())
    }
}

impl ErrorDetail {
    fn read(detail: Value) -> Option<Self> {
        let Value::Object(mut detail) = detail else {
            return None;
        };
        Some(Self {
            code: text(&mut detail, "code"),
            message: text(&mut detail, "message"),
            target: text(&mut detail, "target"),
        })
    }
}

impl InnerError {
    /// OData calls it `innererror`; services that write names in camel case do so here.
    fn take(outer: &mut Map<String, Value>) -> Option<Self> {
        let camel = outer.remove("innerError");
        let Some(Value::Object(mut error)) = camel.or_else(|| outer.remove("innererror")) else {
            return None;
        };
        Some(Self {
            code: text(&mut error, "code"),
            message: text(&mut error, "message"),
            request_id: text(&mut error, "request-id"),
            client_request_id: text(&mut error, "client-request-id"),
            date: text(&mut error, "date"),
            inner: Self::take(&mut error).map(Box::new),
            other: error,
        })
    }
}

fn text(object: &mut Map<String, Value>, name: &str) -> Option<String> {
    match object.remove(name) {
        Some(Value::String(text)) if !text.is_empty() => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_a_service_tells_is_read() {
        let error = ServiceError::read(
            br#"{ "error": {
                "code": "badRequest", "message": "No", "target": "query",
                "details": [
                    { "code": "301", "target": "$search", "message": "not supported" },
                    "a text"
                ],
                "innerError": {
                    "code": "invalidQuery", "request-id": "r-1", "client-request-id": "c-1",
                    "date": "2026-01-02T03:04:05", "trace": [1],
                    "innererror": { "code": "deepest" }
                }
            } }"#,
        );
        assert_eq!(error.code.as_deref(), Some("badRequest"));
        assert_eq!(error.target.as_deref(), Some("query"));
        assert_eq!(error.details.len(), 1);
        assert_eq!(error.details[0].target.as_deref(), Some("$search"));
        let inner = error.inner.as_ref().unwrap();
        assert_eq!(inner.request_id.as_deref(), Some("r-1"));
        assert_eq!(inner.client_request_id.as_deref(), Some("c-1"));
        assert_eq!(inner.date.as_deref(), Some("2026-01-02T03:04:05"));
        assert_eq!(inner.other["trace"][0], 1);
        let codes: Vec<_> = error.chain().map(|inner| inner.code.as_deref()).collect();
        assert_eq!(codes, [Some("invalidQuery"), Some("deepest")]);
    }

    #[test]
    fn a_byte_order_mark_says_nothing() {
        let error = ServiceError::read("\u{feff}{\"error\":{\"code\":\"gone\"}}".as_bytes());
        assert_eq!(error.code.as_deref(), Some("gone"));
    }

    #[test]
    fn errors_of_other_forms_tell_a_code_and_a_message() {
        let cases = [
            (
                r#"{"type":"https://example.com/credit","title":"Out of credit","status":403,"detail":"30 is less than 50"}"#,
                Some("Out of credit"),
                Some("30 is less than 50"),
            ),
            (r#"{"title":"Out of credit"}"#, None, Some("Out of credit")),
            (
                r#"{"code":"gone","message":"It left"}"#,
                Some("gone"),
                Some("It left"),
            ),
            (
                r#"{"code":1203,"message":"It left"}"#,
                Some("1203"),
                Some("It left"),
            ),
            (
                r#"{"message":"It left","errors":[{"field":"id"}]}"#,
                None,
                Some("It left"),
            ),
            (
                r#"{"status":404,"error":"Not Found","message":"It left"}"#,
                Some("Not Found"),
                Some("It left"),
            ),
            (
                r#"{"code":"gone","error":"It left"}"#,
                Some("gone"),
                Some("It left"),
            ),
            (r#"{"error":"It left"}"#, None, Some("It left")),
            (r#"{"error":"invalid_grant"}"#, Some("invalid_grant"), None),
            (
                r#"{"error":"invalid_grant","error_description":"It is over"}"#,
                Some("invalid_grant"),
                Some("It is over"),
            ),
            // What stands beside an error of OData's is no part of it.
            (
                r#"{"error":{"code":"gone"},"message":"other"}"#,
                Some("gone"),
                None,
            ),
        ];
        for (body, code, message) in cases {
            let error = ServiceError::read(body.as_bytes());
            assert_eq!(
                (error.code.as_deref(), error.message.as_deref()),
                (code, message),
                "{body}"
            );
        }
    }

    #[test]
    fn other_bodies_tell_nothing_and_nothing_fails() {
        let deep = "{\"error\":{\"innerError\":".to_owned() + &"{\"innerError\":".repeat(9999);
        for body in [
            "",
            "<html>",
            "[]",
            r#"{"error":["invalid_grant"],"message":{},"title":null,"code":true}"#,
            r#"{"error":{"code":1,"message":"","details":{},"innerError":[]}}"#,
            &deep,
        ] {
            assert_eq!(ServiceError::read(body.as_bytes()), ServiceError::default());
        }
    }
}
