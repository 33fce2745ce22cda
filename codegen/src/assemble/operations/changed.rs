//! Bodies of requests that change a thing, or make one, of which the page says no more than that.

use super::request_bodies::shows_part_of;
use crate::assemble::routes::groups::Group;
use crate::model::{Api, BodyContent, Operation, Route, RouteId, Type, TypeKind};
use crate::page::Page;
use crate::routing::answered;

/// Gives what is sent without a type that of what is read at the same places, where the example sends nothing but
/// properties of it: what changes a thing is a part of it, and what is posted to a collection becomes one of its items.
pub(in crate::assemble) fn settle(pages: &[Page<'_>], groups: &[Group], api: &mut Api) {
    for (index, group) in groups.iter().enumerate() {
        let operation = &api.operations[index];
        let body = operation.request_body.as_ref();
        let is_untyped = body.is_some_and(|body| match body.content {
            BodyContent::Value(ty) => ty == Type::single(TypeKind::Json),
            _ => false,
        });
        let Some(ty) = is_untyped.then(|| read(api, operation)).flatten() else {
            continue;
        };
        let example = group.example(&pages[group.page]);
        if shows_part_of(example, ty, &api.resources)
            && let Some(body) = &mut api.operations[index].request_body
        {
            body.content = BodyContent::Value(ty);
        }
    }
}

/// The type of the single thing that an operation changes or makes: what is read at each of its places.
fn read(api: &Api, operation: &Operation) -> Option<Type> {
    let collection = match &*operation.method {
        "PATCH" => false,
        "POST" => true,
        _ => return None,
    };
    let (&first, others) = operation.routes.split_first()?;
    let ty = read_at(api, first).filter(|ty| ty.collection == collection)?;
    let is_same = others.iter().all(|&route| read_at(api, route) == Some(ty));
    is_same.then(|| Type::single(ty.kind))
}

/// What is read at the path of a route. The routes of one path stand side by side.
fn read_at(api: &Api, route: RouteId) -> Option<Type> {
    let path = &api.route(route).path;
    let (before, behind) = api.routes.split_at(route.0 as usize);
    let is_here = |route: &&Route| route.path == *path;
    let before = before.iter().rev().take_while(is_here);
    let mut here = before.chain(behind.iter().take_while(is_here));
    let read = here.find(|route| route.method == "GET")?;
    answered(api.operation(*read.operations.first()?))
}
