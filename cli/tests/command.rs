//! The command as people and scripts call it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A project with one page that documents one route.
fn project() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("docs-src")).unwrap();
    fs::write(
        home.path().join("docwright.toml"),
        "[crate]\nname = \"things\"\n",
    )
    .unwrap();
    fs::write(home.path().join("docs-src/get-thing.md"), PAGE).unwrap();
    home
}

const PAGE: &str = "\
# Get thing

Reads a thing.

## HTTP request
<!-- { \"blockType\": \"ignored\" } -->
```http
GET /things/{thing-id}
```

## Response
If successful, this method returns a `200 OK` response code.
";

fn docwright(home: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docwright"));
    // The cache is to lie in the project, and to go with it.
    command.env_remove("CARGO_TARGET_DIR");
    command.current_dir(home).args(arguments).output().unwrap()
}

/// A server that is stopped also where a test fails.
#[cfg(unix)]
struct Served(std::process::Child);

#[cfg(unix)]
impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended as it should.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(unix)]
impl Served {
    /// The mock of a project, and the address that it prints.
    fn start(home: &Path) -> (Self, String) {
        use std::io::{BufRead, BufReader};

        let mut command = Command::new(env!("CARGO_BIN_EXE_docwright"));
        let command = command.current_dir(home).args(["mock", "--port", "0"]);
        let command = command
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped());
        let mut served = Self(command.spawn().unwrap());
        let mut line = String::new();
        let mut out = BufReader::new(served.0.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        (served, line.trim().to_owned())
    }
}

#[cfg(unix)]
#[test]
fn verify_tells_where_a_service_and_the_pages_part() {
    let home = project();
    let (served, address) = Served::start(home.path());
    let verify = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docwright"));
        let command = command
            .current_dir(home.path())
            .args(["verify", "--base-url", &address]);
        let command = command.env("DOCWRIGHT_TOKEN", "s3cr3t").args(more);
        let output = command.output().unwrap();
        assert!(!stdout(&output).contains("s3cr3t"));
        assert!(!stderr(&output).contains("s3cr3t"));
        output
    };

    let skipped = verify(&[]);
    assert_eq!(skipped.status.code(), Some(0), "{}", stderr(&skipped));
    assert!(stdout(&skipped).ends_with("a value is missing for thing-id (1)\n"));
    fs::write(home.path().join("values.toml"), "thing-id = 7\n").unwrap();
    let kept = verify(&["--params", "values.toml"]);
    assert_eq!(kept.status.code(), Some(0), "{}", stderr(&kept));
    let summary = "no findings\n\n1 request sent, 1 of 1 operation verified\n";
    assert_eq!(stdout(&kept), summary);

    let page = PAGE.replace("200 OK", "202 Accepted");
    fs::write(home.path().join("docs-src/get-thing.md"), page).unwrap();
    let parted = verify(&["--params", "values.toml", "--format", "json"]);
    assert_eq!(parted.status.code(), Some(1), "{}", stderr(&parted));
    let line: serde_json::Value = serde_json::from_str(stdout(&parted)).unwrap();
    assert_eq!(line["code"], "service-status");
    assert_eq!(
        (&line["file"], &line["line"]),
        (&"docs-src/get-thing.md".into(), &12.into())
    );
    assert!(
        stderr(&parted).starts_with("1 warning\n"),
        "{}",
        stderr(&parted)
    );

    let nothing = verify(&["--only", "get-thing.md", "--only", "nothere"]);
    assert_eq!(nothing.status.code(), Some(2), "{}", stderr(&nothing));
    let said = "error: no page with an operation and no area is called `nothere`\n";
    assert_eq!(stderr(&nothing), said);

    // What cannot be read is not verified, and the rest is.
    fs::write(home.path().join("docs-src/get-thing.md"), PAGE).unwrap();
    fs::write(home.path().join("docs-src/broken.md"), b"\xff").unwrap();
    let partly = verify(&["--params", "values.toml"]);
    assert_eq!(partly.status.code(), Some(1), "{}", stderr(&partly));
    assert_eq!(stdout(&partly), summary);
    let said = "1 error in the pages: see `docwright check`\n";
    assert_eq!(stderr(&partly), said);
    fs::remove_file(home.path().join("docs-src/broken.md")).unwrap();

    drop(served);
    let gone = verify(&["--params", "values.toml"]);
    assert_eq!(gone.status.code(), Some(2), "{}", stderr(&gone));
    assert!(stderr(&gone).starts_with("error: the service gives no answer"));
}

