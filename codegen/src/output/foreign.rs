//! Finds what is in an output folder and is not docwright's.

use std::fs;
use std::io;
use std::path::Path;

use super::list::List;
use super::stage::STAGE;
use super::{Files, OutputError, OutputFolder};
use crate::diagnostic::{Code, Diagnostic, Location};

impl OutputFolder {
    /// Refuses a folder that holds files of others, and names all of them.
    ///
    /// A symbolic link is always foreign: docwright makes none, and writes through none.
    pub(super) fn refuse_foreign(&self, ours: &List, wanted: &Files) -> Result<(), OutputError> {
        let mut foreign = Vec::new();
        let is_foreign = |path: &str, is_link: bool| {
            let in_the_way = wanted.get(path).is_some() || !is_ignored(path);
            in_the_way && (is_link || !ours.contains(path))
        };
        find(self.path(), "", &is_foreign, &mut foreign).map_err(self.fault("."))?;
        if foreign.is_empty() {
            return Ok(());
        }
        foreign.sort();
        let finding = |path: &String| {
            let location = Location::start_of(self.label_of(path));
            Diagnostic::new(
                Code::OutputNotOurs,
                location,
                "docwright did not write this file",
            )
            .with_help("move it away, or name another output folder")
        };
        Err(OutputError::NotOurs(foreign.iter().map(finding).collect()))
    }
}

/// What cargo and git put beside a crate's files, and docwright's own stage.
fn is_ignored(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(path, "target" | "Cargo.lock" | STAGE) || name.starts_with(".git")
}

/// Collects the paths of files and links below a folder that are foreign.
fn find(
    folder: &Path,
    prefix: &str,
    is_foreign: &impl Fn(&str, bool) -> bool,
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
            if is_foreign(&path, kind.is_symlink()) {
                found.push(path);
            }
        } else if !is_ignored(&path) {
            find(&entry.path(), &format!("{path}/"), is_foreign, found)?;
        }
    }
    Ok(())
}
