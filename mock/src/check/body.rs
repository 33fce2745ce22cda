//! Bodies of requests: JSON with documented properties of documented types.

use std::mem::discriminant;

use docwright::conformance::{Departure, Fault, Json as _, Kind, Owner, Shape, Types, Walk};
use docwright::model::{Api, BodyContent, Operation, Property, Type};
use http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use super::Violation;
use crate::exchange::Exchange;
use crate::service::{Call, Sent};

/// How much of what is wrong with one body is told.
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
        Sent::Nothing => return missing(api, &body.content, &Value::Object(Map::new())),
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
    let types = Types::new(api);
    let rows = match &body.content {
        BodyContent::Object(rows) => rows.as_slice(),
        BodyContent::Bytes | BodyContent::Value(_) => &[],
    };
    let mut found = Vec::new();
    let mut report = |departure: Departure<'_, '_, &Value>| {
        let what = match departure.fault {
            Fault::UnknownProperty(owner) => unknown(&departure, owner, &types, &shown),
            Fault::WrongType(ty) => wrong(&departure, ty, &types, &shown),
            // What else a value can be, the service knows.
            Fault::WrongForm(_) | Fault::UnknownMember(_) | Fault::UnknownType(_) => None,
        };
        let row = rows.iter().find(|row| row.name == departure.name);
        let place = departure.documented.or(row.map(|row| row.source));
        let place = place.unwrap_or(body.source);
        found.extend(what.map(|(code, message)| Violation::new(api, code, message, place)));
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
    found.extend(missing(api, &body.content, value));
    found.truncate(TOLD);
    found
}

/// What is said of a property that the pages know nothing of.
fn unknown(
    departure: &Departure<'_, '_, &Value>,
    owner: Owner<'_, &Value>,
    types: &Types<'_>,
    shown: &[&Value],
) -> Option<(&'static str, String)> {
    let name = departure.name;
    let is_known = |known: &str| known.eq_ignore_ascii_case(name);
    let is_documented = owner.shape.names(types).any(is_known);
    let is_shown = shown.iter().any(|shown| has(shown, name, &|_| true));
    let message = format!("the property `{}` is not documented", path(departure));
    (!is_documented && !is_shown).then_some(("undocumentedProperty", message))
}

/// What is said of a value that its type cannot have. A page may show such a one all the same.
fn wrong(
    departure: &Departure<'_, '_, &Value>,
    ty: Type,
    types: &Types<'_>,
    shown: &[&Value],
) -> Option<(&'static str, String)> {
    let given = departure.value.kind();
    let is_such = |value: &Value| discriminant(&value.kind()) == discriminant(&given);
    let is_shown = shown
        .iter()
        .any(|shown| has(shown, departure.name, &is_such));
    let expected = types.label(ty);
    let message = match departure.name {
        "" => format!("the body is documented as {expected}, and is {given}"),
        _ => format!(
            "the property `{}` is documented as {expected}, and is {given}",
            path(departure)
        ),
    };
    (!is_shown).then_some(("wrongType", message))
}

/// What the body of an action lacks: the properties that are required, or to be an object at all.
fn missing(api: &Api, content: &BodyContent, value: &Value) -> Vec<Violation> {
    let BodyContent::Object(rows) = content else {
        return Vec::new();
    };
    if value.kind() != Kind::Object {
        let message = format!(
            "the body is documented as an object, and is {}",
            value.kind()
        );
        let place = rows.first().map(|row| row.source);
        let violation = place.map(|place| Violation::new(api, "wrongType", message, place));
        return violation.into_iter().collect();
    }
    let given = |name: &str| {
        value
            .members()
            .any(|(known, _)| known.eq_ignore_ascii_case(name))
    };
    let missing = rows.iter().filter(|row| row.required && !given(&row.name));
    let violation = |row: &Property| {
        let message = format!("the property `{}` is required", row.name);
        Violation::new(api, "missingProperty", message, row.source)
    };
    missing.map(violation).collect()
}

/// Where something is in a body, of which the sign for the whole of it says nothing.
fn path(departure: &Departure<'_, '_, &Value>) -> String {
    departure
        .path
        .to_string()
        .trim_start_matches("$.")
        .to_owned()
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

/// Whether a documented body has a property of this name with such a value anywhere.
fn has(shown: &Value, name: &str, is_such: &impl Fn(&Value) -> bool) -> bool {
    match shown {
        Value::Array(items) => items.iter().any(|item| has(item, name, is_such)),
        Value::Object(object) => {
            object.get(name).is_some_and(is_such)
                || object.values().any(|value| has(value, name, is_such))
        }
        _ => false,
    }
}
