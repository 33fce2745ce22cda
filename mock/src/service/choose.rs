//! Which documented exchange fits a request best.

use http::StatusCode;
use serde_json::Value;

use docwright::model::OperationId;

use super::Service;
use super::call::Call;
use crate::exchange::Exchange;

/// The operation that a request means, and the exchange of it that fits best.
#[derive(Clone, Copy)]
pub(super) struct Chosen<'e> {
    pub(super) operation: OperationId,
    pub(super) exchange: Option<&'e Exchange>,
}

impl Service {
    /// The operation that a request means, and the exchange that fits it best: one with the status
    /// that the request prefers, else one that goes well, else any.
    pub(super) fn choose(&self, call: &Call<'_>) -> Option<Chosen<'_>> {
        let operations = &self.api.route(call.found.route).operations;
        let all = || {
            operations.iter().flat_map(|&operation| {
                let exchanges = self.exchanges(operation).iter();
                exchanges.map(move |exchange| (operation, exchange))
            })
        };
        let answered = |fits: &dyn Fn(StatusCode) -> bool| {
            let status = |exchange: &Exchange| exchange.answer.as_ref().map(|it| it.status);
            best(call, all().filter(|(_, it)| status(it).is_some_and(fits)))
        };
        let chosen = { call.preferred }
            .and_then(|preferred| answered(&|status| status == preferred))
            .or_else(|| answered(&|it| !it.is_client_error() && !it.is_server_error()))
            .or_else(|| answered(&|_| true))
            .or_else(|| best(call, all()));
        match chosen {
            Some((operation, exchange)) => Some(Chosen {
                operation,
                exchange: Some(exchange),
            }),
            None => operations.first().map(|&operation| Chosen {
                operation,
                exchange: None,
            }),
        }
    }
}

/// The best of some exchanges: that with the same behind its route, then with the query options that
/// are most alike, then that of the same route, then by the body and by the values in the path; the
/// first of equals.
fn best<'e, T>(
    call: &Call<'_>,
    exchanges: impl Iterator<Item = (T, &'e Exchange)>,
) -> Option<(T, &'e Exchange)> {
    let ranked = exchanges.map(|it| (likeness(call, it.1), it));
    let best = ranked.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, it)| it)
}

fn likeness(call: &Call<'_>, exchange: &Exchange) -> [i32; 5] {
    let route = exchange.route.as_ref();
    let same_route = route.is_some_and(|(route, _)| *route == call.found.route);
    let same_arguments = route.is_some_and(|(_, arguments)| *arguments == call.found.arguments);
    // Query options that only one of both has count against it.
    let mut query = 0;
    for (name, value) in &call.query {
        let mut documented = exchange.query.iter();
        query += match documented.find(|(other, _)| other.eq_ignore_ascii_case(name)) {
            Some((_, other)) if other == value => 2,
            Some(_) => 1,
            None => -1,
        };
    }
    for (name, _) in &exchange.query {
        let mut given = call.query.iter();
        query -= i32::from(!given.any(|(other, _)| other.eq_ignore_ascii_case(name)));
    }
    let body = match (call.body.json(), &exchange.request_body) {
        (Some(given), Some(documented)) => alike(given, documented),
        (None, None) => 1,
        _ => 0,
    };
    [
        i32::from(exchange.behind == call.behind()),
        query,
        i32::from(same_route),
        body,
        i32::from(same_arguments),
    ]
}

/// How much two bodies have in common: the more names, and the more equal values.
fn alike(given: &Value, documented: &Value) -> i32 {
    match (given, documented) {
        _ if given == documented => 1000,
        (Value::Object(given), Value::Object(documented)) => {
            let shared = given.iter().filter_map(|(name, value)| {
                let other = documented.get(name)?;
                Some(1 + i32::from(value == other))
            });
            shared.sum()
        }
        _ => 0,
    }
}
