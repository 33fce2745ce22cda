//! Following redirects (RFC 9110, section 15.4).
//!
//! Transports leave redirects to the client, which alone knows what may go where. It follows them
//! for GET and HEAD, as services answer downloads with the URL of another host; sending anything
//! else again is for the caller to decide.

use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, HeaderName, IF_MATCH, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, LOCATION, RANGE, USER_AGENT,
};
use http::response::Parts;
use http::{Method, StatusCode};
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

/// The request that comes next, if the answer to the last one is a redirect that is followed.
pub(super) fn follow(last: &http::Request<Body>, answer: &Parts) -> Option<http::Request<Body>> {
    let redirects = matches!(
        answer.status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    if !redirects || !matches!(*last.method(), Method::GET | Method::HEAD) {
        return None;
    }
    let location = answer.headers.get(LOCATION)?.to_str().ok()?;
    let from = Url::parse(&last.uri().to_string()).ok()?;
    let mut url = from.join(location).ok()?;
    url.set_fragment(None);
    let mut headers = last.headers().clone();
    if url.origin() != from.origin() {
        let kept = FOREIGN_HEADERS.into_iter();
        let kept = kept.filter_map(|name| headers.remove(&name).map(|value| (name, value)));
        headers = kept.collect();
    }
    let mut next = http::Request::builder()
        .method(last.method())
        .uri(url.as_str())
        .body(Body::empty())
        .ok()?;
    *next.headers_mut() = headers;
    Some(next)
}