#[cfg(unix)]
#[test]
fn mock_says_what_it_serves_and_what_it_could_not_read() {
    use std::io::Read;

    let home = project();
    fs::write(home.path().join("docs-src/broken.md"), b"\xff").unwrap();
    let (mut served, address) = Served::start(home.path());
    assert!(address.starts_with("http://127.0.0.1:"), "{address}");
    served.0.kill().unwrap();
    let mut said = String::new();
    let mut err = served.0.stderr.take().unwrap();
    err.read_to_string(&mut said).unwrap();
    let expected = "1 error in the pages: see `docwright check`\n1 operation of docs-src\n";
    assert_eq!(said, expected);
}

#[cfg(unix)]
#[test]
fn mock_serves_the_pages_until_it_is_asked_to_stop() {
    use std::io::{Read, Write};
    use std::net::TcpStream;

    let home = project();
    let (mut served, address) = Served::start(home.path());
    let address = address.strip_prefix("http://").expect(&address);

    let mut stream = TcpStream::connect(address).unwrap();
    let request = "GET /things/7 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");

    let (_, port) = address.rsplit_once(':').unwrap();
    let taken = docwright(home.path(), &["mock", "--port", port]);
    assert_eq!(taken.status.code(), Some(2));
    let said = stderr(&taken);
    assert!(said.contains(&format!("error: {address}: ")), "{said}");

    let id = served.0.id().to_string();
    let asked = Command::new("kill").args(["-TERM", &id]).status().unwrap();
    assert!(asked.success());
    assert_eq!(served.0.wait().unwrap().code(), Some(0));
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

#[test]
fn regen_writes_the_crate_once_and_check_tells_drift_without_writing() {
    let home = project();
    let behind = docwright(home.path(), &["regen", "--check"]);
    assert_eq!(behind.status.code(), Some(1), "{}", stderr(&behind));
    assert!(stdout(&behind).contains("+++ b/generated/src/lib.rs"));
    assert!(stderr(&behind).contains("run `docwright regen`"));
    assert!(!home.path().join("generated").exists());

    let first = docwright(home.path(), &["regen"]);
    assert_eq!(first.status.code(), Some(0), "{}", stderr(&first));
    assert!(stdout(&first).contains("added generated/src/lib.rs\n"));
    let again = docwright(home.path(), &["regen"]);
    assert!(stdout(&again).starts_with("generated: 0 files written, 0 removed"));
    assert_eq!(
        docwright(home.path(), &["regen", "--check"]).status.code(),
        Some(0)
    );

    fs::write(home.path().join("generated/src/lib.rs"), "").unwrap();
    let edited = docwright(home.path(), &["regen", "--check"]);
    assert_eq!(edited.status.code(), Some(1));
    assert!(stderr(&edited).contains("generated/src/lib.rs is behind"));
    assert_eq!(
        fs::read_to_string(home.path().join("generated/src/lib.rs")).unwrap(),
        ""
    );
}

#[test]
fn drift_is_traced_to_the_page() {
    let home = project();
    docwright(home.path(), &["regen"]);
    let page = home.path().join("docs-src/get-thing.md");
    fs::write(&page, PAGE.replace("GET /things/", "GET /gadgets/")).unwrap();
    let behind = docwright(home.path(), &["regen", "--check"]);
    let place = "docs-src/get-thing.md:8: generated/src/routes.rs is behind";
    assert!(stderr(&behind).contains(place), "{}", stderr(&behind));
}

