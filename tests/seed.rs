//! The page that docwright was begun for, byte for byte, becomes a crate that compiles without a
//! warning and passes the tests made from it.
//!
//! The page is not part of this repository. Where it is missing, the test says so and passes.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use docwright::diagnostic::Severity;
use docwright::project::{Overrides, Project};

const PAGE: &str = "get-profilephoto.md";

/// The page, in `$DOCWRIGHT_CORPUS/seeds` or in `shared/seeds` beside the repository.
fn seed() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let corpus = env::var_os("DOCWRIGHT_CORPUS").map_or_else(beside, PathBuf::from);
    corpus.join("seeds").join(PAGE)
}

/// Runs the tests of a crate that lies outside of this workspace, against this workspace's runtime
/// and with the dependencies of its lock file. Returns what they printed.
fn cargo_test(package: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::copy(root.join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    let patch = format!(
        "patch.crates-io.docwright-client.path={:?}",
        root.join("runtime")
    );
    let flags = env::var("RUSTFLAGS").unwrap_or_default() + " -D warnings";
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(package)
        .args(["test", "--config", &patch])
        // Cargo prefers the other variable where both are set.
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("RUSTFLAGS", flags.trim_start())
        // What was compiled is kept for the next run; nobody debugs it.
        .env(
            "CARGO_TARGET_DIR",
            concat!(env!("CARGO_TARGET_TMPDIR"), "/seed"),
        )
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0")
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}\n{complaints}");
    printed
}

/// A test in the generated crate: each of the lines of the page leads to a route of this page, and
/// the route writes a path that leads back to it.
fn routes_test(lines: &[&str]) -> String {
    format!(
        r#"use client::{{Method, Route}};

#[test]
fn every_documented_line_is_a_route() {{
    for line in {lines:#?} {{
        let path = line.strip_prefix("GET ").unwrap();
        let route = Route::parse(Method::GET, path).unwrap();
        assert_eq!(Route::parse(route.method(), &route.path()).unwrap(), route, "{{line}}");
        assert_eq!(path.ends_with("$value"), route.template().ends_with("$value"), "{{line}}");
        assert!(route.doc().starts_with("docs/{PAGE}:"), "{{line}}");
        assert!(route.scopes().count() > 0, "{{line}}");
    }}
}}
"#
    )
}

#[test]
fn the_seed_page_becomes_a_crate_that_passes_its_tests() {
    let seed = seed();
    let Ok(page) = fs::read(&seed) else {
        eprintln!("skipped: no seed page at {}", seed.display());
        return;
    };
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("docs")).unwrap();
    fs::write(home.path().join("docs").join(PAGE), &page).unwrap();

    let overrides = Overrides {
        docs: Some("docs".into()),
        out: Some("client".into()),
        ..Overrides::default()
    };
    let project = Project::load(home.path(), &overrides).unwrap();
    let (reading, files) = project.generate();
    for found in &reading.diagnostics {
        assert!(found.severity < Severity::Error, "{found}");
    }
    assert_eq!(reading.accounting.http_lines.reported, 0);
    project.out.write(&files).unwrap();

    let page = String::from_utf8(page).unwrap();
    let lines: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("GET /"))
        .collect();
    assert_eq!(lines.len(), 20);
    let package = project.out.path();
    fs::write(package.join("tests/seed_routes.rs"), routes_test(&lines)).unwrap();

    let printed = cargo_test(package);
    let shown = [
        "get_profilephoto::get_photo",
        "every_documented_line_is_a_route",
    ];
    for test in shown {
        assert!(
            printed.contains(&format!("test {test} ... ok")),
            "{printed}"
        );
    }
}
