//! Findings that the authors of a page live with, as its annotation holds them.
//!
//! They are those of API Doctor, in its words. Two of its kinds are docwright's too. The others are
//! about rules that docwright does not have, or judges by others: a whole number is a `Double` to it.

use crate::diagnostic::Code;

/// A finding that is not to be made on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// What docwright calls findings of its kind.
    pub code: Code,
    /// What it is about: the full or the short name of a type, or the name of a property.
    pub name: String,
}

/// What stands before the name and behind it in a finding of each kind.
const KINDS: [(Code, &str, &str); 2] = [
    (Code::TypeUnknown, "Referenced type ", " is not defined"),
    (
        Code::PropertyUndocumented,
        "Property '",
        "' found in resource definition",
    ),
];

/// Reads a text of the list; `None` where docwright makes no such findings.
pub(in crate::page) fn parse(text: &str) -> Option<Suppression> {
    // The texts come with the line ends and the indentation of that tool's output.
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    KINDS.iter().find_map(|&(code, before, behind)| {
        let (_, rest) = text.split_once(before)?;
        let (name, _) = rest.split_once(behind)?;
        let name = name.to_owned();
        Some(Suppression { code, name })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_known_kinds_are_read() {
        let cases = [
            (
                "Error: get_jug/lid:\r\n      Referenced type kitchen.lid is not defined in the doc \
                 set! Potential suggestion: kitchen.jug",
                Some((Code::TypeUnknown, "kitchen.lid")),
            ),
            (
                "Warning: /api-reference/v1.0/resources/jug.md:\n      Property 'litres' found in \
                 resource definition for 'kitchen.jug', but not described in markdown table.",
                Some((Code::PropertyUndocumented, "litres")),
            ),
            (
                "Error: get_jug/litres:\n Expected type Double but actual was Int64. Property: \
                 litres, actual value: '1'",
                None,
            ),
        ];
        for (text, expected) in cases {
            let read = parse(text).map(|read| (read.code, read.name));
            assert_eq!(read, expected.map(|(code, name)| (code, name.to_owned())));
        }
    }
}
