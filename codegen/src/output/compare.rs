//! How an output folder differs from what it is to hold.

use std::collections::BTreeMap;

use super::list::{LIST, List};
use super::snapshot::Snapshot;
use super::{Files, OutputError, OutputFolder};

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

impl OutputFolder {
    /// Tells how the folder differs from `files`, in the order of the paths. Writes nothing.
    pub fn compare(&self, files: &Files) -> Result<Vec<Difference>, OutputError> {
        self.snapshot()?.compare(files)
    }
}

impl Snapshot<'_> {
    /// Tells how the folder differed from `files` when it was read, in the order of the paths.
    pub(crate) fn compare(&self, files: &Files) -> Result<Vec<Difference>, OutputError> {
        self.refuse_foreign(files)?;
        let list = List::of(files).to_string();
        let mut wanted: BTreeMap<&str, Option<&str>> =
            self.ours.paths().map(|path| (path, None)).collect();
        wanted.extend(files.iter().map(|(path, text)| (path, Some(text))));
        wanted.insert(LIST, Some(&list));

        let mut differences = Vec::new();
        for (path, after) in wanted {
            let before = self.get(path);
            if before != after.map(str::as_bytes) {
                differences.push(Difference {
                    path: path.to_owned(),
                    before: before.map(|bytes| String::from_utf8_lossy(bytes).into_owned()),
                    after: after.map(str::to_owned),
                });
            }
        }
        Ok(differences)
    }
}
