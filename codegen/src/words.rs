//! Words in names: how a name is cut into them, and their singular.

use std::borrow::Cow;

use heck::{ToLowerCamelCase, ToSnakeCase, ToUpperCamelCase};
use strsim::osa_distance;

/// Words whose singular no rule makes: how many letters of the plural go, and which come in their place.
const IRREGULAR: [(&str, usize, &str); 14] = [
    ("series", 0, ""),
    ("species", 0, ""),
    ("news", 0, ""),
    ("caches", 1, ""),
    ("niches", 1, ""),
    ("movies", 1, ""),
    ("cookies", 1, ""),
    ("calories", 1, ""),
    ("shelves", 3, "f"),
    ("leaves", 3, "f"),
    ("halves", 3, "f"),
    ("knives", 3, "fe"),
    ("people", 4, "rson"),
    ("children", 3, ""),
];

/// The singular of an English plural, as far as collection names need it: `users`, `policies`,
/// `mailboxes`. A word that is no plural stays as it is.
pub(crate) fn singular(word: &str) -> Cow<'_, str> {
    let end = word.as_bytes().last_chunk();
    let end = end.map(|end: &[u8; 4]| end.map(|byte| byte.to_ascii_lowercase()));
    let mut alike = IRREGULAR
        .iter()
        .filter(|it| it.0.as_bytes().last_chunk() == end.as_ref());
    let irregular = alike.find(|it| strip_end(word, it.0).is_some());
    if let Some((_, cut, added)) = irregular {
        return [&word[..word.len() - cut], added].concat().into();
    }
    // An ending has at least two letters before it.
    let excess = match word.as_bytes() {
        [_, _, .., b's', b's', b'e', b's']
        | [_, _, .., b'x', b'e', b's']
        | [_, _, .., b'c' | b's', b'h', b'e', b's'] => 2,
        // A status and an alias have many, a house and a case as well.
        [_, _, .., b'i', b'a', b's', b'e', b's'] => 2,
        [_, _, .., before, b'u', b's', b'e', b's'] if b"lnprt".contains(before) => 2,
        [_, _, .., b'i', b'e', b's'] => return format!("{}y", &word[..word.len() - 3]).into(),
        [_, _, .., b's' | b'u' | b'i', b's'] => 0,
        [_, _, .., b's'] => 1,
        _ => 0,
    };
    word[..word.len() - excess].into()
}

/// What one thing is called that a name in a path stands for, folded: an item of `users` is a user,
/// and so is `me`, the signed-in one.
pub(crate) fn noun(name: &str) -> String {
    if name.eq_ignore_ascii_case("me") {
        "user".to_owned()
    } else {
        folded(&singular(name))
    }
}

/// The words of a text as one name, each with a capital before it: `ProfilePhoto`.
pub(crate) fn upper_camel(text: &str) -> String {
    if !text.is_ascii() {
        return text.to_upper_camel_case();
    }
    let mut name = String::with_capacity(text.len());
    each_letter(text.as_bytes(), |begins, byte| {
        name.push(char::from(match begins {
            true => byte.to_ascii_uppercase(),
            false => byte.to_ascii_lowercase(),
        }));
    });
    name
}

/// The same, without a capital before the first: `profilePhoto`.
pub(crate) fn lower_camel(text: &str) -> String {
    if !text.is_ascii() {
        return text.to_lower_camel_case();
    }
    let mut name = upper_camel(text);
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    name
}

/// The words of a text in small letters, with underscores between them: `profile_photo`.
pub(crate) fn snake(text: &str) -> String {
    if !text.is_ascii() {
        return text.to_snake_case();
    }
    let mut name = String::with_capacity(text.len() + 8);
    each_letter(text.as_bytes(), |begins, byte| {
        if begins && !name.is_empty() {
            name.push('_');
        }
        name.push(char::from(byte.to_ascii_lowercase()));
    });
    name
}

