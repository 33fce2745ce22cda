//! Findings as text: for people, and for programs.

mod baseline;
mod github;
mod human;
mod json;
mod sarif;

use std::fmt;
use std::io::{self, Write};

use clap::ValueEnum;
use docwright::diagnostic::{Diagnostic, Severity};
use docwright::source::SourceFile;

use crate::terminal;
use github::github;
use json::json;
use sarif::sarif;

pub(crate) use baseline::Baseline;
pub(crate) use human::human;
pub(crate) use json::json_line;

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Human,
    Json,
    Sarif,
    Github,
}

impl Format {
    /// Writes findings to the standard output, which `out` is.
    pub(crate) fn write(
        self,
        out: &mut impl Write,
        findings: &[Diagnostic],
        files: &[SourceFile],
    ) -> io::Result<()> {
        match self {
            Self::Json => json(out, findings),
            Self::Sarif => sarif(out, findings),
            Self::Github => github(out, findings),
            Self::Human => {
                let coloured = terminal::shows_colours(&io::stdout());
                human(out, findings, files, coloured)
            }
        }
    }
}

/// A text of several lines, such as an explanation, as one paragraph.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number of things, as `1 page` and `2 pages`.
pub(crate) fn number_of(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}

/// How many findings there are of each severity, as `1 error, 12 warnings`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Counts {
    pub(crate) fn of(findings: &[Diagnostic]) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }

    /// The errors alone.
    pub(crate) fn errors_of(findings: &[Diagnostic]) -> Self {
        let Self { errors, .. } = Self::of(findings);
        Self {
            errors,
            ..Self::default()
        }
    }

    /// Findings of which none is an error.
    pub(crate) fn harmless(warnings: usize, notes: usize) -> Self {
        Self {
            errors: 0,
            warnings,
            notes,
        }
    }

    pub(crate) fn is_none(self) -> bool {
        self.errors + self.warnings + self.notes == 0
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.errors, "error"),
            (self.warnings, "warning"),
            (self.notes, "note"),
        ];
        let mut separator = "";
        for (count, word) in counts.into_iter().filter(|&(count, _)| count > 0) {
            write!(f, "{separator}{}", number_of(count, word))?;
            separator = ", ";
        }
        if separator.is_empty() {
            f.write_str("no findings")
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_name_what_there_is() {
        let counts = |errors, warnings, notes| {
            Counts {
                errors,
                warnings,
                notes,
            }
            .to_string()
        };
        assert_eq!(counts(0, 0, 0), "no findings");
        assert_eq!(counts(1, 12, 0), "1 error, 12 warnings");
        assert_eq!(counts(0, 0, 1), "1 note");
    }
}
