//! What the reader makes of each case, compared with the `expected.txt` beside its pages.
//!
//! A new case is a new folder: below `cases` for pages that code can be made of, below `errors` for
//! pages that have a fault of that severity. Its routes, types and titles are in no other case,
//! since all of `cases` is compiled as one API.

mod cases;
mod render;

use std::{env, fs};

use similar::TextDiff;

use cases::Case;

/// The variable that accepts what the reader makes of the pages now.
const ACCEPT: &str = "UPDATE_EXPECT";

#[test]
fn cases_are_read_as_expected() {
    let accept = env::var_os(ACCEPT).is_some() && env::var_os("CI").is_none();
    let mut differences = String::new();
    for case in cases::all() {
        let reading = case.read();
        let faults = case.faults(&reading);
        let actual = render::reading(&reading);
        let file = case.expected_file();
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if accept && case.has_pages() && faults.is_empty() && expected != actual {
            fs::write(&file, &actual).expect("the case can be written");
            continue;
        }
        for fault in faults {
            differences.push_str(&format!("{}: {fault}\n", case.name));
        }
        if expected != actual {
            differences.push_str(&difference(&case, &expected, &actual));
        }
    }
    assert!(
        differences.is_empty(),
        "cases are read otherwise than expected:\n\n{differences}\n\
         Set {ACCEPT}=1 to accept what is read now.\n"
    );
}

fn difference(case: &Case, expected: &str, actual: &str) -> String {
    let file = format!("{}/expected.txt", case.name);
    let diff = TextDiff::from_lines(expected, actual);
    let mut unified = diff.unified_diff();
    format!("{}\n", unified.header(&file, "what is read"))
}
