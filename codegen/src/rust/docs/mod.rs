//! Doc comments of generated code.

pub(super) mod credentials;
pub(super) mod first_call;
pub(super) mod operation;
mod prose;

use proc_macro2::TokenStream;
use quote::quote;

use crate::pointers::without_pointers;

/// Lines are wrapped at this width, so that with indentation and slashes they stay below 100.
const WIDTH: usize = 86;

/// The lines of a doc comment, paragraph by paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Docs(Vec<String>);

impl Docs {
    /// No docs yet.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// A paragraph of our own, in Markdown that rustdoc can take as it is.
    pub(super) fn text(self, markdown: impl AsRef<str>) -> Self {
        let words = markdown
            .as_ref()
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        self.block(wrap(words, "", ""))
    }

    /// What a page says, after a word of our own where there is one.
    pub(super) fn prose(self, lead: &str, markdown: &str) -> Self {
        let said = without_pointers(markdown);
        let said = match said.is_empty() && !lead.is_empty() {
            true => markdown,
            false => &said,
        };
        self.block(prose::render(lead, said))
    }

    /// A list of our own.
    pub(super) fn list(self, items: impl IntoIterator<Item = String>) -> Self {
        let words = |item: String| item.split_whitespace().map(str::to_owned).collect();
        let lines = items
            .into_iter()
            .flat_map(|item| wrap(words(item), "- ", "  "));
        self.block(lines.collect())
    }

    /// Lines that stand as they are, such as a block of code.
    pub(super) fn lines(self, text: &str) -> Self {
        self.block(text.lines().map(str::to_owned).collect())
    }

    fn block(mut self, lines: Vec<String>) -> Self {
        if !self.0.is_empty() && !lines.is_empty() {
            self.0.push(String::new());
        }
        self.0.extend(lines);
        self
    }

