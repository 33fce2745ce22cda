//! Puts the values of a request where a documented answer has those of the documented request.

use std::borrow::Cow;
use std::slice::from_ref;

use docwright::model::{Api, RouteId};
use serde_json::Value;

use super::call::Call;
use super::{id, texts};
use crate::exchange::Exchange;

/// Makes the answer of an exchange that to a request.
pub(super) fn fill(
    value: &mut Cow<'_, Value>,
    exchange: Option<&Exchange>,
    call: &Call<'_>,
    api: &Api,
) {
    let route = exchange.and_then(|it| it.route.as_ref());
    let given = &call.found.arguments;
    if let Some((route, documented)) = route {
        if *route == call.found.route {
            replace(value, documented, given);
        } else if let (Some(documented), Some(given)) = (documented.last(), given.last())
            && is_same_last(api, *route, call.found.route)
        {
            replace(value, from_ref(documented), from_ref(given));
        }
    }
    let same = route.is_some_and(|(_, documented)| documented == given);
    if let Some(id) = call.id(api).filter(|_| !same)
        && id::of(value).is_some_and(|documented| documented != id)
    {
        let id = id::like(&value["id"], id);
        value.to_mut()["id"] = id;
    }
}

/// Whether the last values of two routes name the same thing, as those of one operation mostly do. An
/// alternate key and an id do not, although both lead to it: `beds(code='{code}')` and `beds/{bed-id}`.
fn is_same_last(api: &Api, documented: RouteId, given: RouteId) -> bool {
    let last = |id| {
        let segments = &api.route(id).path.segments;
        let parameters = segments.iter().flat_map(|segment| {
            let parameters = segment.parameters();
            parameters.map(|parameter| (segment.kind, parameter.name.as_str()))
        });
        parameters.last()
    };
    last(documented) == last(given)
}

/// Replaces documented values by given ones, wherever a string is one of them or a URL has it as a
/// segment.
fn replace(value: &mut Cow<'_, Value>, documented: &[String], given: &[String]) {
    let pairs = documented.iter().zip(given);
    let pairs: Vec<(&str, &str)> = pairs
        .map(|(documented, given)| (documented.as_str(), given.as_str()))
        .filter(|(documented, given)| documented != given && !documented.is_empty())
        .collect();
    if !pairs.is_empty() {
        texts::change(value, &|_, text| filled(text, &pairs));
    }
}

/// A text with given values in the place of documented ones; nothing where there are none.
fn filled(text: &str, pairs: &[(&str, &str)]) -> Option<String> {
    let equal = pairs.iter().find(|(documented, _)| *documented == text);
    if let Some((_, given)) = equal {
        return Some((*given).to_owned());
    }
    if !text.contains("://") {
        return None;
    }
    let is_end = |c: char| matches!(c, '/' | '\'' | '(' | ')' | '?' | '#' | '&' | '=');
    let parts = text.split_inclusive(is_end).map(|part| {
        let bare = part.trim_end_matches(is_end);
        match pairs.iter().find(|(documented, _)| *documented == bare) {
            Some((_, given)) => format!("{given}{}", &part[bare.len()..]),
            None => part.to_owned(),
        }
    });
    let changed: String = parts.collect();
    (changed != text).then_some(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ids_of_the_request_stand_in_the_answer() {
        let value = json!({
            "@odata.context": "https://api.example.com/$metadata#users('42')/photos",
            "id": "42",
            "count": 42,
            "next": [{ "userId": "42", "text": "42 of 43" }],
        });
        let mut value = Cow::Owned(value);
        replace(&mut value, &["42".to_owned()], &["7".to_owned()]);
        let expected = json!({
            "@odata.context": "https://api.example.com/$metadata#users('7')/photos",
            "id": "7",
            "count": 42,
            "next": [{ "userId": "7", "text": "42 of 43" }],
        });
        assert_eq!(*value, expected);
    }
}
