//! How far an operation is.

use std::fmt;

use bytes::Bytes;
use http::Method;
use http::response::Parts;
use url::Url;

use crate::link;
use crate::response::without_mark;
use crate::{
    Body, Client, Error, ErrorKind, FromResponse, Json, Operation, Request, Response, Result,
};

static RESULT: Operation = Operation {
    name: "Get the result of an operation",
    method: Method::GET,
    doc: "OData protocol 4.01, section 11.6",
    idempotent: false,
};

/// What a service says about an operation that it goes on with.
///
/// There is no one format for this. What services agree on can be asked for here, and
/// [`json`](Self::json) is all they say.
#[derive(Clone)]
pub struct Progress {
    pub(super) client: Client,
    parts: Parts,
    body: Bytes,
    json: Json,
    done: bool,
    /// Where the answer itself leads, as `303 See Other` does, or the one that accepted the operation.
    result_at: Option<Url>,
}

impl Progress {
    /// Reads an answer; an operation that failed is an error.
    pub(super) fn read(client: &Client, parts: Parts, body: Bytes) -> Result<Self> {
        let mut progress = Self {
            client: client.clone(),
            json: serde_json::from_slice(without_mark(&body)).unwrap_or_default(),
            body,
            done: false,
            result_at: None,
            parts,
        };
        let status = progress.status().map(str::to_ascii_lowercase);
        progress.done = match status.as_deref() {
            Some("completed" | "succeeded") => true,
            Some("failed" | "deletefailed" | "canceled" | "cancelled") => {
                let status = progress.status().unwrap_or_default();
                let error = Error::of_operation(status, progress.body.clone());
                return Err(error.with_answer(progress.parts.status, progress.parts.headers));
            }
            Some(_) => false,
            // What says nothing of a status, and is not on its way, is the result itself.
            None => progress.parts.status != http::StatusCode::ACCEPTED,
        };
        Ok(progress)
    }

    /// Done, with the result at another place.
    pub(super) fn with_result_at(self, result_at: Option<Url>) -> Self {
        Self {
            done: true,
            result_at,
            ..self
        }
    }

    /// With the result at a place that was told before, where it is done and tells none itself.
    pub(super) fn or_result_at(self, made: &Option<Url>) -> Self {
        match self.done && self.resource_location().is_none() {
            true => Self {
                result_at: made.clone(),
                ..self
            },
            false => self,
        }
    }

    /// Whether the operation has come to a good end.
    pub fn is_done(&self) -> bool {
        self.done
    }

    /// The service's word for where the operation stands, such as `inProgress`.
    pub fn status(&self) -> Option<&str> {
        let status = self.json.get("status")?;
        status.as_str().or_else(|| status.get("state")?.as_str())
    }

    /// How much is done, from 0 to 100.
    pub fn percent_complete(&self) -> Option<f64> {
        let names = ["percentageComplete", "percentComplete"];
        names.iter().find_map(|name| self.json.get(name)?.as_f64())
    }

    /// The identifier of what the operation makes.
    pub fn resource_id(&self) -> Option<&str> {
        self.text(&["resourceId", "targetResourceId"])
    }

    /// Where what the operation makes can be asked for, as the service writes it.
    pub fn resource_location(&self) -> Option<&str> {
        let own = self.result_at.as_ref().map(Url::as_str);
        own.or_else(|| self.text(&["resourceLocation", "targetResourceLocation"]))
    }

    /// All that the service says; null where that is no JSON.
    pub fn json(&self) -> &Json {
        &self.json
    }

    /// Gets what the operation has made.
    ///
    /// It is at the place that the service names, now or when it accepted the operation, or else came with the last answer. The token goes
    /// along where that place is at the client's own origin.
    pub async fn result<T: FromResponse>(self) -> Result<Response<T>> {
        if let Some(link) = self.resource_location() {
            let url = link::resolve(self.client.base_url(), link).ok_or_else(|| {
                let message = "the result is at a place that cannot be asked";
                Error::new(ErrorKind::Response, message).during(&RESULT)
            })?;
            return Request::at(&self.client, &RESULT, url.into()).send().await;
        }
        if !self.done || self.status().is_some() {
            let message = "the service does not say where the result is";
            let error = Error::new(ErrorKind::Response, message).with_body(self.body);
            return Err(error.during(&RESULT));
        }
        let answer = http::Response::from_parts(self.parts, Body::from(self.body));
        Response::read(answer.into(), &self.client, &RESULT).await
    }

    fn text(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.json.get(name)?.as_str())
    }
}

/// Headers and body are left out, and with them where the service asks for the result to be got.
impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Progress")
            .field("done", &self.done)
            .field("status", &self.status())
            .field("percent_complete", &self.percent_complete())
            .finish_non_exhaustive()
    }
}
