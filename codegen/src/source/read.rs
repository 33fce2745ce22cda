//! Reads the pages of a documentation folder.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{SourceFile, shown_folder};
use crate::diagnostic::{Code, Diagnostic, Location, Severity};
use crate::digest::{Digest, Digester};
use crate::parallel;
use crate::stamp::{Seen, Stamp};
use crate::text::strip_end;

/// Folders nested deeper than this are a mistake, or a loop of links.
const MAX_DEPTH: usize = 32;

/// The name of the list, in a folder that docwright writes, of what it wrote there.
pub(crate) const WRITTEN: &str = ".docwright";

/// Reads every `.md` file below `folder`, in the order of their paths.
///
/// A generated crate below it may bring its pages, which are no more than copies: nothing in it is read.
///
/// `label` is what stands before a page's path in everything that docwright says: the folder's
/// place in the project, so that no report or generated file depends on where the project lies.
/// What cannot be read is a diagnostic, and the other pages are read all the same. So is a link that
/// would lead to pages; none is followed: pages come from below the folder and nowhere else.
pub fn read_docs(folder: &Path, label: &str) -> (Vec<SourceFile>, Vec<Diagnostic>) {
    let (pages, rest) = Listing::of(folder, label);
    // What was just read is still at hand.
    let read = |(name, path): (String, PathBuf)| decode(name, read(&path).map(|it| it.0));
    gather(label, parallel::map_owned(pages, read), &rest)
}

/// The files of a documentation folder as they are on disk: nothing is made of them yet.
#[derive(Debug)]
pub(crate) struct Docs {
    label: String,
    files: Vec<Doc>,
    rest: Unread,
}

/// A file of a documentation folder.
#[derive(Debug)]
struct Doc {
    name: String,
    path: PathBuf,
    /// What was seen of it, unless it could not be read.
    seen: Option<Seen>,
    /// What is in it; `None` where that is what it was before, and was not read again.
    bytes: Option<io::Result<Vec<u8>>>,
}

/// What stands in a folder and is not read.
#[derive(Debug, Default)]
struct Unread {
    /// Folders that could not be listed, or not to the end, and why.
    unlisted: Vec<(String, io::Error)>,
    /// Links that would lead to pages.
    links: Vec<String>,
}

impl Docs {
    /// Looks at every `.md` file below a folder. One with the stamp that it had when it was seen `before` is
    /// not read.
    pub(crate) fn load(
        folder: &Path,
        label: &str,
        before: impl Fn(&str) -> Option<Seen> + Sync,
    ) -> Self {
        let now = SystemTime::now();
        let (pages, rest) = Listing::of(folder, label);
        let look = |(name, path): (String, PathBuf)| {
            let before = before(&name);
            Doc::look(name, path, before, now)
        };
        Self {
            label: label.to_owned(),
            files: parallel::map_owned(pages, look),
            rest,
        }
    }

    /// Names and texts of all files; `None` where something could not be read.
    pub(crate) fn digest(&self) -> Option<Digest> {
        if !self.rest.unlisted.is_empty() {
            return None;
        }
        let mut whole = Digester::default();
        for file in &self.files {
            whole.bytes(file.name.as_bytes());
            whole.digest(file.seen?.text);
        }
        for link in &self.rest.links {
            whole.bytes(link.as_bytes());
        }
        Some(whole.finish())
    }

    /// What was seen of the files that could be read.
    pub(crate) fn seen(&self) -> impl Iterator<Item = (&str, Seen)> {
        let files = self.files.iter();
        files.filter_map(|file| Some((file.name.as_str(), file.seen?)))
    }

    /// The same files, with those read that were not. What was seen of these counts no longer: they may
    /// have changed in between.
    pub(crate) fn read(self) -> Self {
        let now = SystemTime::now();
        let read = |file: Doc| match file.bytes {
            Some(_) => file,
            None => Doc::look(file.name, file.path, None, now),
        };
        let files = parallel::map_owned(self.files, read);
        Self { files, ..self }
    }

