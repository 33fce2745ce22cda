//! Titles of pages that define types.

use crate::page::Page;

/// What may stand behind the name in the title of a page that defines a type.
const KINDS: [&str; 6] = [
    "resource",
    "enum",
    "enumeration",
    "complex",
    "facet",
    "entity",
];

impl Page<'_> {
    /// The name of a type in the title, as in `profilePhoto resource type`.
    pub(crate) fn type_in_title(&self) -> Option<&str> {
        let mut words = self.title.split_whitespace();
        let name = words.next()?;
        let mut letters = name.bytes();
        let is_name = letters.all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'_')
            && name.bytes().any(|b| b.is_ascii_alphabetic())
            && !name.ends_with('.');
        let is_kind = |word: &str| KINDS.iter().any(|kind| kind.eq_ignore_ascii_case(word));
        (is_name && words.next().is_none_or(is_kind)).then_some(name)
    }
}
