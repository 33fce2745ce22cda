//! Tables of the members of enumerations, and the headings that name these.

use std::iter;
use std::sync::LazyLock;

use memchr::memmem::{self, Finder};

use super::NamedRow;
use crate::source::Span;
use crate::text::is_word;

/// The members of an enumeration.
#[derive(Debug)]
pub struct MemberTable<'a> {
    /// The name of the enumeration; absent where it is that of the page.
    pub name: Option<String>,
    /// Whether the heading says that a value may be several members at once.
    pub flags: bool,
    /// The members.
    pub rows: Vec<NamedRow<'a>>,
    /// The place of the heading.
    pub span: Span,
}

impl<'a> MemberTable<'a> {
    /// A table without rows yet below a heading, `sensitivity values` or on a page of its own `Members`.
    /// A heading of more words names no type: `Group visibility options`. Neither does one whose first word is
    /// none: `## Members` where those marks are part of the text.
    pub(in crate::page) fn below(title: &str, span: Span) -> Option<Self> {
        let words: Vec<&str> = title.split_whitespace().collect();
        let name = match words.as_slice() {
            [_] => None,
            [name, _] if name.contains(char::is_alphanumeric) => Some((*name).to_owned()),
            _ => return None,
        };
        Some(Self {
            name,
            // A word of its own: `followupFlagStatus values` are no flags.
            flags: words.iter().any(|word| word.eq_ignore_ascii_case("flags")),
            rows: Vec::new(),
            span,
        })
    }

    /// The members of an enumeration by its name.
    pub(in crate::page) fn of(name: &str, rows: Vec<NamedRow<'a>>, span: Span) -> Self {
        Self {
            name: Some(name.to_owned()),
            flags: false,
            rows,
            span,
        }
    }

    /// Whether the heading names an enumeration so, in whichever case.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        let own = self.name.as_deref();
        own.is_some_and(|own| own.eq_ignore_ascii_case(name))
    }
}

/// What may stand around a value.
const MARKS: [&str; 5] = ["`", "**", "*", "'", "\""];

/// What a description says from where it announces possible values.
pub(crate) fn possible_values(description: &str) -> Option<&str> {
    // To make a finder takes longer than to look through a description.
    static ANNOUNCED: LazyLock<[Finder<'static>; 3]> =
        LazyLock::new(|| ["values are", "possible value", "one of"].map(Finder::new));
    static LISTED: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("ed values: "));
    let lower = description.to_ascii_lowercase();
    let mut announced = ANNOUNCED
        .iter()
        .filter_map(|words| words.find(lower.as_bytes()));
    // Those that are unsupported or reserved are none.
    let are_meant = |at: &usize| {
        let mut words = lower[..*at].rsplit(|c: char| !c.is_ascii_alphabetic());
        let stem = words.next().unwrap_or("");
        matches!(stem, "accept" | "allow" | "expect" | "permitt" | "support")
    };
    let listed = || LISTED.find(lower.as_bytes()).filter(are_meant);
    let at = announced.next().or_else(listed)?;
    Some(&description[at..])
}

/// The words that a description announces as possible values: in code spans, or else emphasized or in quotes. None
/// where something among them is no word, since the values are described then rather than listed.
pub(crate) fn listed_values(description: &str) -> Vec<String> {
    possible_values(description).map_or_else(Vec::new, words)
}

/// The values that a description announces with their numbers: `The values are: red=0, blue=1`. None where something among
/// them is none.
pub(crate) fn numbered_values(description: &str) -> Vec<(&str, i64)> {
    let announced = possible_values(description).unwrap_or_default();
    let Some((_, list)) = announced.split_once(':').filter(|it| it.1.contains('=')) else {
        return Vec::new();
    };
    let list = list.split(". ").next().unwrap_or(list);
    let list = list.trim_end().trim_end_matches('.').split(',');
    let values = list.map(|item| {
        let (name, number) = item.split_once('=')?;
        let name = name.trim().trim_matches('`');
        let number = number.trim().trim_matches('`').parse().ok()?;
        is_word(name).then_some((name, number))
    });
    let values: Option<Vec<_>> = values.collect();
    values.unwrap_or_default()
}

/// The values that a description says something can be, each in marks: `It can be "Full", "In Part" or "None"`. They
/// may be more than a word, or blank. One alone, but for `null`, is an example.
pub(crate) fn named_values(description: &str) -> Vec<&str> {
    const ANNOUNCED: &str = "can be ";
    let announced = description.match_indices(ANNOUNCED);
    let mut lists =
        announced.map(|(at, _)| values_in_marks(&description[at + ANNOUNCED.len()..]).0);
    lists.find(|values| values.len() > 1).unwrap_or_default()
}

