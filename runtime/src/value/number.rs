//! Numbers as OData's JSON format has them.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Unexpected, Visitor};
use serde::ser::Serializer;

use super::property_value::PropertyValue;

/// Whole numbers may be written with a fraction of zero: JSON has only one kind of number, and
/// what stands between a service and its client may write `96` as `96.0`.
macro_rules! whole {
    ($($number:ty: $deserialize:ident),*) => {$(
        impl PropertyValue for $number {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.$deserialize(Whole(PhantomData))
            }
        }
    )*};
}

whole!(u8: deserialize_u8, i16: deserialize_i16);
whole!(i32: deserialize_i32, i64: deserialize_i64);

struct Whole<T>(PhantomData<T>);

/// Up to here each whole number is one of 64-bit floating point, so that none was rounded.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl<T: TryFrom<i64> + TryFrom<u64>> Visitor<'_> for Whole<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = 8 * size_of::<T>();
        write!(f, "a whole number of {bits} bits")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        match number.trunc() == number && number.abs() <= EXACT {
            true => self.visit_i64(number as i64),
            false => Err(E::invalid_value(Unexpected::Float(number), &self)),
        }
    }
}

/// What JSON has no number for is a word (OData JSON format 4.01, section 7.1).
const WORDS: [(&str, f64); 3] = [
    ("NaN", f64::NAN),
    ("INF", f64::INFINITY),
    ("-INF", f64::NEG_INFINITY),
];

impl PropertyValue for f64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Floating)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match word(*self) {
            Some(word) => serializer.serialize_str(word),
            None => serializer.serialize_f64(*self),
        }
    }
}

impl PropertyValue for f32 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::read(deserializer).map(|number| number as f32)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match word(f64::from(*self)) {
            Some(word) => serializer.serialize_str(word),
            None => serializer.serialize_f32(*self),
        }
    }
}

fn word(number: f64) -> Option<&'static str> {
    let same = |value: f64| value == number || value.is_nan() && number.is_nan();
    let mut words = WORDS.into_iter();
    words.find(|&(_, value)| same(value)).map(|(word, _)| word)
}

struct Floating;

impl<'de> Visitor<'de> for Floating {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<f64, E> {
        Ok(number as f64)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<f64, E> {
        Ok(number as f64)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<f64, E> {
        Ok(number)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<f64, E> {
        let known = WORDS.iter().find(|(word, _)| *word == text);
        known
            .map(|&(_, value)| value)
            .ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }

    /// A number where an application has the feature `arbitrary_precision` of serde_json, which
    /// counts for all crates in it.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<f64, A::Error> {
        let number = serde_json::Number::deserialize(MapAccessDeserializer::new(map))?;
        number
            .as_f64()
            .ok_or_else(|| A::Error::custom("a number that is too large"))
    }
}

#[cfg(test)]
mod tests {
    use crate::Property;

    fn read<T: super::PropertyValue>(json: &str) -> Option<T> {
        let property = serde_json::from_str::<Property<T>>(json).ok();
        property.map(|property| property.into_value().unwrap())
    }

    #[test]
    fn whole_numbers_may_have_a_fraction_of_zero() {
        for (json, number) in [("96", 96), ("96.0", 96), ("-9.6e1", -96), ("1e2", 100)] {
            assert_eq!(read::<i16>(json), Some(number), "{json}");
            assert_eq!(read::<i32>(json), Some(number.into()), "{json}");
            assert_eq!(read::<i64>(json), Some(number.into()), "{json}");
        }
        for json in [
            "0.5",
            "1e300",
            "9007199254740993.5",
            "40000",
            "\"1\"",
            "true",
        ] {
            assert_eq!(read::<i16>(json), None, "{json}");
        }
        assert_eq!(read::<i64>("9223372036854775807"), Some(i64::MAX));
        assert_eq!(read::<i64>("9223372036854775808"), None);
        assert_eq!(read::<i64>("9223372036854775808.0"), None);
        assert_eq!(read::<u8>("255.0"), Some(255));
        assert_eq!(read::<u8>("-1"), None);
    }

    #[test]
    fn numbers_that_json_has_not_are_words() {
        let json = r#"[1.5,-2.0,"NaN","INF","-INF"]"#;
        let doubles = read::<Vec<f64>>(json).unwrap();
        assert!(doubles[2].is_nan() && doubles[3] == f64::INFINITY);
        let singles = read::<Vec<f32>>(json).unwrap();
        for written in [
            serde_json::to_string(&Property::Value(doubles)),
            serde_json::to_string(&Property::Value(singles)),
        ] {
            assert_eq!(written.unwrap(), json);
        }
        assert_eq!(read::<f64>("96"), Some(96.0));
        assert_eq!(read::<f64>("\"inf\""), None);
        assert_eq!(read::<f64>("{}"), None);
    }
}
