//! Annotations that call a response what it is not.

use std::iter;

use crate::model::{Resource, ResourceId, lineage};
use crate::page::body::Value;
use crate::page::example::ExampleMessage;
use crate::vocabulary::Json;

/// Whether the annotation of a response is mistaken, where the page speaks of another resource: neither
/// extends the other, the body does not say itself what it is, and it has properties of that one which
/// the annotated has not.
pub(crate) fn is_mistaken(
    response: &ExampleMessage<'_>,
    annotated: ResourceId,
    said: ResourceId,
    resources: &[Resource],
) -> bool {
    let extends = |one, other| lineage(resources, one).any(|base| base == other);
    if extends(annotated, said) || extends(said, annotated) {
        return false;
    }
    let Some(body) = response.json_value() else {
        return false;
    };
    let mut says = objects(body).map(|object| object.member("@odata.type").is_some());
    let missing = |id| missing(body, id, resources);
    !says.any(|says| says) && missing(annotated) > 0 && 2 * missing(said) <= missing(annotated)
}

/// The object that a body is, and the items in it.
fn objects(body: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    let items = body.member("value").into_iter().flat_map(Json::items);
    iter::once(body).chain(items)
}

/// How many properties of a body, or of the items in it, a resource does not have.
fn missing(body: Value<'_>, id: ResourceId, resources: &[Resource]) -> usize {
    let is_known = |name: &str| {
        let own = lineage(resources, id).map(|id| &resources[id.0 as usize]);
        let mut properties = own.flat_map(|resource| &resource.properties);
        properties.any(|property| property.name == name)
    };
    let names = objects(body).flat_map(|object| object.members().map(|(name, _)| name));
    names
        .filter(|name| !name.contains('@') && !is_known(name))
        .count()
}
