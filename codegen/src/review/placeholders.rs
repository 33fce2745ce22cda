//! Text that the templates of examples hold in the place of values.

use crate::conformance::{Json, Kind};
use crate::model::{Primitive, TypeKind};
use crate::words::same_folded;

/// Whether a string is no value but stands for one: the name of its property in front of the word
/// `value`, as in `"displayName": "displayName-value"` and `"displayName": "Display Name value"`, or
/// the type of it with a remark, as in `"id": "String (identifier)"`.
pub(super) fn is_template_text(name: &str, text: &str) -> bool {
    if let Some(remark) = text.strip_prefix("String (") {
        return remark.ends_with(')');
    }
    let Some(before) = text.strip_suffix("value") else {
        return false;
    };
    before.ends_with(['-', ' ', '_']) && !name.is_empty() && same_folded(before, name)
}

/// Whether a string may be such text, whatever its property is called.
pub(super) fn may_be_template_text(text: &str) -> bool {
    text.starts_with("String (") || text.ends_with("value")
}

/// Hands over every string of a body that is text of a template, in the order of the body, without those of
/// control information. `name` is that of the property whose value the body is.
pub(super) fn template_texts<'v, N: Json<'v>>(name: &str, value: N, each: &mut impl FnMut(N)) {
    // Few strings come so far that their names are looked at.
    let is_control = || name.contains('@');
    match value.kind() {
        Kind::String(text) if is_template_text(name, text) && !is_control() => each(value),
        Kind::Array if !is_control() => value
            .items()
            .for_each(|item| template_texts(name, item, each)),
        Kind::Object if !is_control() => value
            .members()
            .for_each(|(name, value)| template_texts(name, value, each)),
        _ => {}
    }
}

/// Whether a string can stand in the place of any value of a type: a client reads any text as one of
/// these, that of a template too, which is a finding of its own then.
pub(super) fn can_stand_for(kind: TypeKind, name: &str, text: &str) -> bool {
    let is_read = match kind {
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
    };
    is_read && stands_for_a_value(name, text)
}

/// Whether a string stands for a value: template text of any sort.
pub(super) fn stands_for_a_value(name: &str, text: &str) -> bool {
    let text = text.trim();
    // `skuId-value-2` is the second of several.
    let unnumbered = text.trim_end_matches(|c: char| c == '-' || c.is_ascii_digit());
    let is_numbered_value = unnumbered.ends_with("-value");
    let is_enclosed = |open: char, close: char| text.starts_with(open) && text.ends_with(close);
    is_template_text(name, text)
        || text.is_empty()
        || text.contains("...")
        || text.contains('…')
        || is_numbered_value
        || is_enclosed('{', '}')
        || is_enclosed('<', '>')
        || text.starts_with("@odata.type")
        || Primitive::read(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn template_text_is_told_from_values() {
        assert!(is_template_text("displayName", "displayName-value"));
        assert!(is_template_text("displayName", "Display Name value"));
        assert!(is_template_text("id", "String (identifier)"));
        assert!(!is_template_text("displayName", "A value"));
        assert!(!is_template_text("key", "other-value"));
        assert!(!is_template_text("value", "value"));
        assert!(!is_template_text("name", "String theory"));
    }

    #[test]
    fn text_stands_for_what_is_read_as_text() {
        let stands = |primitive, text| can_stand_for(TypeKind::Primitive(primitive), "it", text);
        assert!(stands(Primitive::Decimal, "{amount}"));
        assert!(!stands(Primitive::Int32, "{count}"));
        assert!(!stands(Primitive::Decimal, "much"));
    }
}
