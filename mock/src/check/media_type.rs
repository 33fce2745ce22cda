//! The media type of a body, beside the documented one.

use docwright::model::{Api, BodyContent, RequestBody};
use docwright::vocabulary::{essence, is_json};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::Violation;
use crate::exchange::Exchange;
use crate::service::{Call, Sent};

/// What is said of a body of another media type than the documented one. A page may show one that may be
/// either.
pub(super) fn check(
    api: &Api,
    body: &RequestBody,
    exchanges: &[Exchange],
    call: &Call<'_>,
) -> Option<Violation> {
    let kind = given(call)?;
    let documented = match &body.content {
        BodyContent::Value(_) | BodyContent::Object(_) => is_other(call).then(|| "JSON".to_owned()),
        BodyContent::Bytes => {
            let documented = body.media_type.as_deref().map(essence);
            let documented = documented.filter(|documented| !takes(documented, kind));
            documented.map(|documented| format!("`{documented}`"))
        }
    }?;
    let mut shown = { exchanges.iter() }.filter_map(|it| essence_of(&it.request_headers));
    let is_bytes = matches!(body.content, BodyContent::Bytes);
    let is_shown = |shown: &str| shown.eq_ignore_ascii_case(kind) || is_bytes && takes(shown, kind);
    if shown.any(is_shown) {
        return None;
    }
    let message = format!("the body is documented as {documented}, and is `{kind}`");
    Some(Violation {
        status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ..Violation::new(api, "wrongMediaType", message, body.source)
    })
}

/// Whether a body is said to be something else than JSON, which says in its name that it is some:
/// `application/merge-patch+json`.
pub(super) fn is_other(call: &Call<'_>) -> bool {
    given(call).is_some_and(|kind| !is_json(kind))
}

/// The media type that a request names for its body.
fn given<'c>(call: &'c Call<'_>) -> Option<&'c str> {
    essence_of(call.headers).filter(|_| !matches!(call.body, Sent::Nothing))
}

/// Whether a service that documents bytes of one media type takes those of another: where the documented
/// one names no type or leaves it open, and where both are pictures, sounds or films, of which pages name
/// one and services read several.
fn takes(documented: &str, given: &str) -> bool {
    let Some((top, sub)) = documented.split_once('/') else {
        return true;
    };
    let given_top = given.split('/').next().unwrap_or(given);
    let is_same_top = top.eq_ignore_ascii_case(given_top);
    let is_medium = ["image", "audio", "video"];
    let is_medium = is_medium.iter().any(|it| it.eq_ignore_ascii_case(top));
    documented.eq_ignore_ascii_case(given)
        || top == "*"
        || documented.eq_ignore_ascii_case("application/octet-stream")
        || is_same_top && (sub == "*" || is_medium)
}

/// The media type that headers name, without its parameters.
fn essence_of(headers: &HeaderMap) -> Option<&str> {
    Some(essence(headers.get(CONTENT_TYPE)?.to_str().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_another_media_type_are_taken_or_not() {
        let cases = [
            ("image/jpeg", "image/jpeg", true),
            ("image/jpeg", "Image/PNG", true),
            ("image/jpeg", "application/json", false),
            ("image/*", "image/webp", true),
            ("image/*", "text/plain", false),
            ("*/*", "text/plain", true),
            ("application/octet-stream", "text/plain", true),
            ("multipart/form-data", "multipart/mixed", false),
            ("text/plain", "text/html", false),
            ("binary", "text/html", true),
        ];
        for (documented, given, expected) in cases {
            assert_eq!(takes(documented, given), expected, "{documented} {given}");
        }
    }
}
