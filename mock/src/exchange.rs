//! Documented exchanges, made ready to be compared with requests and to be given as answers.

use std::collections::BTreeSet;

use bytes::Bytes;
use docwright::json;
use docwright::model::{Api, Example, RouteDifference, RouteId};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::Value;

use crate::answer::{Answer, Body};
use crate::prefer::Preferences;
use crate::query;

/// A documented request and its answer.
#[derive(Debug)]
pub(crate) struct Exchange {
    /// What the example can be asked for by: its name, and the page and line of its request and of
    /// its answer.
    pub(crate) called: Vec<String>,
    /// The route that the request takes, and the values of its parameters.
    pub(crate) route: Option<(RouteId, Vec<String>)>,
    /// The segments behind the route, where there are some.
    pub(crate) behind: Vec<String>,
    /// The query of the request.
    pub(crate) query: Vec<(String, String)>,
    /// What the request would rather have, such as `return=minimal`.
    pub(crate) preferences: BTreeSet<String>,
    /// The headers of the request.
    pub(crate) request_headers: HeaderMap,
    /// The body of the request as it is written.
    pub(crate) request_text: Option<String>,
    /// The body of the request, where it is JSON.
    pub(crate) request_body: Option<Value>,
    /// The answer; absent where the page shows none.
    pub(crate) answer: Option<Answer<'static>>,
}

impl Exchange {
    pub(crate) fn new(api: &Api, example: &Example) -> Self {
        let request = &example.request;
        let route = request.route.as_ref();
        let answer = example.response.as_ref().map(|response| Answer {
            status: StatusCode::from_u16(response.status).unwrap_or(StatusCode::OK),
            headers: headers(&response.headers),
            body: response.body.as_deref().map_or(Body::Nothing, body),
        });
        let response = example.response.as_ref().map(|response| response.source);
        let places = [request.source].into_iter().chain(response);
        let places = places.map(|source| api.locate(source));
        let prefer = { request.headers.iter() }
            .filter(|(name, _)| name.eq_ignore_ascii_case("prefer"))
            .map(|(_, value)| value.as_str());
        Self {
            called: [example.name.clone()].into_iter().chain(places).collect(),
            route: route.map(|found| (found.route, found.arguments.clone())),
            behind: behind(route.and_then(|found| found.difference.as_ref())).to_vec(),
            query: query::pairs(&request.query),
            preferences: Preferences::read(prefer).others,
            request_headers: headers(&request.headers),
            request_text: request.body.clone(),
            request_body: request.body.as_deref().and_then(json::read),
            answer,
        }
    }
}

/// The segments behind a route: a derived type, `$count`, `$value`, the name of a property.
pub(crate) fn behind(difference: Option<&RouteDifference>) -> &[String] {
    match difference {
        Some(RouteDifference::Behind(segments)) => segments,
        _ => &[],
    }
}

/// What the body of an answer shows.
fn body(text: &str) -> Body<'static> {
    match json::strict(text) {
        Some((text, value)) => Body::shown(text.into_owned(), value),
        None => Body::Text(Bytes::copy_from_slice(text.as_bytes())),
    }
}

/// Documented headers, save those that belong to the message as it is sent: pages count the bytes
/// of bodies wrongly, and show bodies without their transfer coding.
fn headers(documented: &[(String, String)]) -> HeaderMap {
    let own = [
        "content-length",
        "transfer-encoding",
        "content-encoding",
        "connection",
    ];
    let kept = documented
        .iter()
        .filter(|(name, _)| !own.iter().any(|own| name.eq_ignore_ascii_case(own)));
    let read = kept.filter_map(|(name, value)| {
        let name = HeaderName::try_from(name.as_str()).ok()?;
        Some((name, HeaderValue::from_str(value.trim()).ok()?))
    });
    let mut headers = HeaderMap::new();
    for (name, value) in read {
        headers.append(name, value);
    }
    headers
}
