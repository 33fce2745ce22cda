//! One run at a time for each output folder.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use super::OutputFolder;
use crate::digest::Digest;

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

/// What is locked. Unix locks folders, and other systems only files.
///
/// Both are compiled everywhere, so that what is wrong with either is seen everywhere.
fn open(out: &Path) -> io::Result<File> {
    match cfg!(unix) {
        true => folder_above(out),
        false => file_for(out),
    }
}

/// The folder that the output folder lies in, which is there before the first run and stays the same in
/// all of them. No file is left that `cargo package` would take for one of the crate's own.
fn folder_above(out: &Path) -> io::Result<File> {
    let above = out.ancestors().skip(1).find(|folder| folder.is_dir());
    File::open(above.ok_or(io::ErrorKind::NotFound)?)
}

/// A file of the user's own.
fn file_for(out: &Path) -> io::Result<File> {
    let name = Digest::of(out.as_os_str().as_encoded_bytes());
    let path = std::env::temp_dir().join(format!("docwright-{name}.lock"));
    File::options().create(true).append(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_run_at_a_time_has_the_lock_of_a_folder() {
        let root = tempfile::tempdir().unwrap();
        let (out, other) = (root.path().join("a/out"), root.path().join("b/out"));
        for folder in [&out, &other] {
            std::fs::create_dir_all(folder.parent().unwrap()).unwrap();
        }
        for open in [folder_above, file_for] {
            let first = open(&out).unwrap();
            first.try_lock().unwrap();
            let second = open(&out).unwrap();
            assert!(matches!(second.try_lock(), Err(TryLockError::WouldBlock)));
            open(&other).unwrap().try_lock().unwrap();
            drop(first);
            second.try_lock().unwrap();
        }
        for folder in [&out, &other] {
            let name = Digest::of(folder.as_os_str().as_encoded_bytes());
            let _ =
                std::fs::remove_file(std::env::temp_dir().join(format!("docwright-{name}.lock")));
        }
    }
}
