//! The client: where the service is, who calls it, and how requests reach it.

#[cfg(feature = "azure")]
mod azure;
#[cfg(feature = "blocking")]
mod blocking;
mod builder;
mod call;
mod limits;
mod redirect;
mod retry;
mod span;
mod token;

#[cfg(feature = "blocking")]
pub use blocking::Blocking;
#[cfg(feature = "blocking")]
pub(crate) use blocking::wait;
pub use builder::ClientBuilder;
pub(crate) use builder::header;
pub(crate) use call::{Answer, Terms};
pub(crate) use limits::{Limits, within};
pub use retry::RetryPolicy;
pub(crate) use retry::{Repeatable, Retries};
pub(crate) use span::CallSpan;
pub use token::{AccessToken, TokenProvider};

use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use url::Url;

use crate::transport::is_at;
use crate::{Body, FromResponse, Operation, Path, Request, Response, Result, Transport};
use call::Call;
use token::Authorization;

/// A client of a service: cheap to clone, and shared by all that is made from it.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    settings: Arc<Settings>,
    authorization: Option<Authorization>,
    transport: Arc<dyn Transport>,
    #[cfg(feature = "blocking")]
    blocking: blocking::Twin,
}

struct Settings {
    base: Url,
    headers: HeaderMap,
    retry: RetryPolicy,
    limits: Limits,
    read_timeout: Option<Duration>,
    max_body: usize,
    max_redirects: usize,
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
        self.settings().base.as_str().trim_end_matches('/')
    }

    /// Sends a request and reads its answer.
    ///
    /// A status other than 2xx is an error. Redirects of GET and HEAD are followed, and what fails
    /// for the moment is sent again; see [`RetryPolicy`].
    pub async fn send<T: FromResponse>(&self, request: Request<T>) -> Result<Response<T>> {
        request.with_client(self).send().await
    }

    /// What sending does for any type of answer, to be compiled once.
    pub(crate) fn answer<'a>(
        &'a self,
        terms: Terms<'a>,
        request: Result<http::Request<Body>>,
    ) -> impl Future<Output = Result<Answer>> + Send {
        let operation = terms.operation;
        let span = CallSpan::new(&self.settings().base, operation, terms.template);
        // In a box of its own, so that the future is small: it is moved, and this is not.
        let call = request.map(|request| Call::new(self, terms, span.clone(), request));
        let mut call = call.map(Box::new);
        async move {
            let sent = pin!(async {
                match &mut call {
                    Ok(call) => call.answer().await,
                    Err(error) => Err(error.clone()),
                }
            });
            let answer = span.around(sent).await;
            answer.map_err(|error| error.during(operation))
        }
    }

    /// Sends a request to a URL that the service has given; redirects are left to the caller.
    pub(crate) async fn ask(
        &self,
        operation: &'static Operation,
        request: http::Request<Body>,
    ) -> Result<Answer> {
        let terms = Terms {
            operation,
            template: "",
            limits: Limits::default(),
            retry: None,
            idempotent: false,
            streamed: false,
            follows: false,
        };
        self.answer(terms, Ok(request)).await
    }

    /// The headers that a request goes to the client's service with: those that it was given, and the
    /// client's own that it does not set itself.
    pub(crate) fn headers_with<'h>(
        &'h self,
        given: &'h HeaderMap,
    ) -> impl Iterator<Item = (&'h HeaderName, &'h HeaderValue)> {
        let own = self.settings().headers.iter();
        let added = own.filter(|(name, _)| !given.contains_key(*name));
        given.iter().chain(added)
    }

    /// How often requests are sent again that set no other policy.
    pub(crate) fn retry(&self) -> RetryPolicy {
        self.settings().retry
    }

    /// Limits of time for requests that set no others.
    pub(crate) fn limits(&self) -> Limits {
        self.settings().limits
    }

    /// How many bytes of a body are read into memory at most.
    pub(crate) fn max_body(&self) -> usize {
        self.settings().max_body
    }

    /// How long to wait for the next bytes of a body.
    pub(crate) fn read_timeout(&self) -> Option<Duration> {
        self.settings().read_timeout
    }

    /// Whether two are the same service, asked by the same caller.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0.settings, &other.0.settings)
    }

    /// Whether a URL has the scheme, host and port of the base URL.
    pub(crate) fn is_home(&self, uri: &Uri) -> bool {
        let base = &self.settings().base;
        if is_at(uri, base) {
            return true;
        }
        let url = Url::parse(&uri.to_string());
        url.is_ok_and(|url| url.origin() == base.origin())
    }

    /// Where the token comes from, if there is one.
    fn token_source(&self) -> Option<&Authorization> {
        self.0.authorization.as_ref()
    }

    fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// What carries requests, for those that go out without the client's headers and token.
    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.0.transport
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
