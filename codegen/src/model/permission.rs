//! Who may call an operation.

use foldhash::HashSet;

use super::{Api, Operation, PathTemplate, PermissionKind, Scopes};
use crate::words::{folded, noun};

/// A documented set of scopes.
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
    /// no name fits, every permission may be meant; so it is where the routes of the page have but one of
    /// several names in them, since what the page tells apart is something else then, such as what is added.
    pub fn for_route<'p>(
        api: &Api,
        operation: &'p Operation,
        path: &PathTemplate,
    ) -> Vec<&'p Self> {
        // Operations are in the order of their pages.
        let page = operation.source.page;
        let first = { &api.operations }.partition_point(|it| it.source.page < page);
        let of_page = api.operations[first..].iter();
        let of_page = of_page.take_while(|it| it.source.page == page);
        let paths = of_page.flat_map(|it| it.routes.iter().map(|&id| &api.route(id).path));
        Self::for_path(&operation.permissions, path, paths)
    }

    /// Those of the permissions of some paths that are for one of them.
    fn for_path<'p, 'a>(
        permissions: &'p [Self],
        path: &PathTemplate,
        mut paths: impl Iterator<Item = &'a PathTemplate>,
    ) -> Vec<&'p Self> {
        if permissions.iter().all(|it| it.subject.is_none()) {
            return permissions.iter().collect();
        }
        let own = nouns(path);
        let places: Vec<Option<usize>> = permissions.iter().map(|it| it.place(&own)).collect();
        let last = places.iter().copied().max().flatten();
        let placed = || permissions.iter().zip(&places);
        let others = placed().filter(|&(_, place)| *place != last);
        let others = others.filter_map(|(it, _)| it.subject.as_deref());
        let others: HashSet<String> = others.flat_map(names).collect();
        let is_other = |noun: &Option<String>| noun.as_ref().is_some_and(|it| others.contains(it));
        let tells_owners = last.is_some()
            && (others.is_empty() || paths.any(|path| nouns(path).iter().any(is_other)));
        let fits = |it: &Self, place: Option<usize>| {
            it.subject.is_none() || !tells_owners || place == last
        };
        let fitting = placed().filter(|&(it, place)| fits(it, *place));
        fitting.map(|(it, _)| it).collect()
    }

    /// The last place in a path where its subject is.
    fn place(&self, nouns: &[Option<String>]) -> Option<usize> {
        let names = names(self.subject.as_deref()?);
        let mut nouns = nouns.iter();
        nouns.rposition(|noun| noun.as_ref().is_some_and(|noun| names.contains(noun)))
    }
}

/// What the segments of a path are called, as one thing.
fn nouns(path: &PathTemplate) -> Vec<Option<String>> {
    let segments = path.segments.iter();
    segments.map(|it| it.literal().map(noun)).collect()
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
        let scopes = |text, paths: &[&str]| {
            let paths: Vec<_> = paths.iter().map(|text| path(text)).collect();
            let found = Permission::for_path(&permissions, &path(text), paths.iter()).into_iter();
            found
                .map(|found| found.scopes.to_string())
                .collect::<Vec<_>>()
        };
        let paths = ["me/photo", "users/x/contacts/y/photo", "groups/x/photo"];
        assert_eq!(scopes(paths[0], &paths), ["user", "any"]);
        assert_eq!(scopes(paths[1], &paths), ["contact", "any"]);
        assert_eq!(scopes(paths[2], &paths), ["user", "contact", "any"]);
        // A single owner is told from no other: the contact is what is added to it.
        let paths = ["users/x/members"];
        assert_eq!(scopes(paths[0], &paths), ["user", "contact", "any"]);
    }
}
