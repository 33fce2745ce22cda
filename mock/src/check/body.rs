//! Bodies of requests: JSON with documented properties.

use docwright::conformance::{Departure, Fault, Shape, Types, Walk};
use docwright::model::{Api, BodyContent, Operation, Type};
use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::Violation;
use crate::exchange::Exchange;
use crate::service::{Call, Sent};

/// How many undocumented properties of one body are told.
const TOLD: usize = 10;

/// What in the body of a request the pages do not allow.
pub(super) fn check(
    api: &Api,
    operation: &Operation,
    exchanges: &[Exchange],
    call: &Call<'_>,
) -> Vec<Violation> {
    let Some(body) = &operation.request_body else {
        return Vec::new();
    };
    if matches!(body.content, BodyContent::Bytes) || is_other(call) {
        return Vec::new();
    }
    let value = match &call.body {
        Sent::Nothing => return Vec::new(),
        Sent::Json(value) => value,
        Sent::Other(error) => {
            let message = format!("the body is no JSON: {error}");
            return vec![Violation::new(api, "bodyNotJson", message, body.source)];
        }
    };
    let shown = exchanges.iter().filter_map(|it| it.request_body.as_ref());
    let shown: Vec<&Value> = shown.collect();
    // What the page itself shows is documented, whatever its tables say.
    if shown.contains(&value) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let types = Types::new(api);
    let mut report = |departure: Departure<'_, '_, &Value>| {
        let Fault::UnknownProperty(owner) = departure.fault else {
            return;
        };
        let name = departure.name;
        let is_known = |known: &str| known.eq_ignore_ascii_case(name);
        let mut known = owner.shape.names(&types);
        if !known.any(is_known) && !shown.iter().any(|shown| has(shown, name)) {
            // In a body, the sign for the whole of it says nothing.
            let path = departure.path.to_string();
            found.push(path.trim_start_matches("$.").to_owned());
        }
    };
    let mut walk = Walk::new(&types, &mut report);
    match &body.content {
        BodyContent::Bytes => {}
        BodyContent::Value(ty) => walk.value("", value, Some(Type::single(ty.kind))),
        BodyContent::Object(properties) => {
            let rows = properties.iter().map(|row| (row.name.as_str(), row.ty));
            let rows: Vec<(&str, Type)> = rows.collect();
            let resources = &[];
            let rows = &rows;
            walk.object(value, Shape { rows, resources });
        }
    }
    let violation = |path: String| {
        let message = format!("the property `{path}` is not documented");
        Violation::new(api, "undocumentedProperty", message, body.source)
    };
    found.into_iter().take(TOLD).map(violation).collect()
}

/// Whether a request says that its body is something else than JSON: pages document some that may
/// be either.
fn is_other(call: &Call<'_>) -> bool {
    let kind = call
        .headers
        .get(CONTENT_TYPE)
        .and_then(|it| it.to_str().ok());
    kind.is_some_and(|kind| !kind.to_ascii_lowercase().contains("json"))
}

/// Whether a documented body has a property anywhere.
fn has(shown: &Value, name: &str) -> bool {
    match shown {
        Value::Array(items) => items.iter().any(|item| has(item, name)),
        Value::Object(object) => {
            object.contains_key(name) || object.values().any(|value| has(value, name))
        }
        _ => false,
    }
}
