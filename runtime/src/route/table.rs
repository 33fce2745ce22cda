//! The routes of an API, and which of them a method and path take.

use std::borrow::Cow;
use std::fmt;

use http::Method;

use super::tree::Tree;
use super::{Permissions, RouteInfo, matching, template};

/// A row of a table, as [`routes!`](crate::routes) has it: method and path, where they are
/// documented, and who may take the route.
pub type RouteRow = (&'static str, &'static str, &'static [Permissions]);

/// Routes, and the way from a path to the one that it takes.
#[derive(Debug)]
pub struct RouteTable {
    routes: Vec<RouteInfo>,
    tree: Tree,
}

/// A method and a path for which a route is looked for.
#[derive(Clone, Debug)]
pub struct RouteTarget<'p> {
    method: Method,
    path: &'p str,
    /// None where the path cannot be one of any route.
    segments: Option<Vec<Cow<'p, str>>>,
}

/// The values of a path's parameters, decoded, in the order of the template.
#[derive(Debug)]
pub struct Arguments(std::vec::IntoIter<String>);

/// What a route is made of.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct RouteParts<'r> {
    /// Its position in the table.
    pub index: usize,
    /// The values in its path, in the order of the template.
    pub values: Vec<&'r str>,
}

/// No documented route has this method and path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRoute {
    /// The method that was asked for.
    pub method: Method,
    /// The path that was asked for.
    pub path: String,
}

impl RouteTable {
    /// A table of routes.
    ///
    /// # Panics
    ///
    /// Where a row does not begin with a method, and a path behind it.
    pub fn new(rows: &[RouteRow]) -> Self {
        let routes = rows.iter().map(|&(route, doc, permissions)| {
            let (method, template) = route.split_once(' ').expect("a method and a path");
            RouteInfo {
                method: method.parse().expect("a method"),
                template,
                doc,
                permissions,
            }
        });
        let routes: Vec<RouteInfo> = routes.collect();
        Self {
            tree: Tree::new(&routes),
            routes,
        }
    }

    /// All routes, in the order of their rows.
    pub fn routes(&self) -> &[RouteInfo] {
        &self.routes
    }

    /// The index of the route that a request takes, and the values in its path.
    ///
    /// Text of the template is compared without regard to ASCII case. Of several routes that fit,
    /// the one with text where others have parameters is taken, the leftmost difference first.
    pub fn find(&self, target: &RouteTarget<'_>) -> Option<(usize, Arguments)> {
        let segments = target.segments.as_ref()?;
        let mut candidates = self.tree.candidates(segments);
        candidates.retain(|&index| self.routes[index].method == target.method);
        // Of routes that fit alike the first one is taken, whatever the way to it.
        candidates.sort_unstable();
        let matches = candidates.into_iter().filter_map(|index| {
            let template = self.routes[index].template;
            Some((index, template, matching::match_path(template, segments)?))
        });
        let best = matches.min_by(|(_, one, _), (_, other, _)| template::compare(one, other));
        best.map(|(index, _, values)| (index, Arguments(values.into_iter())))
    }
}

impl<'p> RouteTarget<'p> {
    /// A path begins behind the base URL; its query string, if any, does not matter.
    pub fn new(method: Method, path: &'p str) -> Self {
        Self {
            method,
            path,
            segments: matching::split_path(path),
        }
    }

    /// That no route is there.
    pub fn unknown(self) -> UnknownRoute {
        UnknownRoute {
            method: self.method,
            path: self.path.to_owned(),
        }
    }
}

/// The values of a route, in the order of the template.
///
/// An array is handed over and no slice: to make one a slice is more for the compiler to check, in each
/// of thousands of routes.
pub fn route_values<const N: usize>(values: [&String; N]) -> Vec<&str> {
    values.map(String::as_str).into()
}

impl Arguments {
    /// Values in the order of the template.
    pub fn new(values: &[impl AsRef<str>]) -> Self {
        let values = values.iter().map(|value| value.as_ref().to_owned());
        Self(values.collect::<Vec<_>>().into_iter())
    }

    /// The value of the next parameter; empty where the template has no more.
    pub fn take(&mut self) -> String {
        self.0.next().unwrap_or_default()
    }
}

impl fmt::Display for UnknownRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no documented route is `{} {}`", self.method, self.path)
    }
}

impl std::error::Error for UnknownRoute {}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static TABLE: LazyLock<RouteTable> = LazyLock::new(|| {
        RouteTable::new(&[
            ("GET /users/{id}", "", &[]),
            ("GET /users/delta", "", &[]),
            ("GET /users/{id}/{name}", "", &[]),
            ("GET /users/f(x='{x}')", "", &[]),
            ("GET /root:/{path}", "", &[]),
            ("GET /root:/{path}:/content", "", &[]),
            ("GET /f(a={a})", "", &[]),
            ("GET /f({b})", "", &[]),
            ("GET /a/{id}/{+path}/b", "", &[]),
            ("GET /users/delta/{name}/x", "", &[]),
            ("GET /{any}", "", &[]),
        ])
    });

    #[test]
    fn the_narrowest_template_is_taken() {
        let cases = [
            ("/users/7", "/users/{id}", "7"),
            ("/USERS/7", "/users/{id}", "7"),
            ("/users/Delta", "/users/delta", ""),
            ("/users/f(x='1')", "/users/f(x='{x}')", "1"),
            ("/users/7/photo", "/users/{id}/{name}", "7"),
            // The text of another route leads nowhere.
            ("/users/delta/photo", "/users/{id}/{name}", "delta"),
            ("/root:/a/b", "/root:/{path}", "a/b"),
            ("/root:/a/b:/content", "/root:/{path}:/content", "a/b"),
            // Of two that leave as much open, the first one.
            ("/f(a=1)", "/f(a={a})", "1"),
            ("/a/1/c/d/b?x#y", "/a/{id}/{+path}/b", "1"),
            ("/other", "/{any}", "other"),
        ];
        for (path, template, value) in cases {
            let found = TABLE.find(&RouteTarget::new(Method::GET, path));
            let (index, mut values) = found.unwrap_or_else(|| panic!("{path}"));
            assert_eq!(TABLE.routes[index].template, template, "{path}");
            assert_eq!(values.take(), value, "{path}");
        }
    }

    #[test]
    fn a_path_may_be_long_but_not_without_end() {
        for (parameters, found) in [(127, true), (128, false), (1 << 20, false)] {
            let path = format!("/root:{}", "/a".repeat(parameters));
            let target = RouteTarget::new(Method::GET, &path);
            assert_eq!(TABLE.find(&target).is_some(), found, "{parameters}");
        }
    }

    #[test]
    fn what_is_no_route_is_named() {
        for (method, path) in [
            (Method::PUT, "/users/7"),
            (Method::GET, "/a/b/c"),
            (Method::GET, "users"),
        ] {
            let target = RouteTarget::new(method.clone(), path);
            assert!(TABLE.find(&target).is_none(), "{path}");
            let said = format!("no documented route is `{method} {path}`");
            assert_eq!(target.unknown().to_string(), said);
        }
    }
}
