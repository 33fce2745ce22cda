//! Primitive types.

use crate::words::{strip_start, trimmed};

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
        // Most names of documented types are longer.
        if word.len() > LONGEST {
            return None;
        }
        let mut words = PRIMITIVES.iter();
        let found = words.find(|(name, _)| name.eq_ignore_ascii_case(word));
        found.map(|&(_, primitive)| primitive)
    }
}

/// The length of the longest of the words for primitive types.
const LONGEST: usize = {
    let (mut longest, mut at) = (0, 0);
    while at < PRIMITIVES.len() {
        let length = PRIMITIVES[at].0.len();
        longest = if length > longest { length } else { longest };
        at += 1;
    }
    longest
};

/// The words for primitive types.
const PRIMITIVES: [(&str, Primitive); 31] = [
    ("string", Primitive::String),
    ("etag", Primitive::String),
    ("url", Primitive::String),
    ("range", Primitive::String),
    ("text", Primitive::String),
    ("boolean", Primitive::Boolean),
    ("bool", Primitive::Boolean),
    ("byte", Primitive::Byte),
    ("int16", Primitive::Int16),
    ("short", Primitive::Int16),
    ("int32", Primitive::Int32),
    ("int", Primitive::Int32),
    ("int64", Primitive::Int64),
    ("long", Primitive::Int64),
    ("integer", Primitive::Int64),
    ("number", Primitive::Int64),
    ("numeric", Primitive::Int64),
    ("single", Primitive::Single),
    ("float", Primitive::Single),
    ("double", Primitive::Double),
    ("decimal", Primitive::Decimal),
    ("datetimeoffset", Primitive::DateTimeOffset),
    ("datetime", Primitive::DateTimeOffset),
    ("timestamp", Primitive::DateTimeOffset),
    ("date", Primitive::Date),
    ("timeofday", Primitive::TimeOfDay),
    ("duration", Primitive::Duration),
    ("guid", Primitive::Guid),
    ("uuid", Primitive::Guid),
    ("binary", Primitive::Binary),
    ("stream", Primitive::Stream),
];

/// Whether a text has the form of a GUID: `8fcb5dbc-d5aa-4681-8e31-b001d5168d79`.
pub fn is_guid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    text.len() == 36
        && lengths.eq([8, 4, 4, 4, 12])
        && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}
