//! The types that values in the JSON of a resource stand for: they name them, or are samples of them.

use crate::page::type_name::parse;
use crate::vocabulary::{Json, Kind, Name, Number, Primitive, TypeName, is_guid};

/// The type that a value in the JSON of a resource stands for.
pub(super) fn of_value<'v>(value: impl Json<'v>) -> TypeName {
    match value.kind() {
        Kind::Boolean => TypeName::primitive(Primitive::Boolean),
        Kind::Number(Number::Whole(_)) => TypeName::primitive(Primitive::Int64),
        Kind::Number(_) => TypeName::primitive(Primitive::Double),
        Kind::String(text) => of_string(text),
        Kind::Null => TypeName::single(Name::Json),
        Kind::Array => {
            let first = value.items().next().map(of_value);
            TypeName::collection(first.map_or(Name::Json, |first| first.name))
        }
        Kind::Object => {
            let is_type = |name: &str| name.eq_ignore_ascii_case("@odata.type") || name == "@type";
            let named = value.members().find(|(name, _)| is_type(name));
            let named = match named.map(|(_, value)| value.kind()) {
                Some(Kind::String(name)) => parse(name.trim_start_matches('#')),
                _ => None,
            };
            named.unwrap_or(TypeName::single(Name::Json))
        }
    }
}

/// Whether a value in the JSON of a resource names its type, as `"Guid"`, `"String (timestamp)"` and
/// `{ "@odata.type": … }` do. A sample of a value says less.
pub(super) fn names_type<'v>(value: impl Json<'v>) -> bool {
    match value.kind() {
        Kind::String(text) => {
            let text = text.trim();
            let text = text.strip_prefix("Collection(").unwrap_or(text);
            text.split(['(', ')'])
                .next()
                .and_then(Primitive::read)
                .is_some()
        }
        Kind::Array => value.items().next().is_some_and(names_type),
        Kind::Object => !matches!(of_value(value).name, Name::Json),
        _ => false,
    }
}

/// The type that a string in the JSON of a resource stands for: a type's name, a list of words,
/// or a sample of a value.
fn of_string(text: &str) -> TypeName {
    let text = text.trim();
    if let Some(inner) = text
        .strip_prefix("Collection(")
        .and_then(|t| t.strip_suffix(')'))
    {
        return TypeName::collection(of_string(inner).name);
    }
    if let Some(name) = Name::of_value(text) {
        return TypeName::single(name);
    }
    if text.contains(" | ") {
        let words = text
            .split('|')
            .map(str::trim)
            .filter(|word| !word.is_empty());
        return TypeName::single(Name::OneOf(words.map(str::to_owned).collect()));
    }
    // `String (timestamp)` says more than its first word.
    if let Some((_, remark)) = text.split_once('(') {
        let remark = remark.trim_end_matches(')');
        let primitive = Primitive::read(remark).unwrap_or(Primitive::String);
        return TypeName::primitive(primitive);
    }
    let digits: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    let primitive = if digits == "0000-00-00" {
        Primitive::Date
    } else if digits.starts_with("0000-00-00T00:00") {
        Primitive::DateTimeOffset
    } else if digits.starts_with("00:00:00") {
        Primitive::TimeOfDay
    } else if is_guid(text) {
        Primitive::Guid
    } else if text.starts_with("base64") || text.starts_with("binary") {
        Primitive::Binary
    } else {
        Primitive::String
    };
    TypeName::primitive(primitive)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn sample_values_stand_for_types() {
        let cases = [
            (r#""String (timestamp)""#, Primitive::DateTimeOffset),
            (r#""String (identifier)""#, Primitive::String),
            (r#""2016-01-01""#, Primitive::Date),
            (r#""2016-01-01T00:00:00Z""#, Primitive::DateTimeOffset),
            (r#""16:00:00.0000000""#, Primitive::TimeOfDay),
            (r#""8fcb5dbc-d5aa-4681-8e31-b001d5168d79""#, Primitive::Guid),
            ("1024", Primitive::Int64),
            ("4.2", Primitive::Double),
            ("true", Primitive::Boolean),
        ];
        for (text, expected) in cases {
            let json = json::parse(text).unwrap();
            assert_eq!(
                of_value(&json.value),
                TypeName::primitive(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn some_values_name_their_type_and_others_are_samples() {
        let names = [
            r#""Guid""#,
            r#""String (timestamp)""#,
            r#"["Int32"]"#,
            r#"{ "@odata.type": "example.windmill" }"#,
        ];
        let samples = [
            r#""8fcb5dbc-d5aa-4681-8e31-b001d5168d79""#,
            r#""stringent""#,
            "1024",
            "{}",
            "[]",
        ];
        let read = |text: &str| names_type(&json::parse(text).unwrap().value);
        assert!(names.into_iter().all(read));
        assert!(!samples.into_iter().any(read));
    }
}
