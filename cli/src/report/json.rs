//! Findings for programs: one JSON object a line.

use std::io::{self, Write};

use docwright::diagnostic::Diagnostic;
use serde::Serialize;

/// The fields are documented to users: they are added to, and never renamed.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    help: Option<&'a str>,
}

/// Writes each finding as an object on a line of its own.
pub(crate) fn json(out: &mut impl Write, findings: &[Diagnostic]) -> io::Result<()> {
    findings.iter().try_for_each(|finding| {
        let line = Line {
            file: &finding.location.path,
            line: finding.location.line,
            column: finding.location.column,
            code: finding.code.as_str(),
            severity: finding.severity.as_str(),
            message: &finding.message,
            help: finding.help.as_deref(),
        };
        json_line(out, &line)
    })
}

/// Writes a value as JSON on one line.
pub(crate) fn json_line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
