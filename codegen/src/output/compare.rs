//! How an output folder differs from what it is to hold.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::list::{LIST, List};
use super::snapshot::Snapshot;
use super::{Files, OutputError, OutputFolder};
use crate::digest::Digest;

/// A file that is not as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The path in the output folder, with `/`.
    pub path: String,
    /// The text on disk, with replacement characters where it is not UTF-8; absent where there
    /// is no such file.
    pub before: Option<String>,
    /// The text that is to be there; absent where the file is to go.
    pub after: Option<String>,
}

/// What has to be done about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// There is no such file yet.
    Add,
    /// The file has another text.
    Replace,
    /// The file was made by an earlier run and is not made any more.
    Remove,
}

impl Difference {
    /// What has to be done.
    pub fn change(&self) -> Change {
        match (&self.before, &self.after) {
            (None, _) => Change::Add,
            (Some(_), Some(_)) => Change::Replace,
            (Some(_), None) => Change::Remove,
        }
    }
}

/// What a file of the folder is to be.
#[derive(Debug)]
pub(crate) enum Wanted<'t> {
    /// It is to have this text.
    Text(Cow<'t, str>),
    /// It has the text that it is to have.
    AsItIs,
}

impl OutputFolder {
    /// Tells how the folder differs from `files`, in the order of the paths. Writes nothing.
    pub fn compare(&self, files: &Files) -> Result<Vec<Difference>, OutputError> {
        let files = files.iter();
        let wanted = files.map(|(path, text)| (path, Wanted::Text(text.into())));
        self.snapshot(&BTreeMap::new())?.compare(wanted.collect())
    }
}

impl Snapshot<'_> {
    /// Tells how the folder differed from what it is to hold when it was looked at, in the order of the
    /// paths.
    pub(crate) fn compare(
        &self,
        mut wanted: BTreeMap<&str, Wanted<'_>>,
    ) -> Result<Vec<Difference>, OutputError> {
        self.refuse_foreign(|path| wanted.contains_key(path))?;
        let list = List::of(wanted.keys()).to_string();
        wanted.insert(LIST, Wanted::Text(list.into()));

        let gone = self.ours.paths().filter(|path| !wanted.contains_key(path));
        let mut differences = Vec::new();
        for path in gone {
            if let Some(before) = self.folder.text(path)? {
                differences.push(Difference {
                    path: path.to_owned(),
                    before: Some(before),
                    after: None,
                });
            }
        }
        for (path, wanted) in wanted {
            let Wanted::Text(text) = wanted else { continue };
            let before = match self.get(path) {
                Some(seen) if seen.text == Digest::of(text.as_bytes()) => continue,
                Some(_) => self.folder.text(path)?,
                None => None,
            };
            differences.push(Difference {
                path: path.to_owned(),
                before,
                after: Some(text.into_owned()),
            });
        }
        differences.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(differences)
    }
}
