//! Front matter: `key: value` lines between two `---` at the top of a page.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::text::{line_end, line_start, trimmed};

/// The line before the first field, and behind the last.
const FENCE: &str = "---";

/// The fields of a page's front matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter<'a> {
    /// The lines between the fences.
    lines: &'a str,
}

impl<'a> FrontMatter<'a> {
    /// The value of a field, without quotes.
    pub fn get(&self, key: &str) -> Option<&'a str> {
        let mut fields = self.lines.lines().filter_map(|line| line.split_once(':'));
        let found = fields.find(|(name, _)| name.trim().eq_ignore_ascii_case(key));
        let value = found.map(|(_, value)| unquote(value.trim()));
        value.filter(|value| !value.is_empty())
    }
}

/// Reads the front matter at the beginning of a text, and says where it ends.
///
/// Values are taken as they stand behind the first colon: pages write titles with colons in them,
/// which YAML would refuse.
pub fn parse(text: &str) -> (FrontMatter<'_>, usize) {
    let none = (FrontMatter::default(), 0);
    let first = text.len() - text.trim_start().len();
    let begin = line_end(text, first);
    if trimmed(&text[first..begin]) != FENCE {
        return none;
    }
    static FENCES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(FENCE));
    let mut at = begin;
    while let Some(fence) = FENCES.find(&text.as_bytes()[at..]) {
        let (line, end) = (line_start(text, at + fence), line_end(text, at + fence));
        if trimmed(&text[line..end]) == FENCE {
            let lines = &text[begin..line];
            return (FrontMatter { lines }, end);
        }
        at = end;
    }
    // Without an end it is no front matter, and the page is all text.
    none
}

fn unquote(value: &str) -> &str {
    let quotes = ['"', '\''];
    let unquoted = quotes
        .iter()
        .find_map(|&quote| value.strip_prefix(quote)?.strip_suffix(quote));
    unquoted.unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_may_hold_colons_and_quotes() {
        let text = "\n---\ntitle: \"a: b\"\nauthor: 'x'\nempty:\n---\n# Title\n";
        let (front, end) = parse(text);
        assert_eq!(front.get("Title"), Some("a: b"));
        assert_eq!(front.get("author"), Some("x"));
        assert_eq!(front.get("empty"), None);
        assert_eq!(&text[end..], "# Title\n");
    }

    #[test]
    fn without_an_end_there_is_none() {
        assert_eq!(parse("---\ntitle: a\n"), (FrontMatter::default(), 0));
        assert_eq!(parse("# Title\n---\n"), (FrontMatter::default(), 0));
    }
}
