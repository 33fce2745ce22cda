//! A baseline: findings that the pages had before, so that only new ones are reported.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::Path;

use docwright::diagnostic::Diagnostic;
use serde::Deserialize;

use super::number_of;

/// What an earlier run wrote as JSON. Lines move with every edit above them, so a finding is known by its file, its code
/// and what it says, as often as it was there.
#[derive(Debug, Default)]
pub(crate) struct Baseline(HashMap<Known, usize>);

/// What a finding is known by: fields of its object, of which there are others.
#[derive(Debug, PartialEq, Eq, Hash, Deserialize)]
struct Known {
    file: String,
    code: String,
    message: String,
}

/// What became of a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Compared {
    /// How many findings it has.
    known: usize,
    /// How many of its findings are no longer there.
    gone: usize,
}

impl Baseline {
    /// Reads what `check --format json` wrote.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read, or has a line that is no finding.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let shown = path.display();
        let text = fs::read_to_string(path)
            .map_err(|error| format!("{shown}: the baseline cannot be read: {error}"))?;
        Self::parse(&text).map_err(|(line, error)| {
            format!("{shown}:{line}: no finding as `check --format json` writes them: {error}")
        })
    }

    fn parse(text: &str) -> Result<Self, (usize, serde_json::Error)> {
        let mut baseline = Self::default();
        for (index, line) in text.lines().enumerate() {
            let known = serde_json::from_str(line).map_err(|error| (index + 1, error))?;
            *baseline.0.entry(known).or_default() += 1;
        }
        Ok(baseline)
    }

    /// Takes the findings out that it has.
    pub(crate) fn leave_out(mut self, findings: &mut Vec<Diagnostic>) -> Compared {
        let all = findings.len();
        findings.retain(|finding| {
            let known = Known {
                file: finding.location.path.clone(),
                code: finding.code.to_string(),
                message: finding.message.clone(),
            };
            match self.0.get_mut(&known) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            }
        });
        Compared {
            known: all - findings.len(),
            gone: self.0.values().sum(),
        }
    }
}

impl fmt::Display for Compared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { known, gone } = *self;
        write!(
            f,
            "{} left out that the baseline has",
            number_of(known, "finding")
        )?;
        if gone > 0 {
            write!(f, "; {gone} of it no longer there: write it anew")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use docwright::diagnostic::{Code, Location};

    use super::*;

    fn finding(line: u32, message: &str) -> Diagnostic {
        let location = Location {
            line,
            ..Location::start_of("a.md")
        };
        Diagnostic::new(Code::LinkMissing, location, message)
    }

    #[test]
    fn a_finding_is_known_wherever_it_stands_and_as_often_as_it_was_there() {
        let text = "{\"file\":\"a.md\",\"line\":1,\"code\":\"link-missing\",\"message\":\"x\"}\n\
                    {\"file\":\"a.md\",\"line\":2,\"code\":\"link-missing\",\"message\":\"gone\"}\n";
        let mut findings = vec![finding(7, "x"), finding(8, "x"), finding(9, "y")];
        let compared = Baseline::parse(text).unwrap().leave_out(&mut findings);
        assert_eq!(findings, [finding(8, "x"), finding(9, "y")]);
        assert_eq!(compared, Compared { known: 1, gone: 1 });
    }

    #[test]
    fn a_line_that_is_no_finding_is_named() {
        let text = "{\"file\":\"a\",\"code\":\"b\",\"message\":\"c\"}\n{\"file\":\"a\"}\n";
        assert_eq!(Baseline::parse(text).unwrap_err().0, 2);
    }
}
