//! What a file has and what it is to have, side by side.

use std::ops::Range;

use docwright::output::Difference;
use similar::{DiffOp, DiffTag, TextDiff};

/// Lines around a change that the diff shows.
const CONTEXT: usize = 3;

/// A unified diff from the file on disk to the one that is to be; reports call it `path`.
pub(crate) fn unified(difference: &Difference, path: &str) -> String {
    let header = |side: &str, text: &Option<String>| match text {
        Some(_) => format!("{side}/{path}"),
        None => "/dev/null".to_owned(),
    };
    let (before, after) = texts(difference);
    let diff = TextDiff::from_lines(before, after);
    let (old, new) = (
        header("a", &difference.before),
        header("b", &difference.after),
    );
    diff.unified_diff()
        .context_radius(CONTEXT)
        .header(&old, &new)
        .to_string()
}

/// The place in the pages that the first change comes from, as `docs-src/api/x.md:24`.
///
/// Generated code names the line of the page that it comes from. Of all such references the one
/// nearest to the change is meant: in the changed lines, else above them, where the doc comment of
/// an item is, else below.
pub(crate) fn documented_at<'a>(difference: &'a Difference, docs: &str) -> Option<&'a str> {
    let (before, after) = texts(difference);
    let diff = TextDiff::from_lines(before, after);
    let change = diff.ops().iter().find(|op| op.tag() != DiffTag::Equal)?;
    let new = || nearest(after, change.new_range(), docs);
    let old = || nearest(before, change.old_range(), docs);
    // What was only removed is described by the old text.
    if matches!(change, DiffOp::Delete { .. }) {
        old().or_else(new)
    } else {
        new().or_else(old)
    }
}

fn texts(difference: &Difference) -> (&str, &str) {
    let Difference { before, after, .. } = difference;
    (
        before.as_deref().unwrap_or_default(),
        after.as_deref().unwrap_or_default(),
    )
}

fn nearest<'a>(text: &'a str, changed: Range<usize>, docs: &str) -> Option<&'a str> {
    let lines: Vec<&str> = text.lines().collect();
    let end = changed.end.min(lines.len());
    let start = changed.start.min(end);
    let inside = lines[start..end].iter();
    let above = lines[..start].iter().rev();
    let below = lines[end..].iter();
    inside
        .chain(above)
        .chain(below)
        .find_map(|line| reference(line, docs))
}

/// The first `<docs>/….md:<line>` of a text, in backticks or quotation marks as generated code has it.
/// Pages of the project's own folder have nothing before their path.
fn reference<'a>(text: &'a str, docs: &str) -> Option<&'a str> {
    text.match_indices(".md:").find_map(|(end, mark)| {
        let start = text[..end].rfind(['`', '"'])? + 1;
        let below = text[start..].strip_prefix(docs)?;
        let number = end + mark.len();
        let digits = text[number..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        let is_below = docs.is_empty() || below.starts_with('/');
        (is_below && digits > 0).then(|| &text[start..number + digits])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(before: &str, after: &str) -> Difference {
        Difference {
            path: "src/a.rs".to_owned(),
            before: (!before.is_empty()).then(|| before.to_owned()),
            after: (!after.is_empty()).then(|| after.to_owned()),
        }
    }

    #[test]
    fn a_change_is_traced_to_the_nearest_reference() {
        let item = |line: u32, code: &str| format!("/// `docs/api/x y.md:{line}`.\n{code}\n");
        let before = item(1, "one") + &item(2, "two") + &item(3, "three");
        let after = item(1, "one") + &item(2, "changed") + &item(3, "three");
        let removed = item(1, "one") + &item(3, "three");
        let cases = [
            (before.as_str(), after.as_str(), Some("docs/api/x y.md:2")),
            (&before, &removed, Some("docs/api/x y.md:2")),
            ("", &after, Some("docs/api/x y.md:1")),
            (&after, "", Some("docs/api/x y.md:1")),
            ("a\n", "docs/b.md and docs:1\n", None),
        ];
        for (before, after, place) in cases {
            assert_eq!(documented_at(&difference(before, after), "docs"), place);
        }
        let change = difference("", "at \"b.md\"\nat \"a/x y.md:7\"\n");
        assert_eq!(documented_at(&change, ""), Some("a/x y.md:7"));
        assert_eq!(documented_at(&change, "docs"), None);
    }

    #[test]
    fn a_new_file_is_compared_with_nothing() {
        let text = unified(&difference("", "one\n"), "generated/src/a.rs");
        assert_eq!(
            text,
            "--- /dev/null\n+++ b/generated/src/a.rs\n@@ -0,0 +1 @@\n+one\n"
        );
    }
}
