//! What a request is for.

use http::Method;

use super::Request;
use crate::FromResponse;

/// An operation of the API, as far as a request needs to know it.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its name in the pages.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The page and line that document it.
    pub doc: &'static str,
    /// Whether the pages say that it does the same when it is sent twice, although its method does
    /// not.
    pub idempotent: bool,
}

impl Operation {
    /// Whether the service does the same where it is sent twice, by its method (RFC 9110,
    /// section 9.2.2) or as the pages say: the client sends it again where it fails.
    pub fn is_idempotent(&self) -> bool {
        self.idempotent || self.method.is_idempotent()
    }
}

/// What is documented of the requests for an operation, as a type that has no values.
///
/// The docs of the operation are those of the type. What its page lets one ask for is said by the
/// traits of [`option`](crate::option) that it has.
pub trait Endpoint: 'static {
    /// What the answer is read as.
    type Output: FromResponse + 'static;

    /// What the pages say about it.
    const OPERATION: &'static Operation;
}

/// What turns into a [`Request`], as those that [`requests!`](crate::requests) makes do.
pub trait IntoRequest {
    /// What the answer is read as.
    type Output;

    /// The request.
    fn into_request(self) -> Request<Self::Output>;
}

impl<R: IntoRequest> From<R> for Request<R::Output> {
    fn from(request: R) -> Self {
        request.into_request()
    }
}
