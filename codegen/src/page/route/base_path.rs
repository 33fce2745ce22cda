//! What the paths of a documentation set begin with that belongs to its base URL, such as `/api/v1`.
//!
//! The route lines of the dialect leave host and version out. Other sets write every path as a whole: what most of
//! them begin with says which service and version is meant, and nothing of what can be asked of it.

use std::collections::BTreeMap;

use super::{RouteLine, behind_version, is_version};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::Page;
use crate::page::context::locate;
use crate::vocabulary::Segment;

/// How many segments there may be up to a version: `/services/data/v58.0`.
const MOST_SEGMENTS: usize = 3;

/// What a path begins with where it has no version.
const API: &str = "api";

/// What paths begin with that belongs to the base URL.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum BasePath {
    /// A version, if anything.
    Version,
    /// These segments.
    Segments(Vec<String>),
    /// Nothing: routes of several versions are documented, which their paths tell apart.
    Several,
}

impl BasePath {
    /// Takes it out of the routes of all pages, and reports those that do not begin with it.
    pub(crate) fn leave_out(pages: &mut [Page<'_>], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let base = Self::of(pages);
        let Self::Segments(names) = &base else {
            return base;
        };
        for page in pages {
            let text = &page.file.text;
            let blocks = page.routes.iter_mut();
            for line in blocks.flat_map(|block| &mut block.lines) {
                let segments = &mut line.path.segments;
                let begins = segments.len() > names.len()
                    && segments.iter().zip(names).all(|(segment, name)| {
                        let text = segment.literal();
                        text.is_some_and(|text| text.eq_ignore_ascii_case(name))
                    });
                if begins {
                    segments.drain(..names.len());
                } else if !is_url(text, line) {
                    let message = format!("the path does not begin with `/{}`", names.join("/"));
                    let place = locate(page.file, line.span);
                    let found = Diagnostic::new(Code::RouteBase, place, message);
                    let help = "most others do; it is taken to stand behind that";
                    diagnostics.push(found.with_help(help));
                }
            }
        }
        base
    }

    /// What more than half of all paths begin with.
    fn of(pages: &[Page<'_>]) -> Self {
        let mut counts: BTreeMap<String, (usize, BTreeMap<String, usize>)> = BTreeMap::new();
        let mut all = 0;
        let mut count = |begin: Vec<&str>| {
            all += 1;
            if !begin.is_empty() {
                let written = begin.join("/");
                let (count, spellings) = counts.entry(written.to_ascii_lowercase()).or_default();
                *count += 1;
                *spellings.entry(written).or_default() += 1;
            }
        };
        for page in pages {
            for line in page.route_lines() {
                let begin = begin(line.path.segments.iter().map(Segment::literal));
                if !begin.is_empty() || !is_url(&page.file.text, line) {
                    count(begin);
                }
            }
            // Where a page has no route lines, its requests may stand for them.
            let requests = page.examples.requests.iter();
            for request in requests.filter(|_| page.routes.is_empty()) {
                if let Some((_, target)) = request.message.request()
                    && let Some(path) = target.strip_prefix('/')
                {
                    count(begin(path.split('/').map(literal)));
                }
            }
        }
        let most = counts.iter().max_by_key(|(_, (count, _))| *count);
        let Some((base, (_, spellings))) = most.filter(|(_, (count, _))| *count * 2 > all) else {
            return Self::Version;
        };
        let names = |begin: &str| begin.split('/').map(str::to_owned).collect::<Vec<_>>();
        let base = names(base);
        let is_other = |begin: Vec<String>| {
            !begin.starts_with(&base) && begin.last().is_some_and(|name| is_version(name))
        };
        if counts.keys().any(|begin| is_other(names(begin))) {
            return Self::Several;
        }
        // Hosts may tell capitals from small letters (RFC 3986, section 6.2.2.1).
        let usual = spellings.iter().max_by_key(|(_, count)| **count);
        Self::Segments(usual.map_or(base, |(written, _)| names(written)))
    }

    /// What of a path stands behind it.
    pub(crate) fn behind<'p>(&self, path: &'p str) -> &'p str {
        match self {
            Self::Version => behind_version(path),
            Self::Segments(names) => behind(path, names).unwrap_or_else(|| behind_version(path)),
            Self::Several => path,
        }
    }

    /// The path that all routes stand behind, if it is known from their own paths.
    pub(crate) fn path(&self) -> Option<String> {
        match self {
            Self::Segments(names) => Some(format!("/{}", names.join("/"))),
            Self::Version | Self::Several => None,
        }
    }
}

/// Whether a line has a whole URL, whose version has been left out already.
fn is_url(text: &str, line: &RouteLine<'_>) -> bool {
    text[line.span.range()].contains("://")
}

/// The segments of a path up to its version, or the word for an API that it begins with. Of a path that has
/// nothing behind that, none.
fn begin<'s>(segments: impl Iterator<Item = Option<&'s str>>) -> Vec<&'s str> {
    let mut segments = segments.peekable();
    let mut names: Vec<&str> = Vec::new();
    while let Some(&Some(name)) = segments.peek()
        && names.len() < MOST_SEGMENTS
        && !names.last().is_some_and(|last| is_version(last))
    {
        names.push(name);
        segments.next();
    }
    let length = match &names[..] {
        [.., last] if is_version(last) => names.len(),
        [first, ..] if first.eq_ignore_ascii_case(API) => 1,
        _ => 0,
    };
    let has_more = names.len() > length || segments.peek().is_some();
    names.truncate(if has_more { length } else { 0 });
    names
}

/// A segment of a request, unless it has a parameter in it.
fn literal(segment: &str) -> Option<&str> {
    Some(segment).filter(|text| !text.contains(['{', '<', '(']))
}

/// What of a path stands behind the names that it begins with.
fn behind<'p>(path: &'p str, names: &[String]) -> Option<&'p str> {
    names.iter().try_fold(path, |rest, name| {
        let bare = rest.trim_start_matches('/');
        let end = bare.find(['/', '?']).unwrap_or(bare.len());
        let (first, behind) = bare.split_at(end);
        first.eq_ignore_ascii_case(name).then_some(behind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_begins_with_a_version_or_the_word_for_an_api() {
        let cases = [
            ("v1/kites", "v1"),
            ("api/v1/kites", "api v1"),
            ("API/kites/{id}", "API"),
            ("api/{collection}", "api"),
            ("api/v1/{collection}", "api v1"),
            ("services/data/v58.0/kites", "services data v58.0"),
            ("a/b/c/v1/kites", ""),
            ("{id}/v1/kites", ""),
            ("kites", ""),
            ("api", ""),
            ("api/v1", ""),
        ];
        for (path, expected) in cases {
            let found = begin(path.split('/').map(literal));
            assert_eq!(found.join(" "), expected, "{path}");
        }
    }

    #[test]
    fn what_stands_behind_it_begins_with_a_slash() {
        let base = BasePath::Segments(vec!["api".to_owned(), "v1".to_owned()]);
        let cases = [
            ("/api/v1/kites", "/kites"),
            ("api/V1/kites?x", "/kites?x"),
            ("/api/v1?x", "?x"),
            ("/api/v2/kites", "/api/v2/kites"),
            ("/v1/kites", "/kites"),
            ("/kites", "/kites"),
        ];
        for (path, expected) in cases {
            assert_eq!(base.behind(path), expected, "{path}");
        }
        assert_eq!(BasePath::Version.behind("/v1/kites"), "/kites");
        assert_eq!(BasePath::Several.behind("/v1/kites"), "/v1/kites");
    }
}
