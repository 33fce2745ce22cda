//! Documented exchanges, made ready to be compared with requests and to be given as answers.

use docwright::model::{Example, RouteId};
use docwright::page::json;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::Value;

use crate::url::query_pairs;

/// A documented request and its answer.
#[derive(Debug)]
pub(crate) struct Exchange {
    /// The route that the request takes, and the values of its parameters.
    pub(crate) route: Option<(RouteId, Vec<String>)>,
    /// The query of the request.
    pub(crate) query: Vec<(String, String)>,
    /// The body of the request, where it is JSON.
    pub(crate) request_body: Option<Value>,
    /// The answer; absent where the page shows none.
    pub(crate) answer: Option<Answer>,
}

/// A documented answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Shown,
}

/// A documented body.
#[derive(Clone, Debug)]
pub(crate) enum Shown {
    /// None.
    Nothing,
    /// JSON: as it is written where that is strict JSON, and its value.
    Json(String, Value),
    /// Anything else.
    Text(String),
}

impl Exchange {
    pub(crate) fn new(example: &Example) -> Self {
        let request = &example.request;
        let route = request.route.as_ref();
        let answer = example.response.as_ref().map(|response| Answer {
            status: StatusCode::from_u16(response.status).unwrap_or(StatusCode::OK),
            headers: headers(&response.headers),
            body: response.body.as_deref().map_or(Shown::Nothing, shown),
        });
        Self {
            route: route.map(|found| (found.route, found.arguments.clone())),
            query: query_pairs(&request.query),
            request_body: match request.body.as_deref().map(shown) {
                Some(Shown::Json(_, value)) => Some(value),
                _ => None,
            },
            answer,
        }
    }
}

/// What a body shows.
fn shown(text: &str) -> Shown {
    if let Ok(value) = serde_json::from_str(text) {
        return Shown::Json(text.to_owned(), value);
    }
    match json::value(text) {
        Some(value) => {
            let value = json::to_strict(&value);
            Shown::Json(value.to_string(), value)
        }
        None => Shown::Text(text.to_owned()),
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
