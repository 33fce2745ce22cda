//! Titles of pages that define types.

use crate::page::Page;

/// The name in a title such as `profilePhoto resource type`.
pub(super) fn title_name(page: &Page<'_>) -> Option<String> {
    let mut words = page.title.split_whitespace();
    let name = words.next()?;
    let is_name = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '_');
    let rest: Vec<_> = words.map(str::to_lowercase).collect();
    let is_type = matches!(
        rest.iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .as_slice(),
        [] | ["resource" | "enum" | "complex" | "facet" | "entity", ..]
    );
    (is_name && is_type).then(|| name.to_owned())
}
