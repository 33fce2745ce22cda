//! Requests as plain values.

mod behind;
#[cfg(feature = "blocking")]
mod blocking;
mod headers;
mod odata;
mod operation;
pub mod option;
mod pages;
mod trail;
mod typed;
mod undocumented;

#[cfg(feature = "blocking")]
pub use blocking::BodyReader;
pub use odata::literal;
pub use operation::{Endpoint, IntoRequest, Operation};
pub use pages::{Items, Pages};

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Uri};
use serde::Serialize;

use crate::client::{Limits, Repeatable, Terms, header};
use crate::route::encode;
use crate::{
    Body, BoxFuture, Client, Error, ErrorKind, FromResponse, Path, Response, Result, RetryPolicy,
};

/// A request whose answer is a `T`: a value that can be looked at, changed, cloned and sent.
///
/// What cannot be sent (a header with a line end, a path with an empty value, a body that is no
/// JSON) is remembered and becomes the error of sending it. A clone shares a body that is a stream,
/// which only one of them can send; see [`Body`].
#[must_use = "a request does nothing until it is awaited"]
pub struct Request<T> {
    // What a request holds is large, and handed on by each method.
    parts: Box<Parts>,
    output: PhantomData<fn() -> T>,
}

#[derive(Clone)]
struct Parts {
    client: Client,
    operation: &'static Operation,
    /// The absolute URL, without what `query` adds.
    url: String,
    /// The path with `{}` in place of values.
    template: String,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Body,
    limits: Limits,
    /// The policy in place of the client's.
    retry: Option<RetryPolicy>,
    /// Whether it does the same when it is sent twice, as the caller says.
    idempotent: bool,
    /// The first fault.
    invalid: Option<Error>,
}

impl<T: FromResponse> Request<T> {
    /// A request for an operation at a path.
    pub fn new(operation: &'static Operation, path: &Path) -> Self {
        let client = path.client();
        // Pages write in a path what a URL cannot hold, such as a backslash.
        let url = [client.base_url(), &encode::target(path.as_str())].concat();
        let mut request = Self::at(client, operation, url);
        path.template().clone_into(&mut request.parts.template);
        if let Some(fault) = path.fault() {
            request.fault(Error::new(ErrorKind::InvalidParameter, fault));
        }
        request
    }

    /// A request for an operation at an absolute URL, which the service has given.
    pub(crate) fn at(client: &Client, operation: &'static Operation, url: String) -> Self {
        let mut headers = HeaderMap::new();
        if let Some(accept) = T::ACCEPT {
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
        }
        let parts = Parts {
            client: client.clone(),
            operation,
            url,
            template: String::new(),
            query: Vec::new(),
            headers,
            body: Body::empty(),
            limits: Limits::default(),
            retry: None,
            idempotent: false,
            invalid: None,
        };
        Self::of(Box::new(parts))
    }

    /// Sends the request, as awaiting it does.
    pub async fn send(self) -> Result<Response<T>> {
        let mut parts = self.parts;
        let request = parts.take_http();
        let terms = Terms {
            operation: parts.operation,
            template: &parts.template,
            limits: parts.limits,
            retry: parts.retry,
            idempotent: parts.idempotent,
            streamed: T::STREAMED,
            follows: true,
        };
        let answer = parts.client.answer(terms, request).await?;
        Response::read(answer, &parts.client, parts.operation).await
    }
}

impl<T> Request<T> {
    fn of(parts: Box<Parts>) -> Self {
        let output = PhantomData;
        Self { parts, output }
    }

    /// Sets an option of the query string.
    pub fn query(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let (name, value) = (name.as_ref(), value.as_ref());
        let query = &mut self.parts.query;
        match query.iter_mut().find(|(present, _)| present == name) {
            Some((_, present)) => *present = value.to_owned(),
            None => query.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// Sets a header.
    ///
    /// Where its name says that it is a secret (`Authorization`, `Cookie`, what has `key`, `token` or
    /// `secret` in it), `Debug` does not show the value.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match header(name.as_ref(), value.as_ref(), ErrorKind::InvalidParameter) {
            Ok((name, value)) => {
                self.parts.headers.insert(name, value);
            }
            Err(error) => self.fault(error),
        }
        self
    }

    /// The same request, whose answer is read as something else than the pages document.
    ///
    /// `Option<T>` takes an answer without a body for what it is, as `Prefer: return=minimal` asks
    /// for one; [`Body`] takes the bytes as they come, and a type of your own what `$select` left.
    /// The `Accept` header is that of the new type, where it has one.
    pub fn read_as<U: FromResponse>(mut self) -> Request<U> {
        if let Some(accept) = U::ACCEPT {
            let accept = HeaderValue::from_static(accept);
            self.parts.headers.insert(ACCEPT, accept);
        }
        Request::of(self.parts)
    }

