//! Files that need not be made again.

use std::collections::BTreeMap;

use super::record::{Entry, Record};
use crate::output::Snapshot;

/// What is recorded of the files that the output folder still holds as they were made, by path.
#[derive(Debug, Default)]
pub(crate) struct Known<'a>(BTreeMap<&'a str, &'a Entry>);

impl<'a> Known<'a> {
    /// The files of a record that the folder still holds as they were written.
    pub(crate) fn new(record: &'a Record, folder: &Snapshot<'_>) -> Self {
        let same = record.files.iter().filter(|(path, entry)| {
            let seen = folder.get(path);
            seen.is_some_and(|seen| seen.text == entry.text)
        });
        same.map(|(path, entry)| (path.as_str(), entry)).collect()
    }

    /// What is recorded of a file.
    pub(crate) fn get(&self, path: &str) -> Option<&'a Entry> {
        self.0.get(path).copied()
    }
}

impl<'a> FromIterator<(&'a str, &'a Entry)> for Known<'a> {
    fn from_iter<T: IntoIterator<Item = (&'a str, &'a Entry)>>(files: T) -> Self {
        Self(files.into_iter().collect())
    }
}
