//! The default transport: reqwest over rustls.

use std::time::Duration;

use reqwest::redirect::Policy;

use super::{BoxFuture, Transport};
use crate::{Body, BoxError};

/// Sends requests with [reqwest](::reqwest), over connections that it keeps open.
#[derive(Clone, Debug)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    /// A transport with reqwest's defaults, but that redirects are left to the client, and that
    /// a host that does not answer is given up after ten seconds.
    pub fn new() -> Result<Self, BoxError> {
        let builder = reqwest::Client::builder()
            .redirect(Policy::none())
            .connect_timeout(Duration::from_secs(10));
        Ok(Self(builder.build()?))
    }
}

/// A transport with timeouts, proxies or certificates of your own.
///
/// Build it with `redirect(Policy::none())`: what reqwest follows by itself the client does not
/// see, and its own headers would go along to whatever host a redirect names.
impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        let request = request.map(|body| match body.as_bytes() {
            Some(bytes) => reqwest::Body::from(bytes.clone()),
            None => reqwest::Body::wrap_stream(body.stream()),
        });
        let sent = reqwest::Request::try_from(request).map(|request| self.0.execute(request));
        Box::pin(async move {
            // An error's own text would show the URL, whose query can hold what is private.
            let mut answer = sent?.await.map_err(reqwest::Error::without_url)?;
            let mut response = http::Response::new(());
            *response.status_mut() = answer.status();
            *response.version_mut() = answer.version();
            *response.headers_mut() = std::mem::take(answer.headers_mut());
            Ok(response.map(|()| Body::from_stream(answer.bytes_stream())))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
