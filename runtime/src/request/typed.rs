//! Requests that know the operation that they are for.

/// Makes the type of a crate's requests: `requests! { pub struct Request; }`.
///
/// It is a [`Request`](crate::Request) that knows its [`Endpoint`](crate::Endpoint), and has the
/// methods for what the page of that documents. It can be awaited or sent, takes any header and
/// query option, and turns into the request that it wraps. The type belongs to the crate of the
/// operations, which adds the methods for headers and options of their own:
/// `impl Request<GetPhoto> { … }`.
#[macro_export]
macro_rules! requests {
    ($(#[$attr:meta])* $vis:vis struct $name:ident;) => {
        $(#[$attr])*
        #[must_use = "a request does nothing until it is awaited"]
        $vis struct $name<E: $crate::Endpoint>($crate::Request<E::Output>);

        #[allow(dead_code, reason = "an API may have no request that sends something")]
        impl<E: $crate::Endpoint> $name<E> {
            pub(crate) fn new(path: &$crate::Path) -> Self {
                Self($crate::Request::new(E::OPERATION, path))
            }

            pub(crate) fn json(self, body: &(impl $crate::macros::serde::Serialize + ?Sized)) -> Self {
                Self(self.0.json(body))
            }

            pub(crate) fn bytes(self, media_type: &str, body: impl Into<$crate::Body>) -> Self {
                Self(self.0.bytes(media_type, body))
            }

            /// Adds a preference to those that are there already.
            pub(crate) fn add_preference(self, preference: impl AsRef<str>) -> Self {
                Self(self.0.prefer(preference))
            }

            /// Sets a header.
            pub fn header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                Self(self.0.header(name, value))
            }

            /// Sets an option of the query string.
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

            /// How long one attempt of the call may take, in place of the limit of the client.
            pub fn attempt_timeout(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.attempt_timeout(limit))
            }

            /// How often the request is sent again, in place of the policy of the client.
            pub fn retry(self, policy: $crate::RetryPolicy) -> Self {
                Self(self.0.retry(policy))
            }

            /// Says that the request does the same when it is sent twice, although its method does
            /// not: it may then be sent again where it may have arrived.
            pub fn idempotent(self, idempotent: bool) -> Self {
                Self(self.0.idempotent(idempotent))
            }

            /// Sends the request, as awaiting it does.
            pub fn send(
                self,
            ) -> $crate::BoxFuture<'static, $crate::Result<$crate::Response<E::Output>>> {
                ::std::future::IntoFuture::into_future(self.0)
            }
        }

        impl<E> $name<E>
        where
            E: $crate::Endpoint,
            E::Output: $crate::Page,
        {
            /// The collection page by page, across the links from each to the next.
            pub fn pages(self) -> $crate::Pages<E::Output> {
                self.0.pages()
            }

            /// The collection item by item, across all pages.
            pub fn items(self) -> $crate::Items<E::Output> {
                self.0.items()
            }

            /// Goes on behind a link that an earlier answer gave, such as `@odata.deltaLink`.
            pub fn resume(self, link: impl AsRef<str>) -> Self {
                Self(self.0.resume(link))
            }
        }

        impl<E: $crate::Endpoint> ::std::future::IntoFuture for $name<E> {
            type Output = $crate::Result<$crate::Response<E::Output>>;
            type IntoFuture = $crate::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                ::std::future::IntoFuture::into_future(self.0)
            }
        }

        impl<E: $crate::Endpoint> $crate::IntoRequest for $name<E> {
            type Output = E::Output;

            fn into_request(self) -> $crate::Request<E::Output> {
                self.0
            }
        }

        // Derived, these would ask the endpoint for the same, and it has no values.
        impl<E: $crate::Endpoint> ::std::clone::Clone for $name<E> {
            fn clone(&self) -> Self {
                Self(self.0.clone())
            }
        }

        impl<E: $crate::Endpoint> ::std::fmt::Debug for $name<E> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }

        $crate::system_options!($name);
        $crate::blocking_requests!($name);
    };
}

/// Gives requests the methods of the system query options that their pages document.
#[doc(hidden)]
#[macro_export]
macro_rules! system_options {
    ($name:ident) => {
        impl<E: $crate::option::Select> $name<E> {
            /// `$select`: only these properties come back.
            pub fn select(self, properties: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
                Self(self.0.select(properties))
            }
        }

        impl<E: $crate::option::Expand> $name<E> {
            /// `$expand`: these related resources come along.
            pub fn expand(self, properties: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
                Self(self.0.expand(properties))
            }
        }

        impl<E: $crate::option::Filter> $name<E> {
            /// `$filter`: only items for which this holds.
            pub fn filter(self, value: impl AsRef<str>) -> Self {
                Self(self.0.filter(value))
            }
        }

        impl<E: $crate::option::OrderBy> $name<E> {
            /// `$orderby`: items in the order of these properties, each with ` desc` behind it or not.
            pub fn order_by(self, properties: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
                Self(self.0.order_by(properties))
            }
        }

        impl<E: $crate::option::Top> $name<E> {
            /// `$top`: at most so many items.
            pub fn top(self, items: u32) -> Self {
                Self(self.0.top(items))
            }
        }

        impl<E: $crate::option::Skip> $name<E> {
            /// `$skip`: without the first so many items.
            pub fn skip(self, items: u32) -> Self {
                Self(self.0.skip(items))
            }
        }

        impl<E: $crate::option::Search> $name<E> {
            /// `$search`: only items that match these words.
            pub fn search(self, value: impl AsRef<str>) -> Self {
                Self(self.0.search(value))
            }
        }

        impl<E: $crate::option::Count> $name<E> {
            /// `$count`: with the number of all items, or without.
            pub fn count(self, value: bool) -> Self {
                Self(self.0.count(value))
            }
        }

        impl<E: $crate::option::SkipToken> $name<E> {
            /// `$skiptoken`: from the place that an earlier answer named.
            pub fn skip_token(self, value: impl AsRef<str>) -> Self {
                Self(self.0.skip_token(value))
            }
        }

        impl<E: $crate::option::Format> $name<E> {
            /// `$format`: in this media type, or its short name.
            pub fn format(self, value: impl AsRef<str>) -> Self {
                Self(self.0.format(value))
            }
        }
    };
}

// Whether there are blocking calls is decided by the features of this crate, and an attribute in the
// macro above would ask for those of the crate that calls it.

/// Adds blocking calls to what `requests` makes.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_requests {
    ($name:ident) => {
        impl<E: $crate::Endpoint> $name<E> {
            /// Sends the request, and waits for the answer: for code that is not asynchronous.
            pub fn send_blocking(self) -> $crate::Result<$crate::Response<E::Output>> {
                self.0.send_blocking()
            }
        }

        impl<E> $name<E>
        where
            E: $crate::Endpoint,
            E::Output: $crate::Page,
        {
            /// The collection page by page, as an iterator: for code that is not asynchronous.
            pub fn pages_blocking(self) -> $crate::Blocking<$crate::Pages<E::Output>> {
                self.0.pages_blocking()
            }

            /// The collection item by item, as an iterator: for code that is not asynchronous.
            pub fn items_blocking(self) -> $crate::Blocking<$crate::Items<E::Output>> {
                self.0.items_blocking()
            }
        }
    };
}

/// Adds nothing: the feature `blocking` is off.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_requests {
    ($name:ident) => {};
}
