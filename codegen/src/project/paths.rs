//! Paths of a project: resolved by their text, and as reports, generated files and shells have them.

use std::borrow::Cow;
use std::io;
use std::path::{Component, Path, PathBuf};

/// A path as a shell takes it for one argument (POSIX.1-2024, XCU, section 2.2.2).
pub(super) fn as_argument(path: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || "._-/+=@%,:".contains(c);
    match path.chars().all(is_plain) {
        true => path.into(),
        false => format!("'{}'", path.replace('\'', r"'\''")).into(),
    }
}

/// The path in the first of some folders that it is in, and nothing for that folder itself; otherwise its
/// last component.
pub(super) fn label_in(folders: [&Path; 2], path: &Path) -> String {
    let mut inside = folders.iter().map(|folder| path.strip_prefix(folder));
    match inside.find_map(Result::ok) {
        Some(inside) => with_slashes(inside),
        None => last_name(path),
    }
}

pub(super) fn last_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || "root".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// The way from a folder to a path, both absolute.
pub(super) fn relative(from: &Path, to: &Path) -> PathBuf {
    let to = clean(to);
    let shared = from
        .components()
        .zip(to.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(to.components().skip(shared)).collect()
}

pub(super) fn with_slashes(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

pub(super) fn normal(path: &Path) -> io::Result<PathBuf> {
    std::path::absolute(path).map(|path| clean(&path))
}

/// Takes `.` and `..` out of an absolute path, by its text.
pub(super) fn clean(path: &Path) -> PathBuf {
    let mut cleaned = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                cleaned.pop();
            }
            part => cleaned.push(part),
        }
    }
    cleaned
}
