//! Targets of example requests: the base that they call, and the routes that they can take.

use super::matching::{Candidate, candidates};
use super::route_tree::RouteTree;
use crate::model::RouteDifference;
use crate::page::example::ExampleMessage;
use crate::page::message::Start;
use crate::page::route::{is_version, path_segments, split_query};
use crate::page::segment::is_qualified;
use crate::source::Span;
use crate::words::noun;

/// The parts of the target of an example request.
#[derive(Debug, Default)]
pub(super) struct Target<'a> {
    /// Scheme, host and version; absent in a target that is only a path.
    pub(super) base: Option<&'a str>,
    /// The path behind the base, as it is written.
    pub(super) path: &'a str,
    /// The query string.
    pub(super) query: &'a str,
    /// The routes that it can take.
    pub(super) found: Vec<Candidate>,
    /// What it has that they have not, or the other way round.
    pub(super) difference: Option<RouteDifference>,
}

/// Splits the target of a request, and finds the routes that it can take.
pub(super) fn read<'a>(tree: &RouteTree, request: &ExampleMessage<'a>) -> Target<'a> {
    let Start::Request { method, target } = request.message.start else {
        return Target::default();
    };
    let (location, query) = split_query(target);
    let location = location.trim_end();
    let origin_end = origin(location).map(str::len);
    let segments = path_segments(&location[origin_end.unwrap_or(0)..]);
    // The version belongs to the base; so do segments before a route that is known.
    let version = usize::from(segments.first().is_some_and(|segment| is_version(segment)));
    let skips: &[usize] = if version == 1 { &[1] } else { &[0, 1, 2] };
    let mut skips = skips.iter().filter(|&&skip| skip < segments.len());
    let search = |&skip: &usize| {
        let (found, difference) = find(tree, method, &segments[skip..]);
        (!found.is_empty()).then_some((skip, found, difference))
    };
    let (skip, found, difference) = skips
        .find_map(search)
        .unwrap_or((version, Vec::new(), None));
    let path_start = segments.get(skip).map_or(location.len(), |segment| {
        Span::of(segment, location).start as usize
    });
    let path_start = path_start - usize::from(location[..path_start].ends_with('/'));
    Target {
        base: origin_end.map(|_| location[..path_start].trim_end_matches('/')),
        path: &location[path_start..],
        query,
        found,
        difference,
    }
}

/// Scheme and host of a URL.
pub(super) fn origin(url: &str) -> Option<&str> {
    let host = url.find("://")? + "://".len();
    let end = url[host..].find('/').map_or(url.len(), |at| host + at);
    Some(&url[..end])
}

/// The routes that a request can take: as it is written, or else in the ways in which OData lets
/// one ask for the same or for more than pages document.
fn find(
    tree: &RouteTree,
    method: &str,
    segments: &[&str],
) -> (Vec<Candidate>, Option<RouteDifference>) {
    let found = candidates(tree, method, segments);
    if !found.is_empty() {
        return (found, None);
    }
    // A key may stand in parentheses (OData URL conventions, section 4.3.1).
    let split: Vec<&str> = segments
        .iter()
        .flat_map(|segment| key_in_parentheses(segment))
        .collect();
    if split.len() > segments.len() {
        let found = candidates(tree, method, &split);
        if !found.is_empty() {
            return (found, Some(RouteDifference::KeyInParentheses));
        }
    }
    // Arguments that may be left out are shown by some examples alone.
    let bare: Vec<&str> = segments
        .iter()
        .map(|segment| without_arguments(segment))
        .collect();
    if bare != segments {
        let found = candidates(tree, method, &bare);
        if !found.is_empty() {
            return (found, Some(RouteDifference::Arguments));
        }
    }
    // Any collection can be counted, and any value asked for as a derived type.
    let is_more = |segment: &&&str| segment.starts_with('$') || is_qualified(segment);
    let more = segments.iter().rev().take_while(is_more).count();
    if (1..segments.len()).contains(&more) {
        let (route, behind) = segments.split_at(segments.len() - more);
        let found = candidates(tree, method, route);
        if !found.is_empty() {
            let behind = behind.iter().map(|&segment| segment.to_owned());
            return (found, Some(RouteDifference::Behind(behind.collect())));
        }
    }
    // What is documented for any user holds for the signed-in one.
    if segments
        .first()
        .is_some_and(|first| first.eq_ignore_ascii_case("me"))
    {
        let users = tree.children(0).find_map(|(_, segment)| {
            let text = segment.literal()?;
            (noun(text) == noun("me") && !text.eq_ignore_ascii_case("me")).then_some(text)
        });
        let longer: Vec<&str> = users.into_iter().chain(segments.iter().copied()).collect();
        let found = candidates(tree, method, &longer);
        if !found.is_empty() {
            return (found, Some(RouteDifference::SignedInUser));
        }
    }
    (Vec::new(), None)
}

/// A segment with its key as a segment of its own: `users('ada')` as `users` and `ada`.
fn key_in_parentheses(segment: &str) -> Vec<&str> {
    let parts = segment
        .strip_suffix(')')
        .and_then(|rest| rest.split_once('('));
    match parts {
        Some((name, key)) if !name.is_empty() && !key.is_empty() && !is_named(key) => {
            vec![name, key.trim_matches('\'')]
        }
        _ => vec![segment],
    }
}

/// Whether what stands in parentheses is an argument with its name: `address='A1'`.
fn is_named(argument: &str) -> bool {
    argument.contains('=') && !argument.starts_with('\'')
}

/// The name of a function without its arguments.
fn without_arguments(segment: &str) -> &str {
    match segment
        .strip_suffix(')')
        .and_then(|rest| rest.split_once('('))
    {
        Some((name, _)) if !name.is_empty() => name,
        _ => segment,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn an_origin_ends_where_the_path_begins() {
        assert_eq!(origin("https://a.b/c/d"), Some("https://a.b"));
        assert_eq!(origin("https://a.b"), Some("https://a.b"));
        assert_eq!(origin("/c/d"), None);
    }
}