    /// The texts of the files that were read, as [`read_docs`] gives them.
    pub(crate) fn decode(self) -> (Vec<SourceFile>, Vec<Diagnostic>) {
        let files = self.files.into_iter();
        let read = files.filter_map(|file| Some((file.name, file.bytes?)));
        let read: Vec<_> = read.collect();
        let decode = |(name, bytes)| decode(name, bytes);
        gather(&self.label, parallel::map_owned(read, decode), &self.rest)
    }
}

impl Doc {
    /// Looks at a file, and reads it unless it is as it was before.
    fn look(name: String, path: PathBuf, before: Option<Seen>, now: SystemTime) -> Self {
        let stamp = before.and_then(|_| Stamp::at(&path, now));
        let again = Seen::again(before, stamp);
        let read = again.is_none().then(|| read(&path));
        let seen = again.or_else(|| {
            let (bytes, metadata) = read.as_ref()?.as_ref().ok()?;
            Some(Seen {
                text: Digest::of(bytes),
                stamp: Stamp::new(metadata, now),
            })
        });
        Self {
            name,
            path,
            seen,
            bytes: read.map(|read| read.map(|it| it.0)),
        }
    }
}

/// The files that could be read, and what is to be said of everything else.
fn gather(
    label: &str,
    results: Vec<Result<SourceFile, Diagnostic>>,
    rest: &Unread,
) -> (Vec<SourceFile>, Vec<Diagnostic>) {
    let unlisted = rest.unlisted.iter();
    let mut diagnostics: Vec<Diagnostic> = unlisted
        .map(|(name, error)| unreadable(shown_folder(name), error))
        .chain(rest.links.iter().map(|name| linked(name)))
        .collect();
    let mut files = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(file) => files.push(file.below(label)),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    let is_error = |found: &Diagnostic| found.severity == Severity::Error;
    if files.is_empty() && !diagnostics.iter().any(is_error) {
        let message = "there is no Markdown page in the documentation folder";
        let location = Location::start_of(shown_folder(label));
        diagnostics.push(Diagnostic::new(Code::DocsEmpty, location, message));
    }
    (files, diagnostics)
}

/// The bytes of a file, and what was known of it before they were read. `fs::read` looks for more behind
/// them, which takes as long as all the rest for a file that is no longer than a page.
fn read(path: &Path) -> io::Result<(Vec<u8>, Metadata)> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    let length = metadata.len();
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(usize::try_from(length).unwrap_or(usize::MAX))?;
    file.take(length).read_to_end(&mut bytes)?;
    Ok((bytes, metadata))
}

fn decode(name: String, bytes: io::Result<Vec<u8>>) -> Result<SourceFile, Diagnostic> {
    let bytes = bytes.map_err(|error| unreadable(&name, &error))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(SourceFile::new(name, text)),
        Err(error) => Err(not_utf8(&name, error.as_bytes(), error.utf8_error())),
    }
}

/// What is in a folder and in those below it. Names are what reports show.
#[derive(Default)]
struct Listing {
    /// Name and path of each page.
    pages: Vec<(String, PathBuf)>,
    rest: Unread,
}

impl Listing {
    /// Name and path of each page below a folder, and what else is to be told of it, in the order of names.
    fn of(folder: &Path, label: &str) -> (Vec<(String, PathBuf)>, Unread) {
        let mut listing = Self::default();
        listing.add(folder, label, MAX_DEPTH);
        listing.pages.sort();
        listing.rest.links.sort();
        (listing.pages, listing.rest)
    }

    /// Adds what is in a folder. What cannot be listed does not keep the rest from being so.
    fn add(&mut self, folder: &Path, name: &str, depth: usize) {
        let added = match depth.checked_sub(1) {
            Some(depth) => self.add_entries(folder, name, depth),
            None => Err(io::Error::other("folders are nested too deep")),
        };
        if let Err(error) = added {
            self.rest.unlisted.push((name.to_owned(), error));
        }
    }

