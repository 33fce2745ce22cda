//! Documented exchanges: a request as a page shows it, and the answer to it.

use std::fmt;

use memchr::memchr2;
use percent_encoding::percent_decode_str;

use super::{RouteId, Source, Type};
use crate::diagnostic::Code;

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
    /// The findings about it that keep it from being what its page documents.
    pub contradictions: Vec<Contradiction>,
}

/// A finding about an example that is not what its page documents: a value that is none of its type, a
/// request that takes no route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The code of the finding.
    pub code: Code,
    /// Whether it is about the response, and not about the request.
    pub in_response: bool,
    /// Where it is.
    pub source: Source,
    /// What it says.
    pub message: String,
}

/// A request as a page shows it.
#[derive(Clone, Debug)]
pub struct ExampleRequest {
    /// The HTTP method, in capitals.
    pub method: String,
    /// The target as it is written, save for spaces between arguments: a URL, or a path.
    pub target: String,
    /// The path behind the base URL and before the query, as the target has it.
    pub path: String,
    /// The query string as it is written, without its `?`; empty where there is none.
    pub query: String,
    /// The headers in their order.
    pub headers: Vec<(String, String)>,
    /// The body as it is written, without the line end behind it.
    pub body: Option<String>,
    /// The route that the request takes.
    pub route: Option<RouteMatch>,
    /// Whether it goes to another host than the API's, such as that of an application that is called back.
    pub leaves: bool,
    /// Where the request line stands.
    pub source: Source,
}

impl ExampleRequest {
    /// The names and values of the query string, decoded, with `+` for a space, as forms write it.
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        let decode = |text: &str| {
            // Most are written as they are.
            if memchr2(b'+', b'%', text.as_bytes()).is_none() {
                return text.to_owned();
            }
            let text = text.replace('+', " ");
            percent_decode_str(&text).decode_utf8_lossy().into_owned()
        };
        let pairs = self.query.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        pairs
            .map(|(name, value)| (decode(name), decode(value)))
            .collect()
    }
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
    pub difference: Option<RouteDifference>,
}

/// What a request has that its route has not, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RouteDifference {
    /// A key in parentheses, where the route has a segment for it.
    KeyInParentheses,
    /// Arguments of a function that the route shows without them.
    Arguments,
    /// Segments behind the route: a derived type, `$count`, `$value`, the name of a property.
    Behind(Vec<String>),
    /// `me` in the place of any user.
    SignedInUser,
}

impl RouteDifference {
    /// Whether OData lets one ask so wherever the route itself may be asked for, so that no page has
    /// to say it (URL conventions 4.01, sections 4.3, 4.6 to 4.8, 4.11 and 4.12).
    pub fn is_convention(&self) -> bool {
        match self {
            Self::KeyInParentheses => true,
            Self::Behind(segments) => segments
                .iter()
                .all(|segment| !segment.starts_with('$') || is_counted_or_raw(segment)),
            Self::Arguments | Self::SignedInUser => false,
        }
    }
}

fn is_counted_or_raw(segment: &str) -> bool {
    matches!(segment, "$count" | "$value")
}

impl fmt::Display for RouteDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyInParentheses => f.write_str("a key stands in parentheses"),
            Self::Arguments => f.write_str("the route shows no arguments of the function"),
            Self::Behind(segments) => {
                write!(f, "behind the route stands `/{}`", segments.join("/"))
            }
            Self::SignedInUser => f.write_str("`me` stands for a user"),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PageId;

    #[test]
    fn query_strings_are_decoded_once() {
        let source = Source {
            page: PageId(0),
            line: 1,
            column: 1,
        };
        let request = ExampleRequest {
            method: "GET".to_owned(),
            target: String::new(),
            path: String::new(),
            query: "$select=a,b&q=a%20%26+%2541&empty=&bare&%zz=%C3%A9".to_owned(),
            headers: Vec::new(),
            body: None,
            leaves: false,
            route: None,
            source,
        };
        let expected = [
            ("$select", "a,b"),
            ("q", "a & %41"),
            ("empty", ""),
            ("bare", ""),
            ("%zz", "é"),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(request.query_pairs(), expected);
    }
}
