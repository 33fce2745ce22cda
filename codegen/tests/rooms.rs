//! Which folder of the code uses which, held against what `ARCHITECTURE.md` says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A row of the table: a folder, and the folders that it uses.
type Row = (String, BTreeSet<String>);

#[test]
fn each_folder_uses_the_folders_that_the_architecture_names() {
    let rows = documented();
    let named: BTreeSet<&str> = rows.iter().map(|(folder, _)| folder.as_str()).collect();
    let folders = folders();
    assert!(named.iter().copied().eq(&folders), "{named:?} {folders:?}");
    for (folder, documented) in &rows {
        let used = used(folder, &folders);
        assert_eq!(&used, documented, "what `{folder}/` uses");
    }
}

#[test]
fn no_folder_uses_one_that_stands_below_it() {
    let mut above = BTreeSet::new();
    for (folder, used) in documented() {
        assert!(used.is_subset(&above), "`{folder}/` uses {used:?}");
        above.insert(folder);
    }
}

/// The rows of the table below the heading.
fn documented() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ARCHITECTURE.md");
    let text = fs::read_to_string(path).unwrap();
    let (_, section) = text.split_once("\n### Who uses whom\n").unwrap();
    let lines = section.lines().skip_while(|line| !line.starts_with("| `"));
    let rows = lines.take_while(|line| line.starts_with("| `"));
    rows.map(|line| {
        let mut names = line
            .split('`')
            .skip(1)
            .step_by(2)
            .map(|name| name.trim_end_matches('/').to_owned());
        (names.next().unwrap(), names.collect())
    })
    .collect()
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The folders of the code.
fn folders() -> BTreeSet<String> {
    let entries = fs::read_dir(source()).unwrap().map(|entry| entry.unwrap());
    let folders = entries.filter(|entry| entry.file_type().unwrap().is_dir());
    folders
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect()
}

/// The folders that the files of a folder name, and the file beside it that it belongs to. Tests may
/// use what they like.
fn used(folder: &str, folders: &BTreeSet<String>) -> BTreeSet<String> {
    let mut paths = files(&source().join(folder));
    paths.push(source().join(folder).with_extension("rs"));
    let mut used = BTreeSet::new();
    for path in paths.iter().filter(|path| !path.ends_with("tests.rs")) {
        let text = fs::read_to_string(path).unwrap_or_default();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        used.extend(code.split("crate::").skip(1).map(first_name));
    }
    used.retain(|name| name != folder && folders.contains(name));
    used
}

fn first_name(path: &str) -> String {
    let is_name = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    path.chars().take_while(is_name).collect()
}

/// The files below a folder, but for tests.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let files = entries.flat_map(|entry| match entry.file_type().unwrap().is_dir() {
        true if entry.file_name() == "tests" => Vec::new(),
        true => files(&entry.path()),
        false => vec![entry.path()],
    });
    files.collect()
}
