//! Primitive types.

use crate::text::{strip_start, trimmed};

/// OData's primitive types (OData 4.01 CSDL, section 3.3), as far as the dialect names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Primitive {
    /// `Edm.String`
    String,
    /// `Edm.Boolean`
    Boolean,
    /// `Edm.Byte`
    Byte,
    /// `Edm.Int16`
    Int16,
    /// `Edm.Int32`
    Int32,
    /// `Edm.Int64`
    Int64,
    /// `Edm.Single`
    Single,
    /// `Edm.Double`
    Double,
    /// `Edm.Decimal`
    Decimal,
    /// `Edm.DateTimeOffset`
    DateTimeOffset,
    /// `Edm.Date`
    Date,
    /// `Edm.TimeOfDay`
    TimeOfDay,
    /// `Edm.Duration`
    Duration,
    /// `Edm.Guid`
    Guid,
    /// `Edm.Binary`
    Binary,
    /// `Edm.Stream`
    Stream,
}

impl Primitive {
    /// What the types are called, without `Edm.`.
    pub(crate) const NAMES: [&'static str; 16] = [
        "String",
        "Boolean",
        "Byte",
        "Int16",
        "Int32",
        "Int64",
        "Single",
        "Double",
        "Decimal",
        "DateTimeOffset",
        "Date",
        "TimeOfDay",
        "Duration",
        "Guid",
        "Binary",
        "Stream",
    ];

    /// The type of a word, with or without `Edm.`, in whichever case.
    pub fn read(word: &str) -> Option<Self> {
        let word = trimmed(word);
        let word = strip_start(word, "edm.").unwrap_or(word);
        // Most names of documented types are longer than the longest of these.
        let mut lower = [0; "datetimeoffset".len()];
        let lower = lower.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        Some(match &*lower {
            b"string" | b"etag" | b"url" | b"range" | b"text" => Self::String,
            b"boolean" | b"bool" => Self::Boolean,
            b"byte" => Self::Byte,
            b"int16" | b"short" => Self::Int16,
            b"int32" | b"int" => Self::Int32,
            b"int64" | b"long" | b"integer" | b"number" | b"numeric" => Self::Int64,
            b"single" | b"float" => Self::Single,
            b"double" => Self::Double,
            b"decimal" => Self::Decimal,
            b"datetimeoffset" | b"datetime" | b"timestamp" => Self::DateTimeOffset,
            b"date" => Self::Date,
            b"timeofday" => Self::TimeOfDay,
            b"duration" => Self::Duration,
            b"guid" | b"uuid" => Self::Guid,
            b"binary" => Self::Binary,
            b"stream" => Self::Stream,
            _ => return None,
        })
    }
}

/// Whether a text has the form of a GUID: `8fcb5dbc-d5aa-4681-8e31-b001d5168d79`.
pub fn is_guid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    text.len() == 36
        && lengths.eq([8, 4, 4, 4, 12])
        && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}
