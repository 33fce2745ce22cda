//! Where records are kept, and the lock beside them.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::record::Record;
use crate::digest::Digest;

/// The name of the folder within the target folder.
const FOLDER: &str = "docwright";

/// No record of a crate that anybody can compile is larger; what is, is none.
const MAX_SIZE: u64 = 256 << 20;

/// The cache of one output folder. As long as it lives, no other run on the same target folder
/// changes that output folder.
#[derive(Debug)]
pub(crate) struct Cache {
    record: PathBuf,
    /// Held until it is dropped; absent on a file system that cannot lock or be written.
    _lock: Option<File>,
}

impl Cache {
    /// The cache of an output folder in a target folder, as soon as no other run uses it.
    pub(crate) fn open(target: &Path, out: &Path) -> Self {
        let folder = target.join(FOLDER);
        let name = Digest::of(out.as_os_str().as_encoded_bytes()).to_string();
        Self {
            _lock: lock(&folder, &name).ok(),
            record: folder.join(name),
        }
    }

    /// The record of the last run, where there is a sound one.
    pub(crate) fn read(&self) -> Option<Record> {
        let file = File::open(&self.record).ok()?;
        let mut text = String::new();
        file.take(MAX_SIZE).read_to_string(&mut text).ok()?;
        Record::parse(&text)
    }

    /// Keeps the record of a run. One that cannot be written is made again by the next run.
    pub(crate) fn keep(&self, record: &Record) {
        let draft = self.record.with_extension("new");
        let written = fs::write(&draft, record.to_string());
        let _ = written.and_then(|()| fs::rename(&draft, &self.record));
    }
}

/// Makes the folder, and locks it for one output folder.
fn lock(folder: &Path, name: &str) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        fs::write(ignore, "*\n")?;
    }
    let file = File::create(folder.join(name).with_extension("lock"))?;
    file.lock()?;
    Ok(file)
}
