//! How much findings matter in a project.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::diagnostic::{Code, Diagnostic, Severity};

/// Severities by code; none for findings that are not reported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Severities(BTreeMap<CodeName, Level>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CodeName(pub(super) Code);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Allow,
    Note,
    Warning,
    Error,
}

impl Severities {
    /// Gives findings the severities of the settings, and drops those that are allowed.
    pub fn apply(&self, findings: &mut Vec<Diagnostic>) {
        findings.retain_mut(|finding| {
            finding.severity = match self.0.get(&CodeName(finding.code)) {
                None => finding.severity,
                Some(Level::Allow) => return false,
                Some(Level::Note) => Severity::Note,
                Some(Level::Warning) => Severity::Warning,
                Some(Level::Error) => Severity::Error,
            };
            true
        });
    }
}

impl<'de> Deserialize<'de> for CodeName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(|_| {
            let suggestion = similar_code(&text)
                .map(|code| format!("; did you mean `{code}`?"))
                .unwrap_or_default();
            D::Error::custom(format!("there is no code `{text}`{suggestion}"))
        })
    }
}

/// The code that is most like a mistyped one, unless all are quite different.
pub fn similar_code(text: &str) -> Option<Code> {
    let alike = |code: &Code| strsim::normalized_levenshtein(text, code.as_str());
    let best = Code::ALL
        .iter()
        .copied()
        .max_by(|a, b| alike(a).total_cmp(&alike(b)));
    best.filter(|code| alike(code) > 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, FILE_NAME};
    use crate::diagnostic::Location;

    #[test]
    fn severities_change_findings_and_drop_allowed_ones() {
        let text = "[severity]\ndocs-empty = \"note\"\noutput-not-ours = \"allow\"\n";
        let config = Config::parse(text, FILE_NAME).unwrap();
        let codes = [Code::DocsEmpty, Code::OutputNotOurs, Code::PageNotUtf8];
        let finding = |code| Diagnostic::new(code, Location::start_of("a.md"), "x");
        let mut findings = codes.map(finding).to_vec();
        config.severity.apply(&mut findings);
        let left: Vec<_> = findings
            .iter()
            .map(|found| (found.code, found.severity))
            .collect();
        assert_eq!(
            left,
            [
                (Code::DocsEmpty, Severity::Note),
                (Code::PageNotUtf8, Severity::Error)
            ]
        );
    }
}
