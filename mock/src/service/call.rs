//! A request whose route is known.

use bytes::Bytes;
use docwright::model::{Api, Segment, SegmentKind};
use docwright::routing::Found;
use http::{HeaderMap, Request};
use serde_json::{Map, Value};

use super::place;
use super::state::TAG;
use crate::exchange::behind;
use crate::prefer::Preferences;
use crate::query;

/// A request whose route is known, with all its parts read.
pub(crate) struct Call<'r> {
    pub(crate) method: &'r str,
    pub(crate) found: Found,
    /// The path behind the base URL.
    pub(crate) path: &'r str,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: &'r HeaderMap,
    pub(crate) body: Sent,
    /// The body as it came.
    pub(super) bytes: Bytes,
    /// What the request would rather have.
    pub(crate) preferences: Preferences,
    /// The URL of the request without its query.
    pub(crate) here: String,
}

/// The body of a request.
pub(crate) enum Sent {
    Nothing,
    Json(Value),
    /// No JSON, and why.
    Other(serde_json::Error),
}

impl<'r> Call<'r> {
    /// Reads a request to the server at `origin`, which takes a route with `path`.
    pub(super) fn new(
        request: &'r Request<Bytes>,
        (path, found): (&'r str, Found),
        origin: &str,
    ) -> Self {
        Self {
            method: request.method().as_str(),
            found,
            path,
            query: query::pairs(request.uri().query().unwrap_or("")),
            headers: request.headers(),
            body: Sent::read(request.body()),
            bytes: request.body().clone(),
            preferences: Preferences::read(prefer(request.headers())),
            here: format!("{origin}{}", request.uri().path()),
        }
    }

    /// The request that reads what `path` leads to.
    pub(super) fn to_read<'p>(&'p self, (path, found): (&'p str, Found)) -> Call<'p> {
        Call {
            method: "GET",
            found,
            path,
            query: Vec::new(),
            headers: self.headers,
            body: Sent::Nothing,
            bytes: Bytes::new(),
            preferences: Preferences::default(),
            here: self.here.clone(),
        }
    }

    /// The base URL that the request was made to.
    pub(super) fn home(&self) -> &str {
        self.here.strip_suffix(self.path).unwrap_or(&self.here)
    }

    /// Whether the request says itself which answer it is to have.
    pub(super) fn names_answer(&self) -> bool {
        self.preferences.status.is_some() || self.preferences.example.is_some()
    }

    /// The properties that the request sends. What the tag of a thing is, the service says.
    pub(super) fn properties(&self) -> Map<String, Value> {
        let mut properties = match &self.body {
            Sent::Json(Value::Object(properties)) => properties.clone(),
            _ => Map::new(),
        };
        properties.remove(TAG);
        properties
    }

    /// Whether the request asks for the number of items only.
    pub(super) fn is_count(&self) -> bool {
        self.behind().last().is_some_and(|last| last == "$count")
    }

    /// Whether the request is about which things belong to something, and not about them.
    pub(crate) fn is_reference(&self, api: &Api) -> bool {
        let last = api.route(self.found.route).path.segments.last();
        let ends = |segment: &Segment| segment.literal() == Some("$ref");
        self.behind()
            .last()
            .map_or(last.is_some_and(ends), |last| last == "$ref")
    }

    /// The property that the request asks for, where it asks for one of a thing and not for the thing.
    pub(crate) fn property(&self) -> Option<&str> {
        match self.behind() {
            [name] if !name.starts_with('$') && !name.contains('.') => Some(name),
            _ => None,
        }
    }

    /// The segments behind the route.
    pub(super) fn behind(&self) -> &[String] {
        behind(self.found.difference.as_ref())
    }

    /// The id of the thing that the path leads to; nothing where it leads to something else.
    pub(super) fn id(&self, api: &Api) -> Option<&str> {
        let last = api.route(self.found.route).path.segments.last()?;
        let is_key = matches!(last.kind, SegmentKind::Key | SegmentKind::Item);
        is_key.then_some(self.found.arguments.last()?)
    }

    /// The place of what the path leads to, by which it is kept.
    pub(super) fn place(&self, api: &Api) -> String {
        place::of(
            &api.route(self.found.route).path.segments,
            &self.found.arguments,
        )
    }
}

impl Sent {
    fn read(body: &[u8]) -> Self {
        if body.is_empty() {
            return Self::Nothing;
        }
        match serde_json::from_slice(body) {
            Ok(value) => Self::Json(value),
            Err(error) => Self::Other(error),
        }
    }

    /// The value of a body that is JSON.
    pub(crate) fn json(&self) -> Option<&Value> {
        match self {
            Self::Json(value) => Some(value),
            Self::Nothing | Self::Other(_) => None,
        }
    }
}

/// The values of `Prefer`.
fn prefer(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let values = headers.get_all("prefer").iter();
    values.filter_map(|value| value.to_str().ok())
}
