//! What an output folder holds, looked at once.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::time::SystemTime;

use super::list::{LIST, List};
use super::{OutputError, OutputFolder};
use crate::digest::Digest;
use crate::parallel;
use crate::stamp::{Seen, Stamp};

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
    files: BTreeMap<String, Seen>,
}

impl OutputFolder {
    /// Looks at what the folder holds. A file with the stamp that it had when it was seen `before` is not
    /// read.
    pub(crate) fn snapshot(
        &self,
        before: &BTreeMap<&str, Seen>,
    ) -> Result<Snapshot<'_>, OutputError> {
        let ours = List::read(self)?;
        let (strangers, files) =
            parallel::join(|| self.strangers(&ours), || self.look(&ours, before));
        Ok(Snapshot {
            folder: self,
            strangers: strangers?,
            files: files?,
            ours,
        })
    }

    /// Looks at the files of the list, and at the list itself.
    fn look(
        &self,
        ours: &List,
        before: &BTreeMap<&str, Seen>,
    ) -> Result<BTreeMap<String, Seen>, OutputError> {
        let now = SystemTime::now();
        let paths: Vec<&str> = [LIST].into_iter().chain(ours.paths()).collect();
        let parts: Vec<&[&str]> = paths.chunks(PART).collect();
        let seen = parallel::map(&parts, |_, part| {
            let mut buffer = vec![0; BUFFER];
            let look = |&path: &&str| self.see(path, before.get(path), now, &mut buffer);
            part.iter().map(look).collect::<Result<Vec<_>, _>>()
        });
        let mut files = BTreeMap::new();
        for (part, seen) in parts.iter().zip(seen) {
            let pairs = part.iter().zip(seen?);
            files.extend(pairs.filter_map(|(path, seen)| Some(((*path).to_owned(), seen?))));
        }
        Ok(files)
    }

    /// Looks at a file, if there is one.
    fn see(
        &self,
        path: &str,
        before: Option<&Seen>,
        now: SystemTime,
        buffer: &mut [u8],
    ) -> Result<Option<Seen>, OutputError> {
        let path_on_disk = self.path().join(path);
        // It is looked at before it is read, so that no change falls between the two.
        let stamp = Stamp::at(&path_on_disk, now);
        if let Some(seen) = Seen::again(before.copied(), stamp) {
            return Ok(Some(seen));
        }
        let text = File::open(path_on_disk).and_then(|file| Digest::read(file, buffer));
        let text = if_there(text).map_err(self.fault(path))?;
        Ok(text.map(|text| Seen { text, stamp }))
    }

    /// The text of a file, if there is one, with replacement characters where it is not UTF-8.
    pub(super) fn text(&self, path: &str) -> Result<Option<String>, OutputError> {
        let bytes = if_there(fs::read(self.path().join(path))).map_err(self.fault(path))?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }
}

impl Snapshot<'_> {
    /// What was seen of a file that is on the list and there.
    pub(crate) fn get(&self, path: &str) -> Option<Seen> {
        self.files.get(path).copied()
    }

    /// The stamp of each file that has the text that goes with it.
    pub(crate) fn stamps<'p>(
        &self,
        texts: impl Iterator<Item = (&'p str, Digest)>,
    ) -> Vec<Option<Stamp>> {
        let seen = texts.map(|(path, text)| self.get(path).filter(|seen| seen.text == text));
        seen.map(|seen| seen?.stamp).collect()
    }

    /// Whether the folder holds files of these texts, and nothing else that is in their way.
    pub(crate) fn holds<'p>(&self, texts: impl Iterator<Item = (&'p str, Digest)> + Clone) -> bool {
        let list = Digest::of(self.ours.to_string().as_bytes());
        let mut all = texts.clone().chain([(LIST, list)]);
        self.ours.paths().eq(texts.map(|(path, _)| path))
            && all.all(|(path, text)| self.get(path).is_some_and(|seen| seen.text == text))
            && self
                .foreign(|path| self.ours.contains(path))
                .next()
                .is_none()
    }
}

/// What a file that need not be there gave.
fn if_there<T>(read: io::Result<T>) -> io::Result<Option<T>> {
    use io::ErrorKind::{IsADirectory, NotADirectory, NotFound};
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) if matches!(error.kind(), NotFound | IsADirectory | NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}
