//! Faults in pages and folders: each is told with its place and its code, all of them in one run,
//! and what was generated before stays as it was.

use crate::project::Project;

/// A page without a fault.
const GOOD: &str = "\
# Get thing

Reads a thing.

## HTTP request

```http
GET /things/{thing-id}
```
";

/// A fault: the page that has it, how reports call its place, and its code.
type Fault = (&'static str, &'static [u8], &'static str, &'static str);

const FAULTS: [Fault; 4] = [
    (
        "docs-src/annotation.md",
        b"# Get gadget\n\n<!-- { \"blockType\": \"request\", \"name\": } -->\n\
          ```http\nGET https://api.example.com/v1/gadgets\n```\n",
        "docs-src/annotation.md:3:",
        "annotation-not-json",
    ),
    (
        "docs-src/route.md",
        b"# Get part\n\n## HTTP request\n\n```http\nGET /parts/{part-id\n```\n",
        "docs-src/route.md:6:",
        "route-malformed",
    ),
    (
        "docs-src/response.md",
        b"# Get nut\n\n<!-- { \"blockType\": \"response\" } -->\n```http\nHTTP/1.1 200 OK\n```\n",
        "docs-src/response.md:",
        "response-without-request",
    ),
    (
        "docs-src/bytes.md",
        b"# Get bolt\n\na \xff b\n",
        "docs-src/bytes.md:3:3",
        "page-not-utf8",
    ),
];

/// A project whose crate is up to date.
fn project() -> Project {
    let project = Project::new(&[("docs-src/thing.md", GOOD.as_bytes())]);
    let ran = project.run(&["regen"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    project
}

/// Runs the command in each way that must refuse, and checks that each of the faults is told and
/// that no file is touched.
fn refused(project: &Project, faults: &[(&str, &str)]) {
    let before = project.snapshot();
    for arguments in [&["regen"][..], &["regen", "--check"]] {
        let ran = project.run(arguments);
        assert_eq!(ran.status, Some(1), "{arguments:?}: {}", ran.stderr);
        for (place, code) in faults {
            assert!(ran.stderr.contains(place), "{place}\n{}", ran.stderr);
            let code = format!("error[{code}]");
            assert!(ran.stderr.contains(&code), "{code}\n{}", ran.stderr);
        }
        assert!(
            project.snapshot() == before,
            "{arguments:?} wrote something"
        );
    }
}

/// Checks that `check` has a finding of the code at the place, as `file:line:column` begins.
fn found(project: &Project, place: &str, code: &str) {
    let ran = project.run(&["check", "--format", "json"]);
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
    let found = ran.stdout.lines().any(|line| {
        let finding: serde_json::Value = serde_json::from_str(line).unwrap();
        let file = finding["file"].as_str().unwrap();
        let at = format!("{file}:{}:{}", finding["line"], finding["column"]);
        at.starts_with(place) && finding["code"] == code && finding["severity"] == "error"
    });
    assert!(found, "{place} {code}\n{}", ran.stdout);
}

#[test]
fn each_fault_is_told_and_nothing_is_written() {
    for (path, page, place, code) in FAULTS {
        let project = project();
        project.write(path, page);
        refused(&project, &[(place, code)]);
        found(&project, place, code);
    }
}

#[test]
fn all_faults_are_told_in_one_run() {
    let project = project();
    for (path, page, ..) in FAULTS {
        project.write(path, page);
    }
    refused(&project, &FAULTS.map(|(_, _, place, code)| (place, code)));
    for (_, _, place, code) in FAULTS {
        found(&project, place, code);
    }
}

#[test]
fn a_folder_without_pages_does_not_empty_the_crate() {
    let project = project();
    std::fs::remove_file(project.path("docs-src/thing.md")).unwrap();
    project.write("docs-src/notes.txt", b"# Not a page");
    refused(&project, &[("docs-src:1:1", "docs-empty")]);
}

#[test]
fn a_folder_that_is_none_keeps_every_command_from_running() {
    let project = project();
    let before = project.snapshot();
    let commands: [&[&str]; 7] = [
        &["check"],
        &["regen"],
        &["regen", "--check"],
        &["routes"],
        &["openapi", "--out", "api.json"],
        &["mock"],
        &["verify", "--base-url", "http://127.0.0.1:9/"],
    ];
    for command in commands {
        for (docs, said) in [
            ("nope", "error: nope: there is no such folder of pages\n"),
            (
                "docs-src/thing.md",
                "error: docs-src/thing.md: is no folder of pages\n",
            ),
        ] {
            let ran = project.run(&[command, &["--docs", docs]].concat());
            assert_eq!(ran.status, Some(2), "{command:?}: {}", ran.stderr);
            assert_eq!(ran.stderr, said, "{command:?}");
            assert_eq!(ran.stdout, "", "{command:?}");
        }
    }
    assert!(project.snapshot() == before);
}

#[test]
fn who_has_named_no_folder_is_told_how_to() {
    let project = Project::new(&[]);
    let ran = project.run(&["check"]);
    assert_eq!(ran.status, Some(2), "{}", ran.stderr);
    assert!(ran.stderr.contains("docs-src: there is no such folder"));
    assert!(ran.stderr.contains("--docs"), "{}", ran.stderr);
}

#[test]
fn a_file_is_no_folder_for_a_crate() {
    let project = project();
    project.write("taken", b"mine");
    for command in [&["regen"][..], &["regen", "--check"]] {
        let ran = project.run(&[command, &["--out", "taken"]].concat());
        assert_eq!(ran.status, Some(2), "{command:?}: {}", ran.stderr);
        let said = "error: taken: is no folder for a crate\n";
        assert_eq!(ran.stderr, said, "{command:?}");
    }
}

#[test]
fn pages_that_document_nothing_have_no_findings_and_show_in_the_numbers() {
    let project = Project::new(&[(
        "docs-src/thing.md",
        GOOD.replace("HTTP request", "Where it is").as_bytes(),
    )]);
    let ran = project.run(&["check"]);
    assert!(
        ran.stdout
            .contains("1 page: 0 operations, 0 types, 0 examples"),
        "{}",
        ran.stdout
    );
}

#[test]
fn what_a_terminal_would_obey_is_shown_as_pictures() {
    let title = GOOD.replace("Get thing", "Get \u{1b}[2Jthing");
    let page = title.replace("Reads", "Reads [it](<\u{1b}[1m.md>). Reads");
    let project = Project::new(&[("docs-src/thing.md", page.as_bytes())]);
    for arguments in [
        &["routes"][..],
        &["check"],
        &["check", "--format", "github"],
    ] {
        let ran = project.run(arguments);
        assert!(
            !ran.stdout.contains('\u{1b}'),
            "{arguments:?}: {}",
            ran.stdout
        );
        assert!(ran.stdout.contains("␛["), "{arguments:?}: {}", ran.stdout);
    }
}

#[test]
fn a_file_of_somebody_else_is_left_alone() {
    let project = project();
    project.write(
        "docs-src/thing.md",
        GOOD.replace("things", "gadgets").as_bytes(),
    );
    project.write("generated/src/mine.rs", b"// mine");
    refused(
        &project,
        &[("generated/src/mine.rs:1:1", "output-not-ours")],
    );
}
