//! What a request is for.

use http::Method;

/// An operation of the API, as far as a request needs to know it.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its name in the pages.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The page and line that document it.
    pub doc: &'static str,
}

/// Makes a struct around a [`Request`](crate::Request) one: `operation!(GetPhoto, Photo)`.
///
/// The struct can then be awaited or sent, takes any header and query option, and turns into the
/// request that it wraps.
#[macro_export]
macro_rules! operation {
    ($name:ident, $output:ty) => {
        impl $name {
            /// Adds a header.
            pub fn header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                Self(self.0.header(name, value))
            }

            /// Adds an option to the query string.
            pub fn query(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                Self(self.0.query(name, value))
            }

            /// Sends the request, as awaiting it does.
            pub async fn send(self) -> $crate::Result<$crate::Response<$output>> {
                self.0.send().await
            }
        }

        impl ::std::future::IntoFuture for $name {
            type Output = $crate::Result<$crate::Response<$output>>;
            type IntoFuture = $crate::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                ::std::future::IntoFuture::into_future(self.0)
            }
        }

        impl ::std::convert::From<$name> for $crate::Request<$output> {
            fn from(request: $name) -> Self {
                request.0
            }
        }
    };
}
