//! A running service that answers in the place of the pages.

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, HOST, HeaderValue, TRANSFER_ENCODING};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::Example;
use crate::BoxError;

/// The word of the environment that names the service.
const WORD: &str = "DOCWRIGHT_MOCK";

/// The service, and what is to be asked of it.
pub(super) struct Upstream {
    /// Its host and port.
    authority: String,
    /// What stands in the documented URLs for where it is.
    origin: String,
    /// The preference for the example itself, or else for its status.
    preference: HeaderValue,
}

impl Upstream {
    /// The service that the environment names, for an example.
    pub(super) fn from_environment(example: &Example) -> super::Result<Option<Self>> {
        let Ok(base) = std::env::var(WORD) else {
            return Ok(None);
        };
        let url = url::Url::parse(&base).map_err(|error| format!("{WORD}: `{base}`: {error}"))?;
        let (Some(host), "http") = (url.host_str(), url.scheme()) else {
            return Err(format!("{WORD}: `{base}` is no URL of HTTP without TLS").into());
        };
        let status = example.response.status().as_u16();
        let preference = format!("code={status}, example=\"{}\"", example.place);
        Ok(Some(Self {
            authority: format!("{host}:{}", url.port().unwrap_or(80)),
            origin: example.origin.clone(),
            preference: HeaderValue::from_bytes(preference.as_bytes())?,
        }))
    }

    /// What the service answers, with the documented origin in the place of its own.
    pub(super) async fn send(
        &self,
        mut request: Request<Bytes>,
    ) -> Result<Response<Full<Bytes>>, BoxError> {
        let headers = request.headers_mut();
        headers.insert(HOST, HeaderValue::try_from(&self.authority)?);
        headers.append("prefer", self.preference.clone());
        // The body is sent whole, whatever way it came.
        headers.remove(TRANSFER_ENCODING);
        headers.remove(CONTENT_LENGTH);
        let stream = TcpStream::connect(&self.authority).await?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        let task = tokio::spawn(connection);
        let response = sender.send_request(request.map(Full::new)).await?;
        let (mut head, body) = response.into_parts();
        let body = body.collect().await?.to_bytes();
        task.abort();
        head.headers.remove(CONTENT_LENGTH);
        head.headers.remove(TRANSFER_ENCODING);
        // Links stand in headers as well, such as `Location`.
        let own = format!("http://{}", self.authority);
        for value in head.headers.values_mut() {
            let link = value.to_str().ok().filter(|text| text.contains(&own));
            if let Some(link) = link {
                *value = HeaderValue::try_from(link.replace(&own, &self.origin))?;
            }
        }
        let body = match std::str::from_utf8(&body) {
            Ok(text) => text.replace(&own, &self.origin).into(),
            Err(_) => body,
        };
        Ok(Response::from_parts(head, Full::new(body)))
    }
}
