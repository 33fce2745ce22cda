//! Routes of the signed-in user that a page shows in its examples alone.

use super::from_request;
use crate::diagnostic::Diagnostic;
use crate::page::Page;
use crate::page::route::base_path::BasePath;
use crate::page::route::{RouteLine, path_segments};
use crate::routing::{fits, with_keys_as_segments};
use crate::vocabulary::{PathTemplate, Segment, SegmentKind, origin, split_query};
use crate::words::noun;

const ME: &str = "me";

fn is_me(segment: &&str) -> bool {
    segment.eq_ignore_ascii_case(ME)
}

/// The routes that examples take with `me` where the lines of their page have the key of a user, each
/// with the heading above its example: whoever has a user's path has that of the signed-in user too.
pub(super) fn routes<'p, 'a>(
    page: &'p Page<'a>,
    base: &BasePath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(&'p str, RouteLine<'a>)> {
    let mut shown: Vec<(&str, RouteLine<'a>)> = Vec::new();
    for request in &page.examples.requests {
        let Some((method, target)) = request.message.request() else {
            continue;
        };
        let (location, _) = split_query(target);
        let path = &location[origin(location).map_or(0, str::len)..];
        // Most paths are those of others, and to take one apart takes longer than to see that.
        if !path.trim_end().split('/').any(|segment| is_me(&segment)) {
            continue;
        }
        let segments = path_segments(base.behind(path.trim_end()));
        if !segments.iter().any(is_me) {
            continue;
        }
        // A key may stand in parentheses where the line has a segment for it.
        let forms = [with_keys_as_segments(&segments), segments];
        let is_of = |line: &RouteLine<'_>| forms.iter().any(|form| fits(&line.path.segments, form));
        let is_known = |line: &RouteLine<'_>| line.method == method && is_of(line);
        if page.route_lines().any(is_known) || shown.iter().any(|(_, line)| is_known(line)) {
            continue;
        }
        let lines = page.route_lines().filter(|line| line.method == method);
        let of_line = |line| forms.iter().find_map(|form| template(line, form));
        let mut templates = lines.filter_map(|line| Some((line, of_line(line)?)));
        if let Some((line, path)) = templates.next() {
            let span = request.message.span;
            let help = format!(
                "`me` stands for a user: the route is `{method} {}`",
                line.path
            );
            diagnostics.push(from_request(page, span).with_help(help));
            let line = RouteLine {
                path,
                span,
                ..line.clone()
            };
            shown.push((&request.title, line));
        }
    }
    shown
}

/// The path of a line with `me` for the user, where the segments of a request are one of it with `me`
/// at the first place that has it.
fn template(line: &RouteLine<'_>, segments: &[&str]) -> Option<PathTemplate> {
    let at = segments.iter().position(is_me)?;
    let (before, rest) = line.path.segments.split_at_checked(at)?;
    let [users, key, behind @ ..] = rest else {
        return None;
    };
    let is_user = users.literal().is_some_and(|name| noun(name) == noun(ME))
        && (key.kind == SegmentKind::Key || key.literal() == Some(ME));
    if !is_user || !fits(before, &segments[..at]) || !fits(behind, &segments[at + 1..]) {
        return None;
    }
    let me = Segment::name(ME);
    Some(PathTemplate {
        segments: before
            .iter()
            .cloned()
            .chain([me])
            .chain(behind.iter().cloned())
            .collect(),
    })
}
