//! Findings that a project lives with: one kind on one page, for a reason.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::severities::CodeName;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::nearness::nearest;
use crate::source::SourceFile;

/// The findings that a project lives with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Allowances(Vec<Entry>);

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Spanned<Allowance>")]
struct Entry {
    allowance: Allowance,
    span: Range<usize>,
    location: Location,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Allowance {
    code: CodeName,
    page: String,
    /// Why the finding stays: for those who read the file.
    reason: String,
}

impl From<Spanned<Allowance>> for Entry {
    fn from(spanned: Spanned<Allowance>) -> Self {
        Self {
            span: spanned.span(),
            allowance: spanned.into_inner(),
            location: Location::start_of(super::FILE_NAME),
        }
    }
}

impl Allowances {
    /// Notes where in the file each entry stands.
    pub(super) fn locate(&mut self, place: impl Fn(Range<usize>) -> Location) {
        for entry in &mut self.0 {
            entry.location = place(entry.span.clone());
        }
    }

    /// Takes the findings allowed on the pages out, and reports the entries that allow nothing: any more, or
    /// since there is no such page. Whether the entries about a service do is not known to who reads pages.
    pub fn apply(&self, findings: &mut Vec<Diagnostic>, pages: &[SourceFile]) {
        let used = self.remove_allowed(findings);
        let unused = self.0.iter().zip(used).filter(|(entry, used)| {
            let is_looked_for = !entry.allowance.code.0.is_about_service();
            is_looked_for && !used
        });
        findings.extend(unused.map(|(entry, _)| {
            let Allowance { code, page, .. } = &entry.allowance;
            let paths = || pages.iter().map(|known| &*known.path);
            let is_known = paths().any(|path| path == page);
            let near = nearest(page, paths()).filter(|_| !is_known);
            let message = match is_known {
                true => format!("there is no finding `{}` on {page} any more", code.0),
                false => format!("there is no page {page}"),
            };
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None if is_known => "remove the entry".to_owned(),
                None => "call the page as its findings do, or remove the entry".to_owned(),
            };
            Diagnostic::new(Code::AllowanceUnused, entry.location.clone(), message).with_help(help)
        }));
    }

    /// Takes the allowed findings out, and tells which entries allowed any.
    pub(crate) fn remove_allowed(&self, findings: &mut Vec<Diagnostic>) -> Vec<bool> {
        let mut used = vec![false; self.0.len()];
        findings.retain(|finding| {
            let allows = |entry: &Entry| {
                let Allowance { code, page, .. } = &entry.allowance;
                code.0 == finding.code && *page == finding.location.path
            };
            let found = self.0.iter().position(allows);
            if let Some(index) = found {
                used[index] = true;
            }
            found.is_none()
        });
        used
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Config, FILE_NAME};
    use crate::diagnostic::{Code, Diagnostic, Location};
    use crate::source::SourceFile;

    #[test]
    fn an_allowance_takes_its_findings_and_one_without_any_is_a_finding() {
        let entry = |code, page| {
            format!("[[allow]]\ncode = \"{code}\"\npage = \"{page}\"\nreason = \"so\"\n")
        };
        let text = entry("table-row", "a.md")
            + &entry("docs-empty", "a.md")
            + &entry("service-status", "a.md")
            + &entry("table-row", "boat-lsit.md");
        let config = Config::parse(&text, FILE_NAME).unwrap();
        let finding = |page| Diagnostic::new(Code::TableRow, Location::start_of(page), "x");
        let mut findings = vec![finding("a.md"), finding("boat-list.md"), finding("a.md")];
        let pages = ["a.md", "boat-list.md"].map(|path| SourceFile::new(path, String::new()));
        config.allow.apply(&mut findings, &pages);
        let [left, unused, elsewhere] = findings.as_slice() else {
            panic!("{findings:?}")
        };
        assert_eq!(left.location.path, "boat-list.md");
        assert_eq!(unused.code, Code::AllowanceUnused);
        assert_eq!((unused.location.line, unused.location.column), (5, 1));
        assert_eq!(
            unused.message,
            "there is no finding `docs-empty` on a.md any more"
        );
        assert_eq!(elsewhere.message, "there is no page boat-lsit.md");
        assert_eq!(
            elsewhere.help.as_deref(),
            Some("did you mean `boat-list.md`?")
        );
    }

    #[test]
    fn an_allowance_needs_a_reason() {
        let text = "[[allow]]\ncode = \"table-row\"\npage = \"a.md\"\n";
        let error = Config::parse(text, FILE_NAME).unwrap_err();
        assert!(error.message.contains("reason"), "{error}");
    }
}
