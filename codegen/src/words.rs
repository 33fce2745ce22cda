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
    let kept = name.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

/// The name that is most like another: the same in another case, or one with a slip in it. Two letters
/// that have changed places are one slip.
pub(crate) fn nearest<'n>(
    wanted: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let wanted = wanted.to_lowercase();
    let length = wanted.chars().count();
    let limit = length / 5;
    let names = names.into_iter();
    // A distance is no less than the difference in length, which is quick to see.
    let near = names.filter(|name| name.chars().count().abs_diff(length) <= limit);
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
