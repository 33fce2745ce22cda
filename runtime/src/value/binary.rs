//! Bytes, which JSON has as base64.

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{DecodeError, Engine, alphabet};
use bytes::Bytes;

use super::{Binary, Property, TextValue};
use crate::BoxError;

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// Reads either alphabet, with or without padding: OData asks for base64url (JSON format 4.01,
/// section 7.1), and services write plain base64.
pub(crate) fn decode(text: &str) -> Result<Bytes, DecodeError> {
    let engine = match text.contains(['-', '_']) {
        true => URL_SAFE,
        false => STANDARD,
    };
    Ok(engine.decode(text)?.into())
}

impl TextValue for Bytes {
    fn read(text: &str) -> Result<Self, BoxError> {
        Ok(decode(text)?)
    }

    fn write(&self) -> String {
        STANDARD.encode(self)
    }
}

/// The bytes themselves, which are written in base64: a text is taken as base64 already.
impl From<Vec<u8>> for Binary {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

/// The bytes themselves, which are written in base64.
impl From<Vec<u8>> for Property<Binary> {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Value(bytes.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_from_either_alphabet() {
        for text in ["+/8=", "+/8", "-_8=", "-_8"] {
            assert_eq!(
                Binary::from(text).get().unwrap(),
                &[0xfb, 0xff][..],
                "{text}"
            );
        }
        assert_eq!(
            Binary::from(Bytes::from_static(&[0xfb, 0xff])).as_str(),
            "+/8="
        );
        assert!(Binary::from("a b").get().is_err());
    }

    #[test]
    fn a_vector_of_bytes_is_written_in_base64() {
        let property = Property::<Binary>::from(b"+/8=".to_vec());
        assert_eq!(property, Property::Value(Binary::from("Ky84PQ==")));
    }
}
