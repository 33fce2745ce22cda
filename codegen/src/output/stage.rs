//! Changes to an output folder that happen as a whole or not at all.
//!
//! New texts are first put into a stage, a folder inside the output folder and so on the same
//! file system. Then a commit file that says what is to happen gets its name by one rename: the
//! point of no return. What follows, renames and removals, can be repeated from the commit file
//! until it comes to its end, so a run that finds one finishes it before anything else.
//!
//! Nothing waits for the disk itself: should the machine fail and a text be lost, the next run
//! sees a file that differs and writes it again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::files::stays_inside;
use super::{Difference, OutputError, OutputFolder};

/// The name of the stage in the output folder.
pub(super) const STAGE: &str = ".docwright-stage";

const WRITE: &str = "write ";
const REMOVE: &str = "remove ";

/// The stage of an output folder.
pub(super) struct Stage<'a> {
    folder: &'a OutputFolder,
    path: PathBuf,
}

impl<'a> Stage<'a> {
    pub(super) fn of(folder: &'a OutputFolder) -> Self {
        let path = folder.path().join(STAGE);
        Self { folder, path }
    }

    /// Puts the new texts into the stage, after throwing away one that was never committed.
    pub(super) fn prepare(&self, differences: &[Difference]) -> Result<(), OutputError> {
        self.discard()?;
        self.attempt(fs::create_dir_all(self.folder.path()))?;
        self.attempt(fs::create_dir(&self.path))?;
        for Difference { path, after, .. } in differences {
            if let Some(text) = after {
                let staged = self.files().join(path);
                self.attempt(create_parent(&staged))?;
                self.attempt(fs::write(&staged, text))?;
            }
        }
        Ok(())
    }

    /// Makes the stage binding: from here on the new state of the folder is certain.
    pub(super) fn commit(&self, differences: &[Difference]) -> Result<(), OutputError> {
        let line = |Difference { path, after, .. }: &Difference| match after {
            Some(_) => format!("{WRITE}{path}\n"),
            None => format!("{REMOVE}{path}\n"),
        };
        let text: String = differences.iter().map(line).collect();
        let draft = self.path.join("commit.new");
        self.attempt(fs::write(&draft, text))?;
        self.attempt(fs::rename(&draft, self.commit_file()))
    }

    /// Carries out a committed stage, from wherever an earlier run stopped; without one, does
    /// nothing.
    pub(super) fn finish(&self) -> Result<(), OutputError> {
        let Some(commit) = self.read_commit()? else {
            return Ok(());
        };
        // Removals come first, since a file may have to make room for a folder of its name.
        for path in commit.lines().filter_map(|line| line.strip_prefix(REMOVE)) {
            let target = self.target(path)?;
            self.attempt(unless_missing(fs::remove_file(&target)))?;
            self.remove_empty_parents(&target);
        }
        for path in commit.lines().filter_map(|line| line.strip_prefix(WRITE)) {
            let target = self.target(path)?;
            let staged = self.files().join(path);
            if staged.exists() {
                self.attempt(create_parent(&target))?;
                self.attempt(fs::rename(&staged, &target))?;
            }
        }
        // The commit goes first: a stage without one is only litter.
        self.attempt(fs::remove_file(self.commit_file()))?;
        self.discard()
    }

    /// Throws the stage away.
    fn discard(&self) -> Result<(), OutputError> {
        self.attempt(unless_missing(fs::remove_dir_all(&self.path)))
    }

    fn read_commit(&self) -> Result<Option<String>, OutputError> {
        if self.path.is_symlink() {
            let error = io::Error::other("is a symbolic link");
            return Err(self.folder.fault(STAGE)(error));
        }
        match fs::read_to_string(self.commit_file()) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.folder.fault(STAGE)(error)),
        }
    }

    /// Where a path of the folder is on disk. Refuses paths that lead out of it, by their text or
    /// by a link that somebody has put there meanwhile.
    fn target(&self, path: &str) -> Result<PathBuf, OutputError> {
        let mut target = self.folder.path().to_owned();
        let mut leaves = !stays_inside(path);
        for part in path.split('/') {
            leaves |= target != self.folder.path() && target.is_symlink();
            target.push(part);
        }
        if leaves {
            let error = io::Error::other("leads out of the output folder");
            return Err(self.folder.fault(path)(error));
        }
        Ok(target)
    }

    /// Removes the folders above a removed file as far up as they are empty.
    fn remove_empty_parents(&self, removed: &Path) {
        let parents = removed.ancestors().skip(1);
        for parent in parents.take_while(|&parent| parent != self.folder.path()) {
            // Fails where something is left in it, which is why it stays.
            if fs::remove_dir(parent).is_err() {
                break;
            }
        }
    }

    fn files(&self) -> PathBuf {
        self.path.join("files")
    }

    fn commit_file(&self) -> PathBuf {
        self.path.join("commit")
    }

    fn attempt<T>(&self, result: io::Result<T>) -> Result<T, OutputError> {
        result.map_err(self.folder.fault(STAGE))
    }
}

fn create_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

fn unless_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}
