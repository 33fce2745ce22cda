//! The `docwright` command: Markdown API reference pages in, a Rust client crate out.

mod commands;
mod diff;
mod progress;
mod report;
mod terminal;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use docwright::diagnostic::harmless;

/// Reading pages makes many small values on several threads: this allocator takes a fifth off
/// the time of `check`, as `codegen/benches` measures it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
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
