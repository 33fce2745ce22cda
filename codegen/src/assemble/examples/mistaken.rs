//! Annotations that call a response what it is not, or what it is only this time.

use std::iter;

use crate::model::{Resource, ResourceId, Type, extends, property};
use crate::page::Page;
use crate::page::body::Value;
use crate::page::example::ExampleMessage;
use crate::page::prose;
use crate::page::type_name::TypeName;
use crate::vocabulary::Json;

/// Whether the annotation of a response is mistaken, where the page speaks of another resource: neither
/// extends the other, the body does not say itself what it is, and it has properties of that one which
/// the annotated has not. One is enough where `sent` is that resource too, and the annotated has none that it lacks.
pub(crate) fn is_mistaken(
    response: &ExampleMessage<'_>,
    annotated: ResourceId,
    said: ResourceId,
    sent: Option<ResourceId>,
    resources: &[Resource],
) -> bool {
    if extends(resources, annotated, said) || extends(resources, said, annotated) {
        return false;
    }
    let Some(body) = response.json_value() else {
        return false;
    };
    if says_its_type(body) {
        return false;
    }
    let missing = |id| missing(body, id, resources);
    let of_annotated: Vec<&str> = missing(annotated).collect();
    let of_said: Vec<&str> = missing(said).collect();
    let is_part = || of_said.iter().all(|name| of_annotated.contains(name));
    match sent == Some(said) && of_said.len() < of_annotated.len() && is_part() {
        true => true,
        false => !of_annotated.is_empty() && 2 * of_said.len() <= of_annotated.len(),
    }
}

/// The resource that a page says is sent.
pub(crate) fn sent(
    page: &Page<'_>,
    resolve: impl Fn(&TypeName) -> Option<Type>,
) -> Option<ResourceId> {
    prose::said(&page.request_prose, resolve)?.kind.resource()
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
    let is_more = annotated != said && extends(resources, annotated, said);
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

/// The properties of a body, or of the items in it, that a resource does not have.
fn missing<'b>(
    body: Value<'b>,
    id: ResourceId,
    resources: &[Resource],
) -> impl Iterator<Item = &'b str> {
    let is_known = move |name: &str| property(resources, id, name).is_some();
    let names = objects(body).flat_map(|object| object.members().map(|(name, _)| name));
    names.filter(move |name| !name.contains('@') && !is_known(name))
}
