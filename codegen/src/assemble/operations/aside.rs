//! What is answered and sent beside the thing that a page is about: the collection that it is in, a property of it, or
//! things of one derived type.

use super::request_bodies::{named, shows_part_of};
use crate::assemble::examples::content::annotated;
use crate::assemble::routes::asides::Aside;
use crate::assemble::routes::groups::Group;
use crate::assemble::types::Types;
use crate::model::{self, BodyContent, Content, Primitive, Type, TypeKind};
use crate::page::Page;
use crate::page::example::ExampleMessage;
use crate::page::table::NamedRow;

/// The type that a sentence says, of as many as the paths of an operation lead to.
pub(super) fn said(
    page: &Page<'_>,
    group: &Group,
    said: Option<Type>,
    types: &Types,
) -> Option<Type> {
    match &group.aside {
        Some(Aside::Collection(_)) => thing(page, said, types).map(|ty| Type::collection(ty.kind)),
        None if group.beside_collection => thing(page, said, types).map(|ty| Type::single(ty.kind)),
        _ => said,
    }
}

/// What is answered, as far as the path of an operation tells it by itself: a value of the type of a property, or things
/// of the type that it asks for (OData 4.01 Part 2, section 4.11).
pub(super) fn content(
    page: &Page<'_>,
    group: &Group,
    said: Option<Type>,
    shown: &[(u16, &ExampleMessage<'_>)],
    types: &Types,
) -> Option<Content> {
    match group.aside.as_ref()? {
        Aside::Collection(_) => None,
        Aside::Property(name) => property(page, name, thing(page, said, types)?, shown, types),
        Aside::Cast(_) if group.method != "GET" => None,
        Aside::Cast(name) => {
            let Type { collection, .. } = thing(page, said, types)?;
            let kind = types.find(page, name)?;
            let content = Content::Value(Type { kind, collection });
            kind.resource().map(|_| content)
        }
    }
}

/// What is answered with a property of the thing that the page is about: a value of its type, unless an example
/// shows that it is something else.
fn property(
    page: &Page<'_>,
    name: &str,
    thing: Type,
    shown: &[(u16, &ExampleMessage<'_>)],
    types: &Types,
) -> Option<Content> {
    let id = thing.kind.resource()?;
    let ty = model::property(&types.resources, id, name)?.ty;
    let mut own = shown.iter().filter(|(status, _)| *status < 300);
    let is_else = |ty: Type| ty.kind != thing.kind;
    if own.any(|(_, response)| annotated(page, response, types).is_some_and(is_else)) {
        return None;
    }
    Some(match ty.kind {
        TypeKind::Primitive(Primitive::Stream) => Content::Bytes,
        _ => Content::Value(ty),
    })
}

/// What is sent to change a property of the thing that the page is about: a resource of its type, or bytes, unless the
/// example of the operation shows that it is something else, or the table lists what neither of the two things has.
pub(super) fn sent(
    page: &Page<'_>,
    group: &Group,
    example: Option<&ExampleMessage<'_>>,
    types: &Types,
) -> Option<BodyContent> {
    let Some(Aside::Property(name)) = &group.aside else {
        return None;
    };
    if !matches!(&*group.method, "PATCH" | "PUT") {
        return None;
    }
    let [changed, _] = named(page, example, types);
    let answered = || types.said(page, &page.response_prose);
    let changed = changed.or_else(|| thing(page, answered(), types))?;
    let owner = changed.kind.resource()?;
    let ty = model::property(&types.resources, owner, name)?.ty;
    let has_json = example.is_some_and(|example| example.json_value().is_some());
    match ty.kind {
        TypeKind::Primitive(Primitive::Stream) => (!has_json).then_some(BodyContent::Bytes),
        TypeKind::Resource(id) if !ty.collection => {
            let has =
                |id, row: &NamedRow<'_>| model::property(&types.resources, id, &row.name).is_some();
            let has_rows = |id| page.body_rows.iter().all(|row| has(id, row));
            let fits = !has_json || shows_part_of(example, ty, &types.resources);
            (fits && (has_rows(owner) || has_rows(id))).then_some(BodyContent::Value(ty))
        }
        _ => None,
    }
}

/// The type of the thing that a page is about: what a sentence says, or else the first annotation of an answer.
fn thing(page: &Page<'_>, said: Option<Type>, types: &Types) -> Option<Type> {
    let mut responses = page.examples.responses.iter();
    said.or_else(|| responses.find_map(|response| annotated(page, response, types)))
}
