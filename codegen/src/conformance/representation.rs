//! Which JSON can be a value of which type (OData JSON Format 4.01, section 7).

use super::Kind;
use crate::model::{Primitive, Type, TypeKind};

/// Whether a value of a kind can be one of a type. `null` can be any single value, and no collection:
/// one without items is an empty array (OData CSDL 4.01, section 7.2.1).
pub(super) fn fits(kind: Kind<'_>, ty: Type) -> bool {
    match kind {
        Kind::Null => !ty.collection,
        Kind::Array => ty.collection || ty.kind == TypeKind::Json,
        _ if ty.collection => false,
        _ if ty.kind == TypeKind::Json => true,
        Kind::String(text) => holds_string(ty.kind, text),
        Kind::Object => matches!(ty.kind, TypeKind::Resource(_)),
        Kind::Boolean => ty.kind == TypeKind::Primitive(Primitive::Boolean),
        Kind::Number { .. } => matches!(ty.kind, TypeKind::Enum(_)) || holds_number(ty.kind),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_a_type_cannot_have_do_not_fit() {
        use Kind::{Array, Boolean as Bool, Null, Number, Object};
        use Primitive::{Boolean, Date, Double, Int32, Int64, String};
        let text = Kind::String;
        let cases = [
            (Boolean, Bool, true),
            (Boolean, text("true"), false),
            (Int32, Number { whole: true }, true),
            (Int32, text("4"), false),
            (Int64, text("4"), true),
            (Int64, text("four"), false),
            (Double, text("INF"), true),
            (Double, text("0.5"), false),
            (Date, text("2020-02-02"), true),
            (Date, Number { whole: true }, false),
            (String, Object, false),
            (String, Array, false),
            (String, Null, true),
        ];
        for (primitive, kind, expected) in cases {
            let ty = Type::primitive(primitive);
            assert_eq!(fits(kind, ty), expected, "{primitive:?} {kind}");
        }
        let many = Type::collection(TypeKind::Primitive(String));
        assert!(fits(Array, many));
        assert!(!fits(Number { whole: true }, many));
        assert!(!fits(Null, many));
    }
}
