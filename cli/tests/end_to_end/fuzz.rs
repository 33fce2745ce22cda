//! Damaged pages: whatever a page holds, it is read and something is generated, without a panic.
//!
//! The damage is the same in every run. Each test damages this repository's pages in one way.

use std::path::Path;

use docwright::project::{Overrides, Project};
use docwright::source::SourceFile;

/// To generate takes ten times as long as to read, so that only every so many versions are.
const GENERATED: usize = 16;

/// Reads each of the damaged versions that `damage` makes of each page, among the other pages as
/// they are, and generates from some of what comes of it.
fn survives(damage: impl Fn(&str) -> Vec<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let project = Project::load(&root, &Overrides::default()).unwrap();
    let pages = project.read().files;
    assert!(pages.len() > 1);
    for (index, page) in pages.iter().enumerate() {
        for (version, text) in damage(&page.text).into_iter().enumerate() {
            let mut files = pages.clone();
            files[index] = SourceFile::new(page.path.as_str(), text);
            let reading = docwright::read_files(files, Vec::new());
            if version % GENERATED == 0 {
                let (files, _) =
                    docwright::rust::generate(&reading.api, &reading.files, &project.options);
                assert!(files.get("src/lib.rs").is_some());
            }
        }
    }
}

/// The text with some of its lines replaced by others.
fn with_line(text: &str, index: usize, change: impl Fn(&str) -> Vec<String>) -> String {
    let lines = text.split_inclusive('\n').enumerate();
    let changed = |(at, line): (usize, &str)| match at == index {
        true => change(line),
        false => vec![line.to_owned()],
    };
    lines.flat_map(changed).collect()
}

#[test]
fn pages_that_end_anywhere() {
    survives(|text| {
        let ends = (0..text.len()).step_by(97);
        ends.map(|end| text[..text.floor_char_boundary(end)].to_owned())
            .collect()
    });
}

#[test]
fn pages_that_begin_anywhere() {
    survives(|text| {
        let starts = (0..text.len()).step_by(103);
        starts
            .map(|start| text[text.floor_char_boundary(start)..].to_owned())
            .collect()
    });
}

#[test]
fn pages_without_one_line() {
    survives(|text| {
        let lines = 0..text.lines().count();
        lines
            .map(|line| with_line(text, line, |_| Vec::new()))
            .collect()
    });
}

#[test]
fn pages_with_a_line_twice() {
    survives(|text| {
        let lines = 0..text.lines().count();
        lines
            .map(|line| with_line(text, line, |line| vec![line.to_owned(); 2]))
            .collect()
    });
}

#[test]
fn pages_with_other_bytes() {
    const OTHERS: &[u8] = b"{}<>|`\"'#*-/$\\\n\t\0 \xff\xc3";
    survives(|text| {
        let damaged = |(nth, at): (usize, usize)| {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] = OTHERS[nth % OTHERS.len()];
            String::from_utf8_lossy(&bytes).into_owned()
        };
        (0..text.len())
            .step_by(53)
            .enumerate()
            .map(damaged)
            .collect()
    });
}
