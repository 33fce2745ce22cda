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
//! areas = true                   # a Cargo feature for each first segment of paths: for large APIs
//!
//! [crate.package]                # what else its manifest says, as Cargo has it
//! license = "MIT"
//! repository = { workspace = true }
//!
//! [crate.runtime]                # the crate that generated code calls; by default from the registry
//! path = "runtime"
//!
//! [crate.mock]                   # its feature `mock` serves the pages, which are then part of it; by
//! path = "mock"                  # default it has none
//!
//! [openapi]                      # where callers get tokens, for the schemes of the OpenAPI document
//! authorization-url = "https://login.example.com/authorize"
//! token-url = "https://login.example.com/token"
//!
//! [severity]                     # allow, note, warning or error, by the code of the finding
//! name-collision = "error"
//!
//! [[allow]]                      # one kind of finding on one page, and why it stays
//! code = "content-length"
//! page = "docs-src/api/photo-get.md"
//! reason = "the example is kept as it was first published"
//! ```
//!
//! Every path is relative to the folder of the file, and every setting may be left out. The page
//! `docs/settings.md` of the repository tells each of them with what holds without it.

use std::fmt;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::diagnostic::Location;
use crate::source::SourceFile;

mod allowances;
mod metadata;
mod severities;

pub use allowances::Allowances;
pub use metadata::{Metadata, Publish, Said, Workspace};
pub use severities::{Severities, similar_code};

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
    /// The OpenAPI document.
    #[serde(deserialize_with = "with_both_addresses")]
    pub openapi: OpenApi,
    /// How much the findings of a code matter, where it is not as usual.
    pub severity: Severities,
    /// Findings that the project lives with.
    pub allow: Allowances,
}

/// What the manifest of the generated crate says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Package {
    /// The name of the crate.
    #[serde(deserialize_with = "crate_name")]
    pub name: Option<String>,
    /// Its version.
    #[serde(deserialize_with = "crate_version")]
    pub version: Option<String>,
    /// One sentence about it.
    pub description: Option<String>,
    /// Whether it has a feature for each area: each first segment of paths.
    pub areas: bool,
    /// What else is said of it, for those who publish it.
    #[serde(rename = "package")]
    pub metadata: Metadata,
    /// Where it finds the crate that it calls.
    pub runtime: CrateSource,
    /// Where it finds the crate that serves its pages, if it is to have them.
    pub mock: Option<CrateSource>,
}

/// What the OpenAPI document says beside what the pages say. Both addresses are needed for schemes of
/// OAuth 2.0, so that one alone is an error; without them the schemes only tell that there is a token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct OpenApi {
    /// Where a user grants access.
    pub authorization_url: Option<String>,
    /// Where a client gets its token.
    pub token_url: Option<String>,
}

/// Where the generated crate finds another one of docwright's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CrateSource {
    /// The folder of the crate, for a project that keeps it.
    pub path: Option<PathBuf>,
    /// The version to ask the registry for.
    pub version: Option<String>,
}

/// Why the settings could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// Where the fault is.
    pub location: Location,
    /// What is wrong.
    pub message: String,
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
        let file = SourceFile::new(label, text);
        let mut config: Self = toml::from_str(text).map_err(|error| ConfigError {
            location: place(&file, error.span().unwrap_or_default()),
            message: error.message().to_owned(),
        })?;
        config.allow.locate(|span| place(&file, span));
        Ok(config)
    }
}

/// The place of a range of bytes of the settings.
fn place(file: &SourceFile, span: Range<usize>) -> Location {
    let (line, column) = file.position(span.start as u32);
    let text = file.text.get(span).and_then(|text| text.lines().next());
    Location {
        path: file.path.clone(),
        line,
        column,
        length: text.unwrap_or("").chars().count().max(1) as u32,
    }
}

/// What paths in generated code begin with, so that no crate can be called so: keywords of which no escape
/// makes a name (The Rust Reference, "Identifiers"), crates that come with Rust, and those that generated
/// code calls.
const NO_CRATE_NAMES: &[&str] = &[
    "crate",
    "self",
    "super",
    "Self",
    "std",
    "test",
    "docwright_client",
    "docwright_mock",
];

/// Cargo's rule for the names of crates, of which a few are something else already.
pub(crate) fn is_crate_name(name: &str) -> bool {
    !NO_CRATE_NAMES.contains(&&*name.replace('-', "_"))
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

fn crate_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let name = String::deserialize(deserializer)?;
    if is_crate_name(&name) {
        return Ok(Some(name));
    }
    let rule = "a crate's name is a letter, then letters, digits, `-` and `_`, and nothing that paths in generated code begin with";
    Err(D::Error::custom(format!(
        "`{name}` cannot name a crate: {rule}"
    )))
}

