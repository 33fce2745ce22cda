//! The `docwright` command: Markdown API reference pages in, a Rust client crate out.

mod allocator;
mod commands;
mod diff;
mod progress;
mod report;
mod terminal;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use docwright::diagnostic::harmless;

fn main() -> ExitCode {
    allocator::keep_freed_memory();
    match commands::Cli::parse().run() {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            // There is nowhere left to say that the standard error is closed.
            let error = error.to_string();
            let _ = writeln!(terminal::stderr(), "error: {}", harmless(&error));
            ExitCode::from(2)
        }
    }
}
