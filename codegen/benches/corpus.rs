//! Measures `check` on a whole documentation set. See the README beside this file.

mod harness;

use std::env;
use std::hint::black_box;
use std::io::{self, Write as _};
use std::mem;
use std::path::Path;
use std::process::ExitCode;

use docwright::page;
use docwright::project::{Overrides, Project};
use docwright::source::{self, PageId};
use harness::{Need, Result};
use rayon::prelude::*;

/// The allocator of the command; the floor has it too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 15;

/// What is measured: its name in the table, the argument of its process, and its threads.
const MEASURED: [(&str, &str, &str); 6] = [
    ("the floor", "floor", "1"),
    ("pages on one thread", "pages", "1"),
    ("pages on two threads", "pages", "2"),
    ("`check` on one thread", "check", "1"),
    ("`check` on two threads", "check", "2"),
    ("`openapi` on one thread", "openapi", "1"),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["measure", what, docs] => harness::measure(|| work(what, Path::new(docs))),
        ref options if options.contains(&"--bench") => compare(options.contains(&"--write")),
        // Without that option it is a run of tests, and nothing is to be measured.
        _ => Ok(()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs all measurements and prints the table, or writes it into the README too.
fn compare(write: bool) -> Result {
    let Some(docs) = harness::docs() else {
        return Ok(());
    };
    let mut needs = MEASURED.map(|(name, ..)| (name, Vec::<Need>::new()));
    // The first round brings the files into the cache of the system, and does not count.
    for round in 0..=ROUNDS {
        for ((_, what, threads), (_, needs)) in MEASURED.iter().zip(&mut needs) {
            let need = harness::run(&[what.as_ref(), docs.as_os_str()], Some(threads))?;
            if round > 0 {
                needs.push(need);
            }
        }
    }
    harness::report("the table of check", &docs, &needs, write)
}

fn work(what: &str, docs: &Path) -> Result {
    match what {
        "floor" => harness::floor(docs)?,
        "pages" => pages(docs),
        "check" => check(docs)?,
        _ => openapi(docs)?,
    }
    Ok(())
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
fn openapi(docs: &Path) -> Result {
    let project = project(docs)?;
    let reading = project.read();
    black_box(docwright::openapi::document(&reading.api, &project.openapi));
    mem::forget(reading);
    Ok(())
}

/// The work of `docwright check`.
fn check(docs: &Path) -> Result {
    let reading = project(docs)?.read();
    let mut out = io::sink();
    for finding in &reading.diagnostics {
        writeln!(out, "{finding}")?;
    }
    writeln!(out, "{}", reading.accounting)?;
    // The command leaves it to the end of the process to free what was read.
    mem::forget(reading);
    Ok(())
}
