//! What the clients that docwright generates call.
//!
//! A generated crate holds what its pages say: paths, operations, resources. Everything that is
//! the same for all of them is here: requests as values, [transports](Transport), typed
//! [responses](Response) and [errors](Error), and JSON that loses nothing.
//!
//! A [`Client`] knows the service and the token. A [`Path`] says where to go, a [`Request`] what
//! to ask for there; awaiting the request sends it. Generated code gives paths and requests names
//! of their own, and nothing more:
//!
//! ```
//! use docwright_client::{Client, Json, Method, MemoryTransport, Operation, Request, Result};
//!
//! const GET_PHOTO: Operation = Operation {
//!     name: "Get photo",
//!     method: Method::GET,
//!     doc: "docs-src/api/photo-get.md:12",
//!     idempotent: false,
//! };
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<()> {
//! let service = MemoryTransport::new(|request| {
//!     assert_eq!(request.uri(), "https://api.example.com/v1/users/ada%2Fb/photo?$select=width");
//!     http::Response::new(r#"{ "width": 96 }"#)
//! });
//! let client: Client = Client::builder("https://api.example.com/v1").transport(service).build()?;
//!
//! let path = client.root().literal("users").key("ada/b").literal("photo");
//! let photo = Request::<Json>::new(&GET_PHOTO, &path).select(["width"]).await?;
//! assert_eq!(photo["width"], 96);
//! # Ok(())
//! # }
//! ```
//!
//! # What the client does by itself
//!
//! - It sends a request again that failed for the moment, where that is safe: [`RetryPolicy`].
//! - It gives up an attempt after 100 seconds, and the body of an answer that stands still after
//!   60; [`ClientBuilder::attempt_timeout`], [`ClientBuilder::timeout`] and
//!   [`ClientBuilder::read_timeout`] set other limits.
//! - It asks for another token where one was refused: [`TokenProvider`].
//! - It follows redirects of GET and HEAD. To another origin neither the token goes, nor any header
//!   that could tell who asks, nor do they come along where a redirect leads back from there.
//! - It sends no token over plain http to another machine:
//!   [`ClientBuilder::token_over_http`] lets it.
//! - It reads no more into memory than [`ClientBuilder::max_body`], be it an answer, an error, or
//!   what comes out of a compressed body.
//!
//! # Features
//!
//! - `reqwest` (default): [`ReqwestTransport`], used where the client is given no other.
//! - `azure`: tokens from credentials of the Azure SDK, by `ClientBuilder::azure`.
//! - `blocking`: for code that is not asynchronous. What waits has a form that ends in `_blocking`
//!   and keeps the thread: requests, batches, uploads and monitors. Collections are iterators, and
//!   bodies can be read.
//! - `gzip`: [`ReqwestTransport`] asks for answers in gzip, and reads them. Limits count what comes out,
//!   and headers that tell of the compressed body (`Content-Encoding`, `Content-Length`) are left out.
//! - `testing`: the module `testing`, which the tests of generated crates call.
//! - `tracing`: a span for each call and each part of an upload, with method, template of the path, host,
//!   status, kind of error and number of repetitions, by the names that OpenTelemetry's semantic
//!   conventions for HTTP give them. No value of a path, query or header is told.

pub mod batch;
mod body;
mod client;
mod error;
mod link;
mod media_type;
pub mod monitor;
mod request;
mod response;
mod route;
#[cfg(feature = "testing")]
pub mod testing;
mod transport;
pub mod upload;
mod value;

pub use batch::Batch;
pub use body::{Body, BodyStream};
#[cfg(feature = "blocking")]
pub use client::Blocking;
pub use client::{AccessToken, Client, ClientBuilder, RetryPolicy, TokenProvider};
pub use error::{BoxError, Error, ErrorDetail, ErrorKind, InnerError, Result, ServiceError};
pub use http::{self, HeaderMap, Method, StatusCode};
pub use monitor::Monitor;
#[cfg(feature = "blocking")]
pub use request::BodyReader;
pub use request::{Endpoint, IntoRequest, Items, Operation, Pages, Request, literal, option};
pub use response::{FromResponse, Head, Response, read_json};
pub use route::{
    Arguments, Path, Permission, PermissionKind, Permissions, RouteInfo, RouteParts, RouteTable,
    RouteTarget, UnknownRoute,
};
pub use serde::de::MapAccess;
pub use serde::ser::SerializeMap;
pub use serde_json::Value as Json;
#[cfg(feature = "reqwest")]
pub use transport::ReqwestTransport;
pub use transport::{BoxFuture, MemoryTransport, Transport};
pub use upload::{Upload, UploadSession};
pub use value::{
    Binary, Collection, Date, DateTimeOffset, Decimal, DerivedFrom, Duration, Guid, NotDecimal,
    Page, Properties, Property, PropertyReader, PropertyValue, PropertyWriter, Removed, Resource,
    Single, Text, TextValue, TimeOfDay, debug_resource, deserialize_resource, downcast, from_json,
    serialize_resource, upcast,
};
pub use {bytes, jiff, serde_json, uuid};

/// How values are written in paths, for tools that write paths as clients do.
#[doc(hidden)]
pub mod encode {
    pub use crate::route::encode::{path, quoted, segment};
}

/// What the macros of this crate expand to; nothing to call by hand.
#[doc(hidden)]
pub mod macros {
    pub use crate::route::{RouteRow, route_values};
    pub use crate::value::{clone_resource, deserialize_word, page_link, same_resource};
    pub use serde;
}
