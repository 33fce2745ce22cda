//! A small documentation set, and services that keep to it or do not.

mod departures;
mod requests;
mod secrets;
mod server;

use std::path::Path;

use docwright::Reading;
use docwright_mock::Mock;
use docwright_verify::{Report, Settings, verify};

/// The pages beside this file.
fn reading() -> Reading {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let reading = docwright::read(&pages, "pages", &Default::default());
    let found: Vec<_> = reading.diagnostics.iter().map(|it| &it.message).collect();
    assert!(found.is_empty(), "{found:?}");
    reading
}

/// Settings without patience.
fn settings(base_url: impl Into<String>) -> Settings {
    Settings {
        rate: 10_000.0,
        ..Settings::new(base_url)
    }
}

async fn run(settings: &Settings) -> Report {
    verify(&reading(), settings, &Default::default())
        .await
        .unwrap()
}

/// Code and page of each finding.
fn places(report: &Report) -> Vec<(&str, &str)> {
    let findings = report.findings.iter();
    let places = findings.map(|it| (it.code.as_str(), it.location.path.as_str()));
    places.collect()
}

/// The findings as people read them, without what they point at.
fn told(report: &Report) -> Vec<String> {
    report.findings.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_service_that_keeps_to_the_pages_has_no_findings() {
    for changes in [false, true] {
        let server = Mock::new(reading().api).start(0).await.unwrap();
        let settings = Settings {
            changes,
            ..settings(server.base_url())
        };
        let report = run(&settings).await;
        assert_eq!(told(&report), Vec::<String>::new());
        let summary = report.summary;
        let expected = if changes { (8, 7, 7) } else { (6, 5, 7) };
        assert_eq!(
            (summary.requests, summary.covered, summary.operations),
            expected,
            "{summary}"
        );
        server.stop().await;
    }
}