/// The letters and digits of a text, each with whether it begins a word. Words are those of heck, which takes ten
/// times as long: one begins behind anything but letters and digits, with a capital behind a small letter, and
/// with the last of several capitals before a small letter. Other than with heck, that small letter may be the
/// ending of a plural: `cloudPCs` are `cloud_pcs`, and no `cloud_p_cs`.
fn each_letter(text: &[u8], mut each: impl FnMut(bool, u8)) {
    let mut before = Before::Nothing;
    for (at, &byte) in text.iter().enumerate() {
        let begins;
        (begins, before) = match (byte, before) {
            (b'a'..=b'z', before) => (before == Before::Nothing, Before::Small),
            (b'A'..=b'Z', Before::Digit) => (false, Before::Capital),
            (b'A'..=b'Z', Before::Capital) => {
                let begins = match text[at + 1..] {
                    [b's'] | [] => false,
                    [b's', next, ..] => next.is_ascii_lowercase(),
                    [next, ..] => next.is_ascii_lowercase(),
                };
                (begins, Before::Capital)
            }
            (b'A'..=b'Z', _) => (true, Before::Capital),
            (b'0'..=b'9', Before::Nothing) => (true, Before::Digit),
            (b'0'..=b'9', before) => (false, before),
            _ => {
                before = Before::Nothing;
                continue;
            }
        };
        each(begins, byte);
    }
}

/// What stands before a letter in its word; digits are as the letter before them.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    Nothing,
    Small,
    Capital,
    Digit,
}

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

/// A name in lower case without anything but letters and digits, for comparison.
pub(crate) fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    match name.is_ascii() {
        true => folded_ascii(name).for_each(|byte| folded.push(char::from(byte))),
        false => folded.extend(folded_chars(name)),
    }
    folded
}

/// Whether two names are the same but for case and punctuation.
pub(crate) fn same_folded(a: &str, b: &str) -> bool {
    match a.is_ascii() && b.is_ascii() {
        true => {
            // What is alike but for case needs no folding, which takes several times as long.
            let pairs = a.bytes().zip(b.bytes());
            let alike = pairs.take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
            folded_ascii(&a[alike..]).eq(folded_ascii(&b[alike..]))
        }
        false => folded_chars(a).eq(folded_chars(b)),
    }
}

/// What [`folded_chars`] makes of a name that is ASCII, as nearly all are, in a tenth of the time.
fn folded_ascii(name: &str) -> impl Iterator<Item = u8> {
    let kept = name.bytes().filter(u8::is_ascii_alphanumeric);
    kept.map(|byte| byte.to_ascii_lowercase())
}

fn folded_chars(name: &str) -> impl Iterator<Item = char> {
    let kept = name.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase)
}

/// How many letters two texts differ in, as far as their beginnings tell: what pages hold may be longer
/// than can be compared letter by letter.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    const COMPARED: usize = 400;
    let beginning = |text: &str| text[..text.floor_char_boundary(COMPARED)].to_lowercase();
    strsim::levenshtein(&beginning(a), &beginning(b)) + a.len().abs_diff(b.len()) / COMPARED
}

/// How many names are compared letter by letter with one that is looked for: more than are ever so much alike,
/// unless a page was made to take long.
const MOST_NEAR: usize = 256;

/// The name that is most like another: the same in another case, or one with a slip in it. Two letters
/// that have changed places are one slip.
pub(crate) fn nearest<'n>(
    wanted: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let wanted = wanted.to_lowercase();
    let profile = Profile::of(&wanted);
    // A word of four letters may have a slip in it, one of nine two.
    let limit = (profile.length + 1) / 5;
    let names = names.into_iter();
    let near = names.filter(|name| profile.may_be_near(name, limit));
    let near = near.take(MOST_NEAR);
    let near = near.map(|name| (osa_distance(&name.to_lowercase(), &wanted), name));
    let nearest = near.filter(|&(distance, _)| distance <= limit).min();
    nearest.map(|(_, name)| name)
}

/// What tells nearly all pairs of names apart, whichever case they are in: the distance costs far more.
struct Profile {
    /// How many characters a name has.
    length: usize,
    /// How often it has each letter of ASCII.
    letters: [i32; 26],
}

impl Profile {
    fn of(name: &str) -> Self {
        let length = name.chars().count();
        let letters = letters(name);
        Self { length, letters }
    }

    /// Whether the edit distance of a name may be as small as `limit`.
    fn may_be_near(&self, name: &str, limit: usize) -> bool {
        let length = match name.is_ascii() {
            true => name.len(),
            false => name.chars().count(),
        };
        length.abs_diff(self.length) <= limit && self.unshared_letters(name) <= limit
    }

    /// How many letters of ASCII one name has more than the other. An edit adds one letter, takes one
    /// away, or does both.
    fn unshared_letters(&self, name: &str) -> usize {
        let (mut more, mut fewer) = (0, 0);
        for (own, other) in self.letters.iter().zip(letters(name)) {
            more += (own - other).max(0);
            fewer += (other - own).max(0);
        }
        more.max(fewer) as usize
    }
}

