//! Types as schemas.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use super::Context;
use super::document::{Entries, Kind, Schema};
use super::names::ERROR;
use crate::model::{
    EnumId, Enumeration, Member, Primitive, Property, Resource, ResourceId, Type, TypeKind,
};

/// The name under which an answer has a value that is no single resource. It always has one (OData JSON
/// Format 4.01, sections 11 and 13).
pub(super) const VALUE: &str = "value";

/// The schemas of all types, by full name.
pub(super) fn schemas<'a>(context: &'a Context<'a>) -> BTreeMap<&'a str, Schema<'a>> {
    let mut schemas = BTreeMap::new();
    if !context.own_errors {
        schemas.insert(ERROR, error());
    }
    for (resource, index) in context.api.resources.iter().zip(0..) {
        let key = context.keys.resource(ResourceId(index));
        schemas.insert(key, object_type(context, resource));
    }
    for (enumeration, index) in context.api.enums.iter().zip(0..) {
        let key = context.keys.enumeration(EnumId(index));
        schemas.insert(key, word_type(context, enumeration));
    }
    schemas
}

/// The schema of a value: an array for a collection.
pub(super) fn value<'a>(context: &Context<'_>, ty: Type) -> Schema<'a> {
    let single = match ty.kind {
        TypeKind::Primitive(kind) => primitive(kind),
        TypeKind::Resource(id) => reference(context.keys.resource(id)),
        TypeKind::Enum(id) => reference(context.keys.enumeration(id)),
        TypeKind::Json => Schema::default(),
    };
    match ty.collection {
        true => array(single),
        false => single,
    }
}

/// The schema of an object in a request that has no type of its own.
pub(super) fn object<'a>(
    context: &Context<'_>,
    properties: &'a [Property],
    required: &[&'a Property],
) -> Schema<'a> {
    Schema {
        kind: Some(Kind::One("object")),
        required: names(required),
        properties: entries(context, properties),
        ..Schema::default()
    }
}

/// The schema of a value that must have some of its properties.
pub(super) fn with<'a>(value: Schema<'a>, required: &[&'a Property]) -> Schema<'a> {
    if required.is_empty() {
        return value;
    }
    let own = Schema {
        required: names(required),
        ..Schema::default()
    };
    Schema {
        all_of: vec![value, own],
        ..Schema::default()
    }
}

fn names<'a>(properties: &[&'a Property]) -> Vec<&'a str> {
    let names = properties.iter().map(|property| property.name.as_str());
    names.collect()
}

/// An object with a property that is not from a page.
pub(super) fn wrapper<'a>(
    properties: impl IntoIterator<Item = (&'a str, Schema<'a>)>,
) -> Schema<'a> {
    let mut entries = Entries::default();
    for (name, schema) in properties {
        entries.insert(name, schema);
    }
    Schema {
        kind: Some(Kind::One("object")),
        properties: entries,
        ..Schema::default()
    }
}

pub(super) fn array<'a>(items: Schema<'a>) -> Schema<'a> {
    Schema {
        kind: Some(Kind::One("array")),
        items: Some(Box::new(items)),
        ..Schema::default()
    }
}

pub(super) fn reference<'a>(key: &str) -> Schema<'a> {
    Schema {
        reference: Some(format!("#/components/schemas/{key}")),
        ..Schema::default()
    }
}

pub(super) fn typed<'a>(kind: &'static str, format: Option<&'static str>) -> Schema<'a> {
    Schema {
        kind: Some(Kind::One(kind)),
        format,
        ..Schema::default()
    }
}

