//! Findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), which code
//! hosts and editors read.

use std::collections::BTreeMap;
use std::io::{self, Write};

use docwright::diagnostic::{Code, Diagnostic, Severity};
use serde::Serialize;

/// A log file (section 3.13).
#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

/// One run of the tool (section 3.14).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'a str,
    results: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    rules: Vec<Rule<'a>>,
}

/// A code (section 3.49, "reportingDescriptor").
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Message,
    full_description: Message,
    default_configuration: Configuration<'a>,
}

#[derive(Serialize)]
struct Configuration<'a> {
    level: &'a str,
}

/// A finding (section 3.27, "result").
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'a str,
    message: Message,
    locations: [Location; 1],
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

/// Characters of one line: the end column is the one behind the last (section 3.30.8).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_column: u32,
}

/// Writes all findings as one log with one run.
pub(crate) fn sarif(out: &mut impl Write, findings: &[Diagnostic]) -> io::Result<()> {
    let indices = Code::ALL.iter().enumerate();
    let indices: BTreeMap<Code, usize> = indices.map(|(index, &code)| (code, index)).collect();
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "docwright",
                    version: env!("CARGO_PKG_VERSION"),
                    rules: Code::ALL.iter().map(|&code| rule(code)).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: findings
                .iter()
                .map(|finding| result(finding, indices[&finding.code]))
                .collect(),
        }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

fn rule(code: Code) -> Rule<'static> {
    let text = super::one_line(code.explanation());
    // The short description is one sentence (section 3.49.9).
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    Rule {
        id: code.as_str(),
        short_description: Message {
            text: text[..end].to_owned(),
        },
        full_description: Message { text },
        default_configuration: Configuration {
            level: level(code.severity()),
        },
    }
}

fn result(finding: &Diagnostic, rule_index: usize) -> Finding<'_> {
    let place = &finding.location;
    let text = match &finding.help {
        Some(help) => format!("{} (help: {help})", finding.message),
        None => finding.message.clone(),
    };
    Finding {
        rule_id: finding.code.as_str(),
        rule_index,
        level: level(finding.severity),
        message: Message { text },
        locations: [Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation {
                    uri: uri(&place.path),
                },
                region: Region {
                    start_line: place.line,
                    start_column: place.column,
                    end_column: place.column + place.length,
                },
            },
        }],
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A path as a relative URI: everything is escaped but what RFC 3986, section 2.3, leaves alone,
/// and the slashes.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for &byte in path.as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_uris() {
        assert_eq!(uri("docs-src/api/a_b~1.md"), "docs-src/api/a_b~1.md");
        assert_eq!(uri("docs/ü x:#?%.md"), "docs/%C3%BC%20x%3A%23%3F%25.md");
    }

    #[test]
    fn the_short_description_is_the_first_sentence() {
        let rule = rule(Code::TemplateLeftover);
        let (short, full) = (&rule.short_description.text, &rule.full_description.text);
        assert_eq!(
            short,
            "A row was left in from the template that the page was begun with."
        );
        assert_eq!(*full, format!("{short} It is not part of the API."));
    }
}
