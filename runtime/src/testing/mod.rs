//! Documented exchanges as tests, over real HTTP on loopback.
//!
//! A generated test calls the client as an application would, against a [`Server`] that answers as
//! the page shows, and then asks whether both sides did what is documented:
//!
//! ```
//! # use docwright_client::{Client, Json, Method, Operation, Request, testing};
//! # const GET_PHOTO: Operation = Operation { name: "", method: Method::GET, doc: "", idempotent: false };
//! use docwright_client::testing::Example;
//!
//! # fn main() -> testing::Result {
//! # testing::run(async {
//! let request = "GET https://api.example.com/v1/me/photo";
//! let response = "HTTP/1.1 200 OK\nContent-Type: application/json\n\n{ \"width\": 96 }";
//! let example = Example::new(request, response).base("https://api.example.com/v1")?;
//! let server = example.serve().await?;
//!
//! let client: Client = Client::builder(server.base_url()).build()?;
//! let photo = Request::<Json>::new(&GET_PHOTO, &client.root().literal("me").literal("photo")).await?;
//!
//! example.check_json(&photo)?;
//! server.finish().await?;
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! Where the environment has a `DOCWRIGHT_MOCK`, the base URL of a service such as that of
//! `docwright mock`, the requests are passed on to it once they have been checked, and what it answers
//! is what has to be documented:
//!
//! ```text
//! DOCWRIGHT_MOCK=http://127.0.0.1:8080/v1.0 cargo test --test examples
//! ```

mod compare;
mod documented;
mod message;
mod run;
mod server;
mod upstream;

pub use run::{account, contradicts, no_route, run};
pub use server::Server;

use std::fmt;

use http::{HeaderMap, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::value::fits;
use crate::{Body, BoxError, Client, Error, Response, RetryPolicy, from_json};
use documented::{DocumentedRequest, DocumentedResponse};

/// What a test gives back: any error fails it.
pub type Result<T = ()> = std::result::Result<T, BoxError>;

/// A request and its response, as a page shows them.
#[derive(Clone, Debug)]
pub struct Example {
    place: String,
    /// Where the documented URLs begin, without a path.
    origin: String,
    base_path: String,
    request: DocumentedRequest,
    response: DocumentedResponse,
}

/// The text of an example, from [`Example::new`], which lacks the URL that its paths begin with.
#[derive(Clone, Debug)]
pub struct ExampleText {
    place: String,
    request: String,
    response: String,
}

/// What was documented and what came instead.
pub struct Mismatch(String);

impl Example {
    /// An example from the text of its messages: a start line, headers, an empty line, a body.
    #[expect(
        clippy::new_ret_no_self,
        reason = "an example is whole when its base is known"
    )]
    pub fn new(request: impl Into<String>, response: impl Into<String>) -> ExampleText {
        ExampleText {
            place: "the example".to_owned(),
            request: request.into(),
            response: response.into(),
        }
    }

    /// The documented body of the request, read as the type that the client takes.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T> {
        Ok(from_json(self.request.body())?)
    }

    /// The same of a body in which a property has a value that is none of its type: it is kept as it
    /// is shown, and sent as it is.
    pub fn misfit_body<T: DeserializeOwned>(&self) -> Result<T> {
        self.check_misfit::<T>(self.request.body())?;
        self.body()
    }

    /// Starts a server that expects the documented request and gives the documented answer.
    pub async fn serve(&self) -> Result<Server> {
        Server::start(self.clone()).await
    }

    /// Sends the documented request as it is, without an operation: for one that no route is
    /// documented for, or whose body is none that its operation takes.
    pub async fn send(&self, server: &Server) -> crate::Result<Response<Body>> {
        server.expect_undocumented();
        // Whatever comes is the documented answer, also one that asks to come again.
        let client = Client::builder(server.base_url())
            .max_redirects(0)
            .retry(RetryPolicy::none());
        let client: Client = client.build()?;
        self.request.to_send(&client, &self.base_path).await
    }

    /// Checks status and headers, and that the value written back is the documented JSON.
    pub fn check_json<T: Serialize>(&self, response: &Response<T>) -> Result {
        self.check_answer(response.status(), response.headers())?;
        let body = serde_json::to_vec(response.value())?;
        self.check(self.response.check_json(&body))
    }

    /// The same of an answer in which a property has a value that is none of its type: what it has
    /// is there all the same.
    pub fn check_misfit_json<T>(&self, response: &Response<T>) -> Result
    where
        T: Serialize + DeserializeOwned,
    {
        self.check_misfit::<T>(self.response.body())?;
        self.check_json(response)
    }

    /// Checks status and headers, and that the body has the documented bytes.
    pub async fn check_bytes(&self, response: Response<Body>) -> Result {
        self.check_answer(response.status(), response.headers())?;
        let body = response.bytes().await?;
        self.check(self.response.check_body(&body))
    }

    /// Checks status and headers, and that the number of items is the documented one.
    pub fn check_count(&self, response: &Response<i64>) -> Result {
        self.check_answer(response.status(), response.headers())?;
        let count = response.value().to_string();
        self.check(self.response.check_body(count.as_bytes()))
    }

    /// Checks status and headers, and that no body is documented.
    pub fn check_empty<T>(&self, response: &Response<T>) -> Result {
        self.check_answer(response.status(), response.headers())?;
        self.check(self.response.check_body(b""))
    }

    /// Checks status, headers and body of a documented error.
    pub fn check_error(&self, error: &Error) -> Result {
        let Some(status) = error.status() else {
            let what = format!("an answer was documented, and there was none: {error}");
            return self.check(Err(what));
        };
        self.check_answer(status, error.headers())?;
        let body = error.body().map_or(&b""[..], |body| body);
        self.check(self.response.check_body(body))
    }

    fn check_answer(&self, status: StatusCode, headers: &HeaderMap) -> Result {
        self.check(self.response.check_head(status, headers))
    }

    /// Checks that some property has a value that is none of its type.
    fn check_misfit<T: DeserializeOwned>(&self, json: &str) -> Result {
        let mended = "all values are of their types: generate the crate anew";
        self.check(match fits::<T>(json) {
            true => Err(mended.to_owned()),
            false => Ok(()),
        })
    }

    /// Puts the place of the example before what is wrong.
    fn check<T>(&self, outcome: std::result::Result<T, String>) -> Result<T> {
        outcome.map_err(|what| Mismatch(format!("{}: {what}", self.place)).into())
    }
}

