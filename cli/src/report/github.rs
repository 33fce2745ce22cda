//! Findings as workflow commands, which GitHub shows beside the lines of a change.
//!
//! The form and the escapes are those of "Workflow commands for GitHub Actions" and of the toolkit
//! that reads them: a message may not hold line ends, and a property neither `:` nor `,`.

use std::borrow::Cow;
use std::io::{self, Write};

use docwright::diagnostic::{Diagnostic, Severity, harmless};

/// Writes each finding as an annotation on a line of its own.
pub(crate) fn github(out: &mut impl Write, findings: &[Diagnostic]) -> io::Result<()> {
    for finding in findings {
        let place = &finding.location;
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        write!(
            out,
            "::{level} file={},line={},col={},title={}::{}",
            property(&place.path),
            place.line,
            place.column,
            property(finding.code.as_str()),
            message(&finding.message),
        )?;
        match &finding.help {
            Some(help) => writeln!(out, " (help: {})", message(help))?,
            None => writeln!(out)?,
        }
    }
    Ok(())
}

fn message(text: &str) -> Cow<'_, str> {
    escape(text, &['%', '\r', '\n'])
}

fn property(text: &str) -> Cow<'_, str> {
    escape(text, &['%', '\r', '\n', ':', ','])
}

/// Writes the given ASCII characters as `%` and their code, and others so that logs can be read in a
/// terminal.
fn escape<'t>(text: &'t str, characters: &[char]) -> Cow<'t, str> {
    if !text.contains(characters) {
        return harmless(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if characters.contains(&c) {
            escaped.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(harmless(&escaped).into_owned())
}

#[cfg(test)]
mod tests {
    use docwright::diagnostic::{Code, Location};

    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let mut location = Location::start_of("docs/a,b:c%.md");
        location.column = 7;
        let finding = Diagnostic::new(Code::TableRow, location, "100% of a: b,\r\nc\u{1b}[1m");
        let mut out = Vec::new();
        github(&mut out, &[finding.with_help("mend\nit")]).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "::warning file=docs/a%2Cb%3Ac%25.md,line=1,col=7,title=table-row::\
             100%25 of a: b,%0D%0Ac␛[1m (help: mend%0Ait)\n"
        );
    }
}