#[test]
fn errors_are_shown_with_their_place_and_nothing_is_written() {
    let home = project();
    fs::write(home.path().join("docs-src/broken.md"), b"# A\n\n\xff\n").unwrap();
    let refused = docwright(home.path(), &["regen"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        stderr(&refused).contains("error[page-not-utf8]"),
        "{}",
        stderr(&refused)
    );
    assert!(stderr(&refused).contains("docs-src/broken.md:3:1"));
    assert!(!home.path().join("generated").exists());

    let checked = docwright(home.path(), &["check", "--format", "json"]);
    assert_eq!(checked.status.code(), Some(1));
    let line: serde_json::Value = stdout(&checked)
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .find(|finding| finding["code"] == "page-not-utf8")
        .unwrap();
    assert_eq!(line["file"], "docs-src/broken.md");
    assert_eq!((&line["line"], &line["column"]), (&3.into(), &1.into()));
    assert_eq!(line["severity"], "error");

    let settings = "[severity]\npage-not-utf8 = \"allow\"\n";
    fs::write(home.path().join("docwright.toml"), settings).unwrap();
    assert_eq!(docwright(home.path(), &["regen"]).status.code(), Some(0));
}

#[test]
fn files_of_others_keep_everything_from_being_written() {
    let home = project();
    fs::create_dir(home.path().join("generated")).unwrap();
    fs::write(home.path().join("generated/notes.txt"), "mine").unwrap();
    let refused = docwright(home.path(), &["regen"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        stderr(&refused).contains("generated/notes.txt"),
        "{}",
        stderr(&refused)
    );
    assert_eq!(
        fs::read_dir(home.path().join("generated")).unwrap().count(),
        1
    );
}

#[test]
fn routes_are_listed_with_their_page() {
    let home = project();
    let routes = docwright(home.path(), &["routes"]);
    let lines: Vec<&str> = stdout(&routes).lines().collect();
    assert_eq!(lines.len(), 2, "{}", stderr(&routes));
    assert!(lines[0].starts_with("METHOD  PATH"));
    assert!(lines[1].starts_with("GET     /things/{thing-id}  docs-src/get-thing.md:8  Get thing"));
}

/// A project whose page has a link that leads nowhere, in line 3 from column 14 on.
fn project_with_a_broken_link() -> TempDir {
    let home = project();
    let page = PAGE.replace("# Get thing", "# Get that");
    let page = page.replace("Reads a thing.", "Reads ü 100% [thing](thing,a.md).");
    fs::write(home.path().join("docs-src/get, thing.md"), page).unwrap();
    home
}

#[test]
fn check_writes_annotations_for_github() {
    let home = project_with_a_broken_link();
    let checked = docwright(home.path(), &["check", "--format", "github"]);
    assert_eq!(checked.status.code(), Some(1), "{}", stderr(&checked));
    let line = "::warning file=docs-src/get%2C thing.md,line=3,col=14,title=link-missing::\
                the link leads to `docs-src/thing,a.md`, which is not there";
    let lines: Vec<&str> = stdout(&checked).lines().collect();
    assert!(lines.contains(&line), "{lines:?}");
    assert!(lines.iter().all(|line| line.starts_with("::")), "{lines:?}");
}

#[test]
fn check_writes_sarif_with_a_rule_and_a_region_for_each_result() {
    let home = project_with_a_broken_link();
    let checked = docwright(home.path(), &["check", "--format", "sarif"]);
    assert_eq!(checked.status.code(), Some(1), "{}", stderr(&checked));
    let log: serde_json::Value = serde_json::from_str(stdout(&checked)).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    for result in results {
        let rule = result["ruleIndex"].as_u64().unwrap() as usize;
        let rule = &run["tool"]["driver"]["rules"][rule];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_ne!(rule["fullDescription"]["text"], "");
    }
    let is_link = |result: &&serde_json::Value| result["ruleId"] == "link-missing";
    let place = &results.iter().find(is_link).unwrap()["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "docs-src/get%2C%20thing.md"
    );
    let region = serde_json::json!({ "startLine": 3, "startColumn": 14, "endColumn": 33 });
    assert_eq!(place["region"], region);
}

#[test]
fn a_baseline_leaves_out_what_was_there_before() {
    let home = project_with_a_broken_link();
    let known = docwright(home.path(), &["check", "--format", "json"]);
    fs::write(home.path().join("known.json"), &known.stdout).unwrap();
    let check = || docwright(home.path(), &["check", "--baseline", "known.json"]);
    let checked = check();
    assert_eq!(checked.status.code(), Some(0), "{}", stdout(&checked));
    assert!(stdout(&checked).starts_with("no findings\n1 finding left out"));

    let page = home.path().join("docs-src/get, thing.md");
    let text = fs::read_to_string(&page).unwrap();
    let text = text.replace("Reads", "See [that](other.md).\n\nReads");
    fs::write(&page, text).unwrap();
    let checked = check();
    assert_eq!(checked.status.code(), Some(1));
    let shown = stdout(&checked);
    assert!(
        shown.contains("other.md") && shown.contains("\n1 warning\n1 finding left out"),
        "{shown}"
    );

    fs::write(home.path().join("known.json"), "no finding").unwrap();
    assert_eq!(check().status.code(), Some(2));
}

#[test]
fn check_reports_names_that_collide_and_writes_nothing() {
    let home = project();
    let page = PAGE.replace("GET /things/{thing-id}", "GET /a-b\nGET /a/b");
    fs::write(home.path().join("docs-src/get-thing.md"), page).unwrap();
    let settings = "[[allow]]\ncode = \"name-collision\"\npage = \"docs-src/get-thing.md\"\n\
                    reason = \"none\"\n";
    let found = |home: &TempDir| {
        let checked = docwright(home.path(), &["check", "--format", "json"]);
        let codes = stdout(&checked).lines().map(|line| {
            let finding: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |key: &str| finding[key].as_str().unwrap().to_owned();
            (text("code"), text("file"))
        });
        codes.collect::<Vec<_>>()
    };
    let collision = (
        "name-collision".to_owned(),
        "docs-src/get-thing.md".to_owned(),
    );
    assert_eq!(found(&home), [collision]);
    fs::write(home.path().join("docwright.toml"), settings).unwrap();
    assert_eq!(found(&home), []);
    assert!(!home.path().join("generated").exists());
}

#[test]
fn every_code_is_explained() {
    let home = project();
    let all = docwright(home.path(), &["check", "--explain", "all"]);
    assert_eq!(all.status.code(), Some(0));
    for &code in docwright::diagnostic::Code::ALL {
        let one = docwright(home.path(), &["check", "--explain", code.as_str()]);
        assert!(stdout(&all).contains(stdout(&one)), "{code}");
    }
}

#[test]
fn what_cannot_run_exits_with_2_and_says_why() {
    let home = project();
    fs::write(home.path().join("docwright.toml"), "outs = \"x\"\n").unwrap();
    let cases: [(&[&str], &str); 3] = [
        (
            &["check"],
            "error: docwright.toml:1:1: unknown field `outs`",
        ),
        (
            &["check", "--explain", "docs-emty"],
            "did you mean `docs-empty`?",
        ),
        (&["regenerate"], "unrecognized subcommand"),
    ];
    for (arguments, message) in cases {
        let output = docwright(home.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
    }
    let explained = docwright(home.path(), &["check", "--explain", "docs-empty"]);
    assert_eq!(explained.status.code(), Some(0));
    assert!(stdout(&explained).starts_with("docs-empty (error)\n"));
}
