//! Routes: where requests go, and what the pages say about them.

pub(crate) mod encode;
mod path;
mod table;
mod template;

pub use path::{Path, Piece};
pub use table::{Arguments, RouteTable, UnknownRoute};

use http::Method;

/// What the pages say about a route.
#[derive(Debug, PartialEq, Eq)]
pub struct RouteInfo {
    /// The HTTP method.
    pub method: Method,
    /// The documented path behind the base URL, with parameters in braces.
    ///
    /// `{name}` is a value in a segment, `'{name}'` one between quotes. A parameter behind a
    /// segment that ends in a colon, as in `/root:/{path}:/content`, is a path of its own.
    pub template: &'static str,
    /// The page and line that document it.
    pub doc: &'static str,
    /// Who may take it.
    pub permissions: &'static [Permission],
}

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

impl RouteInfo {
    /// The documented path with the values of its parameters, in their order, each encoded so that
    /// it stays where it belongs.
    ///
    /// A value that is missing leaves its place empty.
    pub fn path(&self, values: &[&str]) -> String {
        template::fill(self.template, values)
    }

    /// The scopes of all permissions in their order, without repeats.
    pub fn scopes(&self) -> impl Iterator<Item = &'static str> + use<> {
        let all = |permissions: &'static [Permission]| {
            permissions.iter().flat_map(|permission| permission.scopes)
        };
        let permissions = self.permissions;
        let scopes = all(permissions).copied().enumerate();
        scopes.filter_map(move |(index, scope)| {
            let repeats = all(permissions)
                .take(index)
                .any(|earlier| *earlier == scope);
            (!repeats).then_some(scope)
        })
    }
}
