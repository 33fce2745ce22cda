//! Runs at the same time, in a folder without settings.

use std::fs;
use std::process::{Child, Command, Stdio};

use crate::project::Project;

const PAGE: &[u8] = b"# Get it\n\n## HTTP request\n\n```http\nGET /it\n```\n";

fn start(project: &Project) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docwright"));
    let command = command
        .current_dir(project.path(""))
        .env_remove("CARGO_TARGET_DIR")
        .args(["regen", "--docs", "docs", "--out", "out"]);
    let command = command.stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

#[test]
fn of_two_runs_one_waits_and_no_file_is_left() {
    let project = Project::new(&[("docs/it.md", PAGE)]);
    for _ in 0..10 {
        for running in [(); 4].map(|()| start(&project)) {
            let output = running.wait_with_output().unwrap();
            let errors = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{errors}");
        }
        assert_eq!(fs::read_dir(project.path("")).unwrap().count(), 2);
        fs::remove_dir_all(project.path("out")).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_run_that_waits_says_so() {
    use std::io::{BufRead, BufReader};

    let project = Project::new(&[("docs/it.md", PAGE)]);
    let lock = fs::File::open(project.path("")).unwrap();
    lock.lock().unwrap();
    let mut running = start(&project);
    let mut said = BufReader::new(running.stderr.take().unwrap()).lines();
    let first = said.next().unwrap().unwrap();
    assert_eq!(first, "waiting for another run to end");
    assert_eq!(running.try_wait().unwrap(), None);
    assert!(!project.path("out").exists());
    drop(lock);
    assert!(running.wait().unwrap().success());
    assert!(project.path("out/src/lib.rs").is_file());
}
