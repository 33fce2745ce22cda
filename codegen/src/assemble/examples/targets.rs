//! Targets of example requests: the base that they call, and the routes that they can take.

use std::borrow::Cow;
use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use crate::assemble::routes::Routes;
use crate::model::{Api, RouteDifference};
use crate::page::Page;
use crate::page::example::ExampleMessage;
use crate::page::route::base_path::BasePath;
use crate::page::route::path_segments;
use crate::parallel;
use crate::routing::{Candidate, Places, Router};
use crate::source::Span;
use crate::text::strip_start;
use crate::vocabulary::{origin, split_query};

/// The parts of the target of an example request.
#[derive(Debug, Default)]
pub(in crate::assemble) struct Target<'a> {
    /// Scheme, host and version; absent in a target that is only a path.
    pub(in crate::assemble) base: Option<&'a str>,
    /// The path behind the base, as it is written but for segments of dots.
    pub(in crate::assemble) path: Cow<'a, str>,
    /// The segments of the path, each a part of the page.
    pub(in crate::assemble) segments: Vec<&'a str>,
    /// The query string.
    pub(in crate::assemble) query: &'a str,
    /// What stands before the path: the base, or what a target that is only a path has of it.
    before: &'a str,
    /// The host that a header names for a target that is only a path.
    host: Option<&'a str>,
    /// Whether the service gave it out, so that its base is not that of the API.
    pub(super) opaque: bool,
    /// The routes that it can take.
    pub(in crate::assemble) found: Vec<Candidate>,
    /// What it has that they have not, or the other way round.
    pub(in crate::assemble) difference: Option<RouteDifference>,
}

/// Splits the target of a request, and finds the routes that it can take.
pub(in crate::assemble) fn read<'a>(
    router: &Router,
    base_path: &BasePath,
    request: &ExampleMessage<'a>,
) -> Target<'a> {
    read_behind(router, base_path, None, request)
}

/// The same of one whose base ends no sooner than the one that most of the examples call, where that is known.
fn read_behind<'a>(
    router: &Router,
    base_path: &BasePath,
    usual: Option<&str>,
    request: &ExampleMessage<'a>,
) -> Target<'a> {
    let Some((method, target)) = request.message.request() else {
        return Target::default();
    };
    let (location, query) = split_query(target);
    let location = location.trim_end();
    let origin_end = origin(location).map(str::len);
    let (origin, path) = location.split_at(origin_end.unwrap_or(0));
    let written = path_segments(path);
    let kept = without_dots(&written);
    let segments = kept.as_ref().unwrap_or(&written);
    // The base path belongs to the base; so do segments of a URL before a route that is known.
    let (base, _) = path.split_at(path.len() - base_path.behind(path).len());
    let behind = usual.and_then(|usual| behind_base(location, usual));
    // A base without a host ends before the path begins.
    let base_end = behind.and_then(|behind| path.len().checked_sub(behind.len()));
    let begin = match base_end {
        Some(end) => path_segments(&path[..end]).len(),
        None => base.split('/').filter(|it| !it.is_empty()).count(),
    };
    let begin = begin.min(segments.len());
    let skips = match origin_end {
        Some(_) if begin == 0 => [0, 1, 2].as_slice(),
        _ if begin == 0 => &[0],
        _ => &[begin, 0],
    };
    let mut skips = skips.iter().filter(|&&skip| skip < segments.len());
    let search = |&skip: &usize| {
        let (found, difference) = router.find_all(method, &segments[skip..]);
        (!found.is_empty()).then_some((skip, found, difference))
    };
    let (skip, found, difference) = skips.find_map(search).unwrap_or((begin, Vec::new(), None));
    let start = written
        .get(skip)
        .map_or(path.len(), |segment| Span::of(segment, path).start as usize);
    let start = start - usize::from(path[..start].ends_with('/'));
    let before = location[..origin.len() + start].trim_end_matches('/');
    let header = || request.message.header("Host");
    let host = match origin_end {
        None => header().map(|it| it.value),
        Some(_) => None,
    };
    let path = match &kept {
        None => Cow::Borrowed(&path[start..]),
        Some(kept) => Cow::Owned(format!("/{}", kept[skip..].join("/"))),
    };
    let mut segments = kept.unwrap_or(written);
    segments.drain(..skip);
    Target {
        base: origin_end.map(|_| before),
        path,
        segments,
        before,
        host: host.filter(|host| !host.is_empty() && !host.contains(['/', ' '])),
        query,
        opaque: request.annotation.as_ref().is_some_and(|it| it.opaque),
        found,
        difference,
    }
}

/// Splits those targets anew that take no route, and of which only the routes of others tell where their base ends:
/// `https://{host}/data/v2/orders` where others call `https://{host}/data/v2`.
pub(in crate::assemble) fn split_at_base<'a>(
    router: &Router,
    base_path: &BasePath,
    usual: &str,
    pages: &[Page<'a>],
    targets: &mut [Vec<Target<'a>>],
) {
    let requests = pages.iter().flat_map(|page| &page.examples.requests);
    for (request, target) in requests.zip(targets.iter_mut().flatten()) {
        let is_short = |base: &str| base.len() < usual.len();
        if target.found.is_empty() && target.base.is_some_and(is_short) {
            *target = read_behind(router, base_path, Some(usual), request);
        }
    }
}

/// What of a URL stands behind a base with which it begins, in whichever case.
fn behind_base<'u>(url: &'u str, base: &str) -> Option<&'u str> {
    strip_start(url, base).filter(|behind| behind.is_empty() || behind.starts_with('/'))
}

