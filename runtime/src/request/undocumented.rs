//! Requests that no page documents.

use http::Method;

use super::{Operation, Request};
use crate::route::encode;
use crate::{Body, Client, Error, ErrorKind};

/// An operation for each method, since a request has to have one.
static UNDOCUMENTED: [Operation; 7] = [
    undocumented(Method::GET),
    undocumented(Method::POST),
    undocumented(Method::PUT),
    undocumented(Method::PATCH),
    undocumented(Method::DELETE),
    undocumented(Method::HEAD),
    undocumented(Method::OPTIONS),
];

const fn undocumented(method: Method) -> Operation {
    Operation {
        name: "a request without an operation",
        method,
        doc: "which no page documents",
        idempotent: false,
    }
}

impl Client {
    /// A request for which there is no operation: to a path below the URL of the service, with its
    /// query string, or to a whole URL, such as one that a service hands out for an upload.
    ///
    /// Token and headers of the client go to its own origin only. Methods are those of RFC 9110 and
    /// `PATCH`, without `CONNECT` and `TRACE`.
    pub fn request(&self, method: Method, target: impl AsRef<str>) -> Request<Body> {
        let target = target.as_ref();
        let mut known = UNDOCUMENTED.iter();
        let operation = known.find(|operation| operation.method == method);
        let mut request = Request::new(operation.unwrap_or(&UNDOCUMENTED[0]), &self.root());
        if operation.is_none() {
            let message = format!("requests with the method {method} are not sent");
            request.fault(Error::new(ErrorKind::InvalidParameter, message));
        }
        let encoded = encode::target(target);
        if target.starts_with('/') {
            request.parts.url.push_str(&encoded);
        } else if target.contains("://") {
            request.parts.url = encoded.into_owned();
        } else {
            let message = format!("`{target}` is neither a path nor a URL");
            request.fault(Error::new(ErrorKind::InvalidParameter, message));
        }
        request
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MemoryTransport;

    #[test]
    fn targets_are_paths_of_the_service_or_urls() {
        let silent = MemoryTransport::new(|_| http::Response::new(""));
        let client = Client::builder("https://api.example.com/v1").transport(silent);
        let client: Client = client.build().unwrap();
        let cases = [
            ("/me?$top=1", Ok("https://api.example.com/v1/me?$top=1")),
            (
                "/a b/{id}%20",
                Ok("https://api.example.com/v1/a%20b/%7Bid%7D%20"),
            ),
            ("https://up.example.com/1", Ok("https://up.example.com/1")),
            ("me", Err("`me` is neither a path nor a URL")),
        ];
        for (target, expected) in cases {
            let sent = client.request(Method::PUT, target).into_http();
            match expected {
                Ok(url) => {
                    let sent = sent.unwrap();
                    assert_eq!(
                        (sent.method(), sent.uri().to_string()),
                        (&Method::PUT, url.into())
                    );
                }
                Err(message) => assert!(sent.unwrap_err().to_string().contains(message)),
            }
        }
        for fault in [
            client.request(Method::TRACE, "/me"),
            client.request(Method::GET, "https://[/me"),
        ] {
            let error = fault.into_http().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidParameter, "{error}");
        }
    }
}
