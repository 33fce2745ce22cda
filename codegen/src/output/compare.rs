//! How an output folder differs from what it is to hold.

use std::collections::BTreeMap;
use std::fs;
use std::io;

use super::list::{LIST, List};
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
        let ours = List::read(self)?;
        self.refuse_foreign(&ours, files)?;

        let list = List::of(files).to_string();
        let mut wanted: BTreeMap<&str, Option<&str>> =
            ours.paths().map(|path| (path, None)).collect();
        wanted.extend(files.iter().map(|(path, text)| (path, Some(text))));
        wanted.insert(LIST, Some(&list));

        let mut differences = Vec::new();
        for (path, after) in wanted {
            let before = self.read(path)?;
            if before.as_deref() != after.map(str::as_bytes) {
                differences.push(Difference {
                    path: path.to_owned(),
                    before: before.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
                    after: after.map(str::to_owned),
                });
            }
        }
        Ok(differences)
    }

    /// The bytes of a file, if there is one.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, OutputError> {
        use io::ErrorKind::{IsADirectory, NotADirectory, NotFound};
        match fs::read(self.path().join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if matches!(error.kind(), NotFound | IsADirectory | NotADirectory) => {
                Ok(None)
            }
            Err(error) => Err(self.fault(path)(error)),
        }
    }
}
