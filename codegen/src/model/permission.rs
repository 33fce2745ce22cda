//! Who may call an operation.

use super::{PathTemplate, PermissionKind, Scopes};
use crate::words::{folded, noun};

/// A documented set of scopes, any one of which suffices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// The kind of owner that the set is for, where the page tells kinds apart: `user`, `group`.
    pub subject: Option<String>,
    /// The kind of caller.
    pub kind: PermissionKind,
    /// The scopes, from the least privileged to the most; empty where the page says that callers
    /// of this kind are not supported.
    pub scopes: Scopes,
}

impl Permission {
    /// Those of an operation's permissions that are for a route of it.
    ///
    /// Pages that tell owners apart name them in words: *photo of a **contact***. The owner of a
    /// route is the last thing in its path that has such a name; `me` is the signed-in user. Where
    /// no name fits, every permission may be meant.
    pub fn for_route<'p>(permissions: &'p [Self], path: &PathTemplate) -> Vec<&'p Self> {
        if permissions.iter().all(|it| it.subject.is_none()) {
            return permissions.iter().collect();
        }
        let segments = path.segments.iter();
        let nouns: Vec<Option<String>> = segments.map(|it| it.literal().map(noun)).collect();
        let place = |permission: &Self| {
            let names = names(permission.subject.as_deref()?);
            let mut nouns = nouns.iter();
            nouns.rposition(|noun| noun.as_ref().is_some_and(|noun| names.contains(noun)))
        };
        let last = permissions.iter().filter_map(place).max();
        let fits = |permission: &&Self| {
            permission.subject.is_none() || last.is_none() || place(permission) == last
        };
        permissions.iter().filter(fits).collect()
    }
}

/// What a subject in words may speak of: all of it as one name, or one of its words.
fn names(subject: &str) -> Vec<String> {
    let words = subject.split_whitespace();
    words.chain([subject]).map(folded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Segment;

    fn path(text: &str) -> PathTemplate {
        PathTemplate {
            segments: text.split('/').map(Segment::name).collect(),
        }
    }

    #[test]
    fn the_owner_of_a_route_decides_which_permissions_it_needs() {
        let permission = |subject: Option<&str>, scope: &str| Permission {
            subject: subject.map(str::to_owned),
            kind: PermissionKind::Unspecified,
            scopes: [scope].into_iter().collect(),
        };
        let permissions = [
            permission(Some("signed-in user"), "user"),
            permission(Some("contact"), "contact"),
            permission(None, "any"),
        ];
        let scopes = |text| {
            let found = Permission::for_route(&permissions, &path(text)).into_iter();
            found
                .map(|found| found.scopes.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(scopes("me/photo"), ["user", "any"]);
        assert_eq!(scopes("users/x/contacts/y/photo"), ["contact", "any"]);
        assert_eq!(scopes("groups/x/photo"), ["user", "contact", "any"]);
    }
}
