//! How far an upload is, as the service tells it.

use serde::Deserialize;

use crate::response::without_mark;

/// What a service answers to a part of an upload, or when it is asked how far it came.
#[derive(Default, Deserialize)]
pub(super) struct Standing {
    #[serde(default, rename = "nextExpectedRanges", alias = "NextExpectedRanges")]
    next_expected_ranges: Option<Vec<String>>,
}

/// The bytes that a service wants next, counted from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Missing {
    pub(super) first: u64,
    /// `None` where all bytes behind the first are missing.
    pub(super) last: Option<u64>,
}

impl Standing {
    /// Reads an answer; one that is of another kind, such as the item at the end, tells nothing.
    pub(super) fn read(body: &[u8]) -> Self {
        serde_json::from_slice(without_mark(body)).unwrap_or_default()
    }

    /// The first bytes that are missing, where the service names any.
    pub(super) fn missing(&self) -> Option<Missing> {
        let ranges = self.next_expected_ranges.iter().flatten();
        ranges
            .filter_map(|range| Missing::read(range))
            .min_by_key(|missing| missing.first)
    }
}

impl Missing {
    /// All bytes from one on.
    pub(super) fn from(first: u64) -> Self {
        Self { first, last: None }
    }

    /// Reads `26-`, `12345-55232`, or `26`, as some services write it.
    fn read(range: &str) -> Option<Self> {
        let (first, last) = range.split_once('-').unwrap_or((range, ""));
        let last = match last.trim() {
            "" => None,
            last => Some(last.parse().ok()?),
        };
        let first = first.trim().parse().ok()?;
        Some(Self { first, last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_missing_byte_is_found_however_it_is_written() {
        let missing = |first, last| Some(Missing { first, last });
        let cases = [
            (r#"{"nextExpectedRanges":["26-"]}"#, missing(26, None)),
            (
                r#"{"NextExpectedRanges":["2097152"]}"#,
                missing(2_097_152, None),
            ),
            (
                r#"{"nextExpectedRanges":["77829-99375","12345-55232"]}"#,
                missing(12_345, Some(55_232)),
            ),
            (r#"{"nextExpectedRanges":["soon","-1"]}"#, None),
            (
                "\u{feff}{\"nextExpectedRanges\":[\"26-\"]}",
                missing(26, None),
            ),
            (r#"{"nextExpectedRanges":null}"#, None),
            (r#"{"nextExpectedRanges":[]}"#, None),
            (r#"{"id":"1"}"#, None),
            ("", None),
        ];
        for (json, missing) in cases {
            assert_eq!(Standing::read(json.as_bytes()).missing(), missing, "{json}");
        }
    }
}
