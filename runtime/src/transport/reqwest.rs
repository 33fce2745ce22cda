//! The default transport: reqwest over rustls.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http::Uri;
use reqwest::redirect::Policy;
use url::Url;

use super::{BoxFuture, Transport, is_at};
use crate::{Body, BoxError};

/// Sends requests with [reqwest](::reqwest), over connections that it keeps open.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    /// Where the first request went to, and nearly all others go.
    origin: Arc<OnceLock<Url>>,
}

impl ReqwestTransport {
    /// A transport with reqwest's defaults, but that redirects are left to the client, and that
    /// a host that does not answer is given up after ten seconds.
    pub fn new() -> Result<Self, BoxError> {
        let builder = reqwest::Client::builder()
            .redirect(Policy::none())
            .connect_timeout(Duration::from_secs(10));
        Ok(Self::from(builder.build()?))
    }
}

/// A transport with timeouts, proxies or certificates of your own.
///
/// Build it with `redirect(Policy::none())`: what reqwest follows by itself the client does not
/// see, and its own headers would go along to whatever host a redirect names.
impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        let origin = Arc::default();
        Self { client, origin }
    }
}

impl ReqwestTransport {
    fn request(&self, request: http::Request<Body>) -> Result<reqwest::Request, url::ParseError> {
        let (parts, body) = request.into_parts();
        let mut request = reqwest::Request::new(parts.method, self.url(&parts.uri)?);
        *request.version_mut() = parts.version;
        *request.headers_mut() = parts.headers;
        *request.body_mut() = Some(match body.as_bytes() {
            Some(bytes) => reqwest::Body::from(bytes.clone()),
            None => reqwest::Body::wrap_stream(body.stream()),
        });
        Ok(request)
    }

    /// A URL as reqwest wants it. To parse one takes a tenth of a call, most of it for the host.
    fn url(&self, uri: &Uri) -> Result<Url, url::ParseError> {
        if let Some(origin) = self.origin.get()
            && is_at(uri, origin)
        {
            let mut url = origin.clone();
            url.set_path(uri.path());
            url.set_query(uri.query());
            return Ok(url);
        }
        let url = Url::parse(&uri.to_string())?;
        self.origin.get_or_init(|| {
            let mut origin = url.clone();
            origin.set_path("");
            origin.set_query(None);
            origin
        });
        Ok(url)
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        let sent = self.request(request);
        let sent = sent.map(|request| self.client.execute(request));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_those_that_parsing_gives() {
        let transport = ReqwestTransport::new().unwrap();
        for text in [
            "https://api.example.com/v1/users?$select=id",
            "https://api.example.com/v1/users/a%2Fb/$value?x='y'",
            "https://api.example.com/v1/a/../b/./c?",
            "https://api.example.com",
            "https://ada:secret@api.example.com/v1",
            "https://API.example.com:443/v1",
            "http://api.example.com/v1",
            "https://api.example.com:444/v1",
            "https://[::1]:8080/v1",
        ] {
            let uri = Uri::try_from(text).unwrap();
            let parsed = Url::parse(&uri.to_string()).unwrap();
            assert_eq!(transport.url(&uri).unwrap(), parsed, "{text}");
            // As the first of a transport, and behind another.
            let another = ReqwestTransport::from(transport.client.clone());
            assert_eq!(another.url(&uri).unwrap(), parsed, "{text}");
            assert_eq!(another.url(&uri).unwrap(), parsed, "{text}");
            let home = Uri::from_static("https://api.example.com/other");
            assert_eq!(another.url(&home).unwrap().as_str(), home.to_string());
        }
    }
}
