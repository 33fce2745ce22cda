//! Single values that an example shows as if they were a collection.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::model::{self, ExampleResponse, Resource, TypeKind};
use crate::page::example::ExampleMessage;
use crate::vocabulary::{Json as _, Kind};

/// The value in `{ "value": { … } }`, where the type of the answer is not a collection and has no
/// property of that name.
pub(super) fn unwrap(
    message: &ExampleMessage<'_>,
    response: &ExampleResponse,
    resources: &[Resource],
) -> Option<String> {
    let ty = response.ty.filter(|ty| !ty.collection)?;
    let TypeKind::Resource(id) = ty.kind else {
        return None;
    };
    let members = message.json_value()?.members();
    let mut members = members.filter(|(name, _)| !name.starts_with('@'));
    let (Some(("value", value)), None) = (members.next(), members.next()) else {
        return None;
    };
    if value.kind() != Kind::Object || model::property(resources, id, "value").is_some() {
        return None;
    }
    // The text of a value is not kept.
    let body = response.body.as_deref()?;
    let object: BTreeMap<String, &RawValue> = serde_json::from_str(body).ok()?;
    Some(object.get("value")?.get().to_owned())
}
