//! Text of pages as literals of Rust.

use proc_macro2::Literal;

use crate::rust::docs::is_direction;

/// Text as a literal: raw where it has quotes, backslashes or line ends, so that it reads as the
/// page shows it; escaped where it has characters that no raw string can hold or nobody can see.
pub(in crate::rust) fn literal(text: &str) -> Literal {
    // The last are a soft hyphen, and what lets a line break or keeps it from breaking: clippy asks to escape them.
    let unseen = |c: char| {
        c != '\n' && c.is_control()
            || is_direction(c)
            || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}')
    };
    if text.contains(unseen) || !text.contains(['"', '\\', '\n']) {
        return Literal::string(text);
    }
    // As many marks as the longest run of them behind a quote, and one more.
    let runs = text.split('"').skip(1);
    let marks = runs
        .map(|behind| behind.len() - behind.trim_start_matches('#').len() + 1)
        .max();
    let marks = "#".repeat(marks.unwrap_or(0));
    let raw = format!("r{marks}\"{text}\"{marks}");
    raw.parse().unwrap_or_else(|_| Literal::string(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_hold_any_text() {
        let texts = [
            "a",
            "a\"b",
            "\"#\"##",
            "a\nb",
            "a\r\nb",
            "\u{202e}\0",
            "\"\u{ad}\u{200b}\u{2060}",
            "\\",
            "\"",
            "é{}",
        ];
        for text in texts {
            let written = literal(text).to_string();
            let read: syn::LitStr = syn::parse_str(&written).unwrap();
            assert_eq!(read.value(), text);
            let unseen = ['\r', '\u{202e}', '\0', '\u{ad}', '\u{200b}', '\u{2060}'];
            assert!(!written.contains(unseen), "{written:?}");
        }
        assert_eq!(literal("{\"a\"#}").to_string(), "r##\"{\"a\"#}\"##");
    }
}
