//! Single values that an example shows as if they were a collection.

use crate::conformance::{Kind, Placed};
use crate::model::{self, ExampleResponse, Resource, ResourceId, TypeKind};
use crate::page::json;
use crate::page::plain_json::PlainJson;
use crate::source::Span;

/// The value in `{ "value": { … } }`, where the type of the answer is not a collection and has no
/// property of that name.
pub(super) fn unwrap(response: &ExampleResponse, resources: &[Resource]) -> Option<String> {
    let ty = response.ty.filter(|ty| !ty.collection)?;
    let TypeKind::Resource(id) = ty.kind else {
        return None;
    };
    let body = response.body.as_deref()?;
    // Few bodies are worth to be read for this.
    if !body.contains("\"value\"") || has_value(id, resources) {
        return None;
    }
    let value = match PlainJson::read(body) {
        Some(json) => only_value(json.value()),
        None => only_value(&json::value(body)?),
    };
    value.map(|span| body[span.range()].to_owned())
}

/// Where the object stands that is all that another one holds, under the name `value`.
fn only_value<'v, N: Placed<'v>>(json: N) -> Option<Span> {
    let mut members = json.members().filter(|(name, _)| !name.starts_with('@'));
    let (name, value) = members.next()?;
    let is_wrapped = name == "value" && value.kind() == Kind::Object;
    (is_wrapped && members.next().is_none()).then(|| value.span())
}

/// Whether a resource or one that it extends has a property that is called `value`.
fn has_value(id: ResourceId, resources: &[Resource]) -> bool {
    let mut lineage = model::lineage(resources, id);
    lineage.any(|id| {
        let mut properties = resources[id.0 as usize].properties.iter();
        properties.any(|property| property.name == "value")
    })
}
