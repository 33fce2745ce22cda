//! The client: where the service is, who calls it, and how requests reach it.

mod builder;
mod redirect;
mod token;

pub use builder::ClientBuilder;
pub(crate) use builder::header;

use std::fmt;
use std::sync::Arc;

use http::header::AUTHORIZATION;
use http::{HeaderMap, Uri};
use url::Url;

use crate::{Body, Error, ErrorKind, FromResponse, Path, Request, Response, Result, Transport};
use token::Token;

/// A client of a service: cheap to clone, and shared by all that is made from it.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    base: Url,
    token: Option<Token>,
    headers: HeaderMap,
    max_body: usize,
    max_redirects: usize,
    transport: Box<dyn Transport>,
}

impl Client {
    /// Starts a client of the service at `base_url`, such as `https://api.example.com/v1`.
    ///
    /// What is built is this type, or one that wraps it.
    pub fn builder<C: From<Client>>(base_url: impl Into<String>) -> ClientBuilder<C> {
        ClientBuilder::new(base_url.into())
    }

    /// The path of the service itself, which all others begin with.
    pub fn root(&self) -> Path {
        Path::root(self.clone())
    }

    /// The URL of the service, without a slash at the end.
    pub fn base_url(&self) -> &str {
        self.0.base.as_str().trim_end_matches('/')
    }

    /// Sends a request and reads its answer.
    ///
    /// A status other than 2xx is an error. Redirects of GET and HEAD are followed.
    pub async fn send<T: FromResponse>(&self, request: Request<T>) -> Result<Response<T>> {
        let operation = request.operation();
        let outcome = match request.into_http() {
            Ok(request) => self.exchange(request).await,
            Err(error) => Err(error),
        };
        let answer = match outcome {
            Ok(answer) => answer,
            Err(error) => return Err(error.during(operation)),
        };
        Response::read(answer, self, operation).await
    }

    /// Sends a request through the transport, and follows redirects.
    async fn exchange(&self, request: http::Request<Body>) -> Result<http::Response<Body>> {
        let mut next = redirect::Next::new(&request);
        let mut answer = self.exchange_once(request).await?;
        for _ in 0..self.0.max_redirects {
            let Some(request) = next.after(&answer) else {
                break;
            };
            answer = self.exchange_once(request).await?;
        }
        Ok(answer.map(|body| body.limited(self.0.max_body)))
    }

    /// Sends one request, with the token where it stays at home; redirects are left to the caller.
    pub(crate) async fn exchange_once(
        &self,
        mut request: http::Request<Body>,
    ) -> Result<http::Response<Body>> {
        self.identify(&mut request).await?;
        let sent = self.0.transport.send(request).await;
        sent.map_err(|source| {
            let error = Error::new(ErrorKind::Transport, "the request could not be sent");
            error.with_source(source)
        })
    }

    /// Adds the client's headers and the token, to requests that stay at the client's origin.
    async fn identify(&self, request: &mut http::Request<Body>) -> Result<()> {
        if !self.is_home(request.uri()) {
            return Ok(());
        }
        for name in self.0.headers.keys() {
            if !request.headers().contains_key(name) {
                for value in self.0.headers.get_all(name) {
                    request.headers_mut().append(name, value.clone());
                }
            }
        }
        if let Some(token) = &self.0.token
            && !request.headers().contains_key(AUTHORIZATION)
        {
            let value = token.header().await?;
            request.headers_mut().insert(AUTHORIZATION, value);
        }
        Ok(())
    }

    /// What carries requests, for those that go out without the client's headers and token.
    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }

    /// The headers of requests that do not set them themselves.
    pub(crate) fn default_headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// How many bytes of an answer are read into memory at most.
    pub(crate) fn max_body(&self) -> usize {
        self.0.max_body
    }

    /// Whether two are clones of one: the same service, asked by the same caller.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Whether a URL has the scheme, host and port of the base URL.
    pub(crate) fn is_home(&self, uri: &Uri) -> bool {
        let url = Url::parse(&uri.to_string());
        url.is_ok_and(|url| url.origin() == self.0.base.origin())
    }
}

/// The base URL alone: headers and token may be secrets.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url())
            .finish_non_exhaustive()
    }
}
