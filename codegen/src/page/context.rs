//! What every part of the page reader needs: the page, and where to report.

use foldhash::HashSet;

use super::Page;
use super::table::known_rows::KnownRows;
use crate::accounting::Accounting;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::source::{PageId, SourceFile, Span};

/// The page that is being read, and what has been found so far.
#[derive(Debug)]
pub struct Context<'a> {
    /// The page.
    pub file: &'a SourceFile,
    /// Its index.
    pub id: PageId,
    /// The findings so far.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of the lines, annotations, rows and examples so far.
    pub accounting: Accounting,
    /// What the tables of the page name as types, in lower case, once that was asked for.
    pub(super) types_of_rows: Option<HashSet<String>>,
    /// What the rows of the page, or of the part of it that is being read, name so far, once that was asked for.
    pub(super) known_rows: Option<KnownRows>,
}

impl<'a> Context<'a> {
    /// A context without findings.
    pub fn new(file: &'a SourceFile, id: PageId) -> Self {
        Self {
            file,
            id,
            diagnostics: Vec::new(),
            accounting: Accounting::default(),
            types_of_rows: None,
            known_rows: None,
        }
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &'a str {
        &self.file.text[span.range()]
    }

    /// Reports a finding about a span.
    pub fn report(&mut self, code: Code, span: Span, message: impl Into<String>) {
        let location = locate(self.file, span);
        self.diagnostics
            .push(Diagnostic::new(code, location, message));
    }

    /// Reports a finding with a suggestion.
    pub fn report_with_help(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let location = locate(self.file, span);
        let diagnostic = Diagnostic::new(code, location, message).with_help(help);
        self.diagnostics.push(diagnostic);
    }
}

/// A finding about a span of a page that has been read.
pub fn finding(code: Code, page: &Page<'_>, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, locate(page.file, span), message)
}

/// The location of a span, as far as its first line goes.
pub fn locate(file: &SourceFile, span: Span) -> Location {
    let place = file.place(span.start);
    let start = file.text.floor_char_boundary(span.start as usize);
    let end = file.text.ceil_char_boundary(span.end as usize);
    let first_line = file.text[start..end.max(start)]
        .lines()
        .next()
        .unwrap_or("");
    let length = first_line.trim_end().chars().count().max(1);
    Location {
        path: place.path.to_owned(),
        line: place.line,
        column: place.column,
        length: length as u32,
    }
}
