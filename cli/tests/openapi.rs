//! `docwright openapi` as people and scripts call it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const PAGE: &str = "\
# Get thing

## HTTP request
```http
GET /things/{thing-id}
```

## Response
If successful, this method returns a `200 OK` response code.
";

fn openapi(home: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docwright"));
    let command = command.current_dir(home).arg("openapi").args(arguments);
    command.output().unwrap()
}

#[test]
fn the_document_is_printed_or_written_and_written_once() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    fs::create_dir(home.join("docs-src")).unwrap();
    fs::write(home.join("docs-src/get.md"), PAGE).unwrap();
    let settings = "[crate]\nname = \"things\"\n[openapi]\n\
                    authorization-url = \"https://x/authorize\"\ntoken-url = \"https://x/token\"\n";
    fs::write(home.join("docwright.toml"), settings).unwrap();

    let printed = openapi(home, &[]);
    assert_eq!(printed.status.code(), Some(0));
    let document: serde_json::Value = serde_json::from_slice(&printed.stdout).unwrap();
    assert_eq!(document["info"]["title"], "things");
    let path = &document["paths"]["/things/{thing-id}"];
    assert_eq!(path["get"]["x-source"], "docs-src/get.md:5");

    let file = home.join("api.json");
    let written = openapi(home, &["--out", "api.json"]);
    assert_eq!((written.status.code(), written.stdout), (Some(0), vec![]));
    assert_eq!(fs::read(&file).unwrap(), printed.stdout);
    let modified = fs::metadata(&file).unwrap().modified().unwrap();
    openapi(home, &["--out", "api.json"]);
    assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), modified);
    // Pages, settings and the document, and nothing that was on the way to it.
    assert_eq!(fs::read_dir(home).unwrap().count(), 3);

    let refused = openapi(home, &["--out", "missing/api.json"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("missing/api.json"));
}

#[test]
fn faulty_pages_are_told_by_the_status() {
    let home = tempfile::tempdir().unwrap();
    let page = PAGE.replace("```http", "<!-- { \"blockType\": -->\n```http");
    fs::create_dir(home.path().join("docs-src")).unwrap();
    fs::write(home.path().join("docs-src/get.md"), page).unwrap();
    let printed = openapi(home.path(), &[]);
    assert_eq!(printed.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&printed.stderr).contains("see `docwright check`"));
    assert!(serde_json::from_slice::<serde_json::Value>(&printed.stdout).is_ok());

    // What is printed is seen together with what is said of it; a file is not.
    fs::write(home.path().join("api.json"), "good").unwrap();
    let written = openapi(home.path(), &["--out", "api.json"]);
    assert_eq!(written.status.code(), Some(1));
    let said = String::from_utf8_lossy(&written.stderr);
    assert!(said.contains("docs-src/get.md:4:"), "{said}");
    assert!(said.ends_with("nothing is written\n"), "{said}");
    assert_eq!(fs::read(home.path().join("api.json")).unwrap(), b"good");
}

/// In a folder that others write to, somebody may guess what the file is called on the way to its place.
#[cfg(unix)]
#[test]
fn a_link_in_the_way_is_not_followed() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("docs-src")).unwrap();
    fs::write(home.path().join("docs-src/get.md"), PAGE).unwrap();
    fs::write(home.path().join("of-another"), "precious").unwrap();
    let script = "ln -s of-another .api.json.$$ && exec \"$0\" openapi --out api.json";
    let mut shell = Command::new("sh");
    let shell = shell.current_dir(home.path()).args(["-c", script]);
    let written = shell.arg(env!("CARGO_BIN_EXE_docwright")).output().unwrap();
    assert_eq!(written.status.code(), Some(0), "{written:?}");
    let of_another = fs::read_to_string(home.path().join("of-another"));
    assert_eq!(of_another.unwrap(), "precious");
    let file = fs::symlink_metadata(home.path().join("api.json")).unwrap();
    assert!(file.is_file());
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 3);
}
