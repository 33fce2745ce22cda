//! A changed page is drift until `regen` has brought the crate up to it, and no longer.

use crate::project::Project;

const RESOURCE: &str = "docs-src/resources/profilephoto.md";
const GET: &str = "docs-src/api/profilephoto-get.md";

/// Runs `regen --check` where something is behind; checks that it wrote nothing and named the
/// command that mends it.
fn check(project: &Project) -> String {
    let before = project.snapshot();
    let ran = project.run(&["regen", "--check"]);
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("run `cargo xtask regen`"),
        "{}",
        ran.stderr
    );
    assert!(
        project.snapshot() == before,
        "`regen --check` wrote something"
    );
    ran.stderr
}

/// Runs `regen`, and returns what it says about each file that it touched.
fn regen(project: &Project) -> Vec<String> {
    let before = project.snapshot();
    let ran = project.run(&["regen"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    let mut touched: Vec<String> = ran.stdout.lines().map(str::to_owned).collect();
    touched.pop().expect("the last line counts the files");

    let after = project.snapshot();
    let changed = after
        .iter()
        .filter(|(path, file)| before.get(*path) != Some(file));
    assert_eq!(changed.count(), touched.len(), "{touched:?}");
    touched
}

#[test]
fn the_crate_of_this_repository_is_not_behind() {
    let project = Project::of_this_repository();
    let before = project.snapshot();
    let ran = project.run(&["regen", "--check"]);
    assert_eq!(
        (ran.status, ran.stdout.as_str()),
        (Some(0), ""),
        "{}",
        ran.stderr
    );
    assert!(
        project.snapshot() == before,
        "`regen --check` wrote something"
    );
}

#[test]
fn a_row_of_a_table_concerns_the_file_of_its_resource_alone() {
    let project = Project::of_this_repository();
    let line = project.edit(RESOURCE, "| width    | Int32  |", "| width    | Int64  |");
    let file = "generated/src/resources/profile_photo.rs";
    let said = check(&project);
    let named: Vec<&str> = said
        .lines()
        .filter(|line| line.ends_with(" is behind"))
        .collect();
    // The crate has the page itself as well, for its mock.
    let page = format!("generated/pages/{RESOURCE}");
    let behind = [
        format!("{page} is behind"),
        format!("{RESOURCE}:{line}: {file} is behind"),
    ];
    assert_eq!(named, behind, "{said}");

    let changed = [format!("changed {page}"), format!("changed {file}")];
    assert_eq!(regen(&project), changed);
    assert_eq!(regen(&project), [""; 0]);
    assert_eq!(project.run(&["regen", "--check"]).status, Some(0));
}

#[test]
fn a_changed_route_is_traced_to_its_line() {
    let project = Project::of_this_repository();
    let line = project.edit(GET, "GET /groups/<id>/photo\n", "GET /teams/<id>/photo\n");
    let said = check(&project);
    let place = format!("{GET}:{line}: generated/src/");
    assert!(said.contains(&place), "{place}\n{said}");
    assert!(said.contains("generated/src/routes.rs is behind"), "{said}");

    let touched = regen(&project);
    assert!(
        touched.contains(&"changed generated/src/routes.rs".to_owned()),
        "{touched:?}"
    );
    // Types and other operations are as they were.
    for other in ["/resources/", "profilephoto_update.rs"] {
        assert!(
            !touched.iter().any(|line| line.contains(other)),
            "{touched:?}"
        );
    }
    assert_eq!(regen(&project), [""; 0]);
}

#[test]
fn what_an_editor_did_to_the_crate_is_undone() {
    let project = Project::of_this_repository();
    let before = project.bytes_in("generated");
    project.write("generated/src/routes.rs", b"// nothing\n");
    std::fs::remove_file(project.path("generated/src/client.rs")).unwrap();
    check(&project);
    assert_eq!(
        regen(&project),
        [
            "added generated/src/client.rs",
            "changed generated/src/routes.rs"
        ]
    );
    assert!(project.bytes_in("generated") == before);
}

#[test]
fn what_no_page_makes_any_more_is_removed() {
    let project = Project::of_this_repository();
    std::fs::remove_file(project.path("docs-src/api/profilephoto-update.md")).unwrap();
    let file = "generated/src/operations/profilephoto_update.rs";
    assert!(check(&project).contains(&format!("{file} is behind")));
    let ran = project.run(&["regen"]);
    assert!(
        ran.stdout.contains(&format!("removed {file}\n")),
        "{}",
        ran.stdout
    );
    assert!(!project.path(file).exists());
}

#[test]
fn the_same_pages_give_the_same_bytes_in_every_folder() {
    let [one, two] = [(); 2].map(|()| {
        let project = Project::of_this_repository();
        std::fs::remove_dir_all(project.path("generated")).unwrap();
        assert_eq!(project.run(&["regen"]).status, Some(0));
        project
    });
    let bytes = one.bytes_in("generated");
    assert!(bytes.contains_key("src/lib.rs"));
    assert!(bytes == two.bytes_in("generated"));
    assert!(bytes == Project::of_this_repository().bytes_in("generated"));
    for (path, bytes) in &bytes {
        let text = String::from_utf8_lossy(bytes);
        let home = one.path("").to_string_lossy().into_owned();
        assert!(
            !text.contains(&home),
            "{path} names the folder it was made in"
        );
    }
}

#[test]
fn a_check_does_nothing_that_a_stage_asks_for() {
    let project = Project::of_this_repository();
    project.write("generated/.docwright-stage/commit", b"remove keep.txt\n");
    project.write("generated/keep.txt", b"mine");
    let before = project.snapshot();
    let ran = project.run(&["regen", "--check"]);
    assert_eq!(ran.status, Some(2), "{}", ran.stderr);
    let said = "generated: a run was interrupted while it wrote: run `cargo xtask regen`";
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
    assert!(project.snapshot() == before);

    // No run of our own made it, and so none carries it out.
    let ran = project.run(&["regen"]);
    assert_eq!(ran.status, Some(2), "{}", ran.stderr);
    assert!(ran.stderr.contains("keep.txt"), "{}", ran.stderr);
    assert!(project.snapshot() == before);
}
