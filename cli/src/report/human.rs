//! Findings for people: each with the line of the page that it is about.

use std::collections::BTreeMap;
use std::io::{self, Write};

use docwright::diagnostic::Diagnostic;
use docwright::source::SourceFile;
use rayon::prelude::*;

use super::snippet::{Snippet, Styles};

/// Writes findings with the lines that they point at, as far as they are in `pages`.
pub(crate) fn human(
    out: &mut impl Write,
    findings: &[Diagnostic],
    pages: &[SourceFile],
    coloured: bool,
) -> io::Result<()> {
    let pages = pages.iter().map(|page| (page.path.as_str(), page));
    let pages: BTreeMap<&str, &SourceFile> = pages.collect();
    let styles = match coloured {
        true => Styles::coloured(),
        false => Styles::default(),
    };
    let snippet = |finding: &Diagnostic| {
        let snippet = Snippet {
            finding,
            page: pages.get(finding.location.path.as_str()).copied(),
            styles: &styles,
        };
        snippet.to_string()
    };
    let texts: Vec<String> = findings.par_iter().map(snippet).collect();
    texts.iter().try_for_each(|text| writeln!(out, "{text}\n"))
}
