//! `docwright regen`: brings the generated crate to what the pages say.

use std::io::Write;
use std::mem;
use std::path::PathBuf;

use clap::Args;
use docwright::output::{Change, Difference, OutputError};
use docwright::project::Project;
use docwright::regenerate::{Regenerated, Run};

use super::{Outcome, ProjectArguments, Result, refuse};
use crate::{diff, progress, report, terminal};

/// Writes the generated crate, or tells where it is behind the pages
///
/// Nothing is written while the pages have errors.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: ProjectArguments,
    /// The folder of the generated crate
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Leaves the crate as it is, prints a diff of what is behind, and exits with 1 where anything is
    #[arg(long)]
    check: bool,
    /// Makes every file anew, whatever an earlier run left in the target folder
    #[arg(long)]
    no_cache: bool,
}

pub(super) fn run(arguments: Arguments) -> Result {
    let is_named = arguments.out.is_some();
    let project = arguments.project.load(arguments.out)?;
    if project.set_aside.is_some() && !is_named {
        // The usual folder is that of the crate whose settings are set aside.
        return Err("name the folder of the crate with --out".into());
    }
    let run = Run {
        write: !arguments.check,
        cache: !arguments.no_cache,
        waiting: || {
            // There is nowhere left to say that the standard error is closed.
            let _ = writeln!(terminal::stderr(), "waiting for another run to end");
        },
    };
    let done = match progress::shown(&project.progress, || project.regenerate(run)) {
        Ok(done) => done,
        Err(OutputError::NotOurs(findings)) => return refuse(&findings, &[]),
        Err(error @ OutputError::Unfinished { .. }) => {
            return Err(format!("{error}: run `{}`", project.options.command).into());
        }
        Err(error) => return Err(error.into()),
    };
    let (counts, files, differences) = match done {
        Regenerated::Refused(reading) => return refuse(&reading.diagnostics, &reading.files),
        Regenerated::Unchanged {
            warnings,
            notes,
            files,
        } => (report::Counts::harmless(warnings, notes), files, Vec::new()),
        Regenerated::Made {
            reading,
            files,
            differences,
        } => {
            let counts = report::Counts::of(&reading.diagnostics);
            // It takes a while to free what was read, and the process ends soon.
            mem::forget(reading);
            (counts, files, differences)
        }
    };
    if !counts.is_none() {
        writeln!(terminal::stderr(), "{counts}: see `docwright check`")?;
    }
    if arguments.check {
        check(&project, &differences)
    } else {
        show_written(&project, files, &differences)
    }
}

fn show_written(project: &Project, files: usize, done: &[Difference]) -> Result {
    let mut out = terminal::stdout();
    let mut removed = 0;
    for difference in done {
        let word = match difference.change() {
            Change::Add => "added",
            Change::Replace => "changed",
            Change::Remove => "removed",
        };
        removed += usize::from(difference.change() == Change::Remove);
        writeln!(out, "{word} {}", project.out.label_of(&difference.path))?;
    }
    let written = done.len() - removed;
    // The list of files that docwright keeps is one more file than the crate has.
    let same = files + 1 - written;
    let label = project.out.label();
    writeln!(
        out,
        "{label}: {written} files written, {removed} removed, {same} as they were"
    )?;
    out.flush()?;
    Ok(Outcome::Clean)
}

fn check(project: &Project, behind: &[Difference]) -> Result {
    if behind.is_empty() {
        return Ok(Outcome::Clean);
    }
    let mut out = terminal::stdout();
    for difference in behind {
        let path = project.out.label_of(&difference.path);
        write!(out, "{}", diff::unified(difference, &path))?;
    }
    out.flush()?;
    drop(out);

    let mut err = terminal::stderr();
    for difference in behind {
        writeln!(err, "{}", drift(project, difference))?;
    }
    let (count, command) = (behind.len(), &project.options.command);
    let files = if count == 1 { "file is" } else { "files are" };
    writeln!(err, "{count} {files} behind: run `{command}`")?;
    Ok(Outcome::Findings)
}

/// Says that a file is behind, and first the line of the page that it comes from, if it tells.
fn drift(project: &Project, difference: &Difference) -> String {
    let path = project.out.label_of(&difference.path);
    match diff::documented_at(difference, &project.docs_label) {
        Some(place) => format!("{place}: {path} is behind"),
        None => format!("{path} is behind"),
    }
}
