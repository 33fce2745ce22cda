//! Relationships that lead to many things, where the row of the table speaks of one.

use std::collections::BTreeSet;

use foldhash::HashMap;

use crate::diagnostic::{Code, Diagnostic, Location};
use crate::model::{Api, Operation, ResourceId, Route, Segment, SegmentKind, Type, TypeKind};

/// Makes a relationship a collection where the route that follows it from a thing of the type
/// answers with a collection: rows leave the word out more often than pages show answers that do
/// not come. One that is called just as the type is leads to one thing all the same, whatever an
/// example shows.
pub(in crate::assemble) fn widen(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    for (owner, name, item) in collections(api) {
        if api.resource(item).name.eq_ignore_ascii_case(&name) {
            continue;
        }
        let properties = api.resources[owner.0 as usize].properties.iter_mut();
        let single = Type::single(TypeKind::Resource(item));
        let mut meant = properties.filter(|it| it.navigation && it.ty == single);
        let Some(property) = meant.find(|it| it.name.eq_ignore_ascii_case(&name)) else {
            continue;
        };
        property.ty.collection = true;
        let name = &property.name;
        let message = format!("the row says that `{name}` leads to one thing");
        let help = "the route that ends in it answers with a collection, which is taken";
        let location = Location {
            path: api.pages[property.source.page.0 as usize].path.clone(),
            line: property.source.line,
            column: property.source.column,
            length: name.chars().count() as u32,
        };
        let found = Diagnostic::new(Code::RelationshipSingle, location, message);
        diagnostics.push(found.with_help(help));
    }
}

/// The collections that follow a thing in a path: the type of the thing, the name, and the type of
/// the items.
fn collections(api: &Api) -> BTreeSet<(ResourceId, String, ResourceId)> {
    let things = answers(api).filter(|(_, ty)| !ty.1);
    let things = things.map(|(route, ty)| (route.path.segments.as_slice(), ty.0));
    let things: HashMap<&[Segment], ResourceId> = things.collect();
    let many = answers(api).filter(|(_, ty)| ty.1);
    many.filter_map(|(route, (item, _))| {
        let (last, before) = route.path.segments.split_last()?;
        let name = last.literal().filter(|_| last.kind == SegmentKind::Name)?;
        Some((*things.get(before)?, name.to_owned(), item))
    })
    .collect()
}

/// The routes that are read, with the resource that comes and whether many of it come.
fn answers(api: &Api) -> impl Iterator<Item = (&Route, (ResourceId, bool))> {
    let reads = api.routes.iter().filter(|route| route.method == "GET");
    reads.filter_map(|route| {
        let operation = api.operation(*route.operations.first()?);
        Some((route, content(operation)?))
    })
}

fn content(operation: &Operation) -> Option<(ResourceId, bool)> {
    let mut outcomes = operation.outcomes.iter();
    outcomes.find_map(|outcome| {
        let ty = outcome.content.value()?;
        Some((ty.kind.resource()?, ty.collection))
    })
}
