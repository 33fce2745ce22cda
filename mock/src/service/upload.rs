//! Uploads in parts, to a session that an answer opens.

use bytes::Bytes;
use docwright::model::OperationId;
use http::header::{CONTENT_RANGE, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use serde_json::{Map, Value, json};

use super::Service;
use super::call::Call;
use super::choose::Chosen;
use crate::answer::Answer;
use crate::error;
use crate::exchange::Exchange;

/// Where sessions are.
pub(super) const FOLDER: &str = "/-/uploads/";

/// The property that tells where the bytes go.
const URL: &str = "uploadUrl";

/// The property that tells which bytes are missing.
const RANGES: &str = "nextExpectedRanges";

/// A session that takes bytes one part after the other. They are counted, and not kept.
#[derive(Debug)]
pub(super) struct Session {
    /// The operation whose page may show what is made of them.
    operation: OperationId,
    /// What its page shows of a session, without the URL.
    shown: Map<String, Value>,
    arrived: u64,
    /// How many bytes there are in all, once a part has said so.
    total: Option<u64>,
}

/// What comes of a request to a session.
enum Step {
    Answer(Response<Bytes>),
    /// All bytes are there.
    Complete,
    Closed,
}

/// The place of a part in the whole (RFC 9110, section 14.4).
#[derive(Debug, PartialEq)]
struct Range {
    first: u64,
    last: u64,
    total: u64,
}

impl Service {
    /// Has an upload session that an answer opens be one of this server: the place that a page shows is at
    /// another host, or no page says what is done there.
    pub(super) fn open_upload(
        &self,
        answer: &mut Answer<'_>,
        call: &Call<'_>,
        chosen: Chosen<'_>,
        origin: &str,
    ) {
        // What clients have put into the answer is not kept with the session.
        let documented = chosen
            .exchange
            .and_then(|it| it.answer.as_ref()?.body.json());
        let (Some(Value::Object(shown)), Some(value)) = (documented, answer.body.json_mut()) else {
            return;
        };
        let link = value.get(URL).and_then(Value::as_str);
        let elsewhere = link.filter(|link| self.documented_at("PUT", link, call).is_none());
        if elsewhere.is_none() || !shown.contains_key(URL) {
            return;
        }
        let mut shown = shown.clone();
        shown.remove(URL);
        let session = Session {
            operation: chosen.operation,
            shown,
            arrived: 0,
            total: None,
        };
        let url = self.uploads.issue(session, origin);
        value.to_mut()[URL] = url.into();
    }

    /// Answers a request to an upload session; nothing where it goes to none.
    pub(super) fn upload(&self, request: &Request<Bytes>) -> Option<Response<Bytes>> {
        let path = request.uri().path();
        let step = |session: &mut Session| (session.step(request), session.operation);
        let (step, operation) = self.uploads.at(path, step)?;
        Some(match step {
            Step::Answer(response) => response,
            Step::Complete => self.made(operation),
            Step::Closed => {
                self.uploads.forget(path);
                empty(StatusCode::NO_CONTENT)
            }
        })
    }

    /// What the page of the operation shows that is made of all bytes, or that something was.
    fn made(&self, operation: OperationId) -> Response<Bytes> {
        let examples = self.api.operation(operation).examples.iter();
        let parts = examples.filter(|it| it.request.leaves && it.request.method == "PUT");
        let mut answers = parts.filter_map(|it| Exchange::new(&self.api, it).answer);
        let made = answers.find(|it| [StatusCode::OK, StatusCode::CREATED].contains(&it.status));
        made.map_or_else(|| empty(StatusCode::CREATED), Answer::into_response)
    }
}

impl Session {
    fn step(&mut self, request: &Request<Bytes>) -> Step {
        let is_complete = self.total == Some(self.arrived);
        match *request.method() {
            Method::PUT => self.take(request),
            Method::GET if !is_complete => Step::Answer(self.standing(StatusCode::OK)),
            // A session may be one that waits for this when all bytes are there.
            Method::POST if is_complete => Step::Complete,
            Method::POST => refusal(StatusCode::CONFLICT, "there are bytes missing"),
            Method::DELETE => Step::Closed,
            Method::GET => refusal(StatusCode::NOT_FOUND, "the upload is complete"),
            _ => {
                let message = "a session takes PUT, GET, POST and DELETE";
                refusal(StatusCode::METHOD_NOT_ALLOWED, message)
            }
        }
    }

    /// Takes the bytes of a part.
    fn take(&mut self, request: &Request<Bytes>) -> Step {
        let range = request.headers().get(CONTENT_RANGE);
        let range = range.and_then(|it| Range::read(it.to_str().ok()?));
        let Some(range) = range else {
            let message = "a part needs its place in the whole: `Content-Range: bytes 0-25/128`";
            return refusal(StatusCode::BAD_REQUEST, message);
        };
        let bytes = range.last - range.first + 1;
        if request.body().len() as u64 != bytes {
            let message = "the body is not as long as `Content-Range` says";
            return refusal(StatusCode::BAD_REQUEST, message);
        }
        if self.total.is_some_and(|total| total != range.total) {
            let message = "an earlier part says that there are other bytes in all";
            return refusal(StatusCode::BAD_REQUEST, message);
        }
        if range.first != self.arrived {
            let status = StatusCode::RANGE_NOT_SATISFIABLE;
            return refusal(status, "these bytes are not those that are missing next");
        }
        self.total = Some(range.total);
        self.arrived += bytes;
        match self.arrived == range.total {
            true => Step::Complete,
            false => Step::Answer(self.standing(StatusCode::ACCEPTED)),
        }
    }

    /// What is missing, in the words of the page.
    fn standing(&self, status: StatusCode) -> Response<Bytes> {
        let mut standing = self.shown.clone();
        let mut names = standing.keys();
        let name = names.find(|name| name.eq_ignore_ascii_case(RANGES));
        let name = name.map_or(RANGES, String::as_str).to_owned();
        standing.insert(name, json!([format!("{}-", self.arrived)]));
        let mut response = empty(status);
        *response.body_mut() = Value::from(standing).to_string().into();
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
        response
    }
}

impl Range {
    fn read(text: &str) -> Option<Self> {
        let (unit, rest) = text.trim().split_once(' ')?;
        let (range, total) = rest.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let number = |text: &str| text.trim().parse().ok();
        let range = Self {
            first: number(first)?,
            last: number(last)?,
            total: number(total)?,
        };
        let is_one = unit.eq_ignore_ascii_case("bytes")
            && range.first <= range.last
            && range.last < range.total;
        is_one.then_some(range)
    }
}

fn empty(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response
}

fn refusal(status: StatusCode, message: &str) -> Step {
    Step::Answer(error::response(status, "badUpload", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_part_is_read() {
        let range = |first, last, total| Some(Range { first, last, total });
        for (text, expected) in [
            ("bytes 0-25/128", range(0, 25, 128)),
            ("Bytes 127-127/128", range(127, 127, 128)),
            ("bytes 0-128/128", None),
            ("bytes 5-4/128", None),
            ("bytes 0-25/*", None),
            ("bytes */128", None),
            ("items 0-25/128", None),
            ("0-25/128", None),
        ] {
            assert_eq!(Range::read(text), expected, "{text}");
        }
    }
}
