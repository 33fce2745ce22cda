//! The generated tests, against the mock of the same pages in the place of servers of their own.

// Generated code has a formatter of its own.
#[rustfmt::skip]
#[path = "../generated/tests/examples/main.rs"]
mod examples;

use std::env;
use std::path::Path;
use std::process::Command;

use docwright_mock::Mock;

#[tokio::test]
async fn the_examples_agree_with_the_mock() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs-src");
    let server = Mock::of(&pages).unwrap().start(0).await.unwrap();
    // The environment of a process is set from outside: this program runs the tests of the module.
    let mut tests = Command::new(env::current_exe().unwrap());
    tests
        .args(["examples::", "--nocapture"])
        .env("DOCWRIGHT_MOCK", server.base_url());
    let run = tokio::task::spawn_blocking(move || tests.output());
    let output = run.await.unwrap().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    assert!(text.contains("4 passed"), "{text}");
    // Each of the three examples asked once.
    assert_eq!(server.requests(), 3);
    server.stop().await;
}
