//! Stamps of the files that a record speaks of, as lines of text: one for each file, in the order of
//! the record.
//!
//! They have a file of their own, since a run that finds nothing to do leaves the record as it is.

use std::fmt::{self, Write};

use super::seal;
use crate::digest::Digest;
use crate::stamp::Stamp;

const FORMAT: &str = "docwright stamps 1";

/// What stands for a stamp that is not there.
const NONE: &str = "-";

/// Stamps of files that had the texts of a record when they were looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamps {
    /// The digest of the record's text.
    pub(super) record: Digest,
    /// A stamp for each of its files, where there is one.
    pub(super) files: Vec<Option<Stamp>>,
}

impl Stamps {
    /// Reads stamps; `None` where they are not as they were written.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = seal::opened(text)?.lines();
        if lines.next()? != FORMAT {
            return None;
        }
        let record = lines.next()?.parse().ok()?;
        let stamp = |line: &str| match line {
            NONE => Some(None),
            stamp => stamp.parse().ok().map(Some),
        };
        Some(Self {
            record,
            files: lines.map(stamp).collect::<Option<_>>()?,
        })
    }
}

impl fmt::Display for Stamps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut body = format!("{FORMAT}\n{}", self.record);
        for stamp in &self.files {
            match stamp {
                Some(stamp) => write!(body, "\n{stamp}")?,
                None => write!(body, "\n{NONE}")?,
            }
        }
        f.write_str(&seal::sealed(&body))
    }
}
