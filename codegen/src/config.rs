//! The settings of a project: `docwright.toml`.
//!
//! ```toml
//! docs = "docs-src"              # the pages
//! out = "generated"              # the folder of the generated crate
//! command = "cargo xtask regen"  # what generated files name as the command that makes them
//!
//! [crate]
//! name = "profile-photo"
//! version = "0.1.0"
//! description = "A client of the profile photo API"
//!
//! [crate.runtime]                # the crate that generated code calls; by default from the registry
//! path = "runtime"
//!
//! [severity]                     # allow, note, warning or error, by the code of the finding
//! name-collision = "error"
//! ```
//!
//! Every path is relative to the folder of the file, and every setting may be left out.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::diagnostic::{Code, Diagnostic, Location, Severity};
use crate::source::SourceFile;

/// The name of the file that holds the settings.
pub const FILE_NAME: &str = "docwright.toml";

/// What `docwright.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The folder of the pages.
    pub docs: Option<PathBuf>,
    /// The folder of the generated crate.
    pub out: Option<PathBuf>,
    /// The command that generated files and reports name.
    pub command: Option<String>,
    /// The generated crate.
    #[serde(rename = "crate")]
    pub package: Package,
    /// How much the findings of a code matter, where it is not as usual.
    pub severity: Severities,
}

/// What the manifest of the generated crate says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Package {
    /// The name of the crate.
    #[serde(deserialize_with = "crate_name")]
    pub name: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// One sentence about it.
    pub description: Option<String>,
    /// Where it finds the crate that it calls.
    pub runtime: RuntimeSource,
}

/// Where the generated crate finds its runtime.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RuntimeSource {
    /// The folder of the runtime, for a project that keeps it.
    pub path: Option<PathBuf>,
    /// The version to ask the registry for.
    pub version: Option<String>,
}

/// Severities by code; none for findings that are not reported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Severities(BTreeMap<CodeName, Level>);

/// Why the settings could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// Where the fault is.
    pub location: Location,
    /// What is wrong.
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct CodeName(Code);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Allow,
    Note,
    Warning,
    Error,
}

impl Config {
    /// Reads the settings from a file; errors name it by its last component.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let label = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy();
        let text = fs::read_to_string(path).map_err(|error| ConfigError {
            location: Location::start_of(label.as_ref()),
            message: format!("cannot be read: {error}"),
        })?;
        Self::parse(&text, &label)
    }

    /// Reads the settings from the text of a file that errors call `label`.
    pub fn parse(text: &str, label: &str) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            let (line, column) = SourceFile::new(label, text).position(span.start as u32);
            let pointed_at = text
                .get(span)
                .and_then(|text| text.lines().next())
                .unwrap_or("");
            let location = Location {
                path: label.to_owned(),
                line,
                column,
                length: pointed_at.chars().count().max(1) as u32,
            };
            let message = error.message().to_owned();
            ConfigError { location, message }
        })
    }
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

/// Cargo's rule for the names of crates, which are also words of Rust.
pub(crate) fn is_crate_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

fn crate_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let name = String::deserialize(deserializer)?;
    if is_crate_name(&name) {
        return Ok(Some(name));
    }
    let rule = "a crate's name is a letter, then letters, digits, `-` and `_`";
    Err(D::Error::custom(format!(
        "`{name}` cannot name a crate: {rule}"
    )))
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.location, self.message)
    }
}

impl std::error::Error for ConfigError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_and_may_be_left_out() {
        assert_eq!(Config::parse("", FILE_NAME), Ok(Config::default()));
        let text = "docs = \"pages\"\n[crate]\nname = \"a-b\"\nruntime = { path = \"rt\" }\n";
        let config = Config::parse(text, FILE_NAME).unwrap();
        assert_eq!(config.docs.as_deref(), Some(Path::new("pages")));
        assert_eq!(config.package.name.as_deref(), Some("a-b"));
        assert_eq!(
            config.package.runtime.path.as_deref(),
            Some(Path::new("rt"))
        );
    }

    #[test]
    fn faults_are_named_with_their_place() {
        let cases = [
            (
                "docs = \"a\"\nouts = \"b\"\n",
                "docwright.toml:2:1",
                "unknown field `outs`",
            ),
            ("docs =\n", "docwright.toml:1:", ""),
            (
                "[crate]\nname = \"1\\\"\"\n",
                "docwright.toml:2:8",
                "cannot name a crate",
            ),
            (
                "[severity]\noutput-not-our = \"note\"\n",
                "docwright.toml:2:1",
                "did you mean `output-not-ours`?",
            ),
            (
                "[severity]\nzzz = \"note\"\n",
                "docwright.toml:2:1",
                "there is no code `zzz`",
            ),
            (
                "[severity]\ndocs-empty = \"loud\"\n",
                "docwright.toml:2:14",
                "`loud`",
            ),
        ];
        for (text, place, message) in cases {
            let error = Config::parse(text, FILE_NAME).unwrap_err().to_string();
            assert!(
                error.starts_with(place) && error.contains(message),
                "{error}"
            );
        }
    }

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
