//! Dates, times, identifiers and bytes, which JSON has as text.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::Deserializer;
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use crate::BoxError;

/// An instant with the offset it was written with (`Edm.DateTimeOffset`).
pub type DateTimeOffset = Text<jiff::Timestamp>;
/// A day (`Edm.Date`).
pub type Date = Text<jiff::civil::Date>;
/// A time of day (`Edm.TimeOfDay`).
pub type TimeOfDay = Text<jiff::civil::Time>;
/// A length of time (`Edm.Duration`), as ISO 8601 writes it.
pub type Duration = Text<jiff::Span>;
/// A UUID (`Edm.Guid`).
pub type Guid = Text<uuid::Uuid>;
/// Bytes (`Edm.Binary`), in base64 or base64url, padded or not.
pub type Binary = Text<Bytes>;

/// A value that JSON has as text, kept as the service wrote it and read when it is asked for.
///
/// So nothing is lost that a `T` would not hold, such as an offset, fractions of a nanosecond or
/// the case of letters, and a value that is no `T` does not spoil the rest of an answer. Two are
/// equal where their text is.
pub struct Text<T> {
    text: String,
    value: PhantomData<fn() -> T>,
}

/// A type that a [`Text`] can be read as.
pub trait TextValue: Sized {
    /// Reads the text.
    fn read(text: &str) -> Result<Self, BoxError>;

    /// Writes the text.
    fn write(&self) -> String;
}

impl<T> Text<T> {
    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text itself.
    pub fn into_string(self) -> String {
        self.text
    }
}

impl<T: TextValue> Text<T> {
    /// Reads the text.
    pub fn get(&self) -> Result<T, BoxError> {
        T::read(&self.text)
    }
}

/// Types that are read and written as Rust reads and writes them.
macro_rules! text_values {
    ($($ty:ty),*) => {$(
        impl TextValue for $ty {
            fn read(text: &str) -> Result<Self, BoxError> {
                Ok(text.parse()?)
            }

            fn write(&self) -> String {
                self.to_string()
            }
        }
    )*};
}

text_values!(
    jiff::Timestamp,
    jiff::civil::Date,
    jiff::civil::Time,
    jiff::Span,
    uuid::Uuid
);

impl<T: TextValue> From<T> for Text<T> {
    fn from(value: T) -> Self {
        Self::from(value.write())
    }
}

impl<T> From<String> for Text<T> {
    fn from(text: String) -> Self {
        let value = PhantomData;
        Self { text, value }
    }
}

impl<T> From<&str> for Text<T> {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

// Derived, these would ask the same of `T`, of which there is none.
impl<T> Clone for Text<T> {
    fn clone(&self) -> Self {
        Self::from(self.text.clone())
    }
}

impl<T> Default for Text<T> {
    fn default() -> Self {
        Self::from(String::new())
    }
}

impl<T> PartialEq for Text<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Text<T> {}

impl<T> Hash for Text<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// The text as it was written, as paths and headers take it.
impl<T> AsRef<str> for Text<T> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl<T> fmt::Debug for Text<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl<T> fmt::Display for Text<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl<'de, T> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl<T> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_kept_and_read_on_demand() {
        let time = DateTimeOffset::from("2016-01-01T02:00:00.0000000+02:00");
        assert_eq!(time.get().unwrap().to_string(), "2016-01-01T00:00:00Z");
        assert_eq!(time.to_string(), "2016-01-01T02:00:00.0000000+02:00");
        assert!(DateTimeOffset::from("String (timestamp)").get().is_err());

        assert_eq!(
            Date::from(jiff::civil::date(2016, 2, 29)).as_str(),
            "2016-02-29"
        );
        assert_eq!(
            TimeOfDay::from("08:30:00.0000000").get().unwrap(),
            jiff::civil::time(8, 30, 0, 0)
        );
        assert_eq!(
            Duration::from("P1DT2H").get().unwrap().fieldwise(),
            jiff::Span::new().days(1).hours(2).fieldwise()
        );
        assert_eq!(
            Guid::from(uuid::Uuid::nil()).as_str(),
            "00000000-0000-0000-0000-000000000000"
        );
    }
}
