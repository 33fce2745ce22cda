//! Routes: where requests go, and what the pages say about them.

pub(crate) mod call;
pub(crate) mod encode;
mod macros;
mod matching;
mod path;
mod permission;
mod table;
mod template;
mod tree;

pub use path::Path;
pub use permission::{Permission, PermissionKind, Permissions};
pub use table::{
    Arguments, RouteParts, RouteRow, RouteTable, RouteTarget, UnknownRoute, route_values,
};

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
    /// Who may take it, operation by operation.
    pub permissions: &'static [Permissions],
}

impl RouteInfo {
    /// The documented path with the values of its parameters, in their order, each encoded so that
    /// it stays where it belongs.
    ///
    /// A value that is missing leaves its place empty.
    pub fn path(&self, values: &[impl AsRef<str>]) -> String {
        template::fill(self.template, values.iter().map(AsRef::as_ref))
    }

    /// Who may take it.
    pub fn permissions(&self) -> impl Iterator<Item = Permission> + Clone + use<> {
        self.permissions.iter().flat_map(Permissions::iter)
    }

    /// The scopes of all permissions in their order, without repeats.
    pub fn scopes(&self) -> impl Iterator<Item = &'static str> + use<> {
        let scopes = self.permissions().flat_map(|it| it.scopes());
        let earlier = scopes.clone();
        scopes.enumerate().filter_map(move |(index, scope)| {
            let repeats = earlier.clone().take(index).any(|earlier| earlier == scope);
            (!repeats).then_some(scope)
        })
    }
}
