//! A resource that is sent within another object.

use super::Documented;
use super::request_bodies::{description, named};
use crate::assemble::source;
use crate::assemble::types::Types;
use crate::model::{self, Content, Property, ResourceId, Type};
use crate::page::Page;
use crate::vocabulary::{Json, Kind};

/// The property that holds what the table under *Request body* lists, where the example sends nothing beside it:
/// `{ "credential": { … } }` below a table of what a credential has, or `{ "value": [{ … }] }`.
pub(super) fn around_rows(of: &Documented<'_>, returned: Option<&Content>) -> Option<Property> {
    let &Documented { page, types, .. } = of;
    let body = of.example()?.json_value();
    let body = body.filter(|_| !page.body_rows.is_empty())?;
    let mut members = body.members();
    let (Some((name, value)), None) = (members.next(), members.next()) else {
        return None;
    };
    let is_listed = |name: &str| page.body_rows.iter().any(|row| row.name == name);
    let collection = value.kind() == Kind::Array;
    let inner = if collection {
        value.items().next()?
    } else {
        value
    };
    let mut shown = inner.members().map(|(name, _)| name).peekable();
    if is_listed(name) || shown.peek().is_none() || !shown.all(is_listed) {
        return None;
    }
    let [said, annotated] = named(of);
    let returned = returned.and_then(Content::value);
    let candidates = [said, annotated, returned].into_iter().flatten();
    let mut held = candidates.filter(|ty| {
        let id = ty.kind.resource();
        id.is_some_and(|id| has_rows(page, id, types) && !has(id, name, types))
    });
    let ty = Type {
        collection,
        ..held.next()?
    };
    Some(Property {
        description: description(page),
        ..Property::shown(name, ty, source(page, page.body_rows[0].span))
    })
}

/// Whether a resource has all that the table lists.
fn has_rows(page: &Page<'_>, id: ResourceId, types: &Types) -> bool {
    let mut rows = page.body_rows.iter();
    rows.all(|row| has(id, &row.name, types))
}

fn has(id: ResourceId, name: &str, types: &Types) -> bool {
    model::property(&types.resources, id, name).is_some()
}
