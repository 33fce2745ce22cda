//! Who may call an operation.

use super::{PathTemplate, PermissionKind, Source};
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
    pub scopes: Vec<String>,
    /// Where it is documented.
    pub source: Source,
}

impl Permission {
    /// Those of an operation's permissions that are for a route of it.
    ///
    /// Pages that tell owners apart name them in words: *photo of a **contact***. The owner of a
    /// route is the last thing in its path that has such a name; `me` is the signed-in user. Where
    /// no name fits, every permission may be meant.
    pub fn for_route<'p>(permissions: &'p [Self], path: &PathTemplate) -> Vec<&'p Self> {
        let place = |permission: &Self| {
            let subject = permission.subject.as_deref()?;
            let mut segments = path.segments.iter();
            segments.rposition(|segment| {
                segment
                    .literal()
                    .is_some_and(|text| is_named(subject, text))
            })
        };
        let last = permissions.iter().filter_map(place).max();
        let fits = |permission: &&Self| {
            permission.subject.is_none() || last.is_none() || place(permission) == last
        };
        permissions.iter().filter(fits).collect()
    }
}

/// Whether a subject in words speaks of what a segment names.
fn is_named(subject: &str, segment: &str) -> bool {
    let noun = noun(segment);
    folded(subject) == noun || subject.split_whitespace().any(|word| folded(word) == noun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PageId, Piece, Segment, SegmentKind};

    fn path(text: &str) -> PathTemplate {
        let segments = text.split('/').map(|text| Segment {
            kind: SegmentKind::Name,
            pieces: vec![Piece::Literal(text.to_owned())],
        });
        PathTemplate {
            segments: segments.collect(),
        }
    }

    #[test]
    fn the_owner_of_a_route_decides_which_permissions_it_needs() {
        let permission = |subject: Option<&str>, scope: &str| Permission {
            subject: subject.map(str::to_owned),
            kind: PermissionKind::Unspecified,
            scopes: vec![scope.to_owned()],
            source: Source {
                page: PageId(0),
                line: 1,
                column: 1,
            },
        };
        let permissions = [
            permission(Some("signed-in user"), "user"),
            permission(Some("contact"), "contact"),
            permission(None, "any"),
        ];
        let scopes = |text| {
            let found = Permission::for_route(&permissions, &path(text)).into_iter();
            found
                .map(|found| found.scopes[0].as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(scopes("me/photo"), ["user", "any"]);
        assert_eq!(scopes("users/x/contacts/y/photo"), ["contact", "any"]);
        assert_eq!(scopes("groups/x/photo"), ["user", "contact", "any"]);
    }
}
