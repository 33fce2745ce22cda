//! Kinds of callers.

/// The kind of caller that a permission is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