/// The words that are all of the first sentence of a description, each in marks: `` `open` or `shut`. `` One alone is what
/// the description is about.
pub(crate) fn values_alone(description: &str) -> Vec<&str> {
    let (values, rest) = values_in_marks(description);
    let is_list = rest.is_empty() || rest.starts_with('.');
    let are_words = values.iter().all(|value| is_word(value));
    match is_list && are_words && values.len() > 1 {
        true => values,
        false => Vec::new(),
    }
}

/// The values in marks with which a text begins, and what is behind them.
fn values_in_marks(mut rest: &str) -> (Vec<&str>, &str) {
    let mut values = Vec::new();
    while let Some(mark) = rest.chars().next().filter(|mark| ['"', '`'].contains(mark))
        && let Some((value, behind)) = rest[1..].split_once(mark)
    {
        values.push(value);
        let behind = behind.trim_start_matches([',', ' ']);
        let last = behind.strip_prefix("or ");
        rest = last
            .or_else(|| behind.strip_prefix("and "))
            .unwrap_or(behind);
    }
    values.retain(|value| *value != "null");
    (values, rest)
}

/// The same of the description of an enumeration, which may do without the announcement and begin with one of them.
pub(super) fn own_values(description: &str) -> Vec<String> {
    let begins = || MARKS.iter().any(|mark| description.starts_with(mark));
    match possible_values(description) {
        None if begins() => words(description),
        announced => announced.map_or_else(Vec::new, words),
    }
}

/// The marked words of a sentence, if all that is marked is a word.
fn words(list: &str) -> Vec<String> {
    let list = list.split(". ").next().unwrap_or(list);
    let mut words = MARKS.iter().map(|mark| marked(list, mark));
    let words = words.find(|words| !words.is_empty()).unwrap_or_default();
    match words.iter().all(|word| is_word(word)) {
        true => words.into_iter().map(str::to_owned).collect(),
        false => Vec::new(),
    }
}

/// What stands between two marks each.
fn marked<'l>(list: &'l str, mark: &str) -> Vec<&'l str> {
    let mut places = memmem::find_iter(list.as_bytes(), mark);
    let marked = iter::from_fn(|| {
        let begin = places.next()? + mark.len();
        let end = places.next().unwrap_or(list.len());
        Some(&list[begin..end])
    });
    marked.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_can_be_one_of_those_in_marks() {
        let text = r#"The state, which can be " ", "In Part","Full" or "None". It can be "so"."#;
        assert_eq!(named_values(text), [" ", "In Part", "Full", "None"]);
        assert_eq!(named_values("It can be `a` and `b`."), ["a", "b"]);
        let text = "It can be changed, and can be `a`, `b` or `null`.";
        assert_eq!(named_values(text), ["a", "b"]);
        for text in [
            "It can be `a` or `null`.",
            "It can be \"Full\".",
            "It can be empty, `a` or `b`.",
            "It can be \"Full",
            "\"a\" or \"b\".",
        ] {
            assert!(named_values(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_description_may_be_a_list_of_values() {
        for text in [
            "`a`, `b`",
            "\"a\" or \"b\".",
            "`a`, `b` or `null`. It is set.",
        ] {
            assert_eq!(values_alone(text), ["a", "b"], "{text}");
        }
        for text in [
            "`a`.",
            "`a` and `b` of it.",
            "`a` to `b`",
            "`a`, `b`, any",
            "`a`, `b c`",
        ] {
            assert!(values_alone(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn values_have_numbers_behind_them() {
        let text = "The colour. The values are: red=0, `dark-blue` = 1, any=-1. See it: a=1.";
        let found = [("red", 0), ("dark-blue", 1), ("any", -1)];
        assert_eq!(numbered_values(text), found);
        for text in [
            "The values are: red=0, blue.",
            "Such as red=0, blue=1.",
            "The values are: red is 0, blue is 1.",
        ] {
            assert!(numbered_values(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn values_are_listed_in_one_of_several_marks() {
        for text in [
            "Possible values are: `a-1`, `b`. See `x y`.",
            "Allowed values are: *a-1* or *b*.",
            "Possible values are: **a-1**, **b**",
            "The property values are: 'a-1' and 'b'. **Required**.",
            "Possible values are: \"a-1\", \"b\".",
            "One of `a-1` and `b`.",
            "`a-1` or `b`.",
        ] {
            assert_eq!(own_values(text), ["a-1", "b"], "{text}");
        }
        for text in [
            "It is `a` or `b`.",
            "Possible values are: `a`, `b c`.",
            "Possible values are a and b.",
        ] {
            assert!(own_values(text).is_empty(), "{text}");
        }
    }
}
