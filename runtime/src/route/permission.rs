//! Who may take a route.

/// A documented set of scopes, any one of which suffices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    /// The kind of owner that the set is for, where the page tells kinds apart.
    pub subject: Option<&'static str>,
    /// The kind of caller.
    pub kind: PermissionKind,
    /// The scopes in the order of the page; empty where callers of this kind are not supported.
    pub scopes: &'static [&'static str],
}

/// The kind of caller that a [`Permission`] is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PermissionKind {
    /// A signed-in user with a work or school account.
    DelegatedWork,
    /// A signed-in user with a personal account.
    DelegatedPersonal,
    /// An application without a user.
    Application,
    /// The page does not say.
    Unspecified,
}

/// Gives the types of operations constants with the permissions that their pages list.
///
/// ```
/// # struct GetPhoto;
/// docwright_client::permissions! {
///     GetPhoto::PERMISSIONS {
///         DelegatedWork for "user": ["User.Read", "User.Read.All"],
///         Application: [],
///     }
/// }
/// assert_eq!(GetPhoto::PERMISSIONS[0].subject, Some("user"));
/// ```
#[macro_export]
macro_rules! permissions {
    ($($operation:ident :: $name:ident {
        $($kind:ident $(for $subject:literal)?: [$($scope:literal),* $(,)?]),* $(,)?
    })*) => {$(
        impl $operation {
            /// Who may make the request.
            pub const $name: &'static [$crate::Permission] = &[$($crate::Permission {
                subject: $crate::macros::first(&[$($subject)?]),
                kind: $crate::PermissionKind::$kind,
                scopes: &[$($scope),*],
            }),*];
        }
    )*};
}
