//! What can go wrong with a request, and what is known about it.

mod service;
mod text;

pub use service::{ErrorDetail, InnerError, ServiceError};

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::client::Answer;
use crate::{Operation, response};

/// Any error, as callbacks and transports give it.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A result with this crate's error.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why there is no typed response.
///
/// An error of the service keeps its status, headers and body. All errors of a request know the
/// [operation](Error::operation) and the page that documents it.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    message: String,
    operation: Option<&'static Operation>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Option<Bytes>,
    service: ServiceError,
    /// What is private of the message.
    excerpt: Option<String>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

/// What kind of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built: the base URL, the token or a default header is no such thing.
    Configuration,
    /// A value given for the request cannot be sent; nothing was.
    InvalidParameter,
    /// There is no token to send.
    Token,
    /// The request could not be sent, or its answer not be read.
    Transport,
    /// The answer took longer than the client or the request allows.
    Timeout,
    /// The service answered with a status other than 2xx; see [`Error::status`].
    Status,
    /// The answer is not what the pages document, or too long to be read into memory.
    Response,
    /// A link, such as that to the next page of a collection, leads to another origin than the
    /// client's.
    ForeignLink,
    /// What the service went on with after it had answered did not come to a good end.
    Operation,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            operation: None,
            status: None,
            headers: HeaderMap::new(),
            body: None,
            service: ServiceError::default(),
            excerpt: None,
            source: None,
        }))
    }

    /// The error of an answer that cannot be read, for a [`FromResponse`](crate::FromResponse) to
    /// give: one of the kind [`Response`](ErrorKind::Response). Status, headers and operation are
    /// added by the client.
    pub fn decode(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Response, message)
    }

    /// The error with what lies behind it.
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.0.source = Some(source.into().into());
        self
    }

    pub(crate) fn with_excerpt(mut self, excerpt: String) -> Self {
        self.0.excerpt = Some(excerpt);
        self
    }

    pub(crate) fn with_body(mut self, body: Bytes) -> Self {
        self.0.body = Some(body);
        self
    }

    /// Adds what is known of the answer.
    pub(crate) fn with_answer(mut self, status: StatusCode, headers: HeaderMap) -> Self {
        self.0.status = Some(status);
        self.0.headers = headers;
        self
    }

    pub(crate) fn during(mut self, operation: &'static Operation) -> Self {
        self.0.operation.get_or_insert(operation);
        self
    }

    /// The same error for an operation that came to nothing because of it; it is the source.
    pub(crate) fn for_operation(&self, operation: &'static Operation) -> Self {
        let mut error = self.clone().with_source(self.clone());
        error.0.operation = Some(operation);
        error
    }

    /// The error that an answer with a status other than 2xx is.
    pub(crate) fn of_status(status: StatusCode, headers: HeaderMap, body: Result<Bytes>) -> Self {
        let mut error = Self::new(ErrorKind::Status, "").with_answer(status, headers);
        match body {
            Ok(body) => {
                error.0.service = ServiceError::read(&body);
                error.0.body = Some(body);
            }
            Err(unread) => error.0.source = Some(Arc::new(unread)),
        }
        error
    }

    /// The error that such an answer is, with its body in memory.
    pub(crate) fn of_answer(answer: Answer) -> Self {
        let Answer { parts, body } = answer;
        let body = body.map(|body| body.as_bytes().cloned().unwrap_or_default());
        Self::of_status(parts.status, parts.headers, body)
    }

    /// The error with what the client has to say to the answer of the service.
    pub(crate) fn with_message(mut self, message: String) -> Self {
        self.0.message = message;
        self
    }

    /// The error of an operation that went on after its answer, and ended as `status` says.
    pub(crate) fn of_operation(status: &str, body: Bytes) -> Self {
        let mut error = Self::new(ErrorKind::Operation, "");
        let service = ServiceError::read(&body);
        let told = service.message.as_ref().or(service.code.as_ref());
        let told = told.map_or(String::new(), |told| format!(" ({told})"));
        let message = format!("the operation ended as `{status}`{told}");
        error.0.message = text::one_line(&message).into_owned();
        error.0.service = service;
        error.with_body(body)
    }

    /// The kind of error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The status of the answer, where there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The headers of the answer; empty where there was none.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The body of the answer as it came, where there was one and it could be read.
    pub fn body(&self) -> Option<&Bytes> {
        self.0.body.as_ref()
    }

    /// The body of the answer as a value of your own type, as where a service has errors of its own form: one of the
    /// kind [`Response`](ErrorKind::Response) where there is none, or it is no such value.
    ///
    /// ```
    /// #[derive(serde::Deserialize)]
    /// struct Problem {
    ///     errors: Vec<String>,
    /// }
    ///
    /// fn faults(error: &docwright_client::Error) -> Vec<String> {
    ///     let problem = error.json::<Problem>();
    ///     problem.map_or(Vec::new(), |problem| problem.errors)
    /// }
    /// ```
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        let body = self.body().cloned().unwrap_or_default();
        response::json(body).map_err(|mut error| {
            let Inner {
                status,
                headers,
                operation,
                ..
            } = &*self.0;
            error.0.status = *status;
            error.0.headers = headers.clone();
            error.0.operation = *operation;
            error
        })
    }

    /// What an answer has where it is not what is documented, with up to 60 bytes from around it.
    ///
    /// It may be private: neither `Display` nor `Debug` shows it.
    pub fn excerpt(&self) -> Option<&str> {
        self.0.excerpt.as_deref()
    }

    /// The code in the body, such as `itemNotFound`: that of an OData error, or as [`ServiceError`] tells, the title of problem
    /// details (RFC 9457) or what other APIs call a code.
    pub fn code(&self) -> Option<&str> {
        self.0.service.code.as_deref()
    }

    /// The message in the body: that of an OData error, or as [`ServiceError`] tells, the detail of problem details
    /// (RFC 9457) or what other APIs call a message.
    pub fn message(&self) -> Option<&str> {
        self.0.service.message.as_deref()
    }

    /// All that the body tells of the error, as far as its form is known.
    pub fn service(&self) -> &ServiceError {
        &self.0.service
    }

    /// The service's name for the request, from the body or the header `request-id` or
    /// `x-request-id`: what its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        let told = self
            .service()
            .chain()
            .find_map(|inner| inner.request_id.as_deref());
        let names = ["request-id", "x-request-id"];
        let header = || names.iter().find_map(|name| self.headers().get(*name));
        told.or_else(|| header()?.to_str().ok())
    }

    /// How long the service asks to wait before the next request, by its header `Retry-After`
    /// (RFC 9110, section 10.2.3).
    pub fn retry_after(&self) -> Option<Duration> {
        response::retry_after(self.headers())
    }

    /// The operation that failed, with the page that documents it.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// `304 Not Modified`: what is there is what the request knows, by its
    /// [`if_none_match`](crate::Request::if_none_match).
    pub fn is_not_modified(&self) -> bool {
        self.is(StatusCode::NOT_MODIFIED)
    }

    /// `400 Bad Request`
    pub fn is_bad_request(&self) -> bool {
        self.is(StatusCode::BAD_REQUEST)
    }

    /// `401 Unauthorized`: there is no token, or it is no longer good.
    pub fn is_unauthorized(&self) -> bool {
        self.is(StatusCode::UNAUTHORIZED)
    }

    /// `403 Forbidden`: the token does not allow this.
    pub fn is_forbidden(&self) -> bool {
        self.is(StatusCode::FORBIDDEN)
    }

    /// `404 Not Found`
    pub fn is_not_found(&self) -> bool {
        self.is(StatusCode::NOT_FOUND)
    }

    /// `409 Conflict`
    pub fn is_conflict(&self) -> bool {
        self.is(StatusCode::CONFLICT)
    }

    /// `410 Gone`: it was there and is no more, as is what a delta link knows after too long a time.
    pub fn is_gone(&self) -> bool {
        self.is(StatusCode::GONE)
    }

    /// `412 Precondition Failed`, as `If-Match` asks for.
    pub fn is_precondition_failed(&self) -> bool {
        self.is(StatusCode::PRECONDITION_FAILED)
    }

    /// `429 Too Many Requests`; see [`retry_after`](Self::retry_after).
    pub fn is_throttled(&self) -> bool {
        self.is(StatusCode::TOO_MANY_REQUESTS)
    }

    /// The answer took longer than the client or the request allows.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Whether the request is at fault, and would fail however often it was sent.
    pub(crate) fn is_of_request(&self) -> bool {
        let kinds = [ErrorKind::InvalidParameter, ErrorKind::ForeignLink];
        kinds.contains(&self.kind())
    }

    fn is(&self, status: StatusCode) -> bool {
        self.kind() == ErrorKind::Status && self.status() == Some(status)
    }
}
