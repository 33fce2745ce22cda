//! Measures `check` on a whole documentation set against the floor: to read the same files and to
//! run pulldown-cmark over them on one thread. See the README beside this file.

#[path = "../../cli/src/allocator.rs"]
mod allocator;
mod common;

use std::hint::black_box;
use std::io::Write as _;
use std::mem;
use std::path::Path;
use std::process::ExitCode;

use docwright::page;
use docwright::project::{Overrides, Project};
use docwright::source::{self, PageId};
use rayon::prelude::*;

use common::{Bench, Result};

fn main() -> ExitCode {
    // The floor has the allocator of the command too.
    allocator::keep_freed_memory();
    let bench = Bench {
        measured: &[
            ("the floor", "floor", "1"),
            ("pages on one thread", "pages", "1"),
            ("pages on two threads", "pages", "2"),
            ("`check` on one thread", "check", "1"),
            ("`check` on two threads", "check", "2"),
            ("`openapi` on one thread", "openapi", "1"),
        ],
        prepare: common::in_place,
        work,
        readme: concat!(env!("CARGO_MANIFEST_DIR"), "/benches/README.md"),
        table: "the table of check",
    };
    bench.main()
}

fn work(what: &str, docs: &Path) -> Result<()> {
    match what {
        "floor" => common::floor(docs),
        "pages" => {
            pages(docs);
            Ok(())
        }
        "check" => check(docs),
        _ => openapi(docs),
    }
}

/// Reads the pages as far as each goes by itself: the part of `check` that comes before the model.
fn pages(docs: &Path) {
    let (files, _) = source::read_docs(docs, "docs");
    let numbered = files.par_iter().enumerate();
    let read = numbered.map(|(index, file)| page::read(file, PageId(index as u32)));
    mem::forget(black_box(read.collect::<Vec<_>>()));
    mem::forget(files);
}

fn project(docs: &Path) -> Result<Project> {
    let overrides = Overrides {
        docs: Some(docs.to_owned()),
        ..Overrides::default()
    };
    Ok(Project::load(docs, &overrides)?)
}

/// The work of `docwright openapi`.
fn openapi(docs: &Path) -> Result<()> {
    let project = project(docs)?;
    let reading = project.read_leaking();
    black_box(docwright::openapi::document(&reading.api, &project.openapi));
    mem::forget(reading);
    Ok(())
}

/// The work of `docwright check`.
fn check(docs: &Path) -> Result<()> {
    let reading = project(docs)?.read_leaking();
    // A sink would not so much as put the text together.
    let mut out = Vec::new();
    for finding in &reading.diagnostics {
        writeln!(out, "{finding}")?;
    }
    writeln!(out, "{}", reading.accounting)?;
    black_box(out);
    // The command leaves it to the end of the process to free what was read.
    mem::forget(reading);
    Ok(())
}
