//! What an output folder holds, read once.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;

use super::foreign::is_foreign;
use super::list::{LIST, List};
use super::{OutputError, OutputFolder};
use crate::digest::Digest;
use crate::parallel;

/// So many files are read with one buffer.
const PART: usize = 64;

/// The size of it, in bytes: most files fit in.
const BUFFER: usize = 64 << 10;

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

    /// Whether the folder holds files of these digests, and nothing that is in their way. What is read
    /// is not kept, since most runs find that it is so.
    pub(crate) fn holds(&self, digests: &[(&str, Digest)]) -> Result<bool, OutputError> {
        let ours = List::read(self)?;
        let is_listed = ours.paths().eq(digests.iter().map(|(path, _)| *path));
        let strangers = self.strangers(&ours)?;
        let in_the_way = |path: &&String| is_foreign(path, |path| ours.contains(path));
        if !is_listed || strangers.iter().any(|path| in_the_way(&path)) {
            return Ok(false);
        }
        let list = (LIST, Digest::of(ours.to_string().as_bytes()));
        let all: Vec<_> = digests.iter().copied().chain([list]).collect();
        let parts: Vec<_> = all.chunks(PART).collect();
        let same = parallel::map(&parts, |_, part| {
            let mut buffer = vec![0; BUFFER];
            part.iter().all(|(path, digest)| {
                let file = File::open(self.path().join(path));
                let found = file.and_then(|file| Digest::read(file, &mut buffer));
                found.is_ok_and(|found| found == *digest)
            })
        });
        Ok(same.into_iter().all(|same| same))
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
}
