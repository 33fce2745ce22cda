//! One run at a time for each output folder.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use super::OutputFolder;

/// As long as it lives, no other run that asks for it works on the output folder.
#[derive(Debug)]
pub(crate) struct Lock {
    /// The system gives the lock back when the file is closed, also where a run is killed.
    _file: File,
}

impl OutputFolder {
    /// Waits until no other run works on the folder, and says so once with `waiting` if there is one.
    /// `None` on a file system that cannot lock: a run without it is better than none.
    pub(crate) fn lock(&self, waiting: impl FnOnce()) -> Option<Lock> {
        let file = open(self.path()).ok()?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting();
                file.lock().ok()?;
            }
            Err(TryLockError::Error(_)) => return None,
        }
        Some(Lock { _file: file })
    }
}

/// What is locked: the folder that the output folder lies in, which is there before the first run and
/// stays the same in all of them. No file is left that `cargo package` would take for one of the
/// crate's own.
#[cfg(unix)]
fn open(out: &Path) -> io::Result<File> {
    let above = out.ancestors().skip(1).find(|folder| folder.is_dir());
    File::open(above.ok_or(io::ErrorKind::NotFound)?)
}

/// What is locked: a file of the user's own, since other systems cannot lock folders.
#[cfg(not(unix))]
fn open(out: &Path) -> io::Result<File> {
    let name = crate::digest::Digest::of(out.as_os_str().as_encoded_bytes());
    let path = std::env::temp_dir().join(format!("docwright-{name}.lock"));
    File::options().create(true).append(true).open(path)
}
