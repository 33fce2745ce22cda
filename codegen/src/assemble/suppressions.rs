//! Findings of another checker that pages say they live with, where docwright finds the same.
//!
//! A page's annotation holds them as that checker words them. One of its kinds is one of
//! docwright's too: a type that no page defines. The others are about rules that docwright does
//! not have.

use crate::diagnostic::{Code, Diagnostic};
use crate::page::Page;

/// Takes out the findings that pages suppress.
pub(crate) fn apply(pages: &[Page<'_>], findings: &mut Vec<Diagnostic>) {
    for page in pages {
        let texts = page.annotation.suppressions.iter();
        let types: Vec<String> = texts.filter_map(|text| undefined_type(text)).collect();
        if !types.is_empty() {
            findings.retain(|found| {
                let is_meant = found.code == Code::TypeUnknown
                    && found.location.path == page.file.path
                    && types.iter().any(|name| names(&found.message, name));
                !is_meant
            });
        }
    }
}

/// The short name of the type that a suppressed finding says is not defined, in lower case.
fn undefined_type(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words
        .windows(4)
        .position(|words| words[1..] == ["is", "not", "defined"])?;
    let name = words[at].rsplit('.').next().unwrap_or(words[at]);
    Some(name.to_lowercase())
}

/// Whether a message names a type, in full or not.
fn names(message: &str, short: &str) -> bool {
    let quoted = message.split('`').skip(1).step_by(2);
    let mut quoted = quoted.map(|name| name.rsplit('.').next().unwrap_or(name));
    quoted.any(|name| name.to_lowercase() == short)
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
