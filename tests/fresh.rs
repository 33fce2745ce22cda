//! `generated/` is what the pages say now.
//!
//! The build script of this package has just made the crate from `docs-src`; what is committed in
//! `generated/` has to be the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The command that mends what these tests find.
const COMMAND: &str = "cargo xtask regen";

/// The files below a folder with their bytes, without what Cargo and git put beside them.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let path = format!("{prefix}{name}");
            if matches!(path.as_str(), "target" | "Cargo.lock") || name.starts_with(".git") {
                continue;
            }
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &format!("{path}/"), found);
            } else {
                found.insert(path, fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found);
    found
}

#[test]
fn the_generated_crate_is_what_the_build_script_makes_of_the_pages() {
    let made = files(&Path::new(env!("OUT_DIR")).join("api"));
    let committed = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("generated"));
    assert!(made.contains_key("src/lib.rs"), "{:?}", made.keys());
    let differs = |path: &&String| made.get(*path) != committed.get(*path);
    let paths: BTreeSet<&String> = made.keys().chain(committed.keys()).collect();
    let behind: Vec<&String> = paths.into_iter().filter(differs).collect();
    assert!(
        behind.is_empty(),
        "generated/ is behind the pages in {behind:?}: run `{COMMAND}`"
    );
}

#[test]
fn both_crates_know_the_same_routes() {
    let ours: Vec<_> = profile_photo_from_docs::Route::all().collect();
    let theirs: Vec<_> = profile_photo::Route::all().collect();
    assert!(!ours.is_empty());
    assert_eq!(ours, theirs, "run `{COMMAND}`");
}

#[test]
fn each_route_names_the_line_that_documents_it() {
    for route in profile_photo::Route::all() {
        let (page, number) = route.doc.rsplit_once(':').unwrap();
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
        let page = fs::read_to_string(page).unwrap();
        let number: usize = number.parse().unwrap();
        let line = page.lines().nth(number - 1).unwrap_or_default();

        let Some((method, path)) = line.split_once(' ') else {
            panic!("{} is no route: {line:?}", route.doc);
        };
        assert_eq!(method, route.method.as_str(), "{}", route.doc);
        let same = |(a, b): (&str, &str)| a.starts_with('{') || a.eq_ignore_ascii_case(b);
        let mut segments = route.template.split('/').zip(path.split('/'));
        let count = path.split('/').count();
        assert_eq!(route.template.split('/').count(), count, "{}", route.doc);
        assert!(segments.all(same), "{}: {line}", route.template);
    }
}