fn letters(name: &str) -> [i32; 26] {
    let mut counts = [0; 26];
    for letter in name.bytes().filter(u8::is_ascii_alphabetic) {
        counts[usize::from(letter.to_ascii_lowercase() - b'a')] += 1;
    }
    counts
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
    fn names_within_a_distance_may_be_near() {
        let may_be_near = |a: &str, b: &str, limit| Profile::of(b).may_be_near(a, limit);
        let names = ["user", "Users", "uesr", "displayName", "größe", "id2", ""];
        for a in names {
            for b in names {
                let distance = strsim::osa_distance(&a.to_lowercase(), &b.to_lowercase());
                assert!(may_be_near(a, b, distance), "{a} {b}");
            }
        }
        assert!(may_be_near("mailFolder", "MailHolder", 1));
        assert!(!may_be_near("mailFolder", "mailFiller", 1));
        assert!(!may_be_near("calendar", "category", 3));
        assert!(!may_be_near("id", "id23", 1));
    }

    #[test]
    fn words_become_one_name_just_as_heck_has_it() {
        let texts = [
            "list user photos",
            "profilePhoto",
            "ProfilePhoto body",
            "planB",
            "getID",
            "ID of a",
            "x",
            "a  b",
            " a",
            "oauth2PermissionGrant",
            "2nd",
            "a-b c_d",
            "größe x",
            "microsoft.graph.user",
            "HTTPResponse",
            "$value",
            "2ABc 3d a2B A2B",
            "iOSUpdate1OSVersion",
            "x@y.Z__w",
            "",
        ];
        for text in texts {
            spells_as_heck(text);
        }
    }

    #[test]
    fn plurals_of_capitals_are_one_word() {
        assert_eq!(snake("cloudPCs"), "cloud_pcs");
        assert_eq!(snake("getCloudPCsOf"), "get_cloud_pcs_of");
        assert_eq!(upper_camel("IDs of a"), "IdsOfA");
        assert_eq!(snake("XServer"), "x_server");
    }

    fn spells_as_heck(text: &str) {
        assert_eq!(upper_camel(text), text.to_upper_camel_case(), "{text}");
        assert_eq!(lower_camel(text), text.to_lower_camel_case(), "{text}");
        assert_eq!(snake(text), text.to_snake_case(), "{text}");
    }

    #[test]
    fn every_short_name_is_just_as_heck_has_it() {
        let mut texts = vec![String::new()];
        for _ in 0..6 {
            let longer = |text: &String| ['a', 'B', '1', '-'].map(|c| format!("{text}{c}"));
            texts = texts.iter().flat_map(longer).collect();
            texts.iter().for_each(|text| spells_as_heck(text));
        }
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

    #[test]
    fn plurals_lose_their_ending() {
        let cases = [
            ("users", "user"),
            ("policies", "policy"),
            ("mailboxes", "mailbox"),
            ("addresses", "address"),
            ("branches", "branch"),
            ("ties", "tie"),
            ("photo", "photo"),
            ("status", "status"),
            ("access", "access"),
            ("analysis", "analysis"),
            ("contactFolders", "contactFolder"),
            ("acceptanceStatuses", "acceptanceStatus"),
            ("aliases", "alias"),
            ("houses", "house"),
            ("databases", "database"),
            ("responses", "response"),
            ("TimeSeries", "TimeSeries"),
            ("news", "news"),
            ("Movies", "Movie"),
            ("caches", "cache"),
            ("coaches", "coach"),
            ("bookShelves", "bookShelf"),
            ("drives", "drive"),
            ("people", "person"),
            ("childFolders", "childFolder"),
        ];
        for (plural, expected) in cases {
            assert_eq!(singular(plural), expected);
        }
    }

    #[test]
    fn the_nearest_name_is_one_with_a_slip_or_in_another_case() {
        let names = ["subUnit", "displayName", "id"];
        let near = |wanted| nearest(wanted, names);
        assert_eq!(near("subunit"), Some("subUnit"));
        assert_eq!(near("displyName"), Some("displayName"));
        assert_eq!(near("ID"), Some("id"));
        assert_eq!(near("is"), None);
        assert_eq!(near("name"), None);
    }
}
