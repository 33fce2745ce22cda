//! Single values that an example shows as if they were a collection.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::model::{self, ExampleResponse, Resource, ResourceId, TypeKind};
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
    if value.kind() != Kind::Object || has_value(id, resources) {
        return None;
    }
    // The text of a value is not kept.
    let body = response.body.as_deref()?;
    let object: BTreeMap<String, &RawValue> = serde_json::from_str(body).ok()?;
    Some(object.get("value")?.get().to_owned())
}

/// Whether a resource or one that it extends has a property that is called `value`.
fn has_value(id: ResourceId, resources: &[Resource]) -> bool {
    let mut lineage = model::lineage(resources, id);
    lineage.any(|id| {
        let mut properties = resources[id.0 as usize].properties.iter();
        properties.any(|property| property.name == "value")
    })
}
