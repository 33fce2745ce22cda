//! Single values that an example shows as if they were a collection.

use jsonc_parser::common::Ranged;

use crate::model::{self, ExampleResponse, Resource, ResourceId, TypeKind};
use crate::page::json;

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
    let json = json::value(body)?;
    let object = json.as_object()?;
    let value = object.get_object("value")?.range();
    let names = object
        .properties
        .iter()
        .map(|property| property.name.as_str());
    let alone = names.filter(|name| !name.starts_with('@')).count() == 1;
    let is_wrapped = alone && !has_value(id, resources);
    is_wrapped.then(|| body[value.start..value.end].to_owned())
}

/// Whether a resource or one that it extends has a property that is called `value`.
fn has_value(id: ResourceId, resources: &[Resource]) -> bool {
    let mut lineage = model::lineage(resources, id);
    lineage.any(|id| {
        let mut properties = resources[id.0 as usize].properties.iter();
        properties.any(|property| property.name == "value")
    })
}
