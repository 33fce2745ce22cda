//! What a committed stage is to do, looked over before any of it is done.
//!
//! A stage need not be our own: it may have come with a clone. So it is held against the list of what
//! docwright wrote, and may do no more than a run that makes it itself.

use std::fs;
use std::io;
use std::path::Path;

use super::list::{LIST, List};
use super::stage::Stage;
use super::{OutputError, OutputFolder};

/// How deep the folders of a stage are nested at most.
const MAX_DEPTH: usize = 32;

impl Stage<'_> {
    /// Refuses a stage that would remove or replace what docwright did not write, or put there what
    /// is on no list of its own.
    pub(super) fn refuse_foreign(&self, removals: &[&str]) -> Result<(), OutputError> {
        let mut staged = Vec::new();
        if self.files().is_dir() {
            self.attempt(find(&self.files(), "", MAX_DEPTH, &mut staged))?;
        }
        let before = List::read(self.folder)?;
        // The new list may be in its place already: then it is the one that was just read.
        let staged_list = staged.iter().find(|path| *path == LIST);
        let after = match staged_list {
            Some(_) => &self.attempt(List::read_in(&self.files()))?,
            None => &before,
        };
        let is_ours = |path: &str| before.contains(path) && !is_link(self.folder, path);
        for path in removals {
            let there = self.target(path)?.symlink_metadata();
            if *path == LIST || there.is_ok_and(|it| !it.is_dir()) && !is_ours(path) {
                return Err(self.not_ours(path));
            }
        }
        for path in &staged {
            let there = self.target(path)?.symlink_metadata();
            let replaces_others = there.is_ok_and(|it| !it.is_dir()) && !is_ours(path);
            if replaces_others || !after.contains(path) {
                return Err(self.not_ours(path));
            }
        }
        Ok(())
    }

    fn not_ours(&self, path: &str) -> OutputError {
        let message =
            format!("`{path}` is not docwright's to change: remove this folder, which says so");
        self.fault(io::Error::other(message))
    }
}

fn is_link(folder: &OutputFolder, path: &str) -> bool {
    folder.path().join(path).is_symlink()
}

/// Collects the paths of the files below a folder, which may hold nothing but files and folders.
fn find(folder: &Path, prefix: &str, depth: usize, found: &mut Vec<String>) -> io::Result<()> {
    if folder.is_symlink() || depth == 0 {
        return Err(io::Error::other("is none that docwright made"));
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_file() {
            found.push(path);
        } else {
            // A link to a folder is refused there, and anything else cannot be listed.
            find(&entry.path(), &format!("{path}/"), depth - 1, found)?;
        }
    }
    Ok(())
}
