//! Who may take a route.

/// A documented set of scopes, any one of which suffices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    /// The kind of owner that the set is for, where the page tells kinds apart.
    pub subject: Option<&'static str>,
    /// The kind of caller.
    pub kind: PermissionKind,
    /// The scopes in the order of the page, with a space between them as OAuth has it (RFC 6749,
    /// section 3.3); empty where callers of this kind are not supported.
    pub scope: &'static str,
}

impl Permission {
    /// The scopes one by one.
    pub fn scopes(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        self.scope.split_ascii_whitespace()
    }
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

/// What [`permissions!`](crate::permissions) makes all permissions of a kind from: to name one thing
/// that has all their parts is less for the compiler than to name each part.
pub(crate) mod kinds {
    #![expect(
        missing_docs,
        non_upper_case_globals,
        reason = "they are named as the kinds are"
    )]

    use super::{Permission, PermissionKind};

    const fn of(kind: PermissionKind) -> Permission {
        Permission {
            subject: None,
            kind,
            scope: "",
        }
    }

    pub const DelegatedWork: Permission = of(PermissionKind::DelegatedWork);
    pub const DelegatedPersonal: Permission = of(PermissionKind::DelegatedPersonal);
    pub const Application: Permission = of(PermissionKind::Application);
    pub const Unspecified: Permission = of(PermissionKind::Unspecified);
}

/// Gives the types of operations constants with the permissions that their pages list.
///
/// ```
/// # struct GetPhoto;
/// docwright_client::permissions! {
///     GetPhoto::PERMISSIONS {
///         DelegatedWork for "user": "User.Read User.Read.All",
///         Application: "",
///     }
/// }
/// let [delegated, application] = GetPhoto::PERMISSIONS else { unreachable!() };
/// assert_eq!((delegated.subject, application.subject), (Some("user"), None));
/// assert!(delegated.scopes().eq(["User.Read", "User.Read.All"]));
/// assert_eq!(application.scopes().count(), 0);
/// ```
///
/// The scopes are one text: lists of them in thousands of constants are slow to compile.
#[macro_export]
macro_rules! permissions {
    ($($operation:ident :: $name:ident {
        $($kind:ident $(for $subject:literal)?: $scope:literal),* $(,)?
    })*) => {$(
        impl $operation {
            /// Who may make the request.
            pub const $name: &'static [$crate::Permission] = &[$($crate::Permission {
                $(subject: ::std::option::Option::Some($subject),)?
                scope: $scope,
                ..$crate::macros::$kind
            }),*];
        }
    )*};
}
