//! Texts that need not be made again.

use std::collections::BTreeMap;

use super::record::Record;
use crate::digest::Digest;
use crate::output::Snapshot;

/// Texts in the output folder by path, each with the digest of what it was made of.
#[derive(Debug, Default)]
pub(crate) struct Known<'a>(BTreeMap<&'a str, (Digest, &'a str)>);

impl<'a> Known<'a> {
    /// The files of a record that the folder still holds as they were written.
    pub(crate) fn new(record: &'a Record, folder: &'a Snapshot<'_>) -> Self {
        let known = folder.same(&record.texts()).into_iter().filter_map(|path| {
            let text = std::str::from_utf8(folder.get(path)?).ok()?;
            Some((path, (record.files.get(path)?.made_of, text)))
        });
        Self(known.collect())
    }

    /// The text of a file that is made of the same.
    pub(crate) fn text(&self, path: &str, made_of: Digest) -> Option<&'a str> {
        let (known, text) = self.0.get(path)?;
        (*known == made_of).then_some(*text)
    }
}

#[cfg(test)]
impl<'a, const N: usize> From<[(&'a str, (Digest, &'a str)); N]> for Known<'a> {
    fn from(texts: [(&'a str, (Digest, &'a str)); N]) -> Self {
        Self(texts.into())
    }
}
