//! Words in names: how a name is cut into them, their singular, and what is the same name.

use std::borrow::Cow;

use heck::{ToLowerCamelCase, ToSnakeCase, ToUpperCamelCase};

use crate::text::strip_end;

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
