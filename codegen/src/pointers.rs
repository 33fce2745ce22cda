//! Sentences that only say where on its page something stands: *See below.* Behind a declaration in another file there
//! is nothing below.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::text::is_blank;

/// A text without the sentences that point at another place of its page and say nothing else. A list or a
/// paragraph that was announced by one stays.
pub(crate) fn without_pointers(markdown: &str) -> Cow<'_, str> {
    // Most descriptions point nowhere.
    static WORDS: LazyLock<[Finder<'static>; 4]> =
        LazyLock::new(|| ["below", "following table", "this table", "his topic"].map(Finder::new));
    let may_point = || {
        let mut words = WORDS.iter();
        words.any(|words| words.find(markdown.as_bytes()).is_some())
    };
    if !may_point() {
        return Cow::Borrowed(markdown);
    }
    let paragraphs = markdown.split("\n\n").map(|paragraph| {
        let kept = sentences(paragraph).map(|sentence| match points(sentence) {
            // Behind it, an item of a list may begin, or of one within that.
            true => sentence.rfind('\n').map_or("", |at| {
                let behind = &sentence[at..];
                if is_blank(behind) { behind } else { "" }
            }),
            false => sentence,
        });
        kept.collect::<String>().trim_end().to_owned()
    });
    let paragraphs = paragraphs.filter(|paragraph| !paragraph.is_empty());
    Cow::Owned(paragraphs.collect::<Vec<_>>().join("\n\n"))
}

/// The sentences of a paragraph, each with the space behind it.
fn sentences(paragraph: &str) -> impl Iterator<Item = &str> {
    let mut rest = paragraph;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut ends = rest.match_indices(['.', '!', '?']).map(|(at, _)| at + 1);
        let end = ends.find_map(|end| {
            let behind = rest[end..].trim_start();
            let begins = behind.chars().next().is_none_or(|c| !c.is_lowercase());
            let end = rest.len() - behind.len();
            (begins && rest[..end].ends_with(char::is_whitespace)).then_some(end)
        });
        let (sentence, behind) = rest.split_at(end.unwrap_or(rest.len()));
        rest = behind;
        Some(sentence)
    })
}

/// Whether a sentence says where on the page something is, and nothing else.
fn points(sentence: &str) -> bool {
    let sentence = sentence.trim().to_lowercase();
    let Some(sentence) = sentence.strip_suffix('.') else {
        return false;
    };
    let begins = |starts: &[&str]| starts.iter().any(|start| sentence.starts_with(start));
    let ends = |ends: &[&str]| ends.iter().any(|end| sentence.ends_with(end));
    let is_list = || {
        ends(&[
            " in the following table",
            " in the table below",
            " listed below",
            " described below",
        ])
    };
    // Behind such a sign, something may be said of the thing itself, and in code are values.
    let says_more = || sentence.contains([',', ':', ';', '(', '`']);
    begins(&[
        "see below",
        "see the table below",
        "see the following table",
    ]) && !says_more()
        || begins(&["see more "]) && ends(&[" in the table below", " in this table"])
        || begins(&[
            "allowed values are ",
            "possible values are ",
            "supported values are ",
            "valid values are ",
        ]) && is_list()
            && !says_more()
        || begins(&["this topic ", "the following table ", "the table below "])
            && verb(sentence).is_some_and(|verb| {
                matches!(
                    verb,
                    "contains" | "describes" | "lists" | "provides" | "shows"
                )
            })
}

/// The word behind the noun that such a sentence begins with.
fn verb(sentence: &str) -> Option<&str> {
    let mut words = sentence.split_whitespace();
    words.find(|word| matches!(*word, "topic" | "table"))?;
    words.find(|word| *word != "below")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_points_is_left_out() {
        for (text, left) in [
            (
                "The hull. See below for its kinds. Read-only.",
                "The hull. Read-only.",
            ),
            (
                "The rig. Valid values are described in the following table.",
                "The rig.",
            ),
            ("See more in the table below. Required.", "Required."),
            (
                "A sloop.\n\nThis topic provides the methods of the sloop.\n\nIt floats.",
                "A sloop.\n\nIt floats.",
            ),
            ("The table below lists all sails, e.g. the jib.", ""),
            (
                "- A jib. See below.\n- A spinnaker.",
                "- A jib. \n- A spinnaker.",
            ),
            (
                "- A jib. See below.\n  - A storm jib.",
                "- A jib. \n  - A storm jib.",
            ),
        ] {
            assert_eq!(without_pointers(text), left, "{text}");
        }
    }

    #[test]
    fn what_says_more_stays() {
        for text in [
            "Whether it is below deck.",
            "See the guide below deck",
            "Columns in the following table are sorted.",
            "Possible values are `a` and `b`, in this table.",
            "The following table is set: all fields.",
            "Valid values are those below 10.",
            "Possible values are `a` and `b`, as described below.",
            "See below: it is one of `a` and `b`.",
            "See below, and only if `id` is set.",
            "The depth, e.g. see below deck.",
        ] {
            assert_eq!(without_pointers(text), text);
        }
    }
}
