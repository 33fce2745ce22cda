//! Which JSON can be a value of which type (OData JSON Format 4.01, section 7).

use jsonc_parser::ast::Value;

use super::placeholders::stands_for_a_value;
use super::types::Types;
use crate::model::{Primitive, Type, TypeKind};

/// What a value is documented as, in words, where its JSON can be no such thing.
pub(super) fn contradiction(
    name: &str,
    value: &Value<'_>,
    ty: Type,
    types: &Types<'_>,
) -> Option<String> {
    let is_single = !matches!(value, Value::Array(_));
    let fits = match value {
        Value::NullKeyword(_) => true,
        _ if ty.kind == TypeKind::Json => !ty.collection || !is_single,
        Value::StringLit(text) => {
            let is_template = || can_be_text(ty.kind) && stands_for_a_value(name, &text.value);
            !ty.collection && (holds_string(ty.kind, &text.value) || is_template())
        }
        _ if ty.collection => !is_single,
        Value::Array(_) => false,
        Value::Object(_) => matches!(ty.kind, TypeKind::Resource(_)),
        Value::BooleanLit(_) => ty.kind == TypeKind::Primitive(Primitive::Boolean),
        Value::NumberLit(_) => matches!(ty.kind, TypeKind::Enum(_)) || holds_number(ty.kind),
    };
    if fits {
        return None;
    }
    let kind = match ty.kind {
        TypeKind::Primitive(primitive) => format!("{primitive:?}"),
        TypeKind::Json => "JSON".to_owned(),
        kind => types.full_name(kind).1.to_owned(),
    };
    Some(match ty.collection {
        true => format!("a collection of `{kind}`"),
        false => format!("`{kind}`"),
    })
}

/// Whether a client reads any text as a value of a type: the text of a template too, which is a
/// finding of its own then.
fn can_be_text(kind: TypeKind) -> bool {
    match kind {
        TypeKind::Primitive(primitive) => !matches!(
            primitive,
            Primitive::Boolean
                | Primitive::Byte
                | Primitive::Int16
                | Primitive::Int32
                | Primitive::Int64
                | Primitive::Single
                | Primitive::Double
        ),
        TypeKind::Enum(_) | TypeKind::Json => true,
        TypeKind::Resource(_) => false,
    }
}

/// Whether a string can be a value of a type. 64-bit integers and decimals may be strings, so that
/// no reader rounds them (OData JSON Format 4.01, section 3.2).
fn holds_string(kind: TypeKind, text: &str) -> bool {
    let TypeKind::Primitive(primitive) = kind else {
        return matches!(kind, TypeKind::Enum(_));
    };
    match primitive {
        Primitive::Boolean | Primitive::Byte | Primitive::Int16 | Primitive::Int32 => false,
        Primitive::Int64 | Primitive::Decimal => text.parse::<f64>().is_ok(),
        Primitive::Single | Primitive::Double => matches!(text, "INF" | "-INF" | "NaN"),
        _ => true,
    }
}

/// Whether a number can be a value of a type.
fn holds_number(kind: TypeKind) -> bool {
    matches!(
        kind,
        TypeKind::Primitive(
            Primitive::Byte
                | Primitive::Int16
                | Primitive::Int32
                | Primitive::Int64
                | Primitive::Single
                | Primitive::Double
                | Primitive::Decimal
        )
    )
}

/// The kind of a value, in words.
pub(super) fn kind_of(value: &Value<'_>) -> &'static str {
    match value {
        Value::StringLit(_) => "a string",
        Value::NumberLit(_) => "a number",
        Value::BooleanLit(_) => "a boolean",
        Value::Object(_) => "an object",
        Value::Array(_) => "an array",
        Value::NullKeyword(_) => "null",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Api;
    use crate::page::json;
    use crate::type_index::TypeIndex;

    #[test]
    fn values_that_a_type_cannot_have_contradict_it() {
        use Primitive::{Boolean, Date, Double, Int32, Int64, String};
        let cases = [
            (Boolean, "true", true),
            (Boolean, "\"true\"", false),
            (Int32, "4", true),
            (Int32, "\"4\"", false),
            (Int32, "\"{count}\"", false),
            (Date, "\"{date}\"", true),
            (Int64, "\"4\"", true),
            (Int64, "\"four\"", false),
            (Double, "\"INF\"", true),
            (Double, "\"0.5\"", false),
            (Date, "\"2020-02-02\"", true),
            (String, "{}", false),
            (String, "[\"a\"]", false),
            (String, "null", true),
        ];
        let (api, index) = (Api::default(), TypeIndex::default());
        let types = Types::new(&api, &index);
        for (primitive, text, fits) in cases {
            let value = json::value(text).unwrap();
            let ty = Type::primitive(primitive);
            let found = contradiction("it", &value, ty, &types);
            assert_eq!(found.is_none(), fits, "{primitive:?} {text}");
        }
        let many = Type::collection(TypeKind::Primitive(String));
        let said = |text| contradiction("it", &json::value(text).unwrap(), many, &types);
        assert_eq!(said("[1]"), None);
        assert_eq!(said("1").as_deref(), Some("a collection of `String`"));
    }
}
