//! Decimal numbers, kept as they were written.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserializer, Error as _};
use serde::ser::{Error as _, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A decimal number (`Edm.Decimal`) with all the digits that the service wrote.
///
/// Services may also write it as a string (OData JSON format 4.01, section 7.1), which is kept too.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// A number or a string of JSON.
    json: Box<str>,
}

/// The text is no decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDecimal;

impl Decimal {
    /// The digits, without quotes.
    pub fn as_str(&self) -> &str {
        self.json.trim_matches('"')
    }

    /// The nearest number of 64 bits.
    pub fn to_f64(&self) -> f64 {
        self.as_str().parse().unwrap_or(f64::NAN)
    }

    fn from_json(json: &str) -> Result<Self, NotDecimal> {
        let text = json
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        let text = text.unwrap_or(json);
        match text.parse::<f64>() {
            Ok(_) => Ok(Self { json: json.into() }),
            Err(_) => Err(NotDecimal),
        }
    }
}

impl FromStr for Decimal {
    type Err = NotDecimal;

    /// Takes what JSON takes for a number: `-12.50`, `1e6`.
    fn from_str(text: &str) -> Result<Self, NotDecimal> {
        match serde_json::from_str::<serde_json::Number>(text) {
            Ok(_) => Ok(Self {
                json: text.trim().into(),
            }),
            Err(_) => Err(NotDecimal),
        }
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self {
            json: number.to_string().into(),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for NotDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no decimal number")
    }
}

impl std::error::Error for NotDecimal {}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Box::<RawValue>::deserialize(deserializer)?;
        Self::from_json(json.get()).map_err(D::Error::custom)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = RawValue::from_string(self.json.to_string());
        json.map_err(S::Error::custom)?.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_kept() {
        for json in [
            "12.50",
            "\"0.10\"",
            "-1e-7",
            "123456789012345678901234567890.5",
        ] {
            let decimal: Decimal = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&decimal).unwrap(), json);
        }
        for json in ["true", "[1]", "\"one\"", "\"\""] {
            assert!(serde_json::from_str::<Decimal>(json).is_err(), "{json}");
        }
        assert_eq!("12.50".parse::<Decimal>().unwrap().to_f64(), 12.5);
        assert_eq!("1 2".parse::<Decimal>(), Err(NotDecimal));
    }
}
