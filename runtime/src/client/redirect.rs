//! Following redirects (RFC 9110, section 15.4).
//!
//! Transports leave redirects to the client, which alone knows what may go where. It follows them
//! for GET and HEAD, as services answer downloads with the URL of another host; sending anything
//! else again is for the caller to decide.

use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, HeaderName, IF_MATCH, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, LOCATION, RANGE, USER_AGENT,
};
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use crate::Body;

/// What may go to another origin: headers that say which answer is wanted, and not by whom.
const FOREIGN_HEADERS: [HeaderName; 10] = [
    ACCEPT,
    ACCEPT_ENCODING,
    ACCEPT_LANGUAGE,
    IF_MATCH,
    IF_MODIFIED_SINCE,
    IF_NONE_MATCH,
    IF_RANGE,
    IF_UNMODIFIED_SINCE,
    RANGE,
    USER_AGENT,
];

/// The request that comes next, if the answer to the last one is a redirect.
pub(super) struct Next {
    method: Method,
    /// Where the last request went; `None` where no redirect is followed.
    url: Option<Url>,
    headers: HeaderMap,
}

impl Next {
    pub(super) fn new(request: &http::Request<Body>) -> Self {
        let follows = matches!(*request.method(), Method::GET | Method::HEAD);
        let url = follows.then(|| Url::parse(&request.uri().to_string()).ok());
        Self {
            method: request.method().clone(),
            url: url.flatten(),
            headers: request.headers().clone(),
        }
    }

    pub(super) fn after(&mut self, answer: &http::Response<Body>) -> Option<http::Request<Body>> {
        let redirects = matches!(
            answer.status(),
            StatusCode::MOVED_PERMANENTLY
                | StatusCode::FOUND
                | StatusCode::SEE_OTHER
                | StatusCode::TEMPORARY_REDIRECT
                | StatusCode::PERMANENT_REDIRECT
        );
        let last = self.url.as_ref().filter(|_| redirects)?;
        let location = answer.headers().get(LOCATION)?.to_str().ok()?;
        let mut url = last.join(location).ok()?;
        url.set_fragment(None);
        if url.origin() != last.origin() {
            let foreign = FOREIGN_HEADERS.into_iter();
            let kept = foreign.filter_map(|name| self.headers.remove(&name).map(|v| (name, v)));
            self.headers = kept.collect();
        }
        let mut request = http::Request::builder()
            .method(self.method.clone())
            .uri(url.as_str())
            .body(Body::empty())
            .ok()?;
        *request.headers_mut() = self.headers.clone();
        self.url = Some(url);
        Some(request)
    }
}
