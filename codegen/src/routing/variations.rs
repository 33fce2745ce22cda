//! Forms of a request that OData allows beside the documented one.

use super::{Arguments, Candidate, Router};
use crate::model::RouteDifference;
use crate::vocabulary::{Call, is_qualified};

impl Router {
    /// The routes that a request can take: as it is written, or else in the ways in which OData
    /// lets one ask for the same or for more than pages document.
    pub(crate) fn find_all(
        &self,
        method: &str,
        segments: &[&str],
    ) -> (Vec<Candidate>, Option<RouteDifference>) {
        let found = self.candidates(method, segments);
        if !found.is_empty() {
            return (found, None);
        }
        let split = with_keys_as_segments(segments);
        if split.len() > segments.len() {
            let found = self.candidates(method, &split);
            if !found.is_empty() {
                return (found, Some(RouteDifference::KeyInParentheses));
            }
        }
        if segments.iter().any(|segment| Call::read(segment).is_some()) {
            let dropped = |segments| self.candidates_with(Arguments::Dropped, method, segments);
            let mut found = dropped(segments);
            if found.is_empty() && split.len() > segments.len() {
                found = dropped(&split);
            }
            if !found.is_empty() {
                return (found, Some(RouteDifference::Arguments));
            }
        }
        let is_more = |segment: &&&str| segment.starts_with('$') || is_qualified(segment);
        let more = segments.iter().rev().take_while(is_more).count();
        if (1..segments.len()).contains(&more) {
            let (route, behind) = segments.split_at(segments.len() - more);
            let found = self.candidates(method, route);
            if !found.is_empty() {
                let behind = behind.iter().map(|&segment| segment.to_owned());
                return (found, Some(RouteDifference::Behind(behind.collect())));
            }
        }
        let first = segments.first();
        if first.is_some_and(|first| first.eq_ignore_ascii_case("me")) {
            let users = self.users.as_deref().into_iter();
            let longer: Vec<&str> = users.chain(segments.iter().copied()).collect();
            let found = self.candidates(method, &longer);
            if !found.is_empty() {
                return (found, Some(RouteDifference::SignedInUser));
            }
        }
        (Vec::new(), None)
    }
}

/// A path with the keys in parentheses as segments of their own: `/users('ada')/photo` as `/users/ada/photo`.
pub(crate) fn with_keys_as_segments<'s>(segments: &[&'s str]) -> Vec<&'s str> {
    let split = segments.iter();
    split
        .flat_map(|segment| key_in_parentheses(segment))
        .collect()
}

/// A segment with its key as a segment of its own: `users('ada')` as `users` and `ada`.
fn key_in_parentheses(segment: &str) -> Vec<&str> {
    let call = Call::read(segment);
    let key = call.and_then(|call| {
        let mut arguments = call.arguments();
        let key = arguments.next().filter(|key| key.name.is_empty())?;
        arguments.next().is_none().then_some((call.name, key.value))
    });
    match key {
        // A page may have the quotes of its prose around it.
        Some((name, key)) => vec![name, key.trim_matches(['\'', '‘', '’'])],
        None => vec![segment],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_files;
    use crate::source::SourceFile;

    /// Asserts which of some routes a path takes.
    fn takes(routes: &[&str], path: &str, route: Option<&str>) {
        let routes = routes.iter().map(|route| format!("GET {route}"));
        let routes = routes.collect::<Vec<_>>().join("\n");
        let page = format!("# Get user\n\n## HTTP request\n\n```http\n{routes}\n```\n");
        let api = read_files(vec![SourceFile::new("user-get.md", page)], Vec::new()).api;
        let found = Router::new(&api.routes).find("GET", path);
        let found = found.map(|found| api.route(found.route).path.to_string());
        assert_eq!(found.as_deref(), route, "{path}");
    }

    #[test]
    fn the_call_of_a_function_is_no_key() {
        let routes = ["/users/{id}", "/users/delta"];
        takes(&routes, "/users/delta()", Some("/users/delta"));
        takes(&routes, "/users/a", Some("/users/{user-id}"));
        takes(&routes, "/users/delta(token='a')", Some("/users/delta"));
        takes(&routes, "/users/foo(token='a')", None);
        takes(&routes, "/users('a')/foo('b')", None);
    }

    #[test]
    fn a_key_is_no_argument_to_be_dropped() {
        let routes = ["/users/{id}", "/users/delta", "/users/{id}/photos/delta"];
        takes(&routes, "/users('a')/delta(token='b')", None);
        let photos = Some("/users/{user-id}/photos/delta");
        takes(&routes, "/users('a')/photos/delta(token='b')", photos);
    }

    #[test]
    fn a_key_in_parentheses_is_a_segment() {
        assert_eq!(key_in_parentheses("users('ada')"), ["users", "ada"]);
        assert_eq!(
            key_in_parentheses("range(address='A1')"),
            ["range(address='A1')"]
        );
        assert_eq!(key_in_parentheses("events('AA=')"), ["events", "AA="]);
        assert_eq!(key_in_parentheses("delta()"), ["delta()"]);
    }
}
