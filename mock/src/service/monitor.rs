//! Work that an answer accepts, and where can be asked how far it is.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use serde_json::{Value, json};

use super::Service;
use super::call::Call;
use super::outcome::goes_well;
use crate::answer::Answer;

/// Where monitors are.
pub(super) const FOLDER: &str = "/-/operations/";

/// The headers that say where can be asked how far the work is: what has one of its own for it has that of what
/// is made in `Location`.
const HEADERS: [&str; 3] = ["operation-location", "azure-asyncoperation", "location"];

/// Work that is done when it is asked for a second time.
#[derive(Debug, Default)]
pub(super) struct Monitor {
    asked: bool,
}

impl Service {
    /// Has the monitor of accepted work be one of this server where what a page shows is at another host, is
    /// not documented, or never comes to a good end.
    pub(super) fn begin_work(&self, answer: &mut Answer<'_>, call: &Call<'_>, origin: &str) {
        if answer.status != StatusCode::ACCEPTED {
            return;
        }
        let mut shown = HEADERS.iter().filter_map(|name| answer.headers.get(*name));
        let Some(shown) = shown.next().cloned() else {
            return;
        };
        if shown
            .to_str()
            .is_ok_and(|link| self.comes_to_an_end(link, call))
        {
            return;
        }
        let url = self.monitors.issue(Monitor::default(), origin);
        let Ok(url) = HeaderValue::try_from(url) else {
            return;
        };
        // Some say the same place twice.
        for name in HEADERS {
            if let Some(value) = answer.headers.get_mut(name).filter(|it| **it == shown) {
                *value = url.clone();
            }
        }
    }

    /// Answers who asks how far work is; nothing where the path is that of none.
    pub(super) fn progress(&self, request: &Request<Bytes>) -> Option<Response<Bytes>> {
        if request.method() != Method::GET {
            return None;
        }
        let ask = |monitor: &mut Monitor| std::mem::replace(&mut monitor.asked, true);
        let (status, progress) = match self.monitors.at(request.uri().path(), ask)? {
            false => (StatusCode::ACCEPTED, json!({ "status": "running" })),
            true => (StatusCode::OK, json!({ "status": "succeeded" })),
        };
        let mut response = Response::new(Bytes::from(progress.to_string()));
        *response.status_mut() = status;
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
        Some(response)
    }

    /// Whether a page documents what is at a link, and that the work is done, or that it is there.
    fn comes_to_an_end(&self, link: &str, call: &Call<'_>) -> bool {
        let Some(found) = self.documented_at("GET", link, call) else {
            return false;
        };
        let call = call.to_read(found);
        let Some(chosen) = self.choose(&call) else {
            return false;
        };
        let answer = self.shown(chosen, &call);
        let status = answer.body.json().and_then(|value| value.get("status"));
        let is_done = |status: &str| {
            let done = ["succeeded", "completed"];
            done.iter().any(|word| status.eq_ignore_ascii_case(word))
        };
        goes_well(answer.status) && status.and_then(Value::as_str).is_none_or(is_done)
    }
}
