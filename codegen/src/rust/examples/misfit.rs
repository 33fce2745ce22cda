//! Values that are none of their types, where the client comes upon them.
//!
//! A page may show such a value in a place that the client does not read: in JSON that it hands on, or
//! in a property that only a derived type has.

use serde_json::Value;

use crate::conformance::{COUNT, Departure, Fault, Shape, Types, Walk};
use crate::json;
use crate::model::{BodyContent, Type, TypeKind};
use crate::rust::made::view::View;
use crate::rust::types::Output;
use crate::vocabulary::{Json, Kind};

/// What becomes of a body in which pages show a value that is none of its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Misfit {
    /// The client does not come upon it.
    Unread,
    /// It is that of a property, which keeps it as it came.
    Kept,
    /// The body cannot be read.
    Refused,
}

/// Of the body of an answer, which is JSON where it can be read as what the client reads.
pub(super) fn of_answer(api: View<'_>, output: Output, body: &str, json: Option<&Value>) -> Misfit {
    let ty = match output {
        Output::Json(ty) => ty,
        Output::Array(kind) => Type::collection(kind),
        Output::Count | Output::Bytes | Output::Empty => return Misfit::Unread,
    };
    let Some(json) = json else {
        return Misfit::Refused;
    };
    if matches!(output, Output::Array(_)) {
        return of_value(api, json, ty);
    }
    let within = json.get("value").unwrap_or(&Value::Null);
    match ty.kind {
        _ if ty.collection => beside_items(api, json).max(of_items(api, body, ty)),
        TypeKind::Resource(_) => of_value(api, json, ty),
        TypeKind::Json => Misfit::Unread,
        // The object around it keeps what does not fit.
        TypeKind::Primitive(_) | TypeKind::Enum(_) => match of_value(api, within, ty) {
            Misfit::Unread => Misfit::Unread,
            Misfit::Kept | Misfit::Refused => Misfit::Kept,
        },
    }
}

/// Whether items of an answer are of another kind than those of its type: objects where the operation answers
/// with values, or the other way round.
pub(super) fn has_other_items(output: Output, json: Option<&Value>) -> bool {
    let Some((kind, items)) = json.and_then(|json| items(output, json)) else {
        return false;
    };
    let is_other = |item: &Value| match kind {
        TypeKind::Resource(_) => !item.is_object(),
        TypeKind::Primitive(_) | TypeKind::Enum(_) => item.is_object() || item.is_array(),
        TypeKind::Json => false,
    };
    items.iter().any(is_other)
}

/// The items of an answer that has many, and their kind.
pub(super) fn items(output: Output, json: &Value) -> Option<(TypeKind, &Vec<Value>)> {
    match output {
        Output::Array(kind) => Some((kind, json.as_array()?)),
        Output::Json(ty) if ty.collection => Some((ty.kind, json.get("value")?.as_array()?)),
        _ => None,
    }
}

/// Of the body of a request.
pub(super) fn of_request(api: View<'_>, content: &BodyContent, body: &str) -> Misfit {
    let Ok(json) = serde_json::from_str::<Value>(body) else {
        return Misfit::Refused;
    };
    match content {
        BodyContent::Bytes => Misfit::Unread,
        BodyContent::Value(ty) => of_value(api, &json, *ty),
        BodyContent::Object(_) if !json.is_object() => Misfit::Refused,
        BodyContent::Object(properties) => {
            let rows = properties.iter().map(|row| (row.name.as_str(), row.ty));
            let rows: Vec<(&str, Type)> = rows.collect();
            let shape = Shape {
                rows: &rows,
                resources: &[],
            };
            match misfits(api, |walk| walk.object(&json, shape)).is_empty() {
                true => Misfit::Unread,
                false => Misfit::Kept,
            }
        }
    }
}

/// Of what an answer says beside the items of a collection. No link is kept: without one, a page that is not
/// the last would pass for it.
fn beside_items(api: View<'_>, json: &Value) -> Misfit {
    let names = misfits(api, |walk| walk.beside_items(json));
    let of_name = |name: &str| match name {
        COUNT => Misfit::Kept,
        _ => Misfit::Refused,
    };
    let found = names.into_iter().map(of_name);
    found.max().unwrap_or(Misfit::Unread)
}

/// Of the items of a collection. Where a body has them twice, the client reads both.
fn of_items(api: View<'_>, body: &str, ty: Type) -> Misfit {
    let json = json::value(body);
    let members = json.iter().flat_map(|json| json.members());
    let items = members.filter(|(name, _)| *name == "value");
    let found = items.map(|(_, items)| of_value(api, items, ty));
    found.max().unwrap_or(Misfit::Unread)
}

fn of_value<'v, J: Json<'v>>(api: View<'_>, value: J, ty: Type) -> Misfit {
    // Only an object keeps what does not fit into it.
    let is_resource = ty.kind.resource().is_some();
    let keeps = |value: J| is_resource && matches!(value.kind(), Kind::Object);
    let all_keep = match ty.collection {
        true => matches!(value.kind(), Kind::Array) && value.items().all(keeps),
        false => keeps(value),
    };
    match misfits(api, |walk| walk.value("", value, Some(ty))).is_empty() {
        true => Misfit::Unread,
        false if all_keep => Misfit::Kept,
        false => Misfit::Refused,
    }
}

/// The names of the values that a walk comes upon and that are none of their types.
fn misfits<'v, J: Json<'v>>(
    api: View<'_>,
    walk: impl FnOnce(&mut Walk<'_, 'v, J>),
) -> Vec<&'v str> {
    let types = Types::new(api.all());
    let mut found = Vec::new();
    let mut report = |departure: Departure<'_, 'v, J>| {
        if matches!(departure.fault, Fault::WrongType(_)) {
            found.push(departure.name);
        }
    };
    walk(&mut Walk::new(&types, &mut report).as_documented());
    found
}
