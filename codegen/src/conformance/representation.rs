//! Which JSON can be a value of which type (OData JSON Format 4.01, section 7).

use super::Kind;
use crate::model::{Primitive, Type, TypeKind};
use crate::vocabulary::{Number, is_guid};

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
        Kind::Number(number) => holds_number(ty.kind, number),
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

/// Whether a text has the form of a date, a time, a duration, a GUID or bytes, for a type whose values have it
/// (OData ABNF Construction Rules 4.01, section 7). What has not is text all the same, and no client fails
/// on it.
pub(super) fn has_form(primitive: Primitive, text: &str) -> bool {
    match primitive {
        Primitive::DateTimeOffset => is_instant(text),
        Primitive::Date => is_date(text),
        Primitive::TimeOfDay => is_time(text),
        // jiff also reads durations in words.
        Primitive::Duration => {
            let unsigned = text.trim_start_matches(['+', '-']);
            unsigned.starts_with('P') && text.parse::<jiff::Span>().is_ok()
        }
        Primitive::Guid => is_guid(text),
        Primitive::Binary => is_base64(text),
        _ => true,
    }
}

/// Whether a text is base64 in either alphabet, with or without the padding: OData asks for base64url (JSON
/// Format 4.01, section 7.1), and services write plain base64.
fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte);
    // One digit has fewer bits than a byte.
    digits.bytes().all(is_digit) && digits.len() % 4 != 1
}

/// Whether a text is a date and a time with an offset. The offset is looked at by itself: what it makes of
/// the last day that there is may be beyond all instants that jiff knows, and services mean never by it.
fn is_instant(text: &str) -> bool {
    let Some((date, rest)) = text.split_once(['T', 't']) else {
        return false;
    };
    let offset = rest.find(['Z', 'z', '+', '-']).map(|at| rest.split_at(at));
    offset.is_some_and(|(time, offset)| {
        let hours = offset.strip_prefix(['+', '-']);
        let is_offset = hours.map_or(offset.len() == 1, |hours| {
            hours.len() == 5 && is_time(hours)
        });
        let civil = &text[..date.len() + "T".len() + time.len()];
        let may_be = may_be_date(date) && may_be_time(time);
        may_be && is_offset && civil.parse::<jiff::civil::DateTime>().is_ok()
    })
}

/// Whether a text is a day of the calendar.
fn is_date(text: &str) -> bool {
    may_be_date(text) && text.parse::<jiff::civil::Date>().is_ok()
}

/// Whether a text is a time of day.
fn is_time(text: &str) -> bool {
    may_be_time(text) && text.parse::<jiff::civil::Time>().is_ok()
}

/// Whether a text is as long as a date: jiff also reads one out of a longer text.
fn may_be_date(text: &str) -> bool {
    text.len() == "2014-01-01".len()
}

/// Whether a text has nothing in it but what times have: jiff also reads one out of a longer text.
fn may_be_time(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b':' | b'.');
    text.bytes().all(is_plain) && text.contains(':')
}

/// Whether a text is a value of a type where all values are text, as in a path.
pub fn is_written_as(primitive: Primitive, text: &str) -> bool {
    let text = unprefixed(text);
    match primitive {
        Primitive::Boolean => ["true", "false"]
            .iter()
            .any(|it| it.eq_ignore_ascii_case(text)),
        Primitive::Byte => text.parse::<u8>().is_ok(),
        Primitive::Int16 => text.parse::<i16>().is_ok(),
        Primitive::Int32 => text.parse::<i32>().is_ok(),
        Primitive::Int64 => text.parse::<i64>().is_ok(),
        Primitive::Single | Primitive::Double | Primitive::Decimal => text.parse::<f64>().is_ok(),
        _ => has_form(primitive, text),
    }
}

/// What stands between the quotes of a literal that begins with its type, as in `duration'PT5M'`.
fn unprefixed(text: &str) -> &str {
    let quoted = text
        .strip_suffix('\'')
        .and_then(|text| text.split_once('\''));
    quoted.map_or(text, |(ty, value)| if ty.is_empty() { text } else { value })
}

