//! The headers of an answer.

use docwright::diagnostic::Code;
use docwright::model::ExampleResponse;
use docwright::vocabulary::essence;
use http::header::CONTENT_TYPE;

use super::Comparison;
use crate::findings::Found;
use crate::send::Answer;

/// Headers that belong to the message as it was sent, to the moment, or to those on the way, and not to
/// what is documented (RFC 9110, sections 6.6, 7.6 and 8.6; RFC 9111).
const PASSING: [&str; 17] = [
    "age",
    "alt-svc",
    "cache-control",
    "connection",
    "content-encoding",
    "content-length",
    "date",
    "expires",
    "keep-alive",
    "pragma",
    "server",
    "strict-transport-security",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "vary",
    "via",
];

impl Comparison<'_> {
    /// The documented headers that an answer lacks. Their values are of the moment, except for the media
    /// type.
    pub(super) fn headers(&self, shown: &ExampleResponse, answer: &Answer) -> Vec<Found> {
        let documented = shown.headers.iter();
        let documented =
            documented.filter(|(name, _)| !PASSING.iter().any(|it| name.eq_ignore_ascii_case(it)));
        let found = documented.filter_map(|(name, value)| {
            let is_type = name.eq_ignore_ascii_case(CONTENT_TYPE.as_str());
            // An answer without content is of no type, whatever the page shows.
            if is_type && (answer.body.is_empty() || shown.body.is_none()) {
                return None;
            }
            let label = &self.label;
            let message = match answer.headers.get(name.as_str()) {
                None => format!("the answer to `{label}` has no header `{name}`"),
                Some(given) if is_type => {
                    let given = essence(given.to_str().unwrap_or_default());
                    let documented = essence(value);
                    if !documented.contains('/') || given.eq_ignore_ascii_case(documented) {
                        return None;
                    }
                    let given = given.escape_debug();
                    format!(
                        "the answer to `{label}` is `{given}`, and the page shows `{documented}`"
                    )
                }
                Some(_) => return None,
            };
            let place = self.pages.header(shown, name);
            Some(self.found(Code::ServiceHeader, name, place, message))
        });
        found.collect()
    }
}
