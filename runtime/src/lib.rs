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
//! # Features
//!
//! - `reqwest` (default): [`ReqwestTransport`], used where the client is given no other.
//! - `testing`: the module `testing`, which the tests of generated crates call.

mod body;
mod client;
mod error;
mod request;
mod response;
mod route;
#[cfg(feature = "testing")]
pub mod testing;
mod transport;
mod value;

pub use body::{Body, BodyStream};
pub use client::{Client, ClientBuilder};
pub use error::{BoxError, Error, ErrorKind, Result};
pub use http::{self, HeaderMap, Method, StatusCode};
pub use request::{Items, Operation, Pages, Request};
pub use response::{FromResponse, Response, read_json};
pub use route::{
    Arguments, Path, Permission, PermissionKind, Piece, RouteInfo, RouteTable, RouteTarget,
    UnknownRoute,
};
pub use serde::de::MapAccess;
pub use serde::ser::SerializeMap;
pub use serde_json::Value as Json;
#[cfg(feature = "reqwest")]
pub use transport::ReqwestTransport;
pub use transport::{BoxFuture, MemoryTransport, Transport};
pub use value::{
    Binary, Collection, Date, DateTimeOffset, Decimal, Duration, Guid, NotDecimal, Properties,
    Property, Resource, Text, TextValue, TimeOfDay, deserialize_resource, serialize_resource,
};

/// What the macros of this crate expand to; nothing to call by hand.
#[doc(hidden)]
pub mod macros {
    pub use crate::value::deserialize_word;
    pub use serde;

    /// The text of a list of one, if any.
    pub const fn first(texts: &[&'static str]) -> Option<&'static str> {
        match texts {
            [first, ..] => Some(first),
            [] => None,
        }
    }
}
