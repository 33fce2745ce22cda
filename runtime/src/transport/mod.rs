//! What carries requests to the service and brings its answers.

mod failure;
mod memory;
#[cfg(feature = "reqwest")]
mod reqwest;
mod timer;

pub(crate) use self::failure::{Failure, kind};
pub use self::memory::MemoryTransport;
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use http::Uri;
use url::{Position, Url};

use crate::{Body, BoxError};

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

/// Whether a URI begins with the scheme, user, host and port of a URL as that is written: most do,
/// and need no parsing to be known.
pub(crate) fn is_at(uri: &Uri, url: &Url) -> bool {
    let authority = &url[Position::BeforeUsername..Position::AfterPort];
    let given = uri.authority().map(|given| given.as_str());
    uri.scheme_str() == Some(url.scheme()) && given == Some(authority)
}
