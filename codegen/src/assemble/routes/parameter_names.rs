//! Names of parameters of paths.

use smol_str::SmolStr;

use crate::words::same_folded;

/// The name of a parameter that is documented under some names behind a collection. One in which there is no
/// letter and no digit is none.
pub(super) fn canonical_name(documented: &[SmolStr], collection: Option<&str>) -> String {
    let mut names = documented.iter().map(|name| kebab(name));
    let first = names.find(|name| !name.is_empty());
    let first = first.unwrap_or_else(|| "id".to_owned());
    let Some(collection) = collection else {
        return first;
    };
    let long = format!("{collection}id");
    let is_id = |name: &SmolStr| same_folded(name, "id") || same_folded(name, &long);
    match kebab(collection) {
        collection if !collection.is_empty() && documented.iter().any(is_id) => {
            format!("{collection}-id")
        }
        _ => first,
    }
}

/// A name with hyphens for what does not belong into one.
fn kebab(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '_');
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(documented: &[&str], collection: Option<&str>) -> String {
        let documented: Vec<_> = documented.iter().map(|&name| name.into()).collect();
        canonical_name(&documented, collection)
    }

    #[test]
    fn an_id_is_named_after_its_collection() {
        assert_eq!(name(&["id"], Some("user")), "user-id");
        assert_eq!(name(&["userPrincipalName", "id"], Some("user")), "user-id");
        assert_eq!(
            name(&["contactFolderId"], Some("contactFolder")),
            "contactFolder-id"
        );
        assert_eq!(name(&["id"], Some("a:b")), "a-b-id");
        assert_eq!(name(&["size"], Some("photo")), "size");
        assert_eq!(name(&["site id"], Some("site")), "site-id");
        assert_eq!(name(&["path and filename"], None), "path-and-filename");
        assert_eq!(name(&["🎉", "size"], Some("photo")), "size");
        assert_eq!(name(&["🎉"], Some("photo")), "id");
        assert_eq!(name(&["id"], Some("🎉")), "id");
    }
}
