//! What is answered and sent beside the thing that a page is about: the collection that it is in, a property of it, or
//! things of one derived type.

use super::Documented;
use super::request_bodies::{named, shows_part_of};
use crate::assemble::examples::content::annotated;
use crate::assemble::routes::asides::Aside;
use crate::model::{self, BodyContent, Content, Primitive, Type, TypeKind};
use crate::page::example::ExampleMessage;
use crate::page::table::NamedRow;

/// The type that a sentence says, of as many as the paths of an operation lead to.
pub(super) fn said(of: &Documented<'_>, said: Option<Type>) -> Option<Type> {
    match &of.group.aside {
        Some(Aside::Collection(_)) => thing(of, said).map(|ty| Type::collection(ty.kind)),
        None if of.group.beside_collection => thing(of, said).map(|ty| Type::single(ty.kind)),
        _ => said,
    }
}

/// What is answered, as far as the path of an operation tells it by itself: a value of the type of a property, or things
/// of the type that it asks for (OData 4.01 Part 2, section 4.11).
pub(super) fn content(
    of: &Documented<'_>,
    said: Option<Type>,
    shown: &[(u16, &ExampleMessage<'_>)],
) -> Option<Content> {
    match of.group.aside.as_ref()? {
        Aside::Collection(_) => None,
        Aside::Property(name) => property(of, name, thing(of, said)?, shown),
        Aside::Cast(_) if of.group.method != "GET" => None,
        Aside::Cast(name) => {
            let Type { collection, .. } = thing(of, said)?;
            let kind = of.types.find(of.page, name)?;
            let content = Content::Value(Type { kind, collection });
            kind.resource().map(|_| content)
        }
    }
}

/// What is answered with a property of the thing that the page is about: a value of its type, unless an example
/// shows that it is something else.
fn property(
    of: &Documented<'_>,
    name: &str,
    thing: Type,
    shown: &[(u16, &ExampleMessage<'_>)],
) -> Option<Content> {
    let &Documented { page, types, .. } = of;
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
pub(super) fn sent(of: &Documented<'_>) -> Option<BodyContent> {
    let &Documented {
        page, group, types, ..
    } = of;
    let Some(Aside::Property(name)) = &group.aside else {
        return None;
    };
    if !matches!(&*group.method, "PATCH" | "PUT") {
        return None;
    }
    let [changed, _] = named(of);
    let answered = || types.said(page, &page.response_prose);
    let changed = changed.or_else(|| thing(of, answered()))?;
    let owner = changed.kind.resource()?;
    let ty = model::property(&types.resources, owner, name)?.ty;
    let example = of.example();
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
fn thing(of: &Documented<'_>, said: Option<Type>) -> Option<Type> {
    let mut responses = of.page.examples.responses.iter();
    said.or_else(|| responses.find_map(|response| annotated(of.page, response, of.types)))
}
