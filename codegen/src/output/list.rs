//! The list of what docwright wrote, kept in the output folder.
//!
//! Only files on the list are ever replaced or removed.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use super::files::stays_inside;
use super::{OutputError, OutputFolder};
use crate::source::WRITTEN;

/// The name of the list in the output folder, by which those who look for pages know that there are none of theirs.
pub(super) const LIST: &str = WRITTEN;

/// The paths of the files that docwright wrote, without the list itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct List(BTreeSet<String>);

impl List {
    /// The list of files of these paths.
    pub(super) fn of<'p>(paths: impl Iterator<Item = &'p &'p str>) -> Self {
        Self(paths.map(|&path| path.to_owned()).collect())
    }

    /// The list that the folder holds; empty where there is none.
    pub(super) fn read(folder: &OutputFolder) -> Result<Self, OutputError> {
        match Self::read_in(folder.path()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            list => list.map_err(folder.fault(LIST)),
        }
    }

    /// The list in a folder, be it the output folder or a stage.
    pub(super) fn read_in(folder: &Path) -> io::Result<Self> {
        fs::read_to_string(folder.join(LIST)).map(|text| Self::parse(&text))
    }

    /// Lines that name no place in the folder are passed over: what they mean is not ours.
    fn parse(text: &str) -> Self {
        let lines = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.starts_with('#'));
        Self(
            lines
                .filter(|path| stays_inside(path))
                .map(str::to_owned)
                .collect(),
        )
    }

    /// Whether docwright wrote the file.
    pub(super) fn contains(&self, path: &str) -> bool {
        path == LIST || self.0.contains(path)
    }

    /// The paths in order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "# What docwright wrote here. It replaces and removes these files, and no others."
        )?;
        self.paths().try_for_each(|path| writeln!(f, "{path}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_reads_what_it_writes() {
        let list = List::parse("src/lib.rs\r\nCargo.toml\n");
        assert_eq!(
            list.to_string().lines().skip(1).collect::<Vec<_>>(),
            ["Cargo.toml", "src/lib.rs"]
        );
        assert_eq!(List::parse(&list.to_string()), list);
    }

    #[test]
    fn no_line_reaches_out_of_the_folder() {
        for path in ["../x", "/etc/x", "a/../../x", "C:/x", ""] {
            assert_eq!(List::parse(path), List::default(), "{path}");
        }
    }
}
