//! Findings that the authors of pages live with.

use foldhash::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::split_name;
use crate::page::Page;
use crate::page::annotation::suppression::Suppression;

/// Takes out the findings that pages suppress: those of which everything that they are about is.
pub(crate) fn apply(pages: &[Page<'_>], findings: &mut Vec<Diagnostic>) {
    let suppressed: HashMap<&str, &[Suppression]> = pages
        .iter()
        .map(|page| (&*page.file.path, &*page.annotation.suppressions))
        .filter(|(_, suppressions)| !suppressions.is_empty())
        .collect();
    findings.retain(|found| {
        let mut names = found.about.iter();
        let is_meant = |suppressions: &&[Suppression]| {
            names.all(|name| suppressions.iter().any(|it| means(it, found.code, name)))
        };
        found.about.is_empty() || !suppressed.get(&*found.location.path).is_some_and(is_meant)
    });
}

/// Whether a finding with this code, about what has this name, is suppressed.
fn means(suppression: &Suppression, code: Code, name: &str) -> bool {
    // Types are written with their namespace or without.
    let short = |name| match code {
        Code::TypeUnknown => split_name(name).1,
        _ => name,
    };
    suppression.code == code && short(&suppression.name).eq_ignore_ascii_case(short(name))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Code;
    use crate::source::SourceFile;

    #[test]
    fn a_page_lives_with_a_type_that_nobody_defines() {
        let page = |suppression: &str| {
            let text = format!(
                "# item resource type\n\n## Properties\n|Property|Type|Description|\n|:-|:-|:-|\n\
                 |a|[thing](thing.md)|A.|\n|b|[other](other.md)|B.|\n\n\
                 <!-- {{ \"type\": \"#page.annotation\", \"suppressions\": [ \"{suppression}\" ] }} -->\n"
            );
            let files = vec![SourceFile::new("docs/item.md", text)];
            let found = crate::read_files(files, Vec::new()).diagnostics.into_iter();
            let unknown = found.filter(|found| found.code == Code::TypeUnknown);
            unknown.map(|found| found.message).collect::<Vec<_>>()
        };
        let [thing, other] =
            ["thing", "other"].map(|name| format!("no page defines the type `{name}`"));
        assert_eq!(page("Warning: something else"), [thing, other.clone()]);
        let undefined = "Error: /docs/item.md/a: Referenced type sample.Thing is not defined in \
                         the doc set! Potential suggestion: item";
        assert_eq!(page(undefined), [other]);
    }
}
