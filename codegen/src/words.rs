//! Words in names: how a name is cut into them, and their singular.

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
}