/// Gives the requests that ask for one property of a thing the route of the thing: that they can be
/// made goes without saying.
pub(in crate::assemble) fn find_properties(pages: &[Page<'_>], routes: &mut Routes<'_>, api: &Api) {
    let places = Places {
        router: &routes.router,
        api,
    };
    let by_page = parallel::map(&routes.unmatched, |_, &index| {
        let requests = pages[index].examples.requests.iter();
        let requests = requests.zip(&routes.targets[index]);
        let found = requests.zip(0..).filter_map(|((request, target), index)| {
            if !target.found.is_empty() || target.leaves(api.base_url.as_deref()) {
                return None;
            }
            let (method, _) = request.message.request()?;
            Some((index, places.of_property(method, &target.segments)?))
        });
        found.collect::<Vec<(usize, _)>>()
    });
    for (&page, found) in routes.unmatched.iter().zip(by_page) {
        for (index, (candidates, name)) in found {
            let target = &mut routes.targets[page][index];
            target.found = candidates;
            target.difference = Some(RouteDifference::Behind(vec![name]));
        }
    }
}

/// The base that most of the examples call. Where none has a whole URL, it is where their paths are sent.
pub(in crate::assemble) fn usual_base(targets: &[Vec<Target<'_>>]) -> Option<String> {
    let all = || targets.iter().flatten().filter(|target| !target.opaque);
    let whole = all().filter_map(|target| Some((target.base?.into(), target)));
    usual(whole).or_else(|| usual(all().filter_map(|target| Some((target.sent_to()?, target)))))
}

/// The base that most of the examples call, those first whose route is known: in whichever case, and
/// as it is written most often.
fn usual<'t, 'a: 't>(
    bases: impl Iterator<Item = (Cow<'t, str>, &'t Target<'a>)>,
) -> Option<String> {
    let mut written: BTreeMap<Cow<'_, str>, (u32, u32)> = BTreeMap::new();
    for (base, target) in bases {
        let (known, all) = written.entry(base).or_default();
        *known += u32::from(!target.found.is_empty());
        *all += 1;
    }
    let mut folded: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for (base, (known, all)) in &written {
        let counts = folded.entry(base.to_lowercase()).or_default();
        *counts = (counts.0 + known, counts.1 + all);
    }
    let rank = |(base, (_, count)): &(Cow<'_, str>, (u32, u32))| {
        let lower = base.to_lowercase();
        let length = std::cmp::Reverse(base.len());
        (folded[&lower], *count, lower == *base, length)
    };
    let most = written.into_iter().max_by_key(rank);
    most.map(|(base, _)| base.into_owned())
}

impl Target<'_> {
    /// Where a request is sent whose target is only a path: to the host that a header names (RFC 9112, section 3.2.1),
    /// behind what of the path belongs to the base. Most services have no other scheme than this one.
    fn sent_to(&self) -> Option<Cow<'_, str>> {
        let before = self.before;
        match self.host {
            Some(host) => Some(format!("https://{host}{before}").into()),
            None => (!before.is_empty()).then_some(before.into()),
        }
    }

    /// Whether a request takes a route as it is written.
    pub(in crate::assemble) fn is_exact(&self) -> bool {
        !self.found.is_empty() && self.difference.is_none()
    }

    /// Whether a request goes to another host than that of an API with a base, and takes no route of it.
    pub(in crate::assemble) fn leaves(&self, base: Option<&str>) -> bool {
        let home = base.and_then(origin);
        let host = self.base.and_then(origin);
        let is_other = self.opaque || home.is_some() && host != home;
        self.found.is_empty() && host.is_some() && is_other
    }
}

/// The segments of a path as clients send it, where they are others: with one of two dots they take out the one before
/// it, too (RFC 3986, sections 5.2.4 and 6.2.2.3).
fn without_dots<'s>(segments: &[&'s str]) -> Option<Vec<&'s str>> {
    let dots = |segment: &str| {
        // Hardly any begins like one.
        if !segment.starts_with(['.', '%']) {
            return 0;
        }
        match &*percent_decode_str(segment).decode_utf8_lossy() {
            "." => 1,
            ".." => 2,
            _ => 0,
        }
    };
    if segments.iter().all(|segment| dots(segment) == 0) {
        return None;
    }
    let mut kept = Vec::new();
    for segment in segments {
        match dots(segment) {
            0 => kept.push(*segment),
            1 => {}
            _ => _ = kept.pop(),
        }
    }
    Some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_of_dots_are_taken_out() {
        let cases = [
            ("/a/b", "a b"),
            ("/a/./b", "a b"),
            ("/a/b/../c", "a c"),
            ("/a/b/%2E%2e/c", "a c"),
            ("/../a/../../b", "b"),
            ("/a/..", ""),
            ("a/../b", "b"),
            ("/a/.../b", "a ... b"),
            ("/f(a='../b')", "f(a='../b')"),
        ];
        for (path, expected) in cases {
            let segments = path_segments(path);
            let kept = without_dots(&segments).unwrap_or(segments);
            assert_eq!(kept.join(" "), expected, "{path}");
        }
    }
}
