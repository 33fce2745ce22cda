//! Routes that are all of a heading or of a paragraph, with whatever marks of Markdown around them or around their parts:
//! `## GET /kites/{id}`, ``**GET** `/kites/{id}` ``.

use std::borrow::Cow;

use super::{LABEL, METHODS, RouteLine, parse_target, split_method, without_version};
use crate::markdown::{Block, BlockKind, Document, InlineKind, Inlines};
use crate::page::section::without_number;
use crate::source::Span;
use crate::text::trimmed;
use crate::vocabulary::is_whole_url;

/// A method and its target, as the page has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenRoute<'a> {
    /// The method.
    pub method: &'static str,
    /// What it asks for.
    pub target: &'a str,
    /// Both as a line, or the target alone where marks stand between them.
    pub line: &'a str,
}

/// What may stand around a route or its parts.
const MARKS: [char; 3] = ['*', '_', '`'];

/// The route that is all of a heading, as it stands in the page.
pub(crate) fn in_heading(heading: &str) -> Option<WrittenRoute<'_>> {
    let mut bytes = heading.bytes();
    let begin = bytes.position(|byte| !matches!(byte, b'#' | b' ' | b'\t'))?;
    let text = without_number(&heading[begin..]);
    // Hardly any heading begins as a method does, or with a mark.
    if !text.starts_with(['G', 'P', 'D', 'H', 'O']) && !text.starts_with(MARKS) {
        return None;
    }
    in_line(text.lines().next()?.trim_end_matches(['#', ' ', '\t']))
}

/// The routes that are all of a paragraph, one on each of its lines.
pub(in crate::page) fn in_paragraph<'a>(
    document: &Document<'a>,
    block: &Block<'a>,
) -> Vec<WrittenRoute<'a>> {
    let BlockKind::Paragraph(run, _) = &block.kind else {
        return Vec::new();
    };
    if let [inline] = document.inlines(run)
        && let InlineKind::Code(Cow::Borrowed(line)) = inline.kind
    {
        let route = split_method(trimmed(line));
        let route = route.map(|(method, target)| WrittenRoute {
            method,
            target,
            line,
        });
        return route.into_iter().collect();
    }
    let lines = document.slice(block.span).trim_end().lines();
    let routes: Option<Vec<_>> = lines.map(|line| in_line(trimmed(line))).collect();
    let mut routes = routes.unwrap_or_default();
    // What a reader sees has the same words: nothing in them means anything to Markdown.
    let plain = document.plain(run);
    let words = routes.iter().flat_map(|it| [it.method, it.target]);
    if !plain.split_whitespace().eq(words) {
        routes.clear();
    }
    routes
}

/// The route that is all of a paragraph of plain text with marks of Markdown in it, as `DELETE /kites/\{id\}` has, or behind
/// a label that calls it one, as in `**URL:** GET: /kites`.
pub(in crate::page) fn in_plain_text<'a>(
    document: &Document<'a>,
    run: &Inlines,
    span: Span,
) -> Option<RouteLine<'a>> {
    let first = document.slice(span).trim_start_matches(['*', '_']);
    // Hardly any paragraph begins with a method, or with the label.
    let begins = |word: &&str| first.starts_with(*word);
    METHODS.iter().chain([&LABEL]).find(|word| begins(word))?;
    let text = document.plain(run);
    let (method, target) = split_method(trimmed(&text))?;
    let is_path = target.starts_with('/') || is_whole_url(target);
    let is_all = is_path && !target.contains(char::is_whitespace);
    let (path, query) = parse_target(target).ok().filter(|_| is_all)?;
    // What the query shows is told in a block.
    query.is_empty().then(|| RouteLine {
        method,
        path,
        query: Vec::new(),
        span,
    })
}

/// Whether a paragraph begins with the label of a route.
pub(in crate::page) fn is_labelled(document: &Document<'_>, span: Span) -> bool {
    let text = document.slice(span).trim_start_matches(['*', '_']);
    text.starts_with(LABEL)
}

/// The route that is all of a line.
fn in_line(line: &str) -> Option<WrittenRoute<'_>> {
    let text = line.trim_start_matches(MARKS);
    // Hardly any line begins with a method.
    let method = { METHODS.into_iter() }.find(|&method| text.starts_with(method))?;
    let (_, behind) = text.split_at(method.len());
    let target = behind.trim_start_matches(|c| c == ' ' || c == '\t' || MARKS.contains(&c));
    let between = &behind[..behind.len() - target.len()];
    let target = match line.starts_with('_') {
        true => target.trim_end_matches(MARKS),
        false => target.trim_end_matches(['*', '`']),
    };
    let target = without_version(target);
    let is_path = target.starts_with('/') || is_whole_url(target);
    let is_all = is_path && !target.contains([' ', '\t', '`']) && between.contains([' ', '\t']);
    let end = method.len() + between.len() + target.len();
    let line = match between.contains(MARKS) {
        true => target,
        false => &text[..end],
    };
    is_all.then_some(WrittenRoute {
        method,
        target,
        line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_may_have_marks_around_its_parts() {
        let cases = [
            ("## GET /kites/{id}", Some("/kites/{id}")),
            ("## `GET /kites/{id}` ##", Some("/kites/{id}")),
            ("### 1.2 **GET** /kites", Some("/kites")),
            ("## **GET** `/kites`", Some("/kites")),
            ("## **GET /kites**", Some("/kites")),
            ("## __GET__ /kites_", Some("/kites")),
            ("## *GET* https://x.test/a_", Some("https://x.test/a_")),
            ("## GET kites", None),
            ("## GET/kites", None),
            ("## GET /kites and more", None),
            ("## GETTING /kites", None),
            ("## get /kites", None),
        ];
        for (heading, target) in cases {
            let found = in_heading(heading);
            assert_eq!(found.map(|it| it.target), target, "{heading}");
        }
    }
}
