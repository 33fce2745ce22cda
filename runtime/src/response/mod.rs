//! Answers, with their status and headers.

mod read;
mod retry_after;

pub use read::{FromResponse, Head, read_json};
pub(crate) use read::{json, without_mark};
pub(crate) use retry_after::retry_after;

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, ETAG};
use http::{HeaderMap, StatusCode};

use crate::client::Answer;
use crate::{Body, BodyStream, Client, Error, ErrorKind, Operation, Result};

/// An answer that the service gave with a 2xx status.
///
/// It dereferences to its value.
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    value: T,
    operation: &'static Operation,
    client: Client,
}

impl<T: crate::FromResponse> Response<T> {
    /// Reads the value of an answer, or makes an error of it.
    pub(crate) async fn read(
        answer: Answer,
        client: &Client,
        operation: &'static Operation,
    ) -> Result<Self> {
        let Answer { parts, body } = answer;
        if !parts.status.is_success() {
            return Err(Error::of_answer(Answer { parts, body }).during(operation));
        }
        let (status, headers) = (parts.status, parts.headers);
        let value = match body {
            Ok(body) => {
                let head = Head {
                    status,
                    headers: &headers,
                    operation,
                };
                T::read(head, body).await
            }
            Err(unread) => Err(unread),
        };
        match value {
            Ok(value) => Ok(Self {
                status,
                headers,
                value,
                operation,
                client: client.clone(),
            }),
            Err(error) => Err(error.with_answer(status, headers).during(operation)),
        }
    }
}

impl<T> Response<T> {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The media type of the body with its parameters, such as `image/jpeg`.
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// The entity tag of what came (RFC 9110, section 8.8.3), for
    /// [`if_match`](crate::Request::if_match) and [`if_none_match`](crate::Request::if_none_match).
    pub fn etag(&self) -> Option<&str> {
        self.headers.get(ETAG)?.to_str().ok()
    }

    /// How long the service asks to wait before the next request, by its header `Retry-After`
    /// (RFC 9110, section 10.2.3).
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers)
    }

    /// The operation that was asked for.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The client that asked, for what an answer leads on to.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }
}

impl<T> Response<Option<T>> {
    /// The answer with its value, for who cannot do without: an error of the kind
    /// [`Response`](ErrorKind::Response) where it came with nothing, as the pages allow.
    pub fn required(self) -> Result<Response<T>> {
        let Self {
            status,
            headers,
            value,
            operation,
            client,
        } = self;
        let Some(value) = value else {
            let error = Error::new(ErrorKind::Response, "the answer came with nothing");
            return Err(error.with_answer(status, headers).during(operation));
        };
        Ok(Response {
            status,
            headers,
            value,
            operation,
            client,
        })
    }
}

impl Response<Body> {
    /// Reads the body into memory, up to the client's
    /// [`max_body`](crate::ClientBuilder::max_body).
    pub async fn bytes(self) -> Result<Bytes> {
        let bytes = self.value.bytes().await;
        bytes.map_err(|error| {
            let error = error.with_answer(self.status, self.headers);
            error.during(self.operation)
        })
    }

    /// The body as it comes.
    pub fn stream(self) -> BodyStream {
        self.value.stream()
    }
}

/// The headers are left out, as with errors: a `Location` can be all that is needed to ask there.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("operation", &self.operation.name)
            .field("status", &self.status)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}
