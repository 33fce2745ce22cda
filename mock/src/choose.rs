//! Which documented exchange fits a request best.

use docwright::model::RouteId;
use serde_json::Value;

use crate::exchange::Exchange;

/// What a request is compared by.
pub(crate) struct Wanted<'r> {
    pub(crate) route: RouteId,
    pub(crate) arguments: &'r [String],
    pub(crate) query: &'r [(String, String)],
    pub(crate) body: Option<&'r Value>,
}

impl Wanted<'_> {
    /// The best of some exchanges: that with the query options that are most alike, then that of the
    /// same route, then by the body and by the values in the path; the first of equals.
    pub(crate) fn best<'e>(
        &self,
        exchanges: impl IntoIterator<Item = &'e Exchange>,
    ) -> Option<&'e Exchange> {
        let exchanges = exchanges.into_iter();
        let ranked = exchanges.map(|exchange| (self.likeness(exchange), exchange));
        let best = ranked.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|(_, exchange)| exchange)
    }

    fn likeness(&self, exchange: &Exchange) -> [i32; 4] {
        let route = exchange.route.as_ref();
        let same_route = route.is_some_and(|(route, _)| *route == self.route);
        let same_arguments = route.is_some_and(|(_, arguments)| arguments == self.arguments);
        // Query options that only one of both has count against it.
        let mut query = 0;
        for (name, value) in self.query {
            let mut documented = exchange.query.iter();
            query += match documented.find(|(other, _)| other.eq_ignore_ascii_case(name)) {
                Some((_, other)) if other == value => 2,
                Some(_) => 1,
                None => -1,
            };
        }
        for (name, _) in &exchange.query {
            let mut given = self.query.iter();
            query -= i32::from(!given.any(|(other, _)| other.eq_ignore_ascii_case(name)));
        }
        let body = match (self.body, &exchange.request_body) {
            (Some(given), Some(documented)) => alike(given, documented),
            (None, None) => 1,
            _ => 0,
        };
        [
            query,
            i32::from(same_route),
            body,
            i32::from(same_arguments),
        ]
    }
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
