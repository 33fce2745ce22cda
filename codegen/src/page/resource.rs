//! The JSON representation of a resource.

use jsonc_parser::ast::Value;

use super::annotation::BlockAnnotation;
use super::context::Context;
use super::excerpt::Excerpt;
use super::json;
use super::type_name::TypeName;
use super::value_type;
use crate::diagnostic::Code;
use crate::source::Span;

/// A resource as its JSON shows it.
#[derive(Clone, Debug)]
pub struct ResourceBlock {
    /// The full name of the type.
    pub name: String,
    /// The full name of the type that it extends.
    pub base: Option<String>,
    /// Whether it may have properties that no page lists.
    pub open: bool,
    /// The properties that the JSON shows.
    pub properties: Vec<JsonProperty>,
    /// The place of the annotation.
    pub span: Span,
}

/// A property in the JSON of a resource.
#[derive(Clone, Debug)]
pub struct JsonProperty {
    /// The name.
    pub name: String,
    /// The type that its value stands for.
    pub ty: TypeName,
    /// Whether the value names that type, rather than being a sample of it.
    pub named: bool,
    /// The place of the name.
    pub span: Span,
}

/// Reads the block of a resource; `None` where it had to be reported.
pub fn parse(
    cx: &mut Context<'_>,
    annotation: &BlockAnnotation,
    body: &Excerpt<'_>,
) -> Option<ResourceBlock> {
    let Some(name) = annotation.ty.clone() else {
        let message = "the resource has no name";
        cx.report_with_help(
            Code::ResourceUnnamed,
            annotation.span,
            message,
            "give `@odata.type`",
        );
        return None;
    };
    let properties = match json::parse(&body.text) {
        Ok(json) => {
            if let Some(fault) = json.fault {
                let message = format!("the resource is no strict JSON: {}", fault.message);
                cx.report(
                    Code::BodyLenient,
                    body.span(fault.offset, fault.offset + 1),
                    message,
                );
            }
            properties(&json.value, body)
        }
        Err(fault) => {
            let message = format!("the resource is not JSON: {}", fault.message);
            cx.report(
                Code::BodyNotJson,
                body.span(fault.offset, fault.offset + 1),
                message,
            );
            Vec::new()
        }
    };
    Some(ResourceBlock {
        name,
        base: annotation.base.clone(),
        open: annotation.open,
        properties,
        span: annotation.span,
    })
}

/// The properties of a JSON object, without OData's own annotations.
pub fn properties(value: &Value<'_>, body: &Excerpt<'_>) -> Vec<JsonProperty> {
    let Value::Object(object) = value else {
        return Vec::new();
    };
    let own = object
        .properties
        .iter()
        .filter(|property| !property.name.as_str().contains('@'));
    let own = own.map(|property| {
        let (start, end) = json::name_range(property);
        JsonProperty {
            name: property.name.as_str().to_owned(),
            ty: value_type::of_value(&property.value),
            named: value_type::names_type(&property.value),
            span: body.span(start, end),
        }
    });
    let mut properties = Vec::with_capacity(object.properties.len());
    properties.extend(own);
    properties
}
