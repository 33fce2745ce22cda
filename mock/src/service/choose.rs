//! Which documented exchange fits a request best.

use http::StatusCode;
use serde_json::Value;

use docwright::model::OperationId;

use super::call::Call;
use super::outcome::goes_well;
use super::verbatim::{conditions, header_names};
use super::{Service, collection};
use crate::exchange::Exchange;
use crate::query::option;

/// The operation that a request means, and the exchange of it that fits best.
#[derive(Clone, Copy)]
pub(super) struct Chosen<'e> {
    pub(super) operation: OperationId,
    pub(super) exchange: Option<&'e Exchange>,
}

impl Service {
    /// The operation that a request means, and the exchange that fits it best: the example or one with
    /// the status that the request prefers, else one that fails with this very request, else one that
    /// goes well, else any.
    pub(super) fn choose<'s>(&'s self, call: &Call<'_>) -> Option<Chosen<'s>> {
        let operations = &self.api.route(call.found.route).operations;
        let all = || {
            operations.iter().flat_map(|&operation| {
                let exchanges = self.exchanges(operation).iter();
                exchanges.map(move |exchange| (operation, exchange))
            })
        };
        let best = |exchanges: &mut dyn Iterator<Item = (OperationId, &'s Exchange)>| {
            best(exchanges, |exchange| self.likeness(call, exchange))
        };
        let wanted = |exchange: &Exchange| {
            let example = call.preferences.example.as_deref().unwrap_or_default();
            let mut called = exchange.called.iter();
            called.any(|called| called.eq_ignore_ascii_case(example))
        };
        let fits = |it: &Exchange, fits: &dyn Fn(&Exchange, StatusCode) -> bool| {
            it.answer.as_ref().is_some_and(|of| fits(it, of.status))
        };
        let answered = |condition: &dyn Fn(&Exchange, StatusCode) -> bool| {
            best(&mut all().filter(|(_, it)| fits(it, condition)))
        };
        // What pages of something else show is given to those who ask for it by name.
        let elsewhere = |condition: &dyn Fn(&Exchange, StatusCode) -> bool| {
            let operation = *operations.first()?;
            let shown = self.shown_elsewhere.get(&call.found.route)?.iter();
            let exchanges = shown.flat_map(|&page| self.exchanges(page));
            let exchanges = exchanges.map(|exchange| (operation, exchange));
            best(&mut exchanges.filter(|(_, it)| fits(it, condition)))
        };
        let preferred = |status| call.preferences.status == Some(status);
        let chosen = answered(&|it, status| wanted(it) && preferred(status))
            .or_else(|| answered(&|it, _| wanted(it)))
            .or_else(|| elsewhere(&|it, status| wanted(it) && preferred(status)))
            .or_else(|| elsewhere(&|it, _| wanted(it)))
            .or_else(|| answered(&|_, status| preferred(status)))
            .or_else(|| failure(call, &all))
            .or_else(|| answered(&|_, status| goes_well(status)))
            .or_else(|| answered(&|_, _| true))
            .or_else(|| best(&mut all()));
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

    /// How much a request is like that of an exchange.
    fn likeness(&self, call: &Call<'_>, exchange: &Exchange) -> Likeness {
        let route = exchange.route.as_ref();
        let end = |id| {
            let last = self.api.route(id).path.segments.last()?;
            Some(last.literal().map(str::to_lowercase))
        };
        let (called, arguments) = (call.found.route, &call.found.arguments);
        let same_route = route.is_some_and(|(route, _)| *route == called);
        let body = match (call.body.json(), &exchange.request_body) {
            (Some(given), Some(documented)) => alike(given, documented),
            (None, None) => 1,
            _ => 0,
        };
        let answer = exchange.answer.as_ref();
        Likeness {
            behind: exchange.behind == call.behind(),
            end: same_route || route.is_some_and(|(route, _)| end(*route) == end(called)),
            query: options_alike(&call.query, &exchange.query),
            preferences: exchange.preferences == call.preferences.others,
            route: same_route,
            body,
            arguments: route.is_some_and(|(_, documented)| documented == arguments),
            shown: answer.map_or(0, |answer| answer.body.len()),
        }
    }
}

/// The exchange whose very request this is, where it fails: a request that is equally that of one that
/// goes well does not, nor one with a header more that others of the exchanges have.
fn failure<'e, T, I: Iterator<Item = (T, &'e Exchange)>>(
    call: &Call<'_>,
    exchanges: &impl Fn() -> I,
) -> Option<(T, &'e Exchange)> {
    let has_more = |exchange: &Exchange| {
        let mut shown = exchanges().flat_map(|(_, other)| header_names(other));
        let is_shown = |name| header_names(exchange).any(|own| name == own);
        shown.any(|name| call.headers.contains_key(name) && !is_shown(name))
    };
    let own = exchanges().filter_map(|it| {
        let goes_well = goes_well(it.1.answer.as_ref()?.status);
        let conditions = conditions(call, it.1)?;
        (goes_well || !has_more(it.1)).then_some(((conditions, goes_well), it))
    });
    let most = own.reduce(|most, next| if next.0 > most.0 { next } else { most });
    let ((_, goes_well), exchange) = most?;
    (!goes_well).then_some(exchange)
}

