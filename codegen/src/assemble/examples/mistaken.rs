//! Annotations that call a response what it is not, or what it is only this time.

use std::iter;

use crate::model::{Resource, ResourceId, lineage, property};
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
    let missing = |id| missing(body, id, resources);
    !says_its_type(body) && missing(annotated) > 0 && 2 * missing(said) <= missing(annotated)
}

/// Whether a response is annotated as one kind of the resource that the page speaks of, and says so in
/// its body: a service writes `@odata.type` where an answer is more than its declared type (OData JSON
/// Format 4.01, section 4.6.3).
pub(super) fn is_one_kind(
    response: &ExampleMessage<'_>,
    annotated: ResourceId,
    said: ResourceId,
    resources: &[Resource],
) -> bool {
    let is_more = annotated != said && lineage(resources, annotated).any(|base| base == said);
    is_more && response.json_value().is_some_and(says_its_type)
}

/// Whether the object that a body is, or one of the items in it, has its type in it.
fn says_its_type(body: Value<'_>) -> bool {
    objects(body).any(|object| object.member("@odata.type").is_some())
}

/// The object that a body is, and the items in it.
pub(in crate::assemble) fn objects(body: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    iter::once(body).chain(body.collection_items())
}

/// How many properties of a body, or of the items in it, a resource does not have.
fn missing(body: Value<'_>, id: ResourceId, resources: &[Resource]) -> usize {
    let is_known = |name: &str| property(resources, id, name).is_some();
    let names = objects(body).flat_map(|object| object.members().map(|(name, _)| name));
    names
        .filter(|name| !name.contains('@') && !is_known(name))
        .count()
}