fn crate_version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let version = String::deserialize(deserializer)?;
    match semver::Version::parse(&version) {
        Ok(_) => Ok(Some(version)),
        Err(error) => Err(D::Error::custom(format!(
            "`{version}` is no version: {error}"
        ))),
    }
}

fn with_both_addresses<'de, D: Deserializer<'de>>(deserializer: D) -> Result<OpenApi, D::Error> {
    let openapi = OpenApi::deserialize(deserializer)?;
    let missing = match (&openapi.authorization_url, &openapi.token_url) {
        (Some(_), None) => "token-url",
        (None, Some(_)) => "authorization-url",
        _ => return Ok(openapi),
    };
    Err(D::Error::custom(format!(
        "`{missing}` is missing: schemes of OAuth 2.0 need both addresses"
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
                "[crate]\nname = \"self\"\n",
                "docwright.toml:2:8",
                "cannot name a crate",
            ),
            (
                "[crate]\nname = \"crate\"\n",
                "docwright.toml:2:8",
                "cannot name a crate",
            ),
            (
                "[crate]\nname = \"std\"\n",
                "docwright.toml:2:8",
                "cannot name a crate",
            ),
            (
                "[crate]\nname = \"docwright-client\"\n",
                "docwright.toml:2:8",
                "cannot name a crate",
            ),
            (
                "[crate]\nversion = \"1.x\"\n",
                "docwright.toml:2:11",
                "`1.x` is no version",
            ),
            (
                "[crate.package]\nlicence = \"MIT\"\n",
                "docwright.toml:2:1",
                "unknown field `licence`",
            ),
            (
                "[crate.package]\nkeywords = \"photo\"\n",
                "docwright.toml:2:12",
                "as Cargo has it",
            ),
            (
                "[crate.package]\nreadme = { workspace = false }\n",
                "docwright.toml:2:10",
                "as Cargo has it",
            ),
            (
                "[openapi]\nauthorization-url = \"https://a\"\n",
                "docwright.toml:1:1",
                "`token-url` is missing",
            ),
            (
                "docs = \"a\"\n[openapi]\ntoken-url = \"https://t\"\n",
                "docwright.toml:2:1",
                "`authorization-url` is missing",
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

    /// `docs/settings.md`, which is written for those who have no code at hand.
    fn settings_page() -> String {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/settings.md");
        fs::read_to_string(page).unwrap()
    }

    #[test]
    fn the_page_of_settings_has_every_setting() {
        let page = settings_page();
        let tables = [
            ("", "## The project"),
            ("[crate]", "## `[crate]`"),
            ("[crate.package]", "## `[crate.package]`"),
            ("[crate.runtime]", "## `[crate.runtime]`"),
            ("[crate.mock]", "## `[crate.mock]`"),
            ("[openapi]", "## `[openapi]`"),
            ("[[allow]]", "## `[[allow]]`"),
        ];
        for (table, heading) in tables {
            let (_, rest) = page.split_once(&format!("{heading}\n")).expect(heading);
            let section = rest.split("\n## ").next().unwrap_or(rest);
            // The reader says which settings it knows where there is one that it does not know.
            let text = format!("{table}\nno-such-setting = 1\n");
            let message = Config::parse(&text, FILE_NAME).unwrap_err().message;
            let (_, known) = message.split_once("expected").expect(&message);
            let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
            assert!(known.len() > 1, "{message}");
            for setting in known {
                let is_row = section.contains(&format!("\n| `{setting}` |"));
                let is_table = page
                    .lines()
                    .any(|line| line.starts_with("## ") && line.contains(&format!("{setting}]")));
                assert!(is_row || is_table, "{heading} has no `{setting}`");
            }
        }
    }

    #[test]
    fn the_examples_on_the_page_of_settings_are_settings() {
        let page = settings_page();
        let blocks = page.split("```toml\n").skip(1);
        let blocks: Vec<&str> = blocks.filter_map(|rest| rest.split("```").next()).collect();
        assert!(blocks.len() > 4);
        for block in &blocks {
            let read = Config::parse(block, FILE_NAME);
            assert!(read.is_ok_and(|read| read != Config::default()), "{block}");
        }
        assert!(Config::parse(&blocks.concat(), FILE_NAME).is_ok());
    }
}
