//! Reads the pages of a documentation folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::SourceFile;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::digest::{Digest, Digester};
use crate::parallel;

/// Folders nested deeper than this are a mistake, or a loop of links.
const MAX_DEPTH: usize = 32;

/// The files of a documentation folder as they are on disk: nothing is made of them yet.
#[derive(Debug)]
pub(crate) struct Docs {
    label: String,
    files: Vec<(String, io::Result<Vec<u8>>)>,
    /// Why some of the folder could not be listed.
    unlisted: Option<io::Error>,
}

/// Reads every `.md` file below `folder`, in the order of their paths.
///
/// `label` is what stands before a page's path in everything that docwright says: the folder's
/// place in the project, so that no report or generated file depends on where the project lies.
/// What cannot be read is a diagnostic, and the other pages are read all the same. Links are
/// not followed: pages come from below the folder and nowhere else.
pub fn read_docs(folder: &Path, label: &str) -> (Vec<SourceFile>, Vec<Diagnostic>) {
    Docs::load(folder, label).decode()
}

impl Docs {
    /// The bytes of every `.md` file below a folder.
    pub(crate) fn load(folder: &Path, label: &str) -> Self {
        let mut found = Vec::new();
        let listed = find_pages(folder, label, MAX_DEPTH, &mut found);
        found.sort();
        let bytes = parallel::map(&found, |_, (_, path)| fs::read(path));
        let names = found.into_iter().map(|(name, _)| name);
        Self {
            label: label.to_owned(),
            files: names.zip(bytes).collect(),
            unlisted: listed.err(),
        }
    }

    /// Names and bytes of all files; `None` where something could not be read.
    pub(crate) fn digest(&self) -> Option<Digest> {
        if self.unlisted.is_some() {
            return None;
        }
        let digests = parallel::map(&self.files, |_, (_, bytes)| {
            bytes.as_ref().ok().map(|bytes| Digest::of(bytes))
        });
        let mut whole = Digester::default();
        for ((name, _), digest) in self.files.iter().zip(digests) {
            whole.bytes(name.as_bytes());
            whole.digest(digest?);
        }
        Some(whole.finish())
    }

    /// The texts of the files.
    pub(crate) fn decode(self) -> (Vec<SourceFile>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        if let Some(error) = &self.unlisted {
            diagnostics.push(unreadable(&self.label, error));
        }
        let mut files = Vec::with_capacity(self.files.len());
        let decode = |(name, bytes): (String, io::Result<Vec<u8>>)| decode(&name, bytes);
        for result in parallel::map_owned(self.files, decode) {
            match result {
                Ok(file) => files.push(file),
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        if files.is_empty() && diagnostics.is_empty() {
            let message = "there is no Markdown page in the documentation folder";
            let location = Location::start_of(&*self.label);
            diagnostics.push(Diagnostic::new(Code::DocsEmpty, location, message));
        }
        (files, diagnostics)
    }
}

fn decode(name: &str, bytes: io::Result<Vec<u8>>) -> Result<SourceFile, Diagnostic> {
    let bytes = bytes.map_err(|error| unreadable(name, &error))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(SourceFile::new(name, text)),
        Err(error) => Err(not_utf8(name, error.as_bytes(), error.utf8_error())),
    }
}

/// Collects the name and path of each page; the name is what reports show.
fn find_pages(
    folder: &Path,
    label: &str,
    depth: usize,
    found: &mut Vec<(String, PathBuf)>,
) -> io::Result<()> {
    if depth == 0 {
        return Err(io::Error::other("folders are nested too deep"));
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let file_name = entry.file_name();
        let file_name = file_name.to_string_lossy();
        if file_name.starts_with('.') {
            continue;
        }
        let name = format!("{label}/{file_name}");
        let kind = entry.file_type()?;
        if kind.is_dir() {
            find_pages(&entry.path(), &name, depth - 1, found)?;
        } else if kind.is_file() && file_name.to_ascii_lowercase().ends_with(".md") {
            found.push((name, entry.path()));
        }
    }
    Ok(())
}

fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    let message = format!("cannot be read: {error}");
    Diagnostic::new(Code::PageUnreadable, Location::start_of(name), message)
}

fn not_utf8(name: &str, bytes: &[u8], error: std::str::Utf8Error) -> Diagnostic {
    // The text up to the fault is valid, so the place of the fault is counted in it.
    let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
    let offset = valid.len() as u32;
    let (line, column) = SourceFile::new(name, valid).position(offset);
    let byte = bytes[error.valid_up_to()];
    let location = Location {
        path: name.to_owned(),
        line,
        column,
        length: 1,
    };
    let message = format!("the page is not UTF-8: byte 0x{byte:02x}");
    Diagnostic::new(Code::PageNotUtf8, location, message).with_help("save the page as UTF-8")
}
