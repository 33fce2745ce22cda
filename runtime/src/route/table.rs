//! The routes of an API, and which of them a method and path take.

use std::fmt;

use http::Method;

use super::RouteInfo;
use super::template;

/// All routes of an API, and how each is made of the values in its path.
#[derive(Debug)]
pub struct RouteTable<R: 'static> {
    entries: &'static [Entry<R>],
}

/// A route, and the value of type `R` that stands for it.
type Entry<R> = (&'static RouteInfo, fn(&mut Arguments) -> R);

/// The values of a path's parameters, decoded, in the order of the template.
#[derive(Debug)]
pub struct Arguments(std::vec::IntoIter<String>);

impl Arguments {
    /// The value of the next parameter; empty where the template has no more.
    pub fn take(&mut self) -> String {
        self.0.next().unwrap_or_default()
    }
}

impl<R> RouteTable<R> {
    /// A table of routes with a function for each that makes its value.
    pub const fn new(entries: &'static [Entry<R>]) -> Self {
        Self { entries }
    }

    /// The route that a request takes.
    ///
    /// The path begins behind the base URL; its query string, if any, does not matter. Text of the
    /// template is compared without regard to ASCII case. Of several routes that fit, the one
    /// with text where others have parameters is taken, the leftmost difference first.
    pub fn find(&self, method: &Method, path: &str) -> Result<R, UnknownRoute> {
        let unknown = || UnknownRoute {
            method: method.clone(),
            path: path.to_owned(),
        };
        let segments = template::split_path(path).ok_or_else(unknown)?;
        let candidates = self
            .entries
            .iter()
            .filter(|(info, _)| info.method == *method);
        let matches = candidates.filter_map(|(info, make)| {
            Some((info, template::match_path(info.template, &segments)?, make))
        });
        let (_, values, make) = matches
            .min_by(|(one, ..), (other, ..)| template::compare(one.template, other.template))
            .ok_or_else(unknown)?;
        Ok(make(&mut Arguments(values.into_iter())))
    }
}

/// No documented route has this method and path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRoute {
    /// The method that was asked for.
    pub method: Method,
    /// The path that was asked for.
    pub path: String,
}

impl fmt::Display for UnknownRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no documented route is `{} {}`", self.method, self.path)
    }
}

impl std::error::Error for UnknownRoute {}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! info {
        ($template:literal) => {
            &RouteInfo {
                method: Method::GET,
                template: $template,
                doc: "",
                permissions: &[],
            }
        };
    }

    #[test]
    fn the_narrowest_template_is_taken() {
        static TABLE: RouteTable<(&str, String)> = RouteTable::new(&[
            (info!("/users/{id}"), |a| ("id", a.take())),
            (info!("/users/delta"), |a| ("delta", a.take())),
            (info!("/users/{id}/{name}"), |a| ("name", a.take())),
            (info!("/users/f(x='{x}')"), |a| ("f", a.take())),
            (info!("/root:/{path}"), |a| ("path", a.take())),
            (info!("/root:/{path}:/content"), |a| ("content", a.take())),
        ]);
        let cases = [
            ("/users/7", "id", "7"),
            ("/users/Delta", "delta", ""),
            ("/users/f(x='1')", "f", "1"),
            ("/users/7/photo", "name", "7"),
            ("/root:/a/b", "path", "a/b"),
            ("/root:/a/b:/content", "content", "a/b"),
        ];
        for (path, name, value) in cases {
            assert_eq!(
                TABLE.find(&Method::GET, path),
                Ok((name, value.to_owned())),
                "{path}"
            );
        }
        let unknown = TABLE.find(&Method::PUT, "/users/7").unwrap_err();
        assert_eq!(unknown.to_string(), "no documented route is `PUT /users/7`");
    }
}
