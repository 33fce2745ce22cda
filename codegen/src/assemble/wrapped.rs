//! Single values that an example shows as if they were a collection.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::model::{self, ExampleResponse, Resource, ResourceId, TypeKind};

/// The value in `{ "value": { … } }`, where the type of the answer is not a collection and has no
/// property of that name.
pub(super) fn unwrap(response: &ExampleResponse, resources: &[Resource]) -> Option<String> {
    let ty = response.ty.filter(|ty| !ty.collection)?;
    let TypeKind::Resource(id) = ty.kind else {
        return None;
    };
    let body = response.body.as_deref()?;
    // Few bodies are worth to be read for this.
    let body = Some(body).filter(|body| body.contains("\"value\""))?;
    let object: BTreeMap<String, &RawValue> = serde_json::from_str(body).ok()?;
    let value = object.get("value")?.get();
    let names = object.keys().filter(|name| !name.starts_with('@'));
    let is_wrapped = value.starts_with('{') && names.count() == 1 && !has_value(id, resources);
    is_wrapped.then(|| value.to_owned())
}

/// Whether a resource or one that it extends has a property that is called `value`.
fn has_value(id: ResourceId, resources: &[Resource]) -> bool {
    let mut lineage = model::lineage(resources, id);
    lineage.any(|id| {
        let mut properties = resources[id.0 as usize].properties.iter();
        properties.any(|property| property.name == "value")
    })
}
