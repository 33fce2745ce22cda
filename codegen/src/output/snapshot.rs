//! What an output folder holds, read once.

use std::collections::BTreeMap;
use std::fs;
use std::io;

use super::list::{LIST, List};
use super::{OutputError, OutputFolder};
use crate::digest::Digest;
use crate::parallel;

/// The files that docwright wrote in an output folder, and what else is there.
pub(crate) struct Snapshot<'f> {
    pub(super) folder: &'f OutputFolder,
    pub(super) ours: List,
    /// The paths of files and links that docwright did not write.
    pub(super) strangers: Vec<String>,
    files: BTreeMap<String, Vec<u8>>,
}

impl OutputFolder {
    /// Reads what the folder holds.
    pub(crate) fn snapshot(&self) -> Result<Snapshot<'_>, OutputError> {
        let ours = List::read(self)?;
        let strangers = self.strangers(&ours)?;
        let paths: Vec<&str> = ours.paths().chain([LIST]).collect();
        let read = parallel::map(&paths, |_, path| self.read(path));
        let mut files = BTreeMap::new();
        for (path, bytes) in paths.iter().zip(read) {
            if let Some(bytes) = bytes? {
                files.insert((*path).to_owned(), bytes);
            }
        }
        Ok(Snapshot {
            folder: self,
            ours,
            strangers,
            files,
        })
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

impl Snapshot<'_> {
    /// The bytes of a file, if it is on the list and there.
    pub(crate) fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// The paths of the files whose text has the digest that goes with it.
    pub(crate) fn same<'p>(&self, digests: &[(&'p str, Digest)]) -> Vec<&'p str> {
        let same = parallel::map(digests, |_, &(path, digest)| {
            self.get(path)
                .is_some_and(|bytes| Digest::of(bytes) == digest)
        });
        let pairs = digests.iter().zip(same).filter(|(_, same)| *same);
        pairs.map(|(&(path, _), _)| path).collect()
    }

    /// Whether the folder holds files of these paths, and nothing that is in their way.
    pub(crate) fn is_of(&self, paths: &[&str]) -> bool {
        self.ours.paths().eq(paths.iter().copied())
            && self.get(LIST) == Some(self.ours.to_string().as_bytes())
            && self
                .foreign(|path| self.ours.contains(path))
                .next()
                .is_none()
    }
}