/// Whether a number can be a value of a type: that of an enumeration can be the number of a member.
fn holds_number(kind: TypeKind, number: Number) -> bool {
    let TypeKind::Primitive(primitive) = kind else {
        return matches!(kind, TypeKind::Enum(_));
    };
    match primitive {
        // A byte has no sign.
        Primitive::Byte => is_whole(number, 9),
        Primitive::Int16 => is_whole(number, 16),
        Primitive::Int32 => is_whole(number, 32),
        Primitive::Int64 => is_whole(number, 64),
        Primitive::Single | Primitive::Double | Primitive::Decimal => true,
        _ => false,
    }
}

/// Whether a number is whole, and no larger than one of so many bits is.
fn is_whole(number: Number, bits: u8) -> bool {
    match number {
        Number::Whole(own) => own <= bits,
        Number::Rounded => true,
        Number::Fraction => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_a_type_cannot_have_do_not_fit() {
        use crate::vocabulary::Number::{Fraction, Rounded, Whole};
        use Kind::{Array, Boolean as Bool, Null, Number, Object};
        use Primitive::{Boolean, Date, Double, Int32, Int64, String};
        let text = Kind::String;
        let cases = [
            (Boolean, Bool, true),
            (Boolean, text("true"), false),
            (Int32, Number(Whole(32)), true),
            (Int32, Number(Whole(33)), false),
            (Int64, Number(Whole(64)), true),
            (Int64, Number(Whole(65)), false),
            (Int32, Number(Rounded), true),
            (Int32, Number(Fraction), false),
            (Double, Number(Fraction), true),
            (Int32, text("4"), false),
            (Int64, text("4"), true),
            (Int64, text("four"), false),
            (Double, text("INF"), true),
            (Double, text("0.5"), false),
            (Date, text("2020-02-02"), true),
            (Date, Number(Whole(2)), false),
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
        assert!(!fits(Number(Whole(2)), many));
        assert!(!fits(Null, many));
    }

    #[test]
    fn text_of_another_form_is_told() {
        use Primitive::{Binary, Date, DateTimeOffset, Duration, Guid, String, TimeOfDay};
        let cases = [
            (DateTimeOffset, "2014-01-01T00:00:00Z", true),
            (DateTimeOffset, "2014-01-01T00:00:00.0000000+02:00", true),
            (DateTimeOffset, "9999-12-31T23:59:59.9999999Z", true),
            (DateTimeOffset, "0001-01-01T00:00Z", true),
            (DateTimeOffset, "2014-01-01T00:00:00", false),
            (DateTimeOffset, "2014-01-01T00:00:00+0200", false),
            (DateTimeOffset, "2014-01-01 00:00:00Z", false),
            (DateTimeOffset, "2014-01-01", false),
            (DateTimeOffset, "2014-01-01T00: 58: 45Z", false),
            (Date, "2024-02-29", true),
            (Date, "2024-02-30", false),
            (Date, "2024-02-29T00:00:00", false),
            (Date, "2017-01-3", false),
            (Date, "20170103", false),
            (Date, "2014-01-01 08:00", false),
            (TimeOfDay, "08:30:00.0000000", true),
            (TimeOfDay, "25:00:00", false),
            (TimeOfDay, "0830", false),
            (TimeOfDay, "2014-01-01 08:00", false),
            (TimeOfDay, "2024-02-29T08:30:00", false),
            (Duration, "P1DT2H", true),
            (Duration, "-PT5M", true),
            (Duration, "1 day", false),
            (Guid, "8fcb5dbc-d5aa-4681-8e31-b001d5168d79", true),
            (Guid, "8fcb5dbc-dqaa-4681-8e31-b001d5168d79", false),
            (String, "", true),
            (Binary, "+/8=", true),
            (Binary, "-_8", true),
            (Binary, "", true),
            (Binary, "a b", false),
            (Binary, "abcde", false),
        ];
        for (primitive, text, expected) in cases {
            assert_eq!(has_form(primitive, text), expected, "{primitive:?} {text}");
        }
    }

    #[test]
    fn values_in_a_path_are_literals() {
        use Primitive::{Boolean, Date, Duration, Int32};
        assert!(is_written_as(Boolean, "TRUE"));
        assert!(is_written_as(Duration, "duration'PT5M'"));
        assert!(is_written_as(Date, "2014-01-01"));
        assert!(!is_written_as(Date, "'2014-01-01'"));
        assert!(!is_written_as(Boolean, "1"));
        assert!(!is_written_as(Int32, "3.5"));
    }
}
