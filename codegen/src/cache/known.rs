//! Texts that need not be made again.

use std::collections::BTreeMap;

use super::record::{Entry, Record};
use crate::digest::Digest;
use crate::output::Snapshot;

/// Texts in the output folder by path, each with what is recorded of it.
#[derive(Debug, Default)]
pub(crate) struct Known<'a>(BTreeMap<&'a str, KnownText<'a>>);

/// A text that the folder still holds as it was made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KnownText<'a> {
    pub(crate) entry: &'a Entry,
    pub(crate) text: &'a str,
}

impl<'a> Known<'a> {
    /// The files of a record that the folder still holds as they were written.
    pub(crate) fn new(record: &'a Record, folder: &'a Snapshot<'_>) -> Self {
        let known = folder.same(&record.texts()).into_iter().filter_map(|path| {
            let text = std::str::from_utf8(folder.get(path)?).ok()?;
            let entry = record.files.get(path)?;
            Some((path, KnownText { entry, text }))
        });
        Self(known.collect())
    }

    /// What is known of a file.
    pub(crate) fn get(&self, path: &str) -> Option<KnownText<'a>> {
        self.0.get(path).copied()
    }

    /// The text of a file that is made of the same.
    pub(crate) fn text(&self, path: &str, made_of: Digest) -> Option<&'a str> {
        let known = self.get(path)?;
        (known.entry.made_of == made_of).then_some(known.text)
    }
}

#[cfg(test)]
impl<'a> FromIterator<(&'a str, KnownText<'a>)> for Known<'a> {
    fn from_iter<T: IntoIterator<Item = (&'a str, KnownText<'a>)>>(texts: T) -> Self {
        Self(texts.into_iter().collect())
    }
}
