//! `docwright openapi`: the API as an OpenAPI document.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{fs, io, mem, process};

use clap::Args;

use super::{Outcome, ProjectArguments, Result, outcome_of, outcome_of_errors, refuse};
use crate::{progress, terminal};

/// Writes the API as an OpenAPI 3.1 document
///
/// A file is not written while the pages have errors.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: ProjectArguments,
    /// The file for the document, instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: Arguments) -> Result {
    let project = arguments.project.load(None)?;
    let reading = progress::shown(&project.progress, || project.read_leaking());
    let findings = &reading.diagnostics;
    if arguments.out.is_some() && outcome_of_errors(findings) == Outcome::Findings {
        return refuse(findings, &reading.files);
    }
    let text = docwright::openapi::document(&reading.api, &project.openapi);
    match &arguments.out {
        Some(path) => {
            replace(path, &text).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        None => {
            let mut out = terminal::stdout();
            out.write_all(text.as_bytes())?;
            out.flush()?;
        }
    }

    let outcome = outcome_of(&reading.diagnostics);
    // The process ends here, and frees at once what to free bit by bit takes long.
    mem::forget(reading);
    outcome
}

/// Gives a file a text: the old one or the new one is there, whatever happens. A file that has the
/// text keeps its time of modification, a link stays a link, and a device is written to.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if path.exists() && !path.is_file() {
        return fs::write(path, text);
    }
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}", process::id()));
    let draft = path.with_file_name(name);
    // A run that was killed may have left one, and in a folder of many somebody may have put a link there, which
    // is not followed.
    let _ = fs::remove_file(&draft);
    let done = fs::File::create_new(&draft)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&draft, path));
    if done.is_err() {
        // The fault that is told is the one that came first.
        let _ = fs::remove_file(&draft);
    }
    done
}
