//! The session that an upload goes to, and requests to it.

use std::error::Error as _;
use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_RANGE};
use http::{Method, StatusCode};
use url::Url;

use crate::client::{Answer, CallSpan, within};
use crate::response::retry_after;
use crate::transport::{self, Failure as Cause};
use crate::{
    Body, Client, Error, ErrorKind, FromResponse, Operation, Response, Result, Transport, Upload,
};

/// A type that tells where the bytes of an upload go.
///
/// Generated types with the properties `uploadUrl` and `nextExpectedRanges` are such types.
pub trait UploadSession {
    /// Where the bytes go, as the service gave it.
    fn upload_url(&self) -> Option<&str>;
}

impl<S: UploadSession> Response<S> {
    /// Uploads bytes to the session that the service has opened; see [`Upload`].
    ///
    /// The last answer is read as a `T`: what the service makes of the bytes.
    pub fn upload<T: FromResponse>(&self, body: impl Into<Body>) -> Upload<T> {
        let url = self.value().upload_url().unwrap_or_default();
        Upload::new(self.client(), url, body)
    }
}

/// Sends requests to the URL of a session, with nothing of the client's: the URL alone is the right
/// to write there.
pub(super) struct Session {
    pub(super) client: Client,
    pub(super) url: String,
}

/// Why a request came to nothing, and whether it may come to something later.
pub(super) struct Failure {
    pub(super) error: Error,
    pub(super) passes: bool,
    /// How long the service asks to wait.
    pub(super) wait: Option<Duration>,
}

impl Session {
    /// Sends one request, with the place of its body in the whole, and reads its answer into memory.
    ///
    /// All of it together takes no longer than an attempt of any call may.
    async fn send(
        &self,
        operation: &'static Operation,
        body: Body,
        range: Option<String>,
    ) -> Result<Answer> {
        let mut request = http::Request::builder()
            .method(operation.method.clone())
            .uri(&self.url);
        if let Some(range) = range {
            request = request.header(CONTENT_RANGE, range);
        } else if operation.method == Method::POST {
            request = request.header(CONTENT_LENGTH, 0);
        }
        let url = Url::parse(&self.url).ok();
        let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
        let (Some(url), Ok(request)) = (url, request.body(body)) else {
            let message = "the session has no URL to upload to";
            return Err(Error::new(ErrorKind::InvalidParameter, message).during(operation));
        };
        let attempt = pin!(async {
            let answer = self.transport().send(request).await.map_err(|source| {
                let kind = transport::kind(&source);
                Error::new(kind, "the request could not be sent").with_source(source)
            })?;
            let (parts, body) = answer.into_parts();
            let body = body.limited_by(&self.client).bytes().await;
            let (parts, body) = (Box::new(parts), body.map(Body::from));
            Ok(Answer { parts, body })
        });
        let limit = self.client.limits().attempt;
        let outcome = pin!(within(self.transport(), limit, attempt));
        let outcome = CallSpan::new(&url, operation, "").around(outcome).await;
        outcome.map_err(|error| error.during(operation))
    }

    /// Sends one request; its answer, or why it came to nothing.
    pub(super) async fn ask(
        &self,
        operation: &'static Operation,
        body: Body,
        range: Option<String>,
    ) -> Result<http::Response<Bytes>, Failure> {
        let Answer { parts, body } = self.send(operation, body, range).await?;
        let body = match body {
            Ok(body) => body.bytes().await,
            Err(unread) => Err(unread),
        };
        if parts.status.is_success() {
            let body = body.map_err(|error| error.during(operation))?;
            return Ok(http::Response::from_parts(*parts, body));
        }
        let passes = parts.status.is_server_error()
            || matches!(
                parts.status,
                StatusCode::REQUEST_TIMEOUT
                    | StatusCode::RANGE_NOT_SATISFIABLE
                    | StatusCode::TOO_MANY_REQUESTS
            );
        let wait = retry_after(&parts.headers);
        let error = Error::of_status(parts.status, parts.headers, body).during(operation);
        Err(Failure {
            error,
            passes,
            wait,
        })
    }

    /// Sends the request that ends the session, and reads its answer.
    pub(super) async fn end<T: FromResponse>(
        &self,
        operation: &'static Operation,
    ) -> Result<Response<T>> {
        let answer = self.ask(operation, Body::empty(), None).await;
        let answer = answer.map_err(|failure| failure.error)?.map(Body::from);
        Response::read(answer.into(), &self.client, operation).await
    }

    pub(super) fn transport(&self) -> &dyn Transport {
        self.client.transport()
    }
}

/// A connection that broke may hold the next time, and what took too long may be faster.
impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            passes: matches!(error.kind(), ErrorKind::Transport | ErrorKind::Timeout)
                && error.source().map(Cause::of) != Some(Cause::Lasting),
            wait: None,
            error,
        }
    }
}
