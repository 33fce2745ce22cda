//! `docwright check`: what is wrong or doubtful in the pages.

use std::io::Write;

use clap::{Args, ValueEnum};
use docwright::config::similar_code;
use docwright::diagnostic::{Code, Severity};

use super::{Outcome, ProjectArguments, Result};
use crate::{report, terminal};

/// Reports what is wrong or doubtful in the pages
///
/// Errors and warnings are findings; notes are not, and leave the exit status 0.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: ProjectArguments,
    /// How findings are written: `json` is one object a line
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Explains a code instead
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Json,
}

pub(super) fn run(arguments: Arguments) -> Result {
    if let Some(code) = arguments.explain {
        return explain(&code);
    }
    let (reading, _) = arguments.project.load(None)?.generate();
    let findings = &reading.diagnostics;
    let mut out = terminal::stdout();
    match arguments.format {
        Format::Json => report::json(&mut out, findings)?,
        Format::Human => {
            report::human(&mut out, findings, &reading.files)?;
            writeln!(
                out,
                "{}\n\n{}",
                report::Counts::of(findings),
                reading.accounting
            )?;
        }
    }
    out.flush()?;
    let faulty = findings
        .iter()
        .any(|found| found.severity >= Severity::Warning);
    Ok(if faulty {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

fn explain(text: &str) -> Result {
    let code: Code = text.parse().map_err(|_| match similar_code(text) {
        Some(code) => format!("there is no code `{text}`; did you mean `{code}`?"),
        None => format!("there is no code `{text}`"),
    })?;
    let mut out = terminal::stdout();
    writeln!(out, "{code} ({})\n", code.severity())?;
    for line in code.explanation().lines() {
        writeln!(out, "{}", line.trim())?;
    }
    out.flush()?;
    Ok(Outcome::Clean)
}
