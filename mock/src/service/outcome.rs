//! What the tables of a page say of an answer, where no example shows one.

use bytes::Bytes;
use docwright::model::{Api, Content, Operation, Type, TypeKind};
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, StatusCode};
use serde_json::json;

use crate::answer::{Answer, Body};
use crate::{error, sample};

/// The first success that is documented.
pub(super) fn success(operation: &Operation) -> StatusCode {
    let mut statuses = operation.outcomes.iter().map(|outcome| outcome.status);
    let status = statuses.find(|status| (200..300).contains(status));
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    status.unwrap_or(StatusCode::NO_CONTENT)
}

/// Whether a status is none of a failure.
pub(super) fn goes_well(status: StatusCode) -> bool {
    !status.is_client_error() && !status.is_server_error()
}

/// Whether a status is that of a failure that passes, so that services tell when to try again (RFC 6585, section 4; RFC
/// 9110, section 15.6.4).
pub(super) fn passes(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
    )
}

/// An answer with a status, made of what the tables say.
pub(super) fn documented(api: &Api, operation: &Operation, status: StatusCode) -> Answer<'static> {
    let mut outcomes = operation.outcomes.iter();
    let outcome = outcomes.find(|outcome| outcome.status == status.as_u16());
    let mut headers = HeaderMap::new();
    // Tables name the status of a failure, and leave unsaid that there is an error.
    let content = outcome.map(|outcome| &outcome.content);
    let is_told = |content: &&Content| goes_well(status) || content.value().is_some();
    let body = match content.filter(is_told) {
        Some(Content::Value(ty)) => {
            let value = sample::value(api, *ty);
            let is_itself = matches!(ty.kind, TypeKind::Resource(_) | TypeKind::Json);
            Body::of(match is_itself && !ty.collection {
                true => value,
                false => json!({ "value": value }),
            })
        }
        Some(Content::Array(kind)) => {
            let (kind, collection) = (*kind, true);
            Body::of(sample::value(api, Type { kind, collection }))
        }
        Some(Content::Count) => Body::Text(Bytes::from_static(b"1")),
        Some(Content::Bytes) => {
            let kind = HeaderValue::from_static("application/octet-stream");
            headers.insert(CONTENT_TYPE, kind);
            Body::Text(Bytes::from_static(b"bytes"))
        }
        None if !goes_well(status) => {
            let reason = status.canonical_reason().unwrap_or("error");
            Body::of(error::body(reason, reason))
        }
        Some(Content::Empty) | None => Body::Nothing,
    };
    Answer {
        status,
        headers,
        body,
    }
}
