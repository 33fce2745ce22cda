//! Finds what is in an output folder and is not docwright's.

use std::fs;
use std::io;
use std::path::Path;

use super::list::List;
use super::snapshot::Snapshot;
use super::stage::STAGE;
use super::{OutputError, OutputFolder};
use crate::diagnostic::{Code, Diagnostic, Location};

impl OutputFolder {
    /// The paths of the files and links in the folder that docwright did not write.
    ///
    /// A symbolic link is always such: docwright makes none, and writes through none.
    pub(super) fn strangers(&self, ours: &List) -> Result<Vec<String>, OutputError> {
        let mut strangers = Vec::new();
        let is_strange = |path: &str, is_link: bool| is_link || !ours.contains(path);
        find(self.path(), "", &is_strange, &mut strangers).map_err(self.fault("."))?;
        strangers.sort();
        Ok(strangers)
    }
}

impl Snapshot<'_> {
    /// The strangers that docwright cannot live with where it is to write the files that are wanted.
    pub(super) fn foreign(
        &self,
        is_wanted: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = &String> {
        let strangers = self.strangers.iter();
        strangers.filter(move |path| is_wanted(path) || !is_ignored(path))
    }

    /// Refuses a folder that holds files of others, and names all of them.
    pub(super) fn refuse_foreign(
        &self,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Result<(), OutputError> {
        let finding = |path: &String| {
            let location = Location::start_of(self.folder.label_of(path));
            Diagnostic::new(
                Code::OutputNotOurs,
                location,
                "docwright did not write this file",
            )
            .with_help("move it away, or name another output folder")
        };
        let findings: Vec<Diagnostic> = self.foreign(is_wanted).map(finding).collect();
        match findings.is_empty() {
            true => Ok(()),
            false => Err(OutputError::NotOurs(findings)),
        }
    }
}

/// What cargo and git put beside a crate's files, and docwright's own stage.
fn is_ignored(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(path, "target" | "Cargo.lock" | STAGE) || name.starts_with(".git")
}

/// Collects the paths of files and links below a folder that are strange.
fn find(
    folder: &Path,
    prefix: &str,
    is_strange: &impl Fn(&str, bool) -> bool,
    found: &mut Vec<String>,
) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if prefix.is_empty() && error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        if !kind.is_dir() {
            if is_strange(&path, kind.is_symlink()) {
                found.push(path);
            }
        } else if !is_ignored(&path) {
            find(&entry.path(), &format!("{path}/"), is_strange, found)?;
        }
    }
    Ok(())
}
