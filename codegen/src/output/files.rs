//! What is to be written, as a value.

use std::collections::BTreeMap;
use std::fmt;

/// What is to be written: text by path, in the order of the paths.
///
/// Paths are relative to the output folder, with `/`, and cannot leave it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, String>);

/// A path that is absolute, leaves the output folder, or cannot be written on every system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidPath(
    /// The path.
    pub String,
);

impl Files {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, and gives back the text that stood under the same path before.
    pub fn insert(
        &mut self,
        path: impl Into<String>,
        text: impl Into<String>,
    ) -> Result<Option<String>, InvalidPath> {
        let path = path.into();
        if !stays_inside(&path) {
            return Err(InvalidPath(path));
        }
        Ok(self.0.insert(path, text.into()))
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Paths and texts, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether a path names a file below the folder on every system: a backslash separates folders
/// on Windows, and a colon there names a drive or a stream.
pub(crate) fn stays_inside(path: &str) -> bool {
    let is_bad = |&byte: &u8| byte.is_ascii_control() || matches!(byte, b'\\' | b':');
    let is_control = || !path.is_ascii() && path.contains(char::is_control);
    let bytes = path.as_bytes();
    let mut parts = bytes.split(|&byte| byte == b'/');
    !bytes.iter().any(is_bad)
        && !is_control()
        && parts.all(|part| !matches!(part, b"" | b"." | b".."))
}

impl fmt::Display for InvalidPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no path inside the output folder",
            self.0.escape_debug()
        )
    }
}

impl std::error::Error for InvalidPath {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_folder() {
        let bad = [
            "", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", "a\\b", "C:a", "a\0", "a\n",
            "a\u{85}",
        ];
        for path in bad {
            let refused = Files::new().insert(path, "");
            assert_eq!(refused, Err(InvalidPath(path.to_owned())), "{path:?}");
        }
        for path in ["a", "src/lib.rs", ".gitignore", "a..b", "a/...md"] {
            assert_eq!(Files::new().insert(path, ""), Ok(None), "{path:?}");
        }
    }

    #[test]
    fn files_come_in_the_order_of_their_paths() {
        let mut files = Files::new();
        for (path, text) in [("b", "1"), ("a/c", "2"), ("b", "3")] {
            files.insert(path, text).unwrap();
        }
        assert_eq!(files.iter().collect::<Vec<_>>(), [("a/c", "2"), ("b", "3")]);
        assert_eq!(
            (files.len(), files.get("b"), files.get("c")),
            (2, Some("3"), None)
        );
    }
}
