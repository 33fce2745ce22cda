//! The JSON representation of a resource.

mod title;
mod value_type;

use super::annotation::BlockAnnotation;
use super::body::{self, JsonBody};
use super::context::Context;
use super::excerpt::Excerpt;
use super::type_name::TypeName;
use crate::diagnostic::Code;
use crate::json;
use crate::source::Span;
use crate::vocabulary::Json;

pub(super) use title::{is_of_enumeration, named_type, slip};

/// A resource as its JSON shows it.
#[derive(Clone, Debug)]
pub struct ResourceBlock {
    /// The full name of the type.
    pub name: String,
    /// Another full name of the type.
    pub aka: Option<String>,
    /// The full name of the type that it extends.
    pub base: Option<String>,
    /// Whether it may have properties that no page lists.
    pub open: bool,
    /// The property by which resources of the type are told apart.
    pub key: Option<String>,
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
    let properties = match body::read_strict(&body.text) {
        Some(json) => {
            let value = json.value(&body.text);
            body::report_twice(cx, body, value);
            properties(value, body)
        }
        None => lenient_properties(cx, body),
    };
    Some(ResourceBlock {
        name,
        aka: annotation.aka.clone(),
        base: annotation.base.clone(),
        open: annotation.open,
        key: annotation.key.clone(),
        properties,
        span: annotation.span,
    })
}

/// The properties of an object that is no strict JSON; what is wrong with it is reported.
fn lenient_properties(cx: &mut Context<'_>, body: &Excerpt<'_>) -> Vec<JsonProperty> {
    match json::parse(&body.text) {
        Ok(json) => {
            if let Some(fault) = json.fault {
                let message = format!("the resource is no strict JSON: {}", fault.message);
                cx.report(
                    Code::BodyLenient,
                    body.span(fault.offset, fault.offset + 1),
                    message,
                );
            }
            let read = JsonBody::of(&body.text, json.value);
            let value = read.value(&body.text);
            body::report_twice(cx, body, value);
            properties(value, body)
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
    }
}

/// The properties of a JSON object, without OData's own annotations. The place of a name is looked for
/// in the text, which has it as it is unless something in it is escaped.
pub fn properties<'v>(value: impl Json<'v>, body: &Excerpt<'_>) -> Vec<JsonProperty> {
    let own = value.members().filter(|(name, _)| !name.contains('@'));
    let own = own.map(|(name, value)| JsonProperty {
        name: name.to_owned(),
        ty: value_type::of_value(value),
        named: value_type::names_type(value),
        span: body.quoted(name).unwrap_or_else(|| body.whole()),
    });
    let mut properties = Vec::with_capacity(value.members().count());
    properties.extend(own);
    properties
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown<'v>(value: impl Json<'v>, text: &str) -> Vec<(String, TypeName)> {
        let excerpt = Excerpt::new(text, &[Span::new(0, text.len())]);
        let shown = properties(value, &excerpt).into_iter();
        shown
            .map(|property| (text[property.span.range()].to_owned(), property.ty))
            .collect()
    }

    #[test]
    fn both_readers_show_the_same_properties_in_the_same_places() {
        let text = r##"{ "@odata.type": "#a.b", "id": "Guid", "speeds": [1.5], "of": { "@odata.type": "#a.c" } }"##;
        let strict = body::read_strict(text).unwrap();
        let strict = shown(strict.value(text), text);
        assert_eq!(strict, shown(&json::value(text).unwrap(), text));
        let places: Vec<_> = strict.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, [r#""id""#, r#""speeds""#, r#""of""#]);
    }

    #[test]
    fn a_name_has_a_place_however_it_is_written() {
        let text = r#"{ id: 1, 'of': 2, "\u0061": 3 }"#;
        let shown = shown(&json::value(text).unwrap(), text);
        let places: Vec<_> = shown.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, ["id", "'of'", text]);
    }
}