/// The schema of a value that may be null as well.
fn or_null(schema: Schema<'_>) -> Schema<'_> {
    match schema.kind {
        Some(Kind::One(kind)) => Schema {
            kind: Some(Kind::Either([kind, "null"])),
            ..schema
        },
        None if schema.reference.is_some() => Schema {
            any_of: vec![schema, typed("null", None)],
            ..Schema::default()
        },
        // JSON of any kind.
        _ => schema,
    }
}

/// Types and formats of the mapping (OData to OpenAPI Mapping 1.0, section 4.6.1.6).
fn primitive<'a>(primitive: Primitive) -> Schema<'a> {
    let (kind, format) = match primitive {
        Primitive::String => ("string", None),
        Primitive::Boolean => ("boolean", None),
        Primitive::Byte => ("integer", Some("uint8")),
        Primitive::Int16 => ("integer", Some("int16")),
        Primitive::Int32 => ("integer", Some("int32")),
        Primitive::Int64 => ("integer", Some("int64")),
        Primitive::Single => ("number", Some("float")),
        Primitive::Double => ("number", Some("double")),
        Primitive::Decimal => ("number", Some("decimal")),
        Primitive::DateTimeOffset => ("string", Some("date-time")),
        Primitive::Date => ("string", Some("date")),
        Primitive::TimeOfDay => ("string", Some("time")),
        Primitive::Duration => ("string", Some("duration")),
        Primitive::Guid => ("string", Some("uuid")),
        Primitive::Binary | Primitive::Stream => ("string", Some("base64url")),
    };
    typed(kind, format)
}

/// A type that extends another one is all of that one, and its own properties.
fn object_type<'a>(context: &'a Context<'a>, resource: &'a Resource) -> Schema<'a> {
    let own = Schema {
        kind: Some(Kind::One("object")),
        properties: entries(context, &resource.properties),
        additional_properties: resource.open.then_some(true),
        ..Schema::default()
    };
    let schema = match resource.base {
        Some(base) => Schema {
            all_of: vec![reference(context.keys.resource(base)), own],
            ..Schema::default()
        },
        None => own,
    };
    Schema {
        title: Some(resource.name.as_str().into()),
        description: resource.description.as_str().into(),
        deprecated: resource.deprecated,
        x_source: context.locate(resource.source),
        ..schema
    }
}

fn entries<'a>(context: &Context<'_>, properties: &'a [Property]) -> Entries<'a, Schema<'a>> {
    let mut entries = Entries::default();
    for property in properties {
        let schema = Schema {
            description: property.description.as_str().into(),
            read_only: property.read_only,
            deprecated: property.deprecated,
            x_source: context.locate(property.source),
            ..match property.nullable && !property.ty.collection {
                true => or_null(value(context, property.ty)),
                false => value(context, property.ty),
            }
        };
        entries.insert(property.name.as_str(), schema);
    }
    entries
}

/// Members that can be given several at once are no values by themselves, and those of what rows call text
/// are not all values: both are only described.
fn word_type<'a>(context: &'a Context<'a>, enumeration: &'a Enumeration) -> Schema<'a> {
    let mut members: Vec<&str> = Vec::new();
    for member in &enumeration.members {
        if !members.contains(&member.name.as_str()) {
            members.push(&member.name);
        }
    }
    if enumeration.flags || enumeration.text {
        members.clear();
    }
    Schema {
        title: Some(enumeration.name.as_str().into()),
        description: members_described(enumeration),
        deprecated: enumeration.deprecated,
        members,
        x_source: context.locate(enumeration.source),
        ..typed("string", None)
    }
}

/// The description of an enumeration, with a list of its members where that says more than their
/// names.
fn members_described(enumeration: &Enumeration) -> Cow<'_, str> {
    let described = |it: &Member| !it.description.is_empty();
    let are_listed = !enumeration.flags && !enumeration.text;
    if are_listed && !enumeration.members.iter().any(described) {
        return enumeration.description.as_str().into();
    }
    let mut text = enumeration.description.clone();
    if enumeration.flags {
        let separator = if text.is_empty() { "" } else { "\n\n" };
        text.push_str(separator);
        text.push_str("One or several of these, with commas between them:");
    }
    let mut separator = if text.is_empty() { "" } else { "\n\n" };
    for member in &enumeration.members {
        // Writing to a string does not fail.
        let _ = write!(text, "{separator}- `{}`", member.name);
        if described(member) {
            let line = member.description.split_whitespace();
            let _ = write!(text, ": {}", line.collect::<Vec<_>>().join(" "));
        }
        separator = "\n";
    }
    text.into()
}

/// What a service says when it refuses (OData JSON Format 4.01, section 21.1).
fn error<'a>() -> Schema<'a> {
    let text = || typed("string", None);
    let detail = Schema {
        required: vec!["code", "message"],
        ..wrapper([("code", text()), ("message", text()), ("target", text())])
    };
    let error = Schema {
        required: vec!["code", "message"],
        ..wrapper([
            ("code", text()),
            ("message", text()),
            ("target", text()),
            ("details", array(detail)),
            ("innererror", typed("object", None)),
        ])
    };
    Schema {
        title: Some("Error".into()),
        required: vec!["error"],
        ..wrapper([("error", error)])
    }
}
