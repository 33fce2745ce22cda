//! Where records are kept.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::record::Record;
use crate::digest::Digest;

/// The name of the folder within the target folder.
const FOLDER: &str = "docwright";

/// No record of a crate that anybody can compile is larger; what is, is none.
const MAX_SIZE: u64 = 256 << 20;

/// The cache of one output folder.
#[derive(Debug)]
pub(crate) struct Cache {
    record: PathBuf,
}

impl Cache {
    /// The cache of an output folder in a target folder.
    pub(crate) fn new(target: &Path, out: &Path) -> Self {
        let name = Digest::of(out.as_os_str().as_encoded_bytes()).to_string();
        Self {
            record: target.join(FOLDER).join(name),
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
        let _ = self.write(&record.to_string());
    }

    fn write(&self, text: &str) -> io::Result<()> {
        if let Some(folder) = self.record.parent() {
            fs::create_dir_all(folder)?;
            let ignore = folder.join(".gitignore");
            if !ignore.exists() {
                fs::write(ignore, "*\n")?;
            }
        }
        let draft = self.record.with_extension("new");
        fs::write(&draft, text)?;
        fs::rename(&draft, &self.record)
    }
}