    fn add_entries(&mut self, folder: &Path, label: &str, depth: usize) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let file_name = entry.file_name();
            let file_name = file_name.to_string_lossy();
            if file_name.starts_with('.') {
                continue;
            }
            let name = match label {
                "" => file_name.clone().into_owned(),
                label => [label, &file_name].join("/"),
            };
            let is_page = || strip_end(&file_name, ".md").is_some();
            let kind = entry.file_type()?;
            if kind.is_dir() {
                let path = entry.path();
                if !path.join(WRITTEN).exists() {
                    self.add(&path, &name, depth);
                }
            } else if kind.is_symlink() && (is_page() || entry.path().is_dir()) {
                self.rest.links.push(name);
            } else if kind.is_file() && is_page() {
                self.pages.push((name, entry.path()));
            }
        }
        Ok(())
    }
}

fn linked(name: &str) -> Diagnostic {
    let message = "a symbolic link is not followed: what it leads to is not read";
    Diagnostic::new(Code::PageLinked, Location::start_of(name), message)
        .with_help("put the pages themselves in its place")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_called_by_the_label_and_their_place_below_it() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("api")).unwrap();
        fs::write(home.path().join("api/b.md"), "# B\n").unwrap();
        fs::write(home.path().join("a.md"), "# A\n").unwrap();
        for (label, names) in [
            ("docs/v1", ["docs/v1/a.md", "docs/v1/api/b.md"]),
            ("", ["a.md", "api/b.md"]),
        ] {
            let (files, diagnostics) = read_docs(home.path(), label);
            let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
            assert_eq!(paths, names);
            assert!(files.iter().all(|file| file.label() == label), "{files:?}");
            assert_eq!(diagnostics, []);
        }
        let (_, diagnostics) = read_docs(&home.path().join("api/b.md"), "");
        assert_eq!(diagnostics[0].location.path, ".");
    }

    #[test]
    fn the_pages_of_a_generated_crate_are_copies() {
        let home = tempfile::tempdir().unwrap();
        let client = home.path().join("client");
        fs::create_dir_all(client.join("pages")).unwrap();
        fs::write(client.join("pages/a.md"), "# A\n").unwrap();
        fs::write(home.path().join("a.md"), "# A\n").unwrap();
        let pages = || read_docs(home.path(), "").0.len();
        assert_eq!(pages(), 2);
        fs::write(client.join(WRITTEN), "").unwrap();
        assert_eq!(pages(), 1);
        assert_eq!(read_docs(&client, "").0.len(), 1, "who names it means it");
    }

    #[test]
    fn folders_that_are_nested_too_deep_do_not_hide_the_others() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("d/".repeat(MAX_DEPTH))).unwrap();
        fs::write(home.path().join("z.md"), "# Z\n").unwrap();
        fs::write(home.path().join("a.md"), "# A\n").unwrap();
        let (files, diagnostics) = read_docs(home.path(), "docs");
        assert_eq!(files.len(), 2);
        let [found] = diagnostics.as_slice() else {
            panic!("{diagnostics:?}")
        };
        assert_eq!(found.code, Code::PageUnreadable);
        assert_eq!(
            found.location.path,
            format!("docs{}", "/d".repeat(MAX_DEPTH))
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_to_pages_and_folders_are_told_and_not_followed() {
        let home = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("x.md"), "# X\n").unwrap();
        fs::write(home.path().join("a.md"), "# A\n").unwrap();
        let link = |name: &str, to: &str| {
            let to = outside.path().join(to);
            std::os::unix::fs::symlink(to, home.path().join(name)).unwrap();
        };
        link("folder", "");
        link("page.md", "x.md");
        link("gone.md", "gone");
        link("picture.png", "x.md");
        let (files, diagnostics) = read_docs(home.path(), "docs");
        assert_eq!(files.len(), 1);
        let told = diagnostics
            .iter()
            .map(|found| (found.code, found.location.path.as_str()));
        let expected = ["docs/folder", "docs/gone.md", "docs/page.md"];
        assert!(
            told.eq(expected.map(|path| (Code::PageLinked, path))),
            "{diagnostics:?}"
        );

        fs::remove_file(home.path().join("a.md")).unwrap();
        let (_, diagnostics) = read_docs(home.path(), "docs");
        let is_empty = |found: &Diagnostic| found.code == Code::DocsEmpty;
        assert!(diagnostics.iter().any(is_empty), "{diagnostics:?}");
    }
}