    /// Sends a value as JSON.
    pub fn json(mut self, value: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(value) {
            Ok(json) => return self.bytes("application/json", json),
            Err(error) => {
                let message = format!("the body cannot be written as JSON: {error}");
                self.fault(Error::new(ErrorKind::InvalidParameter, message).with_source(error));
            }
        }
        self
    }

    /// Sends bytes of a media type, such as `image/jpeg`.
    pub fn bytes(self, media_type: impl AsRef<str>, body: impl Into<Body>) -> Self {
        let mut request = self.header(CONTENT_TYPE.as_str(), media_type);
        request.parts.body = body.into();
        request
    }

    /// How long the call may take as a whole, in place of the client's
    /// [limit](crate::ClientBuilder::timeout).
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.parts.limits.call = Some(limit);
        self
    }

    /// How long one attempt of the call may take, in place of the client's
    /// [limit](crate::ClientBuilder::attempt_timeout).
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.parts.limits.attempt = Some(limit);
        self
    }

    /// How often the request is sent again, in place of the client's
    /// [policy](crate::ClientBuilder::retry).
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.parts.retry = Some(policy);
        self
    }

    /// Says that the request does the same when it is sent twice, although its method does not: it
    /// may then be sent again where it may have arrived; see [`RetryPolicy`].
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.parts.idempotent = idempotent;
        self
    }

    fn fault(&mut self, error: Error) {
        self.parts.invalid.get_or_insert(error);
    }

    /// Whether it may be sent again.
    pub(crate) fn repeatable(&self) -> Repeatable {
        Repeatable::of(self.operation(), self.parts.idempotent)
    }

    pub(crate) fn client(&self) -> &Client {
        &self.parts.client
    }

    /// The same request by way of another client.
    pub(crate) fn with_client(mut self, client: &Client) -> Self {
        self.parts.client = client.clone();
        self
    }

    /// The operation that the request is for.
    pub fn operation(&self) -> &'static Operation {
        self.parts.operation
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.parts.operation.method
    }

    /// The headers, without the client's own and the token.
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// The options of the query string that were added, decoded.
    pub fn query_pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.parts.query.iter();
        pairs.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The body.
    pub fn body(&self) -> &Body {
        &self.parts.body
    }

    /// The URL with its query string.
    pub fn url(&self) -> String {
        let mut url = self.parts.url.clone();
        self.parts.write_query(&mut url);
        url
    }

    /// The request as others know it: without the client's own headers and the token.
    pub fn into_http(mut self) -> Result<http::Request<Body>> {
        self.parts.take_http()
    }
}

impl Parts {
    /// Puts the query string behind a URL.
    fn write_query(&self, url: &mut String) {
        let mut separator = if url.contains('?') { '&' } else { '?' };
        for (name, value) in &self.query {
            url.push(separator);
            separator = '&';
            encode::query(name, url);
            url.push('=');
            encode::query(value, url);
        }
    }

    /// Takes what is sent out of the request.
    fn take_http(&mut self) -> Result<http::Request<Body>> {
        if let Some(error) = self.invalid.take() {
            return Err(error.during(self.operation));
        }
        let mut url = std::mem::take(&mut self.url);
        self.write_query(&mut url);
        let uri = Uri::try_from(url).map_err(|source| {
            let error = Error::new(ErrorKind::InvalidParameter, "the URL cannot be sent");
            error.during(self.operation).with_source(source)
        })?;
        let mut headers = std::mem::take(&mut self.headers);
        let body = std::mem::take(&mut self.body);
        // A transport knows the length of bytes in memory, and of a stream only what is told here.
        if let (None, Some(length)) = (body.as_bytes(), body.length()) {
            headers.entry(CONTENT_LENGTH).or_insert(length.into());
        }
        let mut request = http::Request::new(body);
        *request.method_mut() = self.operation.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        Ok(request)
    }
}

impl<T: FromResponse> IntoFuture for Request<T> {
    type Output = Result<Response<T>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

// Derived, this would ask `T` to be `Clone`, which no request holds.
impl<T> Clone for Request<T> {
    fn clone(&self) -> Self {
        Self::of(self.parts.clone())
    }
}

impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation().name)
            .field("method", self.method())
            .field("url", &self.url())
            .field("headers", self.headers())
            .field("body", self.body())
            .finish_non_exhaustive()
    }
}
