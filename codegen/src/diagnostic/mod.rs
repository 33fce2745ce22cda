//! What is wrong or doubtful, where, and what to do about it.

mod code;
mod harmless;

use std::cmp::Ordering;
use std::fmt;

pub use code::Code;
pub use harmless::harmless;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code of its kind.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// Where it is.
    pub location: Location,
    /// One terse sentence without a full stop, which names no line: a finding is the same one after an edit above it.
    pub message: String,
    /// What could be done about it.
    pub help: Option<String>,
    /// The names of the types or properties that it is about, for findings that a page can suppress.
    pub(crate) about: Vec<String>,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; no fault of the page.
    Note,
    /// A fault that docwright sees through: the code comes out right all the same.
    Warning,
    /// Something is lost or contradictory: nothing is written until it is mended.
    Error,
}

/// The place of a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file: for a page, relative to the project and with `/`.
    pub path: String,
    /// The line, counted from one.
    pub line: u32,
    /// The column in characters, counted from one.
    pub column: u32,
    /// How many characters of the line the finding is about; at least one.
    pub length: u32,
}

impl Diagnostic {
    /// A finding with the severity that its code usually has.
    pub fn new(code: Code, location: Location, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            location,
            message: message.into(),
            help: None,
            about: Vec::new(),
        }
    }

    /// The same finding with a suggestion.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same finding with the names of what it is about.
    pub(crate) fn about<'n>(mut self, names: impl IntoIterator<Item = &'n str>) -> Self {
        self.about = names.into_iter().map(str::to_owned).collect();
        self
    }

    /// The order of reports: by place, then by code.
    pub(crate) fn by_place(&self, other: &Self) -> Ordering {
        (&self.location, self.code, &self.message).cmp(&(
            &other.location,
            other.code,
            &other.message,
        ))
    }
}

impl Location {
    /// The beginning of a file.
    pub fn start_of(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            line: 1,
            column: 1,
            length: 1,
        }
    }
}

impl Severity {
    /// The word for it in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.line, self.column)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            location,
            severity,
            code,
            message,
            help,
            about: _,
        } = self;
        write!(f, "{location}: {severity}[{code}]: {message}")?;
        match help {
            Some(help) => write!(f, " (help: {help})"),
            None => Ok(()),
        }
    }
}
