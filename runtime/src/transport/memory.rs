//! A transport without a network.

use std::fmt;

use bytes::Bytes;

use super::{BoxFuture, Transport};
use crate::{Body, BoxError};

/// Answers requests by a function, as tests want it.
pub struct MemoryTransport<F>(F);

impl<F, B> MemoryTransport<F>
where
    F: Fn(http::Request<Bytes>) -> http::Response<B> + Send + Sync + 'static,
    B: Into<Body>,
{
    /// A transport that calls `service` with each request, its body read into memory.
    pub fn new(service: F) -> Self {
        Self(service)
    }
}

impl<F, B> Transport for MemoryTransport<F>
where
    F: Fn(http::Request<Bytes>) -> http::Response<B> + Send + Sync + 'static,
    B: Into<Body> + 'static,
{
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.bytes().await?;
            let answer = (self.0)(http::Request::from_parts(parts, body));
            Ok(answer.map(Into::into))
        })
    }
}

impl<F> fmt::Debug for MemoryTransport<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryTransport")
    }
}