    /// `///` lines for the item behind them.
    pub(super) fn outer(&self) -> TokenStream {
        self.attributes(|line| quote! { #[doc = #line] })
    }

    /// `///` lines as text, each with `indent` before it.
    pub(super) fn text_lines(&self, indent: &str) -> String {
        let lines = self.0.iter().map(|line| plain(line));
        let lines = lines.map(|line| format!("{indent}/// {line}").trim_end().to_owned() + "\n");
        lines.collect()
    }

    /// `//!` lines.
    pub(super) fn inner(&self) -> TokenStream {
        self.attributes(|line| quote! { #![doc = #line] })
    }

    /// One attribute a line: the formatter writes these as comments, and a leading space as the
    /// space behind the slashes.
    fn attributes(&self, attribute: impl Fn(String) -> TokenStream) -> TokenStream {
        let lines = self.0.iter().map(|line| plain(line));
        let lines = lines.map(|line| {
            if line.is_empty() {
                line
            } else {
                format!(" {line}")
            }
        });
        lines.map(attribute).collect()
    }
}

/// Puts words on lines, with `first` before the first line and `rest` before the others.
///
/// A word that would begin a list, heading or quote at the start of a line stays on the line before.
pub(super) fn wrap(words: Vec<String>, first: &str, rest: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words {
        if line.is_empty() {
            line = format!("{}{word}", if lines.is_empty() { first } else { rest });
        } else if begins_block(&word) || line.chars().count() + 1 + word.chars().count() <= WIDTH {
            line = line + " " + &word;
        } else {
            lines.push(std::mem::replace(&mut line, format!("{rest}{word}")));
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Whether a word at the start of a line means something else to Markdown than within it.
fn begins_block(word: &str) -> bool {
    let number = word.trim_end_matches(['.', ')']);
    let marks = |c: char| matches!(c, '-' | '+' | '*' | '=' | '#' | '>' | '|' | '~' | '`' | '_');
    word.chars().all(marks)
        || word.starts_with(['>', '#'])
        || word.starts_with("```")
        || word.starts_with("~~~")
        || number.len() < word.len() && number.chars().all(|c| c.is_ascii_digit())
}

/// Text for one line of a comment: without line ends and other control characters, and without
/// those that change the direction of text, which rustc refuses.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if c.is_control() || is_direction(c) => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

/// Whether a character changes the direction of the text behind it (Unicode's UAX #9).
pub(super) fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text as a code span.
pub(super) fn code(text: &str) -> String {
    let text = plain(text);
    let fence = fence(&text, 1);
    match text.trim().is_empty() {
        true => String::new(),
        false if text.contains('`') => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}

/// The marks around code, of which there are more than anywhere in a row in it, and no fewer than usual.
fn fence(text: &str, usual: usize) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat((longest + 1).max(usual))
}

/// The attribute of what its page calls deprecated: whoever uses it is warned, and its docs say what the page says.
pub(super) fn deprecated(is_deprecated: bool) -> Option<TokenStream> {
    is_deprecated.then(|| quote! { #[deprecated] })
}

/// Text with everything escaped that Markdown would read as more than text.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let is_mark = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '>' | '~' | '|' => true,
            // What cannot begin a tag or an address: `<= 3`.
            '<' => !rest.starts_with(['=', ' ']),
            '&' => text != "&" && begins_entity(rest),
            // A URL by itself is a link in some readers and none in others, of which rustdoc warns.
            ':' => rest.starts_with("//"),
            _ => false,
        };
        if is_mark {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Whether an ampersand with this behind it may be read as another character: `&lt;`.
fn begins_entity(rest: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '#';
    // Another piece of text may follow, and make it one.
    let behind = rest.trim_start_matches(is_name);
    behind.starts_with(';') || behind.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_comment() {
        for hostile in [
            "*/ }",
            "\"# ]",
            "a\r\nb\rc",
            "\u{202e}x\u{2066}",
            "///",
            "\0\u{b}",
        ] {
            let docs = Docs::new()
                .text(hostile)
                .prose("", hostile)
                .lines(hostile)
                .outer();
            let item: syn::ItemStruct = syn::parse_quote! { #docs struct S; };
            let file = syn::File {
                shebang: None,
                frontmatter: None,
                attrs: vec![],
                items: vec![syn::Item::Struct(item)],
            };
            let text = prettyplease::unparse(&file);
            let (last, comments) = text
                .lines()
                .collect::<Vec<_>>()
                .split_last()
                .map(|(l, c)| (*l, c.to_vec()))
                .unwrap();
            assert_eq!(last, "struct S;");
            for line in comments {
                assert!(line.starts_with("///"), "{text}");
                assert!(
                    !line.chars().any(|c| c.is_control() || is_direction(c)),
                    "{text:?}"
                );
            }
        }
    }

    #[test]
    fn wrapping_begins_no_block() {
        let long = "x".repeat(WIDTH);
        for mark in ["-", "1.", "#", ">", "12)", "```"] {
            let words = vec![long.clone(), mark.to_owned(), "a".to_owned()];
            assert_eq!(
                wrap(words, "- ", "  "),
                [format!("- {long} {mark}"), "  a".to_owned()]
            );
        }
    }

    #[test]
    fn only_what_markdown_would_read_is_escaped() {
        for (text, escaped) in [
            ("a & b, T&C)", "a & b, T&C)"),
            ("&lt; &#60;", "\\&lt; \\&#60;"),
            // The rest of an entity may follow.
            ("a&lt", "a\\&lt"),
            ("a&", "a\\&"),
            ("&", "&"),
            ("1 <= X < 3", "1 <= X < 3"),
            ("a <b> c<", "a \\<b\\> c\\<"),
            ("GET https://a.org: b", "GET https\\://a.org: b"),
        ] {
            assert_eq!(escape(text), escaped);
        }
    }

    #[test]
    fn code_spans_hold_any_text() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a``b"), "``` a``b ```");
    }
}
