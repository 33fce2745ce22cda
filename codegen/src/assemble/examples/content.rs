//! What the example of an answer carries.

use super::mistaken::{self, is_mistaken, is_one_kind};
use crate::assemble::findings::OfPage;
use crate::assemble::types::Types;
use crate::assemble::types::references::unknown;
use crate::diagnostic::Code;
use crate::model::{Content, Primitive, ResourceId, Type, TypeKind, property};
use crate::page::Page;
use crate::page::body::Value;
use crate::page::example::ExampleMessage;
use crate::page::type_name;
use crate::vocabulary::{Json, Kind};

/// What an example response carries, `None` where it shows no body.
pub(in crate::assemble) fn of(
    of: &mut OfPage<'_, '_>,
    response: &ExampleMessage<'_>,
    said: Option<Type>,
    types: &Types,
) -> Option<Content> {
    let page = of.page;
    let annotation = response.annotation.as_ref();
    let body = response.message.body.as_ref();
    if body.is_some() && !response.message.has_json() {
        return Some(Content::Bytes);
    }
    let shows_many = response.is_collection();
    let flagged = annotation.and_then(|annotation| annotation.collection);
    let Some(name) = response.annotated_as() else {
        body?;
        let said = said.unwrap_or(Type::single(TypeKind::Json));
        return Some(of_unnamed(of, response, said, types));
    };
    let Some(parsed) = type_name::parse(name) else {
        return body.map(|_| Content::Value(Type::single(TypeKind::Json)));
    };
    let resolved = types.resolve(page, &parsed);
    // Where the body cannot tell, the annotation and the sentence do.
    let collection = match response.json {
        Some(_) => shows_many,
        None => flagged.unwrap_or(said.is_some_and(|said| said.collection)),
    };
    match resolved {
        Some(Type {
            kind: TypeKind::Primitive(Primitive::Stream),
            ..
        }) => Some(Content::Bytes),
        Some(ty) => {
            let many = Type::collection(ty.kind);
            let says_many = flagged == Some(true) || said == Some(many);
            if says_many && report_elsewhere(of, response, many, types) {
                return Some(Content::Value(Type::single(TypeKind::Json)));
            }
            let is_around = flagged != Some(true) && is_around_items(response, ty, types);
            let collection = collection && !is_around;
            let annotated = ty.kind.resource();
            let meant = annotated.and_then(|it| meant(page, response, it, said, types));
            let kind = meant.map_or(ty.kind, TypeKind::Resource);
            Some(value(response, Type { kind, collection }))
        }
        None => {
            report_undefined(of, response, name, said, types);
            let ty = said.unwrap_or(Type::single(TypeKind::Json));
            Some(value(response, Type { collection, ..ty }))
        }
    }
}

/// Reports an annotation with a type that no page defines.
fn report_undefined(
    of: &mut OfPage<'_, '_>,
    response: &ExampleMessage<'_>,
    name: &str,
    said: Option<Type>,
    types: &Types,
) {
    let annotation = response.annotation.as_ref();
    let span = annotation.map_or(response.message.span, |annotation| annotation.span);
    let Some(said) = said else {
        of.found.push(unknown(of.page, name, span, types));
        return;
    };
    let known = types.label(said.kind);
    let message =
        format!("the response is annotated as `{name}`, and the page speaks of `{known}`");
    let help = format!("no page defines `{name}`; `{known}` is taken");
    of.report_with_help(Code::TypeMismatch, span, message, help);
}

/// The type that the annotation of a message names.
pub(in crate::assemble) fn annotated(
    page: &Page<'_>,
    message: &ExampleMessage<'_>,
    types: &Types,
) -> Option<Type> {
    types.resolve(page, &type_name::parse(message.annotated_as()?)?)
}

/// What a response is of that is annotated as a resource, where it is another: the one that the sentence about the answer
/// names, or where none does, that of what is sent.
fn meant(
    page: &Page<'_>,
    response: &ExampleMessage<'_>,
    annotated: ResourceId,
    said: Option<Type>,
    types: &Types,
) -> Option<ResourceId> {
    let resources = &types.resources;
    let sent = || mistaken::sent(page, |ty| types.resolve(page, ty));
    let Some(said) = said else {
        return sent().filter(|&sent| is_mistaken(response, annotated, sent, None, resources));
    };
    let said = said.kind.resource()?;
    let is_other = said != annotated
        && (is_mistaken(response, annotated, said, sent(), resources)
            || is_one_kind(response, annotated, said, resources));
    is_other.then_some(said)
}

/// What an example response carries whose type only the page's sentences say.
fn of_unnamed(
    of: &mut OfPage<'_, '_>,
    response: &ExampleMessage<'_>,
    said: Type,
    types: &Types,
) -> Content {
    if report_elsewhere(of, response, said, types) {
        return Content::Value(Type::single(TypeKind::Json));
    }
    let shows_many = response.is_collection() && !is_around_items(response, said, types);
    let collection = said.collection || shows_many;
    value(response, Type { collection, ..said })
}

/// Reports an answer that is said to be a collection and has its items in another property than `value`. Tells whether it
/// is one.
fn report_elsewhere(
    of: &mut OfPage<'_, '_>,
    response: &ExampleMessage<'_>,
    said: Type,
    types: &Types,
) -> bool {
    let Some(items) = items_elsewhere(response, said, types) else {
        return false;
    };
    let label = types.label(said.kind);
    let message = format!(
        "the answer is said to be a collection of `{label}`, and the example has its items in `{items}`"
    );
    let help = format!(
        "a collection has its items in `value`; where they come in `{items}`, document the object as a type"
    );
    let span = response.message.span;
    of.report_with_help(Code::ItemsElsewhere, span, message, help);
    true
}

/// The property that has the items of an answer, where this is said to be many of a resource, and is an object with
/// an array and with no property of the resource, or with fewer of them than an item of the array has.
fn items_elsewhere<'r>(
    response: &'r ExampleMessage<'_>,
    said: Type,
    types: &Types,
) -> Option<&'r str> {
    let id = said.kind.resource()?;
    let body = response.json_value().filter(|_| said.collection)?;
    if body.member("value").is_some() {
        return None;
    }
    let is_own = |name: &str| property(&types.resources, id, name).is_some();
    let own = |value: Value<'r>| value.members().filter(|(name, _)| is_own(name)).count();
    let shown = own(body);
    let has_items = |value: Value<'r>| {
        let first = || value.items().next().map_or(0, own);
        value.kind() == Kind::Array && (shown == 0 || first() > shown)
    };
    let mut members = body.members();
    let items = members.find(|&(name, value)| !is_own(name) && has_items(value));
    items.map(|(name, _)| name)
}

/// Whether an answer is the object around the items of a collection, for which the set has a type: one with a
/// collection in a `value` of its own.
fn is_around_items(response: &ExampleMessage<'_>, ty: Type, types: &Types) -> bool {
    let id = ty.kind.resource();
    let items = id.and_then(|id| property(&types.resources, id, "value"));
    !response.is_array() && items.is_some_and(|items| items.ty.collection)
}

/// What an example response with a value carries.
pub(in crate::assemble) fn value(response: &ExampleMessage<'_>, ty: Type) -> Content {
    match response.is_array() {
        true => Content::Array(ty.kind),
        false => Content::Value(ty),
    }
}
