//! Routes that are all of a heading or of a line of a paragraph, with whatever marks of Markdown around them or around their
//! parts: `## GET /kites/{id}`, ``**GET** `/kites/{id}` ``, `**URL:** GET: /kites`.

use std::borrow::Cow;

use super::method::{LABEL, METHODS, PROTOCOL, split_method, without_version};
use crate::markdown::{Block, BlockKind, Document, Inline, InlineKind, plain};
use crate::page::section::without_number;
use crate::source::Span;
use crate::text::trimmed;
use crate::vocabulary::is_whole_url;

/// The marks that may stand around a route, and around its parts.
const MARKS: [char; 3] = ['*', '_', '`'];

/// A method and its target, as the page has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenRoute<'a> {
    /// The method.
    pub method: &'static str,
    /// What it asks for, as it stands in the page or, where that has escapes or entities, as it is shown. There is none
    /// where other marks within it leave open what is meant, as in `/kites/*id*`, and in `/kites/<id>`, which is HTML.
    pub target: Option<Cow<'a, str>>,
    /// Both as a line, or the target alone where marks stand between them in a heading.
    pub line: &'a str,
}

/// The route that is all of a heading, as it stands in the page.
pub(crate) fn in_heading(heading: &str) -> Option<WrittenRoute<'_>> {
    let mut bytes = heading.bytes();
    let begin = bytes.position(|byte| !matches!(byte, b'#' | b' ' | b'\t'))?;
    let text = without_number(&heading[begin..]);
    // Hardly any heading begins as a method does, or with a mark.
    if !text.starts_with(['G', 'P', 'D', 'H', 'O']) && !text.starts_with(MARKS) {
        return None;
    }
    let line = text.lines().next()?.trim_end_matches(['#', ' ', '\t']);
    let text = line.trim_start_matches(MARKS);
    let method = { METHODS.into_iter() }.find(|&method| text.starts_with(method))?;
    let (_, behind) = text.split_at(method.len());
    let target = behind.trim_start_matches(|c| c == ' ' || c == '\t' || MARKS.contains(&c));
    let between = &behind[..behind.len() - target.len()];
    let target = match line.starts_with('_') {
        true => target.trim_end_matches(MARKS),
        false => target.trim_end_matches(['*', '`']),
    };
    let target = without_version(target);
    let is_all = is_target(target) && !target.contains('`') && between.contains([' ', '\t']);
    let end = method.len() + between.len() + target.len();
    let line = match between.contains(MARKS) {
        true => target,
        false => &text[..end],
    };
    let has_entity = target.contains('&') && target.contains(';');
    let is_plain = !target.contains('\\') && !has_entity;
    is_all.then_some(WrittenRoute {
        method,
        target: is_plain.then_some(Cow::Borrowed(target)),
        line,
    })
}

/// The routes that are all of a paragraph, one on each of its lines.
pub(in crate::page) fn in_paragraph<'a>(
    document: &Document<'a>,
    block: &Block<'a>,
) -> Vec<WrittenRoute<'a>> {
    let BlockKind::Paragraph(run, _) = &block.kind else {
        return Vec::new();
    };
    let inlines = document.inlines(run);
    if let [inline] = inlines
        && let InlineKind::Code(Cow::Borrowed(line)) = inline.kind
    {
        // What is all in code may be written as in a block.
        let route = split_method(trimmed(line));
        let route = route.map(|(method, target)| WrittenRoute {
            method,
            target: Some(Cow::Borrowed(target)),
            line,
        });
        return route.into_iter().collect();
    }
    // Hardly any paragraph begins with a method, or with what may stand before one.
    let text = document.slice(block.span).trim_start_matches(MARKS);
    let mut words = METHODS.iter().chain([&PROTOCOL, &LABEL]);
    if !words.any(|word| text.starts_with(word)) {
        return Vec::new();
    }
    let is_break = |inline: &Inline<'_>| matches!(inline.kind, InlineKind::Break);
    let mut start = block.span.start;
    let lines = inlines.split_inclusive(is_break).filter_map(|line| {
        let (line, end, next) = match line.split_last() {
            Some((last, line)) if is_break(last) => (line, last.span.start, last.span.end),
            _ => (line, block.span.end, block.span.end),
        };
        let source = Span::new(start as usize, end as usize);
        start = next;
        // A `<br>` may stand before the end of a line.
        (!line.is_empty()).then(|| in_line(line, document.slice(source)))
    });
    lines.collect::<Option<_>>().unwrap_or_default()
}

/// Whether a paragraph begins with the label of a route.
pub(in crate::page) fn is_labelled(document: &Document<'_>, span: Span) -> bool {
    let text = document.slice(span).trim_start_matches(MARKS);
    text.starts_with(LABEL)
}

/// The route that is all of a line of a paragraph.
fn in_line<'a>(inlines: &[Inline<'a>], source: &'a str) -> Option<WrittenRoute<'a>> {
    let text = plain(inlines);
    let (method, target) = split_method(&text)?;
    is_target(target).then(|| WrittenRoute {
        method,
        target: written(target, source).map(Cow::Borrowed).or_else(|| {
            let is_shown = !has_marks(target, inlines, source);
            is_shown.then(|| Cow::Owned(target.to_owned()))
        }),
        line: trimmed(source).trim_start_matches(MARKS),
    })
}

/// Whether a text is nothing but what a method asks for.
fn is_target(text: &str) -> bool {
    (text.starts_with('/') || is_whole_url(text)) && !text.contains(char::is_whitespace)
}

/// A target as it stands in the page, where that is how it is shown.
fn written<'a>(target: &str, source: &'a str) -> Option<&'a str> {
    let at = source.rfind(target)?;
    let (target, behind) = source[at..].split_at(target.len());
    let is_mark = |c: char| MARKS.contains(&c) || c == '>';
    let behind = behind.trim_start_matches(is_mark);
    // The version of HTTP may stand behind it.
    without_version(behind).trim().is_empty().then_some(target)
}

/// Whether anything begins or ends within a target at the end of a line, but for a placeholder in braces, or is not shown of
/// it, as HTML is not.
fn has_marks(target: &str, inlines: &[Inline<'_>], source: &str) -> bool {
    let shown = |inline: &Inline<'_>| match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code(text) => text.len(),
        _ => 0,
    };
    let mut behind = 0;
    let is_within = inlines.iter().rev().any(|inline| {
        behind += shown(inline);
        shown(inline) == 0 && (1..target.len()).contains(&behind) && {
            let parts = target.split_at_checked(target.len() - behind);
            let segment = parts.and_then(|(before, behind)| {
                Some([before.rsplit('/').next()?, behind.split('/').next()?])
            });
            !segment.is_some_and(|parts| parts.concat().contains('{'))
        }
    });
    let count = |text: &str| text.matches('<').count();
    is_within || count(source) > count(target)
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
            let found = found.map(|it| it.target.unwrap());
            assert_eq!(found.as_deref(), target, "{heading}");
        }
    }
}
