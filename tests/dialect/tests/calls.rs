//! The calls that examples are shown as to whoever is to write them: they compile.

// What is shown is that they compile. A call needs a token or a key, or neither, and may be of
// what is deprecated.
#![allow(dead_code, deprecated, unused_variables)]

use std::error::Error;

include!(concat!(env!("OUT_DIR"), "/calls.rs"));

#[test]
fn examples_are_shown_as_calls_that_compile() {
    // This file would not be here if one of them did not. Most cases have an example.
    let of_cases = PLACES.iter().filter(|place| place.starts_with("cases/"));
    assert!(of_cases.count() > 100, "{PLACES:?}");
    for case in [
        "colon-path",
        "function-arguments-in-template",
        "request-body-of-an-action",
    ] {
        let has = |place: &&str| place.contains(case);
        assert!(PLACES.iter().any(has), "{case} is not among {PLACES:?}");
    }
}
