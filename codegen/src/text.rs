//! Pieces of a text: its lines, its ends, and what is around it.

use std::borrow::Cow;

/// A text in lower case: itself where it is written so.
pub(crate) fn lower(text: &str) -> Cow<'_, str> {
    let is_lower = |byte: u8| byte.is_ascii() & !byte.is_ascii_uppercase();
    match all_bytes(text, is_lower) {
        true => Cow::Borrowed(text),
        // The case of other letters takes far longer to look up.
        false if text.is_ascii() => Cow::Owned(text.to_ascii_lowercase()),
        false => Cow::Owned(text.to_lowercase()),
    }
}

/// A text without the white space around it: what `str::trim` says, which takes ten times as long to find
/// that there is none, or nothing but spaces.
pub(crate) fn trimmed(text: &str) -> &str {
    let is_end = |end: Option<&u8>| end.is_none_or(u8::is_ascii_graphic);
    let is_trimmed = |text: &str| is_end(text.as_bytes().first()) && is_end(text.as_bytes().last());
    if is_trimmed(text) {
        return text;
    }
    let text = text.trim_ascii();
    match is_trimmed(text) {
        true => text,
        false => text.trim(),
    }
}

/// The parts of a text between separators, but for those within parentheses.
pub(crate) fn split_outside(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    text.split(move |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == separator && depth == 0
    })
}

/// Whether all bytes of a text are of some sort. None of them ends the search, so that the compiler looks at many at
/// once: for names, that takes half the time.
pub(crate) fn all_bytes(text: &str, is: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(true, |all, byte| all & is(byte))
}

/// Where the line of a byte begins.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |end| end + 1)
}

/// Where the line of a byte ends, with its line end.
pub(crate) fn line_end(text: &str, at: usize) -> usize {
    // Most are asked for where a line has been read to its end.
    if text.as_bytes().get(at) == Some(&b'\n') {
        return at + 1;
    }
    let end = memchr::memchr(b'\n', &text.as_bytes()[at..]);
    end.map_or(text.len(), |end| at + end + 1)
}

/// The first byte of a text behind white space of ASCII.
pub(crate) fn first_byte(text: &str) -> Option<u8> {
    text.bytes().find(|byte| !byte.is_ascii_whitespace())
}

/// Whether there is nothing but white space in a text.
pub(crate) fn is_blank(text: &str) -> bool {
    match text.as_bytes().last() {
        // Most lines begin with spaces, and few end with them.
        Some(byte) if byte.is_ascii_graphic() => false,
        _ => first_byte(text).is_none_or(|byte| !byte.is_ascii_graphic() && text.trim().is_empty()),
    }
}

/// Whether a word is several written as one, as only names are: `parcelState`.
pub(crate) fn is_of_several_words(name: &str) -> bool {
    let mut pairs = name.as_bytes().windows(2);
    let is_joint = |pair: &[u8]| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase();
    !name.contains(' ') && pairs.any(is_joint)
}

/// Whether a text is one word, as the members of enumerations are: letters, digits, `-` and `_`.
pub(crate) fn is_word(text: &str) -> bool {
    let mut letters = text.chars();
    !text.is_empty() && letters.all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
}

/// What follows a beginning that a text has in whichever case.
pub(crate) fn strip_start<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let (begin, rest) = text.split_at_checked(start.len())?;
    begin.eq_ignore_ascii_case(start).then_some(rest)
}

/// What stands before an ending that a text has in whichever case.
pub(crate) fn strip_end<'t>(text: &'t str, end: &str) -> Option<&'t str> {
    let (rest, last) = text.split_at_checked(text.len().checked_sub(end.len())?)?;
    last.eq_ignore_ascii_case(end).then_some(rest)
}

/// The name of a page's file, without folders and ending.
pub(crate) fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_within_parentheses_are_no_ends() {
        let parts: Vec<&str> = split_outside("a,b($select=c,d),e", ',').collect();
        assert_eq!(parts, ["a", "b($select=c,d)", "e"]);
    }

    #[test]
    fn white_space_of_every_kind_is_trimmed() {
        for text in [
            "a",
            " a b\t",
            "\u{a0}a\u{a0} ",
            "\u{b}a",
            " ü ",
            "\r\n",
            "\u{a0}",
            "",
        ] {
            assert_eq!(trimmed(text), text.trim(), "{text:?}");
        }
    }
}
