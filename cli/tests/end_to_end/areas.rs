//! A crate that is split into areas: each feature alone compiles without a warning, and holds what
//! the area needs and no more.

use std::path::Path;
use std::process::Command;

use crate::project::Project;

const SETTINGS: &str =
    "out = \"client\"\n[crate]\nname = \"areas\"\nareas = true\n[crate.runtime]\n";

/// Pages of three areas that share the photo and what is in it.
pub(crate) fn project() -> Project {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Project::new(&[]);
    let runtime = home.join("../runtime").canonicalize().unwrap();
    project.write(
        "docwright.toml",
        format!("{SETTINGS}path = {:?}\n", runtime.to_str().unwrap()).as_bytes(),
    );
    for page in std::fs::read_dir(home.join("tests/end_to_end/areas")).unwrap() {
        let page = page.unwrap();
        let name = format!("docs-src/{}", page.file_name().to_str().unwrap());
        project.write(&name, &std::fs::read(page.path()).unwrap());
    }
    let ran = project.run(&["regen"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    project
}

/// The features whose code a row of a list of modules is behind.
fn gate<'t>(text: &'t str, row: &str) -> &'t str {
    let before = text
        .split_once(row)
        .unwrap_or_else(|| panic!("{row}\n{text}"))
        .0;
    before
        .lines()
        .rfind(|line| line.ends_with("] {"))
        .unwrap()
        .trim()
}

#[test]
fn a_file_is_behind_the_features_of_the_areas_that_reach_it() {
    let project = project();
    let text = |path: &str| std::fs::read_to_string(project.path(path)).unwrap();

    let resources = text("client/src/resources/mod.rs");
    let all = r#"["groups", "me", "users"] {"#;
    for (row, features) in [
        ("photo::Photo,", all),
        // No route leads to a portrait, but a photo may be one, with a frame.
        ("portrait::Portrait,", all),
        ("frame::Frame,", all),
        // Users and one of them share a file of paths, and the caller is a user.
        ("user::User,", r#"["me", "users"] {"#),
        ("group_invite_body::GroupInviteBody,", r#"["groups"] {"#),
        ("notice::Notice,", r#"["full"] {"#),
    ] {
        assert_eq!(gate(&resources, row), features, "{row}");
    }
    assert_eq!(
        gate(&text("client/src/enums/mod.rs"), "tone::Tone,"),
        r#"["groups"] {"#
    );
    assert_eq!(gate(&text("client/src/paths/mod.rs"), "photo::Photo,"), all);
    let routes = text("client/src/routes/users.rs");
    assert!(
        routes.contains("= \"GET /users/{user-id}/photo\""),
        "{routes}"
    );
    assert!(
        routes.contains("operations::GetPhoto::PERMISSIONS"),
        "{routes}"
    );
    let manifest = text("client/Cargo.toml");
    assert!(
        manifest.contains("default = [\"reqwest\", \"routes\", \"full\"]"),
        "{manifest}"
    );
}

#[test]
fn each_feature_alone_and_none_and_all_compile_without_a_warning() {
    let project = project();
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The versions that this workspace is built with, so that nothing is fetched.
    std::fs::copy(
        home.join("../Cargo.lock"),
        project.path("client/Cargo.lock"),
    )
    .unwrap();
    let some = ["", "me", "users", "groups", "me users", "routes me"];
    for features in some.into_iter().chain(["full", "routes full"]) {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .current_dir(project.path("client"))
            .args([
                "check",
                "--lib",
                "--offline",
                "--no-default-features",
                "--features",
                features,
            ])
            .env("RUSTFLAGS", "-D warnings")
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join("areas"),
            );
        let output = cargo.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "features {features:?}:\n{said}");
    }
}
