//! Answers: documented ones, which are lent out until something in them has to change.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, Response, StatusCode};
use serde_json::Value;

/// An answer that is being made.
#[derive(Debug)]
pub(crate) struct Answer<'e> {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body<'e>,
}

/// The body of an answer.
#[derive(Debug)]
pub(crate) enum Body<'e> {
    /// None.
    Nothing,
    /// JSON.
    Json(Json<'e>),
    /// Anything else.
    Text(Bytes),
}

/// A value, and how its page writes it.
#[derive(Debug)]
pub(crate) struct Json<'e> {
    value: Cow<'e, Value>,
    text: Bytes,
}

impl Answer<'_> {
    /// The same answer, which is copied only where it is changed.
    pub(crate) fn lend(&self) -> Answer<'_> {
        let body = match &self.body {
            Body::Nothing => Body::Nothing,
            Body::Json(json) => Body::Json(Json {
                value: Cow::Borrowed(&json.value),
                text: json.text.clone(),
            }),
            Body::Text(text) => Body::Text(text.clone()),
        };
        Answer {
            status: self.status,
            headers: self.headers.clone(),
            body,
        }
    }

    /// The answer as it is sent.
    pub(crate) fn into_response(self) -> Response<Bytes> {
        let (body, kind) = match self.body {
            Body::Nothing => (Bytes::new(), None),
            Body::Json(json) => (json.into_text(), Some("application/json")),
            Body::Text(text) => (text, Some("text/plain")),
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        if let Some(kind) = kind {
            let entry = response.headers_mut().entry(CONTENT_TYPE);
            entry.or_insert(HeaderValue::from_static(kind));
        }
        response
    }
}

impl<'e> Body<'e> {
    /// A body that no page shows.
    pub(crate) fn of(value: Value) -> Self {
        Self::Json(Json {
            value: Cow::Owned(value),
            text: Bytes::new(),
        })
    }

    /// A body as a page shows it: `text` is strict JSON for `value`.
    pub(crate) fn shown(text: impl Into<Bytes>, value: Value) -> Self {
        Self::Json(Json {
            value: Cow::Owned(value),
            text: text.into(),
        })
    }

    /// How many bytes its page shows.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Json(json) => json.text.len(),
            Self::Text(text) => text.len(),
        }
    }

    /// The value of a body that is JSON.
    pub(crate) fn json(&self) -> Option<&Value> {
        match self {
            Self::Json(json) => Some(&json.value),
            Self::Nothing | Self::Text(_) => None,
        }
    }

    /// The value of a body that is JSON, as one that may be changed.
    pub(crate) fn json_mut(&mut self) -> Option<&mut Cow<'e, Value>> {
        match self {
            Self::Json(json) => Some(&mut json.value),
            Self::Nothing | Self::Text(_) => None,
        }
    }
}

impl Json<'_> {
    /// The page's own text stays where nothing was changed.
    fn into_text(self) -> Bytes {
        match self.value {
            Cow::Borrowed(_) => self.text,
            Cow::Owned(value) => value.to_string().into(),
        }
    }
}
