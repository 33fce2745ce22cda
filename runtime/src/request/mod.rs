//! Requests as plain values.

mod behind;
#[cfg(feature = "blocking")]
mod blocking;
mod headers;
mod odata;
mod operation;
pub mod option;
mod pages;
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

use crate::client::{Limits, Terms, header};
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
    /// The first fault, as kind and message: errors cannot be cloned.
    invalid: Option<(ErrorKind, String)>,
    output: PhantomData<fn() -> T>,
}

impl<T: FromResponse> Request<T> {
    /// A request for an operation at a path.
    pub fn new(operation: &'static Operation, path: &Path) -> Self {
        let client = path.client();
        let url = [client.base_url(), path.as_str()].concat();
        let fault = path.fault().map(str::to_owned);
        Self {
            template: path.template().to_owned(),
            invalid: fault.map(|fault| (ErrorKind::InvalidParameter, fault)),
            ..Self::at(client, operation, url)
        }
    }

    /// A request for an operation at an absolute URL, which the service has given.
    pub(crate) fn at(client: &Client, operation: &'static Operation, url: String) -> Self {
        let mut headers = HeaderMap::new();
        if let Some(accept) = T::ACCEPT {
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
        }
        Self {
            url,
            template: String::new(),
            client: client.clone(),
            operation,
            query: Vec::new(),
            headers,
            body: Body::empty(),
            limits: Limits::default(),
            retry: None,
            idempotent: false,
            invalid: None,
            output: PhantomData,
        }
    }

    /// Sends the request, as awaiting it does.
    pub async fn send(mut self) -> Result<Response<T>> {
        let (client, operation) = (self.client.clone(), self.operation);
        let template = std::mem::take(&mut self.template);
        let terms = Terms {
            operation,
            template: &template,
            limits: self.limits,
            retry: self.retry,
            idempotent: self.idempotent,
            streamed: T::STREAMED,
            follows: true,
        };
        let answer = client.answer(terms, self.into_http()).await?;
        Response::read(answer, &client, operation).await
    }
}

impl<T> Request<T> {
    /// Adds an option to the query string.
    ///
    /// An option that is there already gets the new value.
    pub fn query(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let (name, value) = (name.as_ref(), value.as_ref());
        match self.query.iter_mut().find(|(present, _)| present == name) {
            Some((_, present)) => *present = value.to_owned(),
            None => self.query.push((name.to_owned(), value.to_owned())),
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
                self.headers.insert(name, value);
            }
            Err(error) => self.fault(ErrorKind::InvalidParameter, error.to_string()),
        }
        self
    }

    /// The same request, whose answer is read as something else than the pages document.
    ///
    /// `Option<T>` takes an answer without a body for what it is, as `Prefer: return=minimal` asks
    /// for one; [`Body`] takes the bytes as they come, and a type of your own what `$select` left.
    /// The `Accept` header is that of the new type, where it has one.
    pub fn read_as<U: FromResponse>(self) -> Request<U> {
        let mut headers = self.headers;
        if let Some(accept) = U::ACCEPT {
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
        }
        Request {
            client: self.client,
            operation: self.operation,
            url: self.url,
            template: self.template,
            query: self.query,
            headers,
            body: self.body,
            limits: self.limits,
            retry: self.retry,
            idempotent: self.idempotent,
            invalid: self.invalid,
            output: PhantomData,
        }
    }

    /// Sends a value as JSON.
    pub fn json(mut self, value: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(value) {
            Ok(json) => return self.bytes("application/json", json),
            Err(error) => {
                let message = format!("the body cannot be written as JSON: {error}");
                self.fault(ErrorKind::InvalidParameter, message);
            }
        }
        self
    }

    /// Sends bytes of a media type, such as `image/jpeg`.
    pub fn bytes(self, media_type: impl AsRef<str>, body: impl Into<Body>) -> Self {
        let request = self.header(CONTENT_TYPE.as_str(), media_type);
        Self {
            body: body.into(),
            ..request
        }
    }

    /// How long the call may take as a whole, in place of the client's
    /// [limit](crate::ClientBuilder::timeout).
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limits.call = Some(limit);
        self
    }

    /// How long one attempt of the call may take, in place of the client's
    /// [limit](crate::ClientBuilder::attempt_timeout).
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.limits.attempt = Some(limit);
        self
    }

    /// How often the request is sent again, in place of the client's
    /// [policy](crate::ClientBuilder::retry).
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Says that the request does the same when it is sent twice, although its method does not: it
    /// may then be sent again where it may have arrived; see [`RetryPolicy`].
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = idempotent;
        self
    }

    fn fault(&mut self, kind: ErrorKind, message: String) {
        self.invalid.get_or_insert((kind, message));
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// The same request by way of another client.
    pub(crate) fn with_client(self, client: &Client) -> Self {
        let client = client.clone();
        Self { client, ..self }
    }

    /// The operation that the request is for.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.operation.method
    }

    /// The headers, without the client's own and the token.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The options of the query string that were added, decoded.
    pub fn query_pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.query
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The body.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The URL with its query string.
    pub fn url(&self) -> String {
        self.url_from(self.url.clone())
    }

    /// Puts the query string behind the URL without it.
    fn url_from(&self, mut url: String) -> String {
        let mut separator = if url.contains('?') { '&' } else { '?' };
        for (name, value) in &self.query {
            url.push(separator);
            separator = '&';
            encode::query(name, &mut url);
            url.push('=');
            encode::query(value, &mut url);
        }
        url
    }

    /// The request as others know it: without the client's own headers and the token.
    pub fn into_http(mut self) -> Result<http::Request<Body>> {
        let fault = |kind, message: &str| Error::new(kind, message).during(self.operation);
        if let Some((kind, message)) = &self.invalid {
            return Err(fault(*kind, message));
        }
        let url = std::mem::take(&mut self.url);
        let uri = Uri::try_from(self.url_from(url)).map_err(|source| {
            let error = fault(ErrorKind::InvalidParameter, "the URL cannot be sent");
            error.with_source(source)
        })?;
        let mut headers = self.headers;
        // A transport knows the length of bytes in memory, and of a stream only what is told here.
        if let (None, Some(length)) = (self.body.as_bytes(), self.body.length()) {
            headers.entry(CONTENT_LENGTH).or_insert(length.into());
        }
        let mut request = http::Request::new(self.body);
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
        Self {
            client: self.client.clone(),
            operation: self.operation,
            url: self.url.clone(),
            template: self.template.clone(),
            query: self.query.clone(),
            headers: self.headers.clone(),
            body: self.body.clone(),
            limits: self.limits,
            retry: self.retry,
            idempotent: self.idempotent,
            invalid: self.invalid.clone(),
            output: PhantomData,
        }
    }
}

impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.name)
            .field("method", self.method())
            .field("url", &self.url())
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
