//! Words in names: how a name is cut into them, and their singular.

use strsim::osa_distance;

/// The singular of an English plural, as far as collection names need it: `users`, `policies`,
/// `mailboxes`. A word that is no plural stays as it is.
pub(crate) fn singular(word: &str) -> String {
    let cut = |ending: &str| word.len() > ending.len() + 1 && word.ends_with(ending);
    let end = if cut("sses") || cut("xes") || cut("ches") || cut("shes") {
        2
    } else if cut("ies") && word.len() > "ties".len() {
        return format!("{}y", &word[..word.len() - 3]);
    } else if cut("s") && !cut("ss") && !cut("us") && !cut("is") {
        1
    } else {
        0
    };
    word[..word.len() - end].to_owned()
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

/// A name in lower case without anything but letters and digits, for comparison.
pub(crate) fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    folded.extend(folded_chars(name));
    folded
}

/// Whether two names are the same but for case and punctuation.
pub(crate) fn same_folded(a: &str, b: &str) -> bool {
    folded_chars(a).eq(folded_chars(b))
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

/// Whether the edit distance of two names in whichever case may be as small as `limit`: nearly all
/// pairs of names are told apart by their lengths and letters, and the distance costs far more.
pub(crate) fn may_be_near(a: &str, b: &str, limit: usize) -> bool {
    let longer = a.chars().count().abs_diff(b.chars().count());
    longer <= limit && unshared_letters(a, b) <= limit
}

/// How many letters of ASCII one name has more than the other. An edit adds one letter, takes one
/// away, or does both.
fn unshared_letters(a: &str, b: &str) -> usize {
    let mut surplus = [0_i32; 26];
    for (name, step) in [(a, 1), (b, -1)] {
        for letter in name.bytes().filter(u8::is_ascii_alphabetic) {
            surplus[usize::from(letter.to_ascii_lowercase() - b'a')] += step;
        }
    }
    let more: i32 = surplus.iter().filter(|&&count| count > 0).sum();
    let fewer: i32 = surplus.iter().filter(|&&count| count < 0).sum();
    more.max(-fewer) as usize
}

/// The name that is most like another: the same in another case, or one with a slip in it. Two letters
/// that have changed places are one slip.
pub(crate) fn nearest<'n>(
    wanted: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let wanted = wanted.to_lowercase();
    let limit = wanted.chars().count() / 5;
    let names = names.into_iter();
    let near = names.filter(|name| may_be_near(name, &wanted, limit));
    let near = near.map(|name| (osa_distance(&name.to_lowercase(), &wanted), name));
    let nearest = near.filter(|&(distance, _)| distance <= limit).min();
    nearest.map(|(_, name)| name)
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
    fn names_within_a_distance_may_be_near() {
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
