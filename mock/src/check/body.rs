//! Bodies of requests: JSON with documented properties of documented types.

use std::mem::discriminant;

use docwright::conformance::{
    Departure, Fault, Json as _, Kind, Owner, Shape, Types, Walk, is_written_as,
};
use docwright::model::{
    Api, BodyContent, Operation, Primitive, Property, RequestBody, Type, TypeKind,
};
use serde_json::{Map, Value};

use super::{Violation, media_type};
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
    let other = media_type::check(api, body, exchanges, call);
    if other.is_some() || matches!(body.content, BodyContent::Bytes) {
        return Vec::from_iter(other);
    }
    // What the page shows of another media type than JSON is nothing that could be looked into.
    if media_type::is_other(call) {
        return Vec::new();
    }
    let shown = exchanges.iter().filter_map(|it| it.request_body.as_ref());
    let shown: Vec<&Value> = shown.collect();
    let value = match &call.body {
        Sent::Nothing => {
            let nothing = Value::Object(Map::new());
            return match no_body(api, operation, body, exchanges) {
                Some(found) => vec![found],
                None => missing(api, operation, body, call, &nothing),
            };
        }
        Sent::Json(value) => value,
        Sent::Other(error) => {
            let message = format!("the body is no JSON: {error}");
            return vec![Violation::new(api, "bodyNotJson", message, body.source)];
        }
    };
    // What the page itself shows is documented, whatever its tables say.
    if shown.contains(&value) {
        return Vec::new();
    }
    let mut found = departures(api, operation, body, value, &shown);
    found.extend(missing(api, operation, body, call, value));
    found.truncate(TOLD);
    found
}

