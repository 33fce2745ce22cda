//! Changes to an output folder that happen as a whole or not at all.
//!
//! New texts are first put into a stage, a folder inside the output folder and so on the same
//! file system. Then a commit file that says what is to go gets its name by one rename: the point
//! of no return. What follows, removals and renames of what is in the stage, can be repeated until
//! it comes to its end, so a run that finds a commit file finishes it before anything else.
//!
//! Nothing waits for the disk itself: should the machine fail and a text be lost, the next run
//! sees a file that differs and writes it again.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};

use super::files::stays_inside;
use super::{Difference, OutputError, OutputFolder};
use crate::parallel;

/// The name of the stage in the output folder.
pub(super) const STAGE: &str = ".docwright-stage";

const REMOVE: &str = "remove ";

/// The stage of an output folder.
pub(super) struct Stage<'a> {
    pub(super) folder: &'a OutputFolder,
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
        let files = self.files();
        let by_folder: Vec<_> = by_folder(differences).into_iter().collect();
        for (folder, _) in &by_folder {
            self.attempt(fs::create_dir_all(files.join(folder)))?;
        }
        // The file system makes one file of a folder at a time: a thread for each folder is enough.
        let written = parallel::map(&by_folder, |_, (_, new)| {
            let mut new = new.iter();
            new.try_for_each(|(path, text)| fs::write(files.join(path), text))
        });
        self.attempt(written.into_iter().collect())
    }

    /// Makes the stage binding: from here on the new state of the folder is certain.
    pub(super) fn commit(&self, differences: &[Difference]) -> Result<(), OutputError> {
        let removed = differences.iter().filter(|it| it.after.is_none());
        let text: String = removed.map(|it| format!("{REMOVE}{}\n", it.path)).collect();
        let draft = self.path.join("commit.new");
        self.attempt(fs::write(&draft, text))?;
        self.attempt(fs::rename(&draft, self.commit_file()))
    }

    /// Whether the stage is committed, and so waits to be carried out.
    pub(super) fn is_committed(&self) -> Result<bool, OutputError> {
        self.read_commit().map(|commit| commit.is_some())
    }

    /// Carries out a committed stage, from wherever an earlier run stopped; without one, does
    /// nothing.
    pub(super) fn finish(&self) -> Result<(), OutputError> {
        let Some(commit) = self.read_commit()? else {
            return Ok(());
        };
        let lines = commit.lines();
        let removals: Vec<&str> = lines.filter_map(|line| line.strip_prefix(REMOVE)).collect();
        self.refuse_foreign(&removals)?;
        // Removals come first, since a file may have to make room for a folder of its name.
        for path in removals {
            let target = self.target(path)?;
            if target.is_dir() {
                // The folder that it made room for is there already.
                continue;
            }
            self.attempt(unless_missing(fs::remove_file(&target)))?;
            self.remove_empty_parents(&target);
        }
        if self.files().is_dir() {
            self.move_in(&self.files(), "")?;
        }
        // The commit goes first: a stage without one is only litter.
        self.attempt(fs::remove_file(self.commit_file()))?;
        self.discard()
    }

    /// Moves what is in a folder of the stage to its place below `path`: a folder that is not there yet
    /// as a whole.
    fn move_in(&self, staged: &Path, path: &str) -> Result<(), OutputError> {
        let entries = self.attempt(fs::read_dir(staged))?;
        let entries: io::Result<Vec<DirEntry>> = entries.collect();
        for entry in self.attempt(entries)? {
            let path = format!("{path}{}", entry.file_name().to_string_lossy());
            let target = self.target(&path)?;
            let is_folder = self.attempt(entry.file_type())?.is_dir();
            if is_folder && target.is_symlink() {
                return Err(self.leads_out(&path));
            }
            if is_folder && target.exists() {
                self.move_in(&entry.path(), &format!("{path}/"))?;
            } else {
                self.attempt(fs::rename(entry.path(), target))?;
            }
        }
        Ok(())
    }

    /// Throws the stage away.
    fn discard(&self) -> Result<(), OutputError> {
        self.attempt(unless_missing(fs::remove_dir_all(&self.path)))
    }

    fn read_commit(&self) -> Result<Option<String>, OutputError> {
        if self.path.is_symlink() {
            return Err(self.fault(io::Error::other("is a symbolic link")));
        }
        match fs::read_to_string(self.commit_file()) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.fault(error)),
        }
    }

    /// Where a path of the folder is on disk. Refuses paths that lead out of it, by their text or
    /// by a link that somebody has put there meanwhile.
    pub(super) fn target(&self, path: &str) -> Result<PathBuf, OutputError> {
        let mut target = self.folder.path().to_owned();
        let mut leaves = !stays_inside(path);
        for part in path.split('/') {
            leaves |= target != self.folder.path() && target.is_symlink();
            target.push(part);
        }
        if leaves {
            return Err(self.leads_out(path));
        }
        Ok(target)
    }

    fn leads_out(&self, path: &str) -> OutputError {
        let error = io::Error::other("leads out of the output folder");
        self.folder.fault(path)(error)
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

    pub(super) fn files(&self) -> PathBuf {
        self.path.join("files")
    }

    fn commit_file(&self) -> PathBuf {
        self.path.join("commit")
    }

    pub(super) fn attempt<T>(&self, result: io::Result<T>) -> Result<T, OutputError> {
        result.map_err(|error| self.fault(error))
    }

    pub(super) fn fault(&self, error: io::Error) -> OutputError {
        self.folder.fault(STAGE)(error)
    }
}

/// Paths and texts of the new files, by the folder that they lie in.
fn by_folder(differences: &[Difference]) -> BTreeMap<&str, Vec<(&str, &str)>> {
    let mut folders: BTreeMap<_, Vec<(&str, &str)>> = BTreeMap::new();
    for Difference { path, after, .. } in differences {
        if let Some(text) = after {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            folders.entry(folder).or_default().push((path, text));
        }
    }
    folders
}

fn unless_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}
