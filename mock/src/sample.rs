//! Values of documented types, where the pages show no example.

use docwright::model::{Api, Primitive, ResourceId, Type, TypeKind};
use serde_json::{Map, Value, json};

/// How far properties of properties are filled in.
const DEPTH: u32 = 3;

/// A value of a type.
pub(crate) fn value(api: &Api, ty: Type) -> Value {
    of(api, ty, DEPTH)
}

fn of(api: &Api, ty: Type, depth: u32) -> Value {
    let single = match ty.kind {
        TypeKind::Primitive(primitive) => of_primitive(primitive),
        TypeKind::Enum(id) => match api.enumeration(id).members.first() {
            Some(member) => member.name.clone().into(),
            None => Value::Null,
        },
        TypeKind::Resource(id) if depth > 0 => of_resource(api, id, depth - 1),
        TypeKind::Resource(_) => {
            return if ty.collection {
                json!([])
            } else {
                Value::Null
            };
        }
        TypeKind::Json => json!({}),
    };
    if ty.collection {
        json!([single])
    } else {
        single
    }
}

fn of_resource(api: &Api, id: ResourceId, depth: u32) -> Value {
    let mut properties = Map::new();
    for resource in api.lineage(id).map(|id| api.resource(id)) {
        for property in resource.properties.iter().filter(|it| !it.navigation) {
            let name = property.name.clone();
            properties
                .entry(name)
                .or_insert_with(|| of(api, property.ty, depth));
        }
    }
    Value::Object(properties)
}

/// As OData's JSON format writes it (section 7.1).
fn of_primitive(primitive: Primitive) -> Value {
    match primitive {
        Primitive::Boolean => true.into(),
        Primitive::Byte | Primitive::Int16 | Primitive::Int32 => 1.into(),
        Primitive::Int64 => 1.into(),
        Primitive::Single | Primitive::Double | Primitive::Decimal => 1.5.into(),
        Primitive::Guid => "00000000-0000-0000-0000-000000000001".into(),
        Primitive::DateTimeOffset => "2024-01-01T00:00:00Z".into(),
        Primitive::Date => "2024-01-01".into(),
        Primitive::TimeOfDay => "12:00:00".into(),
        Primitive::Duration => "PT1H".into(),
        Primitive::Binary | Primitive::Stream => "AAAA".into(),
        Primitive::String => "text".into(),
    }
}