/// What departs from the documented types, but for what the page itself shows.
fn departures(
    api: &Api,
    operation: &Operation,
    body: &RequestBody,
    value: &Value,
    shown: &[&Value],
) -> Vec<Violation> {
    let rows = match &body.content {
        BodyContent::Object(rows) => rows.as_slice(),
        BodyContent::Bytes | BodyContent::Value(_) => &[],
    };
    let types = Types::new(api);
    let mut found = Vec::new();
    let mut report = |departure: Departure<'_, '_, &Value>| {
        let what = match departure.fault {
            Fault::UnknownProperty(owner) => unknown(&departure, owner, &types, shown),
            Fault::WrongType(ty) => wrong(&departure, ty, &types, shown),
            // Only a change takes a value away: what is made may get its key from the service.
            Fault::NotNullable if operation.method == "PATCH" => null(&departure, shown),
            // Of which alphabet bytes are written, services decide for themselves.
            Fault::WrongForm(Primitive::Binary) => None,
            Fault::WrongForm(primitive) => malformed(&departure, primitive, &types, shown),
            // What else a value can be, the service knows.
            Fault::NotNullable | Fault::UnknownMember(_) | Fault::UnknownType(_) => None,
        };
        let row = rows.iter().find(|row| row.name == departure.name);
        let place = departure.documented.or(row.map(|row| row.source));
        let place = place.unwrap_or(body.source);
        found.extend(what.map(|(code, message)| Violation::new(api, code, message, place)));
    };
    let mut walk = Walk::new(&types, &mut report);
    match &body.content {
        BodyContent::Bytes => {}
        BodyContent::Value(ty) => {
            // Pages do not tell whether many are sent as an array or in an object.
            let single = Type::single(ty.kind);
            let ty = if value.is_array() { *ty } else { single };
            walk.value("", value, Some(ty));
        }
        BodyContent::Object(_) => {
            let rows = rows.iter().map(|row| (row.name.as_str(), row.ty));
            let rows: Vec<(&str, Type)> = rows.collect();
            let resources = &[];
            let rows = &rows;
            walk.object(value, Shape { rows, resources });
            let what = no_object(value, shown);
            found.extend(
                what.map(|(code, message)| Violation::new(api, code, message, body.source)),
            );
        }
    }
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
    let is_one = |value: &Value| discriminant(&value.kind()) == discriminant(&given);
    let is_shown = is_shown(departure, shown, is_one);
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

/// What is said of text that is no date, time, duration or GUID, as values of its type are. A page may show such
/// a one all the same.
fn malformed(
    departure: &Departure<'_, '_, &Value>,
    primitive: Primitive,
    types: &Types<'_>,
    shown: &[&Value],
) -> Option<(&'static str, String)> {
    let Kind::String(given) = departure.value.kind() else {
        return None;
    };
    let is_one = |value: &Value| {
        let text = value.as_str();
        text.is_some_and(|text| !is_written_as(primitive, text))
    };
    let is_shown = is_shown(departure, shown, is_one);
    let expected = types.label(Type::primitive(primitive));
    let what = match departure.name {
        "" => "the body".to_owned(),
        _ => format!("the property `{}`", path(departure)),
    };
    let message = format!("{what} is documented as {expected}, and is `{given}`");
    (!is_shown).then_some(("wrongValue", message))
}

/// Whether the page shows such a value too, in the place of the one that departs.
fn is_shown(
    departure: &Departure<'_, '_, &Value>,
    shown: &[&Value],
    is_one: impl Fn(&Value) -> bool,
) -> bool {
    // An item has the name of its array.
    let is_such = |value: &Value| is_one(value) || value.items().any(&is_one);
    shown.iter().any(|shown| match departure.name {
        "" => is_such(shown),
        name => has(shown, name, &is_such),
    })
}

/// What is said of null where the pages say that there is always a value. A page may show it all the same.
fn null(departure: &Departure<'_, '_, &Value>, shown: &[&Value]) -> Option<(&'static str, String)> {
    let is_null = |value: &Value| value.is_null();
    let is_shown = shown
        .iter()
        .any(|shown| has(shown, departure.name, &is_null));
    let message = format!(
        "the property `{}` is documented as never null, and is null",
        path(departure)
    );
    (!is_shown).then_some(("wrongType", message))
}

/// What is said of the body of an action that is no object.
fn no_object(value: &Value, shown: &[&Value]) -> Option<(&'static str, String)> {
    let given = value.kind();
    let is_shown = shown.iter().any(|shown| shown.kind() == given);
    let message = format!("the body is documented as an object, and is {given}");
    (given != Kind::Object && !is_shown).then_some(("wrongType", message))
}

/// The required properties that a body lacks. Where several pages document a request, each of them has to
/// require one.
fn missing(
    api: &Api,
    operation: &Operation,
    body: &RequestBody,
    call: &Call<'_>,
    value: &Value,
) -> Vec<Violation> {
    if value.kind() != Kind::Object {
        return Vec::new();
    }
    let others = || {
        let operations = api.route(call.found.route).operations.iter();
        let operations = operations.map(|&id| api.operation(id));
        operations.filter(|other| !std::ptr::eq(*other, operation))
    };
    let is_required_by = |other: &Operation, name: &str| {
        let mut required = other.request_body.iter().flat_map(RequestBody::required);
        required.any(|row| row.name == name)
    };
    let is_missing = |row: &&Property| {
        let mut members = value.members();
        !members.any(|(name, _)| is_named(name, &row.name))
            && others().all(|other| is_required_by(other, &row.name))
    };
    let violation = |row: &Property| {
        let message = format!("the property `{}` is required", row.name);
        Violation::new(api, "missingProperty", message, row.source)
    };
    let required = body.required().into_iter();
    required.filter(is_missing).map(violation).collect()
}

/// Whether a member of an object gives a property: as it is, or by a reference to another resource (OData JSON
/// Format 4.01, section 8.5). An annotation of OData's own may be without its prefix (section 4.6).
fn is_named(member: &str, property: &str) -> bool {
    let name = member.strip_suffix("@odata.bind").unwrap_or(member);
    let own = property.strip_prefix("@odata.");
    let is_own = own.is_some_and(|own| member.strip_prefix('@') == Some(own));
    is_own || name.eq_ignore_ascii_case(property)
}

/// Where something is in a body, of which the sign for the whole of it says nothing.
fn path(departure: &Departure<'_, '_, &Value>) -> String {
    departure
        .path
        .to_string()
        .trim_start_matches("$.")
        .to_owned()
}

/// What is said of a request without the thing that it is to create, to put or to change. An action may take
/// nothing, and a page may show a request without a body.
fn no_body(
    api: &Api,
    operation: &Operation,
    body: &RequestBody,
    exchanges: &[Exchange],
) -> Option<Violation> {
    let method = operation.method.as_str();
    let (is_thing, label) = match &body.content {
        BodyContent::Bytes => return None,
        BodyContent::Object(_) => (false, "an object".to_owned()),
        BodyContent::Value(ty) => {
            let label = Types::new(api).label(*ty);
            (matches!(ty.kind, TypeKind::Resource(_)), label)
        }
    };
    let is_needed = (method == "PATCH" || is_thing && matches!(method, "POST" | "PUT"))
        && exchanges.iter().all(|it| it.request_text.is_some());
    let message = format!("there is no body, which is documented as {label}");
    is_needed.then(|| Violation::new(api, "missingBody", message, body.source))
}

/// Whether a documented body has a property of this name with such a value anywhere.
fn has(shown: &Value, name: &str, is_such: &impl Fn(&Value) -> bool) -> bool {
    match shown {
        Value::Array(items) => items.iter().any(|item| has(item, name, is_such)),
        Value::Object(object) => object.iter().any(|(known, value)| {
            known.eq_ignore_ascii_case(name) && is_such(value) || has(value, name, is_such)
        }),
        _ => false,
    }
}
