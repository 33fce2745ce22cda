//! Titles of pages that define types.

use crate::page::Page;

/// What may stand behind the name in the title of a page that defines a type.
const KINDS: [&str; 5] = ["resource", "enum", "complex", "facet", "entity"];

/// The name in a title such as `profilePhoto resource type`.
pub(super) fn title_name<'p>(page: &'p Page<'_>) -> Option<&'p str> {
    let mut words = page.title.split_whitespace();
    let name = words.next()?;
    let mut letters = name.bytes();
    let is_name = letters.all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'_');
    let is_kind = |word: &str| KINDS.iter().any(|kind| kind.eq_ignore_ascii_case(word));
    (is_name && words.next().is_none_or(is_kind)).then_some(name)
}
