//! Single values that an example shows as if they were a collection.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::model::{self, ExampleResponse, Resource};
use crate::page::body::Value;
use crate::page::example::ExampleMessage;
use crate::vocabulary::{Json as _, Kind};

/// The value in `{ "value": { … } }`, where the type of the answer is not a collection and has no property of that
/// name; and that in `{ "value": [{ … }] }` where the path picks one thing by its key.
pub(super) fn unwrap(
    message: &ExampleMessage<'_>,
    response: &ExampleResponse,
    of_one: bool,
    resources: &[Resource],
) -> Option<String> {
    let ty = response.ty.filter(|ty| !ty.collection)?;
    let id = ty.kind.resource()?;
    let members = message.json_value()?.members();
    let mut members = members.filter(|(name, _)| !name.starts_with('@'));
    let (Some(("value", value)), None) = (members.next(), members.next()) else {
        return None;
    };
    let listed = only_item(value).filter(|_| of_one);
    let is_single = listed.unwrap_or(value).kind() == Kind::Object;
    if !is_single || model::property(resources, id, "value").is_some() {
        return None;
    }
    // The text of a value is not kept.
    let body = response.body.as_deref()?;
    let object: BTreeMap<String, &RawValue> = serde_json::from_str(body).ok()?;
    let text = object.get("value")?.get();
    if listed.is_none() {
        return Some(text.to_owned());
    }
    let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
    Some(items.first()?.get().to_owned())
}

/// Whether a body is a list around one thing: `{ "value": [{ … }] }`.
pub(in crate::assemble) fn is_list_of_one(message: &ExampleMessage<'_>) -> bool {
    let value = message.json_value().and_then(|body| body.member("value"));
    let item = value.and_then(only_item);
    item.is_some_and(|item| item.kind() == Kind::Object)
}

/// The item of an array that has no other.
fn only_item<'v>(value: Value<'v>) -> Option<Value<'v>> {
    let mut items = value.items();
    let first = items.next();
    first.filter(|_| items.next().is_none())
}
