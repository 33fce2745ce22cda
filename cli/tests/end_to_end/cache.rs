//! What an earlier run left in the target folder makes `regen` faster, and changes nothing else.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::project::{Project, Ran};

const PAGE: &str = "docs-src/resources/profilephoto.md";
const RESOURCE: &str = "generated/src/resources/profile_photo.rs";
const ROW: &str = "The height of the photo in pixels.";

/// A project whose crate is there, and a cache of it.
fn project() -> Project {
    let project = Project::of_this_repository();
    assert_eq!(project.run(&["regen"]).status, Some(0));
    project
}

/// The one record in the cache.
fn record(project: &Project) -> PathBuf {
    let folder = fs::read_dir(project.path("target/docwright")).unwrap();
    let paths = folder.map(|entry| entry.unwrap().path());
    let mut records = paths.filter(|path| {
        path.extension().is_none() && !path.file_name().unwrap().to_str().unwrap().starts_with('.')
    });
    let record = records.next().expect("there is a record");
    assert_eq!(records.next(), None);
    record
}

/// Runs `regen`, and checks that the crate is the one that is made without a cache.
fn regen(project: &Project) -> Ran {
    let ran = project.run(&["regen"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    let check = project.run(&["regen", "--check", "--no-cache"]);
    assert_eq!(check.status, Some(0), "{}", check.stderr);
    ran
}

/// Runs `regen` until the clock has gone on so far that it keeps something, where the system lets it.
fn regen_until(project: &Project, is_kept: impl Fn() -> bool) {
    while cfg!(unix) && !is_kept() {
        thread::sleep(Duration::from_millis(100));
        regen(project);
    }
}

#[test]
fn a_run_without_a_change_makes_nothing_and_says_what_the_last_one_said() {
    let project = project();
    let modified = || fs::metadata(record(&project)).unwrap().modified().unwrap();
    let before = (project.snapshot(), modified());
    let made = project.run(&["regen", "--no-cache"]);
    for arguments in [&["regen"][..], &["regen", "--check"]] {
        let ran = project.run(arguments);
        assert_eq!((ran.status, &ran.stderr), (Some(0), &made.stderr));
        let expected = if arguments.len() == 1 {
            &made.stdout
        } else {
            ""
        };
        assert_eq!(ran.stdout, expected);
    }
    // A run that makes the crate keeps a new record.
    assert!((project.snapshot(), modified()) == before);
}

#[test]
fn what_changes_is_made_again() {
    let project = project();
    project.edit(PAGE, ROW, "How high it is.");
    let check = project.run(&["regen", "--check"]);
    assert_eq!(check.status, Some(1));
    assert!(
        regen(&project)
            .stdout
            .contains(&format!("changed {RESOURCE}\n"))
    );
    assert!(
        fs::read_to_string(project.path(RESOURCE))
            .unwrap()
            .contains("How high it is.")
    );

    project.edit(
        "docwright.toml",
        "name = \"profile-photo\"",
        "name = \"photo\"",
    );
    assert!(
        regen(&project)
            .stdout
            .contains("changed generated/Cargo.toml\n")
    );

    let page = fs::read(project.path("docs-src/api/profilephoto-update.md")).unwrap();
    fs::remove_file(project.path("docs-src/api/profilephoto-update.md")).unwrap();
    let removed = "removed generated/tests/examples/profilephoto_update.rs\n";
    assert!(regen(&project).stdout.contains(removed));
    project.write("docs-src/api/profilephoto-update.md", &page);
    let added = "added generated/tests/examples/profilephoto_update.rs\n";
    assert!(regen(&project).stdout.contains(added));

    project.write("docs-src/api/broken.md", b"\xff");
    assert_eq!(
        project.run(&["regen"]).status,
        Some(1),
        "the page is no text"
    );
    fs::remove_file(project.path("docs-src/api/broken.md")).unwrap();
    let ran = regen(&project);
    assert!(
        ran.stdout.starts_with("generated: 0 files written"),
        "{}",
        ran.stdout
    );
}

#[cfg(unix)]
#[test]
fn a_page_that_looks_as_it_did_is_read_when_it_was_touched() {
    let project = project();
    let page = project.path(PAGE);
    let is_known = || {
        let pages = fs::read_to_string(record(&project).with_extension("pages"));
        pages.is_ok_and(|pages| pages.contains(PAGE))
    };
    let remember = || regen_until(&project, is_known);
    remember();
    let text = fs::read_to_string(&page).unwrap();
    let modified = fs::metadata(&page).unwrap().modified().unwrap();
    let set_back = || {
        let file = File::options().write(true).open(&page).unwrap();
        file.set_modified(modified).unwrap();
    };

    // The time of a page can be set back, but not that it was changed.
    let swapped = text.replace(ROW, &ROW.replace("height", "heigth"));
    assert!(swapped != text && swapped.len() == text.len());
    fs::write(&page, &swapped).unwrap();
    set_back();
    let changed = format!("changed {RESOURCE}\n");
    assert!(regen(&project).stdout.contains(&changed));

    // Written again at once, it may have the very time of the run before.
    fs::write(&page, &text).unwrap();
    assert!(regen(&project).stdout.contains(&changed));

    // The same text is no change, whenever it was written.
    remember();
    fs::write(&page, &text).unwrap();
    let ran = regen(&project);
    assert!(
        ran.stdout.starts_with("generated: 0 files written"),
        "{}",
        ran.stdout
    );

    // Another page in its place has another number.
    remember();
    let other = project.path("docs-src/resources/other.md.new");
    fs::write(&other, &swapped).unwrap();
    fs::rename(&other, &page).unwrap();
    set_back();
    assert!(regen(&project).stdout.contains(&changed));
}

#[test]
fn what_somebody_changed_in_the_crate_is_seen() {
    let project = project();
    let original = project.bytes_in("generated");
    let mends = |change: &dyn Fn(), line: &str| {
        change();
        assert_eq!(project.run(&["regen", "--check"]).status, Some(1), "{line}");
        assert!(regen(&project).stdout.contains(line), "{line}");
        assert!(project.bytes_in("generated") == original, "{line}");
    };
    let file = project.path(RESOURCE);
    let changed = format!("changed {RESOURCE}\n");
    mends(&|| fs::write(&file, "mine").unwrap(), &changed);
    mends(&|| fs::write(&file, b"\xff").unwrap(), &changed);
    mends(
        &|| fs::remove_file(&file).unwrap(),
        &format!("added {RESOURCE}\n"),
    );
    let list = project.path("generated/.docwright");
    let listed = fs::read_to_string(&list).unwrap() + "old.rs\n";
    let changed = "changed generated/.docwright\n";
    mends(&|| fs::write(&list, &listed).unwrap(), changed);

    // The time of a file can be set back, but not that it was changed.
    let has_stamps = || {
        let stamps = fs::read_to_string(record(&project).with_extension("stamps")).unwrap();
        !stamps.lines().any(|line| line == "-")
    };
    regen_until(&project, has_stamps);
    let text = fs::read_to_string(&file).unwrap();
    let modified = fs::metadata(&file).unwrap().modified().unwrap();
    let swapped = text.replace("height", "heigth");
    assert!(swapped != text && swapped.len() == text.len());
    let changed = format!("changed {RESOURCE}\n");
    mends(
        &|| {
            fs::write(&file, &swapped).unwrap();
            let file = File::options().write(true).open(&file).unwrap();
            file.set_modified(modified).unwrap();
        },
        &changed,
    );

    project.write("generated/src/mine.rs", b"mine");
    let refused = project.run(&["regen"]);
    assert_eq!(refused.status, Some(1));
    assert!(
        refused.stderr.contains("generated/src/mine.rs"),
        "{}",
        refused.stderr
    );
}

#[test]
fn a_cache_that_is_damaged_or_of_others_is_none() {
    let project = project();
    let record = record(&project);
    let sound = fs::read_to_string(&record).unwrap();
    let half = &sound[..sound.len() / 2];
    let elsewhere = sound.replace("src/resources/profile_photo.rs", "../../stolen.rs");
    for damaged in [
        "",
        "\n",
        "docwright cache 1",
        half,
        &elsewhere,
        &sound.repeat(2),
    ] {
        fs::write(&record, damaged).unwrap();
        project.edit(PAGE, ROW, "How high it is.");
        regen(&project);
        project.edit(PAGE, "How high it is.", ROW);
        fs::write(&record, damaged).unwrap();
        regen(&project);
        let ran = regen(&project);
        assert!(
            ran.stdout.starts_with("generated: 0 files written"),
            "{}",
            ran.stdout
        );
    }
    let stamps = record.with_extension("stamps");
    let sound = fs::read_to_string(&stamps).unwrap();
    let resource = project.path(RESOURCE);
    for damaged in [
        "",
        "docwright stamps 1\n",
        &sound[..sound.len() / 2],
        &sound.repeat(2),
    ] {
        fs::write(&stamps, damaged).unwrap();
        fs::write(&resource, "mine").unwrap();
        regen(&project);
    }
    let pages = record.with_extension("pages");
    regen_until(&project, || pages.exists());
    let sound = fs::read_to_string(&pages).unwrap_or_default();
    for damaged in ["", &sound[..sound.len() / 2], &sound.repeat(2)] {
        fs::write(&pages, damaged).unwrap();
        project.edit(PAGE, ROW, "How high it is.");
        regen(&project);
        project.edit(PAGE, "How high it is.", ROW);
        regen(&project);
    }
    fs::remove_file(&record).unwrap();
    fs::create_dir(&record).unwrap();
    regen(&project);
    fs::remove_dir_all(project.path("target")).unwrap();
    fs::write(project.path("target"), "a file").unwrap();
    regen(&project);
}

#[test]
fn runs_at_the_same_time_wait_for_each_other() {
    let project = project();
    for round in 0..3 {
        let text = fs::read_to_string(project.path(PAGE)).unwrap();
        let title = format!("# profilePhoto resource type {round}\n");
        let (_, rest) = text.split_once('\n').unwrap();
        project.write(PAGE, (title + rest).as_bytes());
        let start = |cached: bool| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_docwright"));
            command
                .current_dir(project.path("."))
                .env_remove("CARGO_TARGET_DIR")
                .arg("regen");
            if !cached {
                command.arg("--no-cache");
            }
            command
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        };
        for running in [true, false, true, false].map(start) {
            let output = running.wait_with_output().unwrap();
            let errors = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{errors}");
        }
        regen(&project);
    }
}
