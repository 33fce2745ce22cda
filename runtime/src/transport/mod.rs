//! What carries requests to the service and brings its answers.

mod memory;
#[cfg(feature = "reqwest")]
mod reqwest;
mod timer;

pub use self::memory::MemoryTransport;
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::{Body, BoxError, ErrorKind};

/// A future on the heap, as traits that are used as objects need it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries a request to the service, and brings the answer.
///
/// A transport sends what it is given: the URL is absolute, and headers are complete but for those
/// that describe the connection and the length of the body. It does not follow redirects, so that
/// the client can keep the token to its own origin. Any status is an answer; an error means that
/// there is none.
pub trait Transport: Send + Sync + 'static {
    /// Sends one request.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>>;

    /// Waits: until a request is tried again, or until it has taken too long.
    ///
    /// This one works anywhere, at the price of a thread that counts the time for all who wait. A
    /// transport that knows its asynchronous runtime should wait by that one's timer.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(timer::Sleep::new(duration))
    }
}

/// What is known of a request that brought no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It would fail in the same way the next time.
    Lasting,
    /// There was no connection to send it over: the service knows nothing of it.
    Unsent,
    /// It may have arrived.
    Unknown,
}

impl Failure {
    /// What an error says, where it is one of reqwest's.
    pub(crate) fn of(error: &(dyn std::error::Error + 'static)) -> Self {
        if error.is::<url::ParseError>() {
            return Self::Lasting;
        }
        #[cfg(feature = "reqwest")]
        if let Some(error) = error.downcast_ref::<::reqwest::Error>() {
            return match error {
                error if error.is_builder() => Self::Lasting,
                error if error.is_connect() => Self::Unsent,
                _ => Self::Unknown,
            };
        }
        Self::Unknown
    }
}

/// The kind of an error that a transport gave.
pub(crate) fn kind(error: &BoxError) -> ErrorKind {
    #[cfg(feature = "reqwest")]
    if let Some(error) = error.downcast_ref::<::reqwest::Error>()
        && error.is_timeout()
    {
        return ErrorKind::Timeout;
    }
    let _ = error;
    ErrorKind::Transport
}