/// How much two requests are alike; what stands first counts most.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Likeness {
    /// They have the same segments behind their routes.
    behind: bool,
    /// Their routes end alike, as those of one operation do: to a collection, an item, a function.
    end: bool,
    /// How many query options they share, less those that only one of them has.
    query: i32,
    /// They would rather have the same.
    preferences: bool,
    /// They take the same route.
    route: bool,
    /// How much their bodies have in common.
    body: i32,
    /// They have the same values in their paths.
    arguments: bool,
    /// How much the answer shows: several pages may document the same request.
    shown: usize,
}

/// The exchange that is most alike; the first of equals.
fn best<'e, T>(
    exchanges: impl Iterator<Item = (T, &'e Exchange)>,
    likeness: impl Fn(&Exchange) -> Likeness,
) -> Option<(T, &'e Exchange)> {
    let ranked = exchanges.map(|it| (likeness(it.1), it));
    let best = ranked.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, it)| it)
}

/// How many options two queries share, those with the same value twice, less those that only one of
/// both has.
///
/// Options that shape an answer are applied to what a page shows, so that it is no matter which of
/// them are given. An answer that others have shaped is what has to be avoided.
fn options_alike(given: &[(String, String)], documented: &[(String, String)]) -> i32 {
    let mut alike = 0;
    for (name, value) in given {
        let shapes = collection::shapes(name);
        alike += match option(documented, name) {
            Some(other) if other == value => 2,
            Some(_) if shapes => 0,
            Some(_) => 1,
            None if shapes => 0,
            None => -1,
        };
    }
    for (name, value) in documented {
        alike -= match option(given, name) {
            Some(other) if other != value && collection::shapes(name) => 1,
            Some(_) => 0,
            None => 1,
        };
    }
    alike
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::pairs;

    #[test]
    fn the_example_with_the_options_of_a_request_is_most_alike() {
        let all = [
            "",
            "$top=5",
            "$select=id",
            "$filter=age gt 5",
            "$filter=age gt 5&$top=5",
        ];
        let cases = [
            ("", ""),
            ("$top=1", ""),
            ("top=5", "$top=5"),
            ("$select=name", ""),
            ("$filter=age gt 7", "$filter=age gt 5"),
            ("$filter=age gt 7&$select=name", "$filter=age gt 5"),
            ("$filter=age gt 7&$top=5", "$filter=age gt 5&$top=5"),
        ];
        for (given, expected) in cases {
            let alike = |documented: &str| options_alike(&pairs(given), &pairs(documented));
            let best = all.iter().copied().reduce(|best, next| {
                if alike(next) > alike(best) {
                    next
                } else {
                    best
                }
            });
            assert_eq!(best, Some(expected), "{given}");
        }
    }
}
