//! What a request is for.

use http::Method;

use super::Request;

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

/// A struct around a [`Request`], as `operation` makes them.
///
/// They turn into their requests by one implementation of `From` for all of them: the compiler
/// compares implementations for one type with each other, and there can be thousands.
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

/// Makes a struct around a [`Request`](crate::Request) one: `operation!(GetPhoto, Photo)`.
///
/// The struct can then be awaited or sent, takes any header and query option, and turns into the
/// request that it wraps. One with a collection as output gives its pages and items, too.
#[macro_export]
macro_rules! operation {
    ($name:ident, Collection<$item:ty>) => {
        $crate::operation!(@request $name, $crate::Collection<$item>);
        $crate::blocking_collection!($name, $item);

        impl $name {
            /// The collection page by page, across `@odata.nextLink`.
            pub fn pages(self) -> $crate::Pages<$item> {
                self.0.pages()
            }

            /// The collection item by item, across `@odata.nextLink`.
            pub fn items(self) -> $crate::Items<$item> {
                self.0.items()
            }

            /// Goes on behind a link that an earlier answer gave, such as `@odata.deltaLink`.
            pub fn resume(self, link: impl AsRef<str>) -> Self {
                Self(self.0.resume(link))
            }
        }
    };
    ($name:ident, $output:ty) => {
        $crate::operation!(@request $name, $output);
    };
    (@request $name:ident, $output:ty) => {
        $crate::blocking_request!($name, $output);

        impl $name {
            /// Adds a header.
            pub fn header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                Self(self.0.header(name, value))
            }

            /// Adds an option to the query string.
            pub fn query(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                Self(self.0.query(name, value))
            }

            /// The same request, whose answer is read as something else than the pages document.
            pub fn read_as<T: $crate::FromResponse>(self) -> $crate::Request<T> {
                self.0.read_as()
            }

            /// How long the call may take as a whole, in place of the limit of the client.
            pub fn timeout(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.timeout(limit))
            }

            /// Sends the request, as awaiting it does.
            pub fn send(
                self,
            ) -> $crate::BoxFuture<'static, $crate::Result<$crate::Response<$output>>> {
                ::std::future::IntoFuture::into_future(self.0)
            }
        }

        impl ::std::future::IntoFuture for $name {
            type Output = $crate::Result<$crate::Response<$output>>;
            type IntoFuture = $crate::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                ::std::future::IntoFuture::into_future(self.0)
            }
        }

        impl $crate::IntoRequest for $name {
            type Output = $output;

            fn into_request(self) -> $crate::Request<$output> {
                self.0
            }
        }
    };
}

// Whether there are blocking calls is decided by the features of this crate, and an attribute in the
// macro above would ask for those of the crate that calls it.

/// Adds blocking calls to what `operation` makes.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_request {
    ($name:ident, $output:ty) => {
        impl $name {
            /// Sends the request, and waits for the answer: for code that is not asynchronous.
            pub fn send_blocking(self) -> $crate::Result<$crate::Response<$output>> {
                self.0.send_blocking()
            }
        }
    };
}

/// Adds blocking calls to what `operation` makes of a collection.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_collection {
    ($name:ident, $item:ty) => {
        impl $name {
            /// The collection page by page, as an iterator: for code that is not asynchronous.
            pub fn pages_blocking(self) -> $crate::Blocking<$crate::Pages<$item>> {
                self.0.pages_blocking()
            }

            /// The collection item by item, as an iterator: for code that is not asynchronous.
            pub fn items_blocking(self) -> $crate::Blocking<$crate::Items<$item>> {
                self.0.items_blocking()
            }
        }
    };
}

/// Adds nothing: the feature `blocking` is off.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_request {
    ($name:ident, $output:ty) => {};
}

/// Adds nothing: the feature `blocking` is off.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_collection {
    ($name:ident, $item:ty) => {};
}
