//! What an error says, and what it keeps to itself.

use std::borrow::Cow;
use std::fmt;

use super::{Error, ErrorKind};

/// What a service says, in one line without control characters: in a log it must not pass for a line of its own, nor
/// do anything to a terminal.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    match text.contains(char::is_control) {
        true => Cow::Owned(text.replace(char::is_control, " ")),
        false => Cow::Borrowed(text),
    }
}

/// `Get profilePhoto: 404 Not Found (itemNotFound: …), docs-src/api/profilephoto-get.md:31`
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        if let Some(operation) = inner.operation {
            write!(f, "{}: ", operation.name)?;
        }
        match inner.status {
            Some(status) if inner.kind == ErrorKind::Status => {
                let reason = status.canonical_reason();
                f.write_str(status.as_str())?;
                if let Some(reason) = reason {
                    write!(f, " {reason}")?;
                }
                // Problem details of no type of their own have the status as their title (RFC 9457, section 4.2.1).
                let is_new = |text: &&str| Some(*text) != reason && *text != status.as_str();
                let [code, message] = [&inner.service.code, &inner.service.message];
                match (
                    code.as_deref().filter(is_new),
                    message.as_deref().filter(is_new),
                ) {
                    (Some(code), Some(message)) => {
                        write!(f, " ({}: {})", one_line(code), one_line(message))?;
                    }
                    (Some(text), None) | (None, Some(text)) => write!(f, " ({})", one_line(text))?,
                    (None, None) => {}
                }
                if !inner.message.is_empty() {
                    write!(f, ": {}", inner.message)?;
                }
            }
            _ => f.write_str(&inner.message)?,
        }
        if let Some(operation) = inner.operation {
            write!(f, ", {}", operation.doc)?;
        }
        Ok(())
    }
}

/// The body and the headers are left out: they are the caller's data, and may be long.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.to_string())
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.0.source.as_deref()?;
        Some(source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Operation;
    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};

    static OPERATION: Operation = Operation {
        name: "Get photo",
        method: http::Method::GET,
        doc: "docs-src/api/photo-get.md:12",
        idempotent: false,
    };

    fn answer(status: u16, body: &'static str) -> Error {
        let status = StatusCode::from_u16(status).unwrap();
        Error::of_status(status, HeaderMap::new(), Ok(Bytes::from(body))).during(&OPERATION)
    }

    #[test]
    fn display_names_operation_answer_and_page() {
        let cases = [
            (
                answer(
                    404,
                    r#"{"error":{"code":"itemNotFound","message":"No photo"}}"#,
                ),
                "Get photo: 404 Not Found (itemNotFound: No photo), docs-src/api/photo-get.md:12",
            ),
            (
                answer(503, "<html>"),
                "Get photo: 503 Service Unavailable, docs-src/api/photo-get.md:12",
            ),
            (
                answer(400, r#"{"error":"invalid_grant"}"#),
                "Get photo: 400 Bad Request (invalid_grant), docs-src/api/photo-get.md:12",
            ),
            (
                answer(404, r#"{"title":"Not Found","detail":"No photo"}"#),
                "Get photo: 404 Not Found (No photo), docs-src/api/photo-get.md:12",
            ),
            (
                answer(404, r#"{"error":"Not Found"}"#),
                "Get photo: 404 Not Found, docs-src/api/photo-get.md:12",
            ),
            (
                answer(
                    400,
                    r#"{"error":{"code":"a\u001b[2J","message":"No\nINFO all is well"}}"#,
                ),
                "Get photo: 400 Bad Request (a [2J: No INFO all is well), docs-src/api/photo-get.md:12",
            ),
            (
                Error::new(ErrorKind::Transport, "the request could not be sent"),
                "the request could not be sent",
            ),
        ];
        for (error, text) in cases {
            assert_eq!(error.to_string(), text);
        }
    }

    #[test]
    fn a_status_is_asked_for_only_of_errors_of_the_service() {
        let body = Bytes::from("{}");
        let decoding = Error::new(ErrorKind::Response, "no JSON")
            .with_body(body)
            .with_answer(StatusCode::NOT_FOUND, HeaderMap::new());
        assert!(answer(404, "").is_not_found());
        assert!(!answer(403, "").is_not_found());
        assert!(!decoding.is_not_found());
    }

    #[test]
    fn a_request_has_the_name_of_the_body_or_of_a_header() {
        let told = r#"{"error":{"innerError":{"request-id":"of the body"}}}"#;
        let cases = [
            (told, "request-id", "of the body"),
            ("{}", "request-id", "of a header"),
            ("", "x-request-id", "of a header"),
        ];
        for (body, header, name) in cases {
            let headers = HeaderMap::from_iter([(
                http::HeaderName::from_static(header),
                http::HeaderValue::from_static("of a header"),
            )]);
            let error = Error::of_status(StatusCode::NOT_FOUND, headers, Ok(Bytes::from(body)));
            assert_eq!(error.request_id(), Some(name), "{header}");
        }
    }

    #[test]
    fn an_error_is_as_small_as_a_pointer() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }
}
