//! Blocks of route lines under *HTTP request*.

use std::borrow::Cow;

use super::segment::{close_colon_paths, close_parentheses};
use super::written::WrittenRoute;
use super::{RouteLine, parse_target, report_option, report_slashes, split_method};
use crate::diagnostic::Code;
use crate::markdown::Fence;
use crate::page::context::Context;
use crate::source::Span;
use crate::text::{is_blank, trimmed};
use crate::vocabulary::{Segment, is_guid, is_token};

/// The route lines of one code block.
#[derive(Debug)]
pub struct RouteBlock<'a> {
    /// The heading of its section.
    pub title: Cow<'a, str>,
    /// The lines that are routes.
    pub lines: Vec<RouteLine<'a>>,
    /// Whether there are lines that cannot be read.
    pub has_unread: bool,
}

/// Whether a code block holds nothing but requests without headers and bodies. Headers that stand before them are no
/// part of a message, and are reported where the lines are read.
pub(in crate::page) fn is_of_requests(page: &str, fence: &Fence<'_>) -> bool {
    let lines = fence.lines.iter().map(|line| &page[line.range()]);
    let filled = lines.filter(|line| !is_blank(line));
    let is_header = |line: &&str| {
        line.split_once(": ")
            .is_some_and(|(name, _)| is_token(name))
    };
    let mut filled = filled.skip_while(is_header).peekable();
    filled.peek().is_some() && filled.all(|line| split_method(trimmed(line)).is_some())
}

/// Reads the lines of a block. Each line becomes a route or a finding.
pub(in crate::page) fn read<'a>(
    cx: &mut Context<'a>,
    lines: &[Span],
    title: &Cow<'a, str>,
) -> RouteBlock<'a> {
    let mut routes = Vec::with_capacity(lines.len());
    let mut has_unread = false;
    for &line in lines {
        let text = trimmed(cx.slice(line));
        if text.is_empty() {
            continue;
        }
        match read_line(cx, text) {
            Some(route) => {
                routes.push(route);
                cx.accounting.http_lines.used += 1;
            }
            None => {
                has_unread = true;
                cx.accounting.http_lines.reported += 1;
            }
        }
    }
    RouteBlock {
        title: title.clone(),
        lines: routes,
        has_unread,
    }
}

/// Reads routes that are written in text. Each becomes a route or a finding.
pub(in crate::page) fn read_written<'a>(
    cx: &mut Context<'a>,
    written: &[WrittenRoute<'a>],
    title: &Cow<'a, str>,
) -> RouteBlock<'a> {
    let mut lines = Vec::with_capacity(written.len());
    for it in written {
        cx.accounting.http_lines.read += 1;
        match read_one(cx, it) {
            Some(route) => {
                lines.push(route);
                cx.accounting.http_lines.used += 1;
            }
            None => cx.accounting.http_lines.reported += 1,
        }
    }
    RouteBlock {
        title: title.clone(),
        has_unread: lines.len() < written.len(),
        lines,
    }
}

/// Reads a route that is written in text, as the page has it or as it is shown.
fn read_one<'a>(cx: &mut Context<'a>, written: &WrittenRoute<'a>) -> Option<RouteLine<'a>> {
    let span = Span::of(written.line, &cx.file.text);
    let shown = match &written.target {
        &Some(Cow::Borrowed(target)) => return read_route(cx, written.method, target, span),
        Some(Cow::Owned(target)) => parse_target(target).ok(),
        None => None,
    };
    // What the query shows is a part of the page.
    let Some((path, _)) = shown.filter(|(_, query)| query.is_empty()) else {
        let message = "there are marks of Markdown in the route";
        let help = "write it in code, as it is: `` `GET /users/{id}` ``";
        cx.report_with_help(Code::RouteLineUnread, span, message, help);
        return None;
    };
    Some(RouteLine {
        method: written.method,
        path,
        query: Vec::new(),
        span,
    })
}

fn read_line<'a>(cx: &mut Context<'a>, text: &'a str) -> Option<RouteLine<'a>> {
    let span = Span::of(text, &cx.file.text);
    let Some((method, target)) = split_method(text) else {
        let message = "the line among the routes is no route";
        let help = "a route is a method and a path: `GET /users/{id}`";
        cx.report_with_help(Code::RouteLineUnread, span, message, help);
        return None;
    };
    read_route(cx, method, target, span)
}

/// Reads a method and its target, which is a part of the page.
pub(super) fn read_route<'a>(
    cx: &mut Context<'a>,
    method: &'static str,
    target: &'a str,
    span: Span,
) -> Option<RouteLine<'a>> {
    match parse_target(target) {
        Ok((mut path, query)) => {
            if target.contains('(') && close_parentheses(&mut path) {
                let message = "a parenthesis in the route is never closed";
                cx.report(Code::RouteParenthesis, span, message);
            }
            if target.contains("/:") && close_colon_paths(&mut path) {
                let message = "the colon that ends a path stands behind the slash";
                let help = "write it before the slash, as in `root:/{item-path}:/content`";
                cx.report_with_help(Code::RouteColon, span, message, help);
            }
            // A GUID stands for any other.
            let is_id = |segment: &Segment| segment.key().is_some_and(|it| it.name == "id");
            let mut segments = target.split('/');
            if path.segments.iter().any(is_id)
                && let Some(id) = segments.find(|it| is_guid(it))
            {
                let message = "the route has an id where a parameter is meant";
                let span = Span::of(id, &cx.file.text);
                cx.report_with_help(Code::RouteLiteralId, span, message, "write `{id}`");
            }
            report_slashes(cx, target);
            report_option(cx, target);
            Some(RouteLine {
                method,
                path,
                query,
                span,
            })
        }
        Err(fault) => {
            let at = Span::of(target, &cx.file.text).start as usize + fault.offset;
            let end = span.end as usize;
            let message = format!("the route cannot be read: {}", fault.message);
            cx.report(Code::RouteMalformed, Span::new(at.min(end), end), message);
            None
        }
    }
}
