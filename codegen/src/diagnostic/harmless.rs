//! Texts of others, made fit to be shown.

use std::borrow::Cow;
use std::char::REPLACEMENT_CHARACTER;

/// A text without the characters that a terminal obeys: pages and requests may hold any. Control
/// characters become their pictures, and those that turn the direction of a text the replacement
/// character, as in the findings for people.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let is_harmful =
        |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|c| match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        c if is_harmful(c) => REPLACEMENT_CHARACTER,
        c => c,
    });
    Cow::Owned(shown.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_obeys_nothing_in_a_text() {
        let text = "a\u{1b}[2Jb\u{7f}c\u{9b}d\u{202e}e\r\n";
        assert_eq!(harmless(text), "a␛[2Jb␡c\u{fffd}d\u{fffd}e␍␊");
        assert!(matches!(harmless("Größe 名"), Cow::Borrowed(_)));
    }
}
