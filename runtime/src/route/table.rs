//! The routes of an API, and which of them a method and path take.

use std::borrow::Cow;
use std::fmt;

use http::Method;

use super::RouteInfo;
use super::template;
use super::tree::Tree;

/// Routes, and the way from a path to the one that it takes.
#[derive(Debug)]
pub struct RouteTable {
    routes: &'static [RouteInfo],
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
    pub fn new(routes: &'static [RouteInfo]) -> Self {
        Self {
            routes,
            tree: Tree::new(routes),
        }
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
            Some((index, template, template::match_path(template, segments)?))
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
            segments: template::split_path(path),
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

impl Arguments {
    /// Values in the order of the template.
    pub fn new(values: &[impl AsRef<str>]) -> Self {
        let values = values.iter().map(|value| value.as_ref().to_owned());
        Self(values.collect::<Vec<_>>().into_iter())
    }

    /// The values of as many parameters as are asked for; empty where the template has no more.
    pub fn take<const N: usize>(mut self) -> [String; N] {
        std::array::from_fn(|_| self.0.next().unwrap_or_default())
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

    macro_rules! info {
        ($template:literal) => {
            RouteInfo {
                method: Method::GET,
                template: $template,
                doc: "",
                permissions: &[],
            }
        };
    }

    static TABLE: LazyLock<RouteTable> = LazyLock::new(|| {
        RouteTable::new(&[
            info!("/users/{id}"),
            info!("/users/delta"),
            info!("/users/{id}/{name}"),
            info!("/users/f(x='{x}')"),
            info!("/root:/{path}"),
            info!("/root:/{path}:/content"),
            info!("/f(a={a})"),
            info!("/f({b})"),
            info!("/a/{id}/{+path}/b"),
            info!("/users/delta/{name}/x"),
            info!("/{any}"),
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
            let (index, values) = found.unwrap_or_else(|| panic!("{path}"));
            assert_eq!(TABLE.routes[index].template, template, "{path}");
            assert_eq!(values.take(), [value], "{path}");
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
