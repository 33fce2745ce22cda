//! Outputs as values, and their way to disk.
//!
//! [`Files`] is what is to be written. An [`OutputFolder`] is where: [`OutputFolder::compare`]
//! tells how the folder differs from the files, and [`OutputFolder::write`] brings it there, so
//! that a crash leaves what was before or what is to be, and so that nothing is touched that
//! docwright did not write itself.

mod compare;
mod files;
mod foreign;
mod list;
mod lock;
mod snapshot;
mod stage;
mod staged;
mod write;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::source::shown_folder;

pub(crate) use compare::Wanted;
pub use compare::{Change, Difference};
pub use files::Files;
pub(crate) use files::stays_inside;
pub(crate) use snapshot::Snapshot;

/// A folder that docwright writes and owns.
#[derive(Clone, Debug)]
pub struct OutputFolder {
    path: PathBuf,
    label: String,
}

/// Why an output folder could not be compared or written.
#[derive(Debug)]
pub enum OutputError {
    /// The folder holds files that docwright did not write: one finding for each of them.
    NotOurs(Vec<Diagnostic>),
    /// A run that wrote the folder was interrupted, and the next one that writes has to finish it first.
    Unfinished {
        /// The folder, as reports show it.
        label: String,
    },
    /// The file system refused.
    Io {
        /// The file or folder, as reports show it.
        path: String,
        /// What the system said.
        error: io::Error,
    },
}

impl OutputFolder {
    /// The folder at `path`, which need not exist; reports call it `label`.
    pub fn new(path: impl Into<PathBuf>, label: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            label: label.into(),
        }
    }

    /// Where the folder is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What reports call the folder: its place in the project, with `/`.
    pub fn label(&self) -> &str {
        shown_folder(&self.label)
    }

    /// What reports call a file of the folder.
    pub fn label_of(&self, path: &str) -> String {
        match self.label.as_str() {
            "" => path.to_owned(),
            label => format!("{label}/{path}"),
        }
    }

    /// Turns a fault of the file system at a path of the folder into an error that names it.
    fn fault(&self, path: &str) -> impl FnOnce(io::Error) -> OutputError {
        let path = self.label_of(path);
        move |error| OutputError::Io { path, error }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs(files) => {
                let count = files.len();
                write!(f, "{count} files in the output folder are not docwright's")
            }
            Self::Unfinished { label } => {
                write!(f, "{label}: a run was interrupted while it wrote")
            }
            Self::Io { path, error } => write!(f, "{path}: {error}"),
        }
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotOurs(_) | Self::Unfinished { .. } => None,
            Self::Io { error, .. } => Some(error),
        }
    }
}
