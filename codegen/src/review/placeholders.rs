//! Text that the templates of examples hold in the place of values.

use crate::page::type_name::primitive;
use crate::words::same_folded;

/// Whether a string is no value but stands for one: the name of its property in front of the word
/// `value`, as in `"displayName": "displayName-value"` and `"displayName": "Display Name value"`, or
/// the type of it with a remark, as in `"id": "String (identifier)"`.
pub(super) fn is_template_text(name: &str, text: &str) -> bool {
    if let Some(remark) = text.strip_prefix("String (") {
        return remark.ends_with(')');
    }
    let before = text.strip_suffix("value").unwrap_or("");
    before.ends_with(['-', ' ', '_']) && !name.is_empty() && same_folded(before, name)
}

/// Whether a string stands for a value: template text of any sort.
pub(super) fn stands_for_a_value(name: &str, text: &str) -> bool {
    let text = text.trim();
    let is_enclosed = |open: char, close: char| text.starts_with(open) && text.ends_with(close);
    is_template_text(name, text)
        || text.is_empty()
        || text.contains("...")
        || text.contains('…')
        || text.ends_with("-value")
        || is_enclosed('{', '}')
        || is_enclosed('<', '>')
        || text.starts_with("@odata.type")
        || primitive(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn template_text_is_told_from_values() {
        assert!(is_template_text("displayName", "displayName-value"));
        assert!(is_template_text("displayName", "Display Name value"));
        assert!(is_template_text("id", "String (identifier)"));
        assert!(!is_template_text("displayName", "A value"));
        assert!(!is_template_text("key", "other-value"));
        assert!(!is_template_text("value", "value"));
        assert!(!is_template_text("name", "String theory"));
    }
}
