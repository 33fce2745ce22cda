//! What an output folder holds, read once.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::time::SystemTime;

use super::foreign::is_foreign;
use super::list::{LIST, List};
use super::stamp::Stamp;
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
    files: BTreeMap<String, Read>,
}

/// A file that was read.
struct Read {
    bytes: Vec<u8>,
    /// Its stamp, where that tells whether it is still the same.
    stamp: Option<Stamp>,
}

impl OutputFolder {
    /// Reads what the folder holds.
    pub(crate) fn snapshot(&self) -> Result<Snapshot<'_>, OutputError> {
        let now = SystemTime::now();
        let ours = List::read(self)?;
        let strangers = self.strangers(&ours)?;
        let paths: Vec<&str> = ours.paths().chain([LIST]).collect();
        let read = parallel::map(&paths, |_, path| self.read(path, now));
        let mut files = BTreeMap::new();
        for (path, read) in paths.iter().zip(read) {
            if let Some(read) = read? {
                files.insert((*path).to_owned(), read);
            }
        }
        Ok(Snapshot {
            folder: self,
            ours,
            strangers,
            files,
        })
    }

    /// Stamps of all files where the folder holds files of these digests and nothing that is in their
    /// way; `None` where it does not. A file with the stamp that it had before is not read.
    pub(crate) fn holds(
        &self,
        digests: &[(&str, Digest)],
        before: &[Option<Stamp>],
    ) -> Result<Option<Vec<Option<Stamp>>>, OutputError> {
        let now = SystemTime::now();
        let ours = List::read(self)?;
        let list = fs::read(self.path().join(LIST)).unwrap_or_default();
        let is_listed = ours.paths().eq(digests.iter().map(|(path, _)| *path));
        if !is_listed || list != ours.to_string().as_bytes() {
            return Ok(None);
        }
        let (strangers, stamps) = parallel::join(
            || self.strangers(&ours),
            || self.stamps(digests, before, now),
        );
        let strangers = strangers?;
        let mut strangers = strangers.iter();
        if strangers.any(|path| is_foreign(path, |path| ours.contains(path))) {
            return Ok(None);
        }
        Ok(stamps)
    }

    /// Stamps of files where all have the texts of these digests.
    fn stamps(
        &self,
        digests: &[(&str, Digest)],
        before: &[Option<Stamp>],
        now: SystemTime,
    ) -> Option<Vec<Option<Stamp>>> {
        let all: Vec<_> = digests.iter().zip(before).collect();
        let parts: Vec<_> = all.chunks(PART).collect();
        let stamps = parallel::map(&parts, |_, part| {
            let mut buffer = vec![0; BUFFER];
            let stamps = part.iter().map(|&(&(path, digest), before)| {
                let path = self.path().join(path);
                // It is looked at before it is read, so that no change falls between the two.
                let stamp = Stamp::new(&path.symlink_metadata().ok()?, now);
                let is_same = stamp.is_some() && stamp == *before
                    || Digest::read(File::open(&path).ok()?, &mut buffer).ok()? == digest;
                is_same.then_some(stamp)
            });
            stamps.collect::<Option<Vec<_>>>()
        });
        let stamps: Option<Vec<_>> = stamps.into_iter().collect();
        stamps.map(|parts| parts.concat())
    }

    /// The bytes of a file, if there is one.
    fn read(&self, path: &str, now: SystemTime) -> Result<Option<Read>, OutputError> {
        use io::ErrorKind::{IsADirectory, NotADirectory, NotFound};
        let path_on_disk = self.path().join(path);
        // It is looked at before it is read, so that no change falls between the two.
        let metadata = path_on_disk.symlink_metadata();
        let stamp = metadata.ok().and_then(|it| Stamp::new(&it, now));
        match fs::read(path_on_disk) {
            Ok(bytes) => Ok(Some(Read { bytes, stamp })),
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
        self.files.get(path).map(|read| read.bytes.as_slice())
    }

    /// The stamp of a file that has the text `text`.
    pub(crate) fn stamp(&self, path: &str, text: &str) -> Option<Stamp> {
        let read = self.files.get(path)?;
        read.stamp.filter(|_| read.bytes == text.as_bytes())
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
