//! `generated/` is what the pages say now.
//!
//! The build script of this package has just compiled the API from `docs-src`; what is committed in
//! `generated/` has to be the same API.

use std::fs;
use std::path::Path;

use docwright::project::{Overrides, Project};

/// The command that mends what these tests find.
const COMMAND: &str = "cargo xtask regen";

#[test]
fn the_generated_crate_is_what_is_made_of_the_pages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Project::load(root, &Overrides::default()).unwrap();
    let (_, files) = project.generate();
    assert!(
        files
            .get("pages/docs-src/api/profilephoto-get.md")
            .is_some()
    );
    let differences = project.out.compare(&files).unwrap();
    let behind: Vec<String> = differences.into_iter().map(|it| it.path).collect();
    assert!(
        behind.is_empty(),
        "generated/ is behind the pages in {behind:?}: run `{COMMAND}`"
    );
}

/// But for the mock, which is for tests alone, the build script compiles the same files.
#[test]
fn the_build_script_compiles_the_generated_crate() {
    let made = Path::new(env!("OUT_DIR")).join("api");
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated");
    let list = fs::read_to_string(made.join(".docwright")).unwrap();
    let sources = list.lines().filter(|path| path.ends_with(".rs"));
    let sources: Vec<&str> = sources.filter(|path| *path != "src/lib.rs").collect();
    assert!(sources.contains(&"src/routes.rs"), "{sources:?}");
    for path in sources {
        let [made, committed] = [&made, &committed].map(|root| fs::read(root.join(path)).ok());
        assert!(made == committed, "{path} differs: run `{COMMAND}`");
    }
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
