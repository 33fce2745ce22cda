//! The calls that examples are shown with to whoever is to write them: they compile.

// What is shown is that they compile.
#[allow(dead_code)]
mod written {
    use std::error::Error;

    include!(concat!(env!("OUT_DIR"), "/calls.rs"));
}

#[test]
fn examples_are_shown_as_calls_that_compile() {
    // Most cases have an example. This file would not be here if a call of theirs did not compile.
    assert!(written::COUNT > 100, "{}", written::COUNT);
}
