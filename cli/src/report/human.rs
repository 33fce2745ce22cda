//! Findings for people: each with the line of the page that it is about.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use docwright::diagnostic::{Diagnostic, Severity, harmless};
use docwright::source::SourceFile;
use rayon::prelude::*;

/// Writes findings with the lines that they point at, as far as they are in `pages`.
pub(crate) fn human(
    out: &mut impl Write,
    findings: &[Diagnostic],
    pages: &[SourceFile],
    coloured: bool,
) -> io::Result<()> {
    let pages: BTreeMap<&str, &SourceFile> = pages
        .iter()
        .map(|page| (page.path.as_str(), page))
        .collect();
    let renderer = match coloured {
        true => Renderer::styled(),
        false => Renderer::plain(),
    };
    let render = |finding: &Diagnostic| {
        let page = pages.get(finding.location.path.as_str()).copied();
        renderer.render(&[group(finding, page)])
    };
    let rendered: Vec<String> = findings.par_iter().map(render).collect();
    rendered
        .iter()
        .try_for_each(|text| writeln!(out, "{text}\n"))
}

/// How many bytes a line may have that is shown with each finding in it. All of it is looked at, however little of
/// it fits a terminal, and a page may be one line with thousands of findings.
const LONGEST_LINE: usize = 8192;

fn group<'a>(
    finding: &'a Diagnostic,
    page: Option<&'a SourceFile>,
) -> annotate_snippets::Group<'a> {
    // Titles and lines are made harmless where they are drawn, and what else comes of pages here.
    let place = &finding.location;
    let path = harmless(&place.path);
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .primary_title(&finding.message)
        .id(finding.code.as_str());
    let line = page.map(|page| page.line(place.line));
    let group = match line.filter(|line| line.len() <= LONGEST_LINE) {
        Some(line) => {
            let range = character_range(line, place.column, place.length);
            let snippet = Snippet::source(line)
                .path(path)
                .line_start(place.line as usize);
            title.element(snippet.annotation(AnnotationKind::Primary.span(range)))
        }
        None => {
            let origin = Origin::path(path).line(place.line as usize);
            title.element(origin.char_column(place.column as usize))
        }
    };
    match &finding.help {
        Some(help) => group.element(Level::HELP.message(harmless(help))),
        None => group,
    }
}

/// The bytes of the characters from a column counted from one.
fn character_range(line: &str, column: u32, length: u32) -> Range<usize> {
    let offset = |characters: u32| {
        let found = line.char_indices().nth(characters as usize);
        found.map_or(line.len(), |(at, _)| at)
    };
    let first = column.saturating_sub(1);
    offset(first)..offset(first.saturating_add(length))
}

#[cfg(test)]
mod tests {
    use docwright::diagnostic::{Code, Location};

    use super::*;

    #[test]
    fn columns_count_characters() {
        assert_eq!(character_range("äb|c", 2, 2), 2..4);
        assert_eq!(character_range("äb", 3, 5), 3..3);
        assert_eq!(character_range("", 1, 1), 0..0);
    }

    #[test]
    fn a_finding_is_shown_with_its_line() {
        let page = SourceFile::new("docs/a.md", "# A\n\nGET /ü x\n");
        let location = Location {
            path: "docs/a.md".to_owned(),
            line: 3,
            column: 5,
            length: 2,
        };
        let finding = Diagnostic::new(Code::DocsEmpty, location, "odd path").with_help("mend it");
        let text = Renderer::plain().render(&[group(&finding, Some(&page))]);
        let expected = "\
error[docs-empty]: odd path
 --> docs/a.md:3:5
  |
3 | GET /ü x
  |     ^^
  |
  = help: mend it";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_terminal_obeys_no_part_of_a_finding() {
        let name = "docs/\u{1b}[2Ja.md";
        for text in [
            "GET /\u{1b}[2Jx\n".to_owned(),
            "\u{1b}[2J".repeat(LONGEST_LINE),
        ] {
            let page = SourceFile::new(name, text);
            let finding = Diagnostic::new(
                Code::DocsEmpty,
                Location::start_of(name),
                "odd \u{1b}[2J path",
            );
            let finding = finding.with_help("mend \u{1b}[2J it");
            let shown = Renderer::plain().render(&[group(&finding, Some(&page))]);
            assert!(!shown.contains('\u{1b}'), "{shown:?}");
            assert!(shown.contains("mend ␛[2J it"), "{shown:?}");
        }
    }

    #[test]
    fn a_finding_in_a_line_of_great_length_is_shown_by_its_place() {
        let shown = |length: usize| {
            let page = SourceFile::new("docs/a.md", "a".repeat(length));
            let location = Location {
                path: "docs/a.md".to_owned(),
                line: 1,
                column: 5,
                length: 2,
            };
            let finding = Diagnostic::new(Code::DocsEmpty, location, "odd path");
            Renderer::plain().render(&[group(&finding, Some(&page))])
        };
        assert!(shown(LONGEST_LINE).contains("aaaaaa"));
        let expected = "\
error[docs-empty]: odd path
--> docs/a.md:1:5";
        assert_eq!(shown(LONGEST_LINE + 1), expected);
    }
}
