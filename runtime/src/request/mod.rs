//! Requests as plain values.

mod behind;
mod odata;
mod operation;
mod pages;
mod undocumented;

pub use operation::Operation;
pub use pages::{Items, Pages};

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Uri};
use serde::Serialize;

use crate::client::header;
use crate::route::encode;
use crate::{Body, BoxFuture, Client, Error, ErrorKind, FromResponse, Path, Response, Result};

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
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Body,
    /// The first fault, as a message: errors cannot be cloned.
    invalid: Option<String>,
    output: PhantomData<fn() -> T>,
}

impl<T: FromResponse> Request<T> {
    /// A request for an operation at a path.
    pub fn new(operation: &'static Operation, path: &Path) -> Self {
        let client = path.client().clone();
        let mut headers = HeaderMap::new();
        if let Some(accept) = T::ACCEPT {
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
        }
        Self {
            url: format!("{}{}", client.base_url(), path.as_str()),
            client,
            operation,
            query: Vec::new(),
            headers,
            body: Body::empty(),
            invalid: path.fault().map(str::to_owned),
            output: PhantomData,
        }
    }

    /// Sends the request, as awaiting it does.
    pub async fn send(self) -> Result<Response<T>> {
        let client = self.client.clone();
        client.send(self).await
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
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match header(name.as_ref(), value.as_ref(), ErrorKind::InvalidParameter) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(error) => self.fault(error.to_string()),
        }
        self
    }

    /// Sends a value as JSON.
    pub fn json(mut self, value: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(value) {
            Ok(json) => return self.bytes("application/json", json),
            Err(error) => self.fault(format!("the body cannot be written as JSON: {error}")),
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

    fn fault(&mut self, message: String) {
        self.invalid.get_or_insert(message);
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
        let mut url = self.url.clone();
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
    pub fn into_http(self) -> Result<http::Request<Body>> {
        let fault =
            |message: &str| Error::new(ErrorKind::InvalidParameter, message).during(self.operation);
        if let Some(message) = &self.invalid {
            return Err(fault(message));
        }
        let uri = Uri::try_from(self.url());
        let uri = uri.map_err(|source| fault("the URL cannot be sent").with_source(source))?;
        let mut request = http::Request::new(self.body);
        *request.method_mut() = self.operation.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
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
            query: self.query.clone(),
            headers: self.headers.clone(),
            body: self.body.clone(),
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
