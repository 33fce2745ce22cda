//! Where records are kept.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::pages::Pages;
use super::record::Record;
use super::stamps::Stamps;
use crate::digest::Digest;
use crate::stamp::{Seen, Stamp};

/// The name of the folder within the target folder.
const FOLDER: &str = "docwright";

/// No record of a crate that anybody can compile is larger; what is, is none.
const MAX_SIZE: u64 = 256 << 20;

/// What a run kept.
#[derive(Debug)]
pub(crate) struct Kept {
    /// Its record.
    pub(crate) record: Record,
    /// The digest of the record.
    pub(crate) digest: Digest,
    /// For each file of the record the stamp that it had when it was seen to have its text, where that
    /// tells whether it still has.
    pub(crate) stamps: Vec<Option<Stamp>>,
}

/// The cache of one output folder.
#[derive(Debug)]
pub(crate) struct Cache {
    record: PathBuf,
}

impl Kept {
    /// What was seen of the files of the record, by path.
    pub(crate) fn seen(&self) -> BTreeMap<&str, Seen> {
        let files = self.record.files.iter().zip(&self.stamps);
        let seen = files.map(|((path, entry), &stamp)| {
            let text = entry.text;
            (path.as_str(), Seen { text, stamp })
        });
        seen.collect()
    }
}

impl Cache {
    /// The cache of an output folder in a target folder.
    pub(crate) fn new(target: &Path, out: &Path) -> Self {
        let name = Digest::of(out.as_os_str().as_encoded_bytes()).to_string();
        Self {
            record: target.join(FOLDER).join(name),
        }
    }

    /// What the last run kept, where it is sound.
    pub(crate) fn read(&self) -> Option<Kept> {
        let text = read(&self.record).ok()?;
        let record = Record::parse(&text)?;
        let count = record.files.len();
        let stamps = read(&self.stamps()).ok();
        let stamps = stamps.and_then(|text| Stamps::parse(&text));
        let digest = Digest::of(text.as_bytes());
        let stamps = stamps.filter(|it| it.record == digest && it.files.len() == count);
        Some(Kept {
            stamps: stamps.map_or_else(|| vec![None; count], |stamps| stamps.files),
            digest,
            record,
        })
    }

    /// Keeps the record of a run, and a stamp for each of its files. What cannot be written is made again
    /// by the next run.
    pub(crate) fn keep(&self, record: &Record, stamps: Vec<Option<Stamp>>) {
        let text = record.to_string();
        if self.write(&self.record, &text).is_ok() {
            self.keep_stamps(Digest::of(text.as_bytes()), stamps);
        }
    }

    /// Keeps stamps for the files of the record of a digest.
    pub(crate) fn keep_stamps(&self, record: Digest, files: Vec<Option<Stamp>>) {
        let stamps = Stamps { record, files };
        let _ = self.write(&self.stamps(), &stamps.to_string());
    }

    /// What was seen of the pages; of none where that is not known.
    pub(crate) fn pages(&self) -> Pages {
        let text = read(&self.pages_file()).ok();
        text.and_then(|text| Pages::parse(&text))
            .unwrap_or_default()
    }

    /// Keeps what was seen of the pages.
    pub(crate) fn keep_pages(&self, pages: &Pages) {
        let _ = self.write(&self.pages_file(), &pages.to_string());
    }

    fn stamps(&self) -> PathBuf {
        self.record.with_extension("stamps")
    }

    fn pages_file(&self) -> PathBuf {
        self.record.with_extension("pages")
    }

    fn write(&self, path: &Path, text: &str) -> io::Result<()> {
        if let Some(folder) = self.record.parent() {
            fs::create_dir_all(folder)?;
            let ignore = folder.join(".gitignore");
            if !ignore.exists() {
                fs::write(ignore, "*\n")?;
            }
        }
        let draft = self.record.with_extension("new");
        fs::write(&draft, text)?;
        fs::rename(&draft, path)
    }
}

fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(MAX_SIZE).read_to_string(&mut text)?;
    Ok(text)
}