impl ExampleText {
    /// The page and line of the request, or of several answers to it, the line of this one: what the
    /// checks say, and what a service is asked for.
    pub fn at(self, place: impl Into<String>) -> Self {
        let place = place.into();
        Self { place, ..self }
    }

    /// The example, whose URLs begin with `url`.
    ///
    /// Nothing is sent to it, so that it may be what a page has a slip in.
    pub fn base(self, url: impl AsRef<str>) -> Result<Example> {
        let (origin, base_path) = split_base(url.as_ref());
        let read = || {
            let request = DocumentedRequest::read(&self.request, &origin, &base_path)?;
            let response = DocumentedResponse::read(&self.response)?;
            Ok((request, response))
        };
        let (request, response) =
            read().map_err(|what: String| Mismatch(format!("{}: {what}", self.place)))?;
        Ok(Example {
            place: self.place,
            origin,
            base_path,
            request,
            response,
        })
    }
}

/// Scheme and host of a URL in lower case, and its path without a slash at the end.
fn split_base(url: &str) -> (String, String) {
    let host = url.find("://").map_or(0, |at| at + "://".len());
    let path = url[host..].find('/').map_or(url.len(), |at| host + at);
    let base_path = url[path..].trim_end_matches('/');
    (url[..path].to_ascii_lowercase(), base_path.to_owned())
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text itself, as a failing test shows it.
impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Mismatch {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_taken_as_it_is_written() {
        for (url, origin, path) in [
            (
                "https://API.example.com/v1.0/",
                "https://api.example.com",
                "/v1.0",
            ),
            ("https://api.example.com", "https://api.example.com", ""),
            ("htps://api.example#com/v1", "htps://api.example#com", "/v1"),
            ("https://api.é.com/v1", "https://api.é.com", "/v1"),
        ] {
            assert_eq!(
                split_base(url),
                (origin.to_owned(), path.to_owned()),
                "{url}"
            );
        }
    }

    #[test]
    fn a_request_to_a_misspelt_address_is_below_it() -> Result {
        let example = Example::new("GET https://api.é.com/v1/me", "HTTP/1.1 204 No Content");
        let example = example.base("https://api.é.com/v1")?;
        assert_eq!(example.base_path, "/v1");
        let elsewhere = Example::new("GET https://api.x.com/v1/me", "HTTP/1.1 204 No Content");
        assert!(elsewhere.base("https://api.é.com/v1").is_err());
        Ok(())
    }
}
