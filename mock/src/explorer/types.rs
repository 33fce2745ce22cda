//! Types as the page shows them.

use docwright::model::{
    Api, BodyContent, EnumId, Member, Operation, Outcome, Property, ResourceId, Type, TypeKind,
};
use serde_json::{Value, json};

use super::slug::Slugs;
use super::{Explorer, place};

/// The names of all types in addresses: resources, and behind them enumerations.
pub(super) fn slugs(api: &Api) -> Slugs {
    let resources = api.resources.iter().map(|it| (&it.namespace, &it.name));
    let enums = api.enums.iter().map(|it| (&it.namespace, &it.name));
    Slugs::new(
        resources
            .chain(enums)
            .map(|(namespace, name)| match namespace.as_str() {
                "" => name.clone(),
                namespace => format!("{namespace}.{name}"),
            }),
    )
}

/// A type where it is named: what it is called, and where more is said about it.
pub(super) fn named(explorer: &Explorer, api: &Api, ty: Type) -> Value {
    let (name, index) = match ty.kind {
        TypeKind::Primitive(primitive) => (format!("{primitive:?}"), None),
        TypeKind::Json => ("JSON".to_owned(), None),
        TypeKind::Resource(id) => (api.resource(id).name.clone(), Some(id.0 as usize)),
        TypeKind::Enum(id) => {
            let index = api.resources.len() + id.0 as usize;
            (api.enumeration(id).name.clone(), Some(index))
        }
    };
    let slug = index.map(|index| explorer.types.get(index));
    json!({ "name": name, "collection": ty.collection, "slug": slug })
}

/// All that is said about the type at an index of the addresses.
pub(super) fn described(explorer: &Explorer, api: &Api, index: usize) -> Value {
    let slug = explorer.types.get(index);
    if let Some(resource) = api.resources.get(index) {
        let base = resource.base.map(|id| Type::single(TypeKind::Resource(id)));
        return json!({
            "slug": slug,
            "name": resource.name,
            "description": resource.description,
            "base": base.map(|base| named(explorer, api, base)),
            "open": resource.open,
            "operations": carrying(explorer, api, TypeKind::Resource(ResourceId(index as u32))),
            "properties": properties(explorer, api, &resource.properties),
            "place": place(api, resource.source),
        });
    }
    let index = index - api.resources.len();
    let enumeration = &api.enums[index];
    let member = |it: &Member| {
        json!({
            "name": it.name,
            "value": it.value,
            "description": it.description,
            "place": place(api, it.source),
        })
    };
    json!({
        "slug": slug,
        "name": enumeration.name,
        "description": enumeration.description,
        "flags": enumeration.flags,
        "operations": carrying(explorer, api, TypeKind::Enum(EnumId(index as u32))),
        "members": enumeration.members.iter().map(member).collect::<Vec<_>>(),
        "place": place(api, enumeration.source),
    })
}

/// The operations that take or answer with values of a type.
fn carrying<'a>(explorer: &'a Explorer, api: &Api, kind: TypeKind) -> Vec<&'a str> {
    let carries = |operation: &Operation| {
        let body = operation.request_body.as_ref().map(|body| &body.content);
        let taken = matches!(body, Some(BodyContent::Value(ty)) if ty.kind == kind);
        let is_given = |it: &Outcome| it.content.value().is_some_and(|ty| ty.kind == kind);
        taken || operation.outcomes.iter().any(is_given)
    };
    let operations = api.operations.iter().enumerate();
    let found = operations.filter(|(_, operation)| carries(operation));
    { found }
        .map(|(index, _)| explorer.operations.get(index))
        .collect()
}

/// The rows of a table of properties.
pub(super) fn properties(explorer: &Explorer, api: &Api, properties: &[Property]) -> Vec<Value> {
    let property = |it: &Property| {
        json!({
            "name": it.name,
            "type": named(explorer, api, it.ty),
            "description": it.description,
            "navigation": it.navigation,
            "readOnly": it.read_only,
            "required": it.required,
            "place": place(api, it.source),
        })
    };
    properties.iter().map(property).collect()
}
