//! How near names are to each other: which of several was meant.

use strsim::osa_distance;

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

#[cfg(test)]
mod tests {
    use super::*;

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
