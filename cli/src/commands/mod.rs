//! The commands, one file each.

mod check;
mod mock;
mod openapi;
mod regen;
mod routes;
mod verify;

use std::env;
use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use docwright::diagnostic::{Diagnostic, Severity};
use docwright::project::{Overrides, Project};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
fn outcome_of(mut findings: Vec<Diagnostic>) -> Result {
    findings.retain(|found| found.severity == Severity::Error);
    if findings.is_empty() {
        return Ok(Outcome::Clean);
    }
    let counts = report::Counts::of(&findings);
    writeln!(terminal::stderr(), "{counts}: see `check`")?;
    Ok(Outcome::Findings)
}

/// What a command came to that reports findings: notes are none.
fn outcome_of_findings(findings: &[Diagnostic]) -> Outcome {
    let mut findings = findings.iter();
    match findings.any(|found| found.severity >= Severity::Warning) {
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
        let overrides = Overrides {
            config,
            docs,
            out,
            target: env::var_os("CARGO_TARGET_DIR").map(PathBuf::from),
        };
        Ok(Project::load(&env::current_dir()?, &overrides)?)
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
