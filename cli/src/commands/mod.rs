//! The commands, one file each.

mod check;
mod mock;
mod openapi;
mod regen;
mod routes;
mod verify;

use std::env;
use std::error::Error;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use docwright::diagnostic::{Diagnostic, Severity};
use docwright::project::{Overrides, Project};
use docwright::source::SourceFile;

use crate::{report, terminal};

/// Reads Markdown API reference pages and makes a Rust client crate of them.
///
/// Exit status: 0 there is nothing to say, 1 there are findings or drift, 2 the command could not
/// run.
#[derive(Parser)]
#[command(name = "docwright", version)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Regen(regen::Arguments),
    Check(check::Arguments),
    Routes(routes::Arguments),
    Openapi(openapi::Arguments),
    Mock(mock::Arguments),
    Verify(verify::Arguments),
}

/// What a command that ran has to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Nothing.
    Clean,
    /// There is something to mend.
    Findings,
}

/// What a command came to, or why it could not run.
type Result<T = Outcome> = std::result::Result<T, Box<dyn Error>>;

impl Cli {
    /// Runs the command.
    pub(crate) fn run(self) -> Result {
        match self.command {
            Command::Regen(arguments) => regen::run(arguments),
            Command::Check(arguments) => check::run(arguments),
            Command::Routes(arguments) => routes::run(arguments),
            Command::Openapi(arguments) => openapi::run(arguments),
            Command::Mock(arguments) => mock::run(arguments),
            Command::Verify(arguments) => verify::run(arguments),
        }
    }
}

/// What a command came to that shows what the pages document. What it shows of faulty pages may lack
/// something, and the status has to tell.
fn outcome_of(findings: &[Diagnostic]) -> Result {
    let outcome = outcome_of_errors(findings);
    if outcome == Outcome::Findings {
        let counts = report::Counts::errors_of(findings);
        writeln!(
            terminal::stderr(),
            "{counts} in the pages: see `docwright check`"
        )?;
    }
    Ok(outcome)
}

/// What a command came to that minds errors alone.
fn outcome_of_errors(findings: &[Diagnostic]) -> Outcome {
    outcome_from(findings, Severity::Error)
}

/// Shows why nothing is written.
fn refuse(findings: &[Diagnostic], pages: &[SourceFile]) -> Result {
    let mut err = terminal::stderr();
    let coloured = terminal::shows_colours(&io::stderr());
    report::human(&mut err, findings, pages, coloured)?;
    writeln!(err, "{}: nothing is written", report::Counts::of(findings))?;
    Ok(Outcome::Findings)
}

/// What a command came to that reports findings: notes are none.
fn outcome_of_findings(findings: &[Diagnostic]) -> Outcome {
    outcome_from(findings, Severity::Warning)
}

fn outcome_from(findings: &[Diagnostic], least: Severity) -> Outcome {
    match findings.iter().any(|found| found.severity >= least) {
        true => Outcome::Findings,
        false => Outcome::Clean,
    }
}

/// Where the pages and the settings are.
#[derive(Args)]
struct ProjectArguments {
    /// The folder of the pages
    #[arg(long, value_name = "DIR")]
    docs: Option<PathBuf>,
    /// The settings; without it, docwright.toml here or in a folder above
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl ProjectArguments {
    fn load(self, out: Option<PathBuf>) -> Result<Project> {
        let Self { docs, config } = self;
        let given = docs.clone();
        let overrides = Overrides {
            config,
            docs,
            out,
            target: env::var_os("CARGO_TARGET_DIR").map(PathBuf::from),
        };
        let project = Project::load(&env::current_dir()?, &overrides)?;
        let is_named = given.is_some();
        let docs = given.as_deref().unwrap_or(&project.docs);
        if let Some(file) = &project.set_aside {
            let docs = docs.display();
            writeln!(
                terminal::stderr(),
                "{file} is not used: {docs} lies elsewhere; --config {file} uses it"
            )?;
        }
        match fs::read_dir(&project.docs) {
            Ok(_) => Ok(project),
            Err(error) if error.kind() == ErrorKind::NotFound && !is_named => {
                let how = "name yours with --docs, or as `docs` in docwright.toml";
                Err(format!("{}: {how}", unreadable(docs, &error)).into())
            }
            Err(error) => Err(unreadable(docs, &error).into()),
        }
    }
}

/// Why there are no pages at all.
fn unreadable(docs: &Path, error: &io::Error) -> String {
    let docs = docs.display();
    match error.kind() {
        ErrorKind::NotFound => format!("{docs}: there is no such folder of pages"),
        ErrorKind::NotADirectory => format!("{docs}: is no folder of pages"),
        _ => format!("{docs}: the folder of the pages cannot be read: {error}"),
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Clean => Self::SUCCESS,
            Outcome::Findings => Self::from(1),
        }
    }
}
