//! Requests that are the very ones of an example.

use docwright::vocabulary::is_api_key;
use http::HeaderName;

use super::call::Call;
use crate::exchange::Exchange;
use crate::query::option;

/// Headers that say nothing of what is asked for: who asks, by which program, whether it is asked again, and how a
/// body came. What a request would rather have is compared by itself.
const INCIDENTAL: [&str; 11] = [
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
    "idempotency-key",
    "prefer",
    "transfer-encoding",
    "user-agent",
];

/// Whether one of the exchanges shows a request that a call has all of.
pub(super) fn is_shown<'e>(
    call: &Call<'_>,
    mut exchanges: impl Iterator<Item = &'e Exchange>,
) -> bool {
    exchanges.any(|exchange| conditions(call, exchange).is_some())
}

/// How many headers a call shares with the request of an exchange, where it has all of that: path, query,
/// headers and body; nothing where it has not.
pub(super) fn conditions(call: &Call<'_>, exchange: &Exchange) -> Option<usize> {
    let (route, arguments) = exchange.route.as_ref()?;
    let is_same = *route == call.found.route
        && *arguments == call.found.arguments
        && exchange.behind == call.behind()
        && exchange.preferences == call.preferences.others
        && same_query(&call.query, &exchange.query)
        && same_body(call, exchange)
        && same_headers(call, exchange);
    is_same.then(|| header_names(exchange).count())
}

/// The headers of the request of an exchange that say what is asked for.
pub(super) fn header_names(exchange: &Exchange) -> impl Iterator<Item = &HeaderName> {
    let names = exchange.request_headers.keys();
    names.filter(|name| !INCIDENTAL.contains(&name.as_str()) && !is_api_key(name.as_str()))
}

fn same_query(given: &[(String, String)], documented: &[(String, String)]) -> bool {
    let mut all = documented.iter();
    given.len() == documented.len()
        && all.all(|(name, value)| option(given, name) == Some(value.as_str()))
}

fn same_body(call: &Call<'_>, exchange: &Exchange) -> bool {
    let (sent, shown) = (call.body.json(), exchange.request_body.as_ref());
    let text = exchange.request_text.as_deref().unwrap_or_default();
    call.bytes == text || sent.is_some() && sent == shown
}

fn same_headers(call: &Call<'_>, exchange: &Exchange) -> bool {
    let has = |name, value| call.headers.get_all(name).iter().any(|sent| sent == value);
    header_names(exchange).all(|name| {
        let mut shown = exchange.request_headers.get_all(name).iter();
        shown.all(|value| has(name, value))
    })
}
