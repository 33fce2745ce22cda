//! `docwright check`: what is wrong or doubtful in the pages.

use std::io::Write;
use std::mem;
use std::path::PathBuf;

use clap::Args;
use docwright::config::similar_code;
use docwright::diagnostic::Code;
use docwright::model::Api;

use super::{Outcome, ProjectArguments, Result, outcome_of_findings};
use crate::report::{self, Baseline, Format, number_of};
use crate::{progress, terminal};

/// Reports what is wrong or doubtful in the pages
///
/// Errors and warnings are findings; notes are not, and leave the exit status 0.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: ProjectArguments,
    /// How findings are written: `json` is one object a line, `sarif` is SARIF 2.1.0, and `github`
    /// makes annotations of them in a workflow
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Leaves out what an earlier run found, which wrote it to this file with `--format json`
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Explains a code instead, or `all` of them
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
}

pub(super) fn run(arguments: Arguments) -> Result {
    if let Some(code) = arguments.explain {
        return explain(&code);
    }
    let project = arguments.project.load(None)?;
    let baseline = arguments.baseline.as_deref().map(Baseline::read);
    let baseline = baseline.transpose()?;
    let mut reading = progress::shown(&project.progress, || project.read_leaking());
    let compared = baseline.map(|it| it.leave_out(&mut reading.diagnostics));
    let findings = &reading.diagnostics;
    let mut out = terminal::stdout();
    arguments.format.write(&mut out, findings, &reading.files)?;
    if arguments.format == Format::Human {
        let counts = report::Counts::of(findings);
        writeln!(out, "{counts}")?;
        if let Some(compared) = compared {
            writeln!(out, "{compared}")?;
        }
        let documented = documented(&reading.api);
        writeln!(out, "\n{documented}\n\n{}", reading.accounting)?;
    }
    out.flush()?;
    let outcome = outcome_of_findings(findings);
    // The process ends here, and frees at once what to free bit by bit takes long.
    mem::forget(reading);
    Ok(outcome)
}

/// What the pages document, in numbers: pages that are read as something else than they are meant to be
/// have no findings, and show here.
fn documented(api: &Api) -> String {
    let examples = api.operations.iter().map(|it| it.examples.len());
    let [pages, operations, types, examples] = [
        (api.page_count(), "page"),
        (api.operations.len(), "operation"),
        (api.resources.len() + api.enums.len(), "type"),
        (examples.sum(), "example"),
    ]
    .map(|(count, word)| number_of(count, word));
    format!("{pages}: {operations}, {types}, {examples}")
}

fn explain(text: &str) -> Result {
    let codes = match text {
        "all" => Code::ALL,
        text => &[text.parse().map_err(|_| match similar_code(text) {
            Some(code) => format!("there is no code `{text}`; did you mean `{code}`?"),
            None => format!("there is no code `{text}`"),
        })?],
    };
    let mut out = terminal::stdout();
    let mut separator = "";
    for code in codes {
        writeln!(out, "{separator}{code} ({})\n", code.severity())?;
        for line in code.explanation().lines() {
            writeln!(out, "{}", line.trim())?;
        }
        separator = "\n";
    }
    out.flush()?;
    Ok(Outcome::Clean)
}
