//! Documented exchanges: a request as a page shows it, and the answer to it.

use super::{RouteId, Source, Type};

/// A request and its response, as a page shows them.
#[derive(Clone, Debug)]
pub struct Example {
    /// The name in the annotation, or one made of the operation's name.
    pub name: String,
    /// The nearest heading above that says what the example shows, empty where there is none.
    pub title: String,
    /// The request.
    pub request: ExampleRequest,
    /// The response; absent where the page shows none.
    pub response: Option<ExampleResponse>,
}

/// A request as a page shows it.
#[derive(Clone, Debug)]
pub struct ExampleRequest {
    /// The HTTP method, in capitals.
    pub method: String,
    /// The target as it is written: a URL, or a path.
    pub target: String,
    /// The path behind the base URL and before the query, as it is written.
    pub path: String,
    /// The query string as it is written, without its `?`; empty where there is none.
    pub query: String,
    /// The headers in their order.
    pub headers: Vec<(String, String)>,
    /// The body as it is written, without the line end behind it.
    pub body: Option<String>,
    /// The route that the request takes.
    pub route: Option<RouteMatch>,
    /// Where the request line stands.
    pub source: Source,
}

/// A route and the values of its parameters, in the order of the template, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteMatch {
    /// The route.
    pub route: RouteId,
    /// The values.
    pub arguments: Vec<String>,
    /// What the request has that the route has not, or the other way round; absent where the request
    /// takes the route as it is.
    pub difference: Option<String>,
}

/// A response as a page shows it.
#[derive(Clone, Debug)]
pub struct ExampleResponse {
    /// The HTTP status.
    pub status: u16,
    /// The headers in their order.
    pub headers: Vec<(String, String)>,
    /// The body as it is written, without the line end behind it.
    pub body: Option<String>,
    /// The documented type of the body; a collection is an object with a `value` array.
    pub ty: Option<Type>,
    /// Whether the page says that the body lacks properties.
    pub truncated: bool,
    /// Where the status line stands.
    pub source: Source,
}
