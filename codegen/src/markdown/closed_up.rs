//! Headings without the space behind their marks: `##Response`. To Markdown such a line is text, and one mark alone may
//! stand before a word that is a tag.

use std::borrow::Cow;
use std::ops::Range;

use super::builder::Builder;
use super::{InlineKind, Inlines, plain};

/// The heading that a paragraph begins with.
pub(super) struct ClosedUp {
    pub(super) level: u8,
    /// The bytes of its line.
    pub(super) line: Range<usize>,
    pub(super) title: Inlines,
    /// The index of the first inline element behind its line.
    pub(super) behind: usize,
}

impl Builder<'_> {
    /// The heading that a paragraph of the inline elements from one on begins with. It may stand right below an anchor,
    /// which makes them one paragraph. All before the title is taken out of the inline elements.
    pub(super) fn closed_up_heading(
        &mut self,
        start: usize,
        range: &Range<usize>,
    ) -> Option<ClosedUp> {
        let text = self.text[range.clone()].trim_end();
        // Hardly any paragraph begins in either way.
        let at = match text.as_bytes().first()? {
            b'#' => 0,
            b'<' => memchr::memmem::find(text.as_bytes(), b"\n#")? + 1,
            _ => return None,
        };
        let line = text[at..].lines().next()?.trim_end();
        let (level, title) = closed_up(line)?;
        let begin = range.start + at;
        let end = begin + line.len();
        let run = &self.inlines[start..];
        let count_before = |at: usize| {
            let before = run.iter().take_while(|it| (it.span.start as usize) < at);
            before.count()
        };
        let (before, behind) = (count_before(begin), count_before(end));
        let (first, others) = run.get(before..behind)?.split_first()?;
        // What is emphasized over the end of the line is no title.
        let is_whole = others.iter().all(|it| it.span.end as usize <= end);
        if !plain(&run[..before]).is_empty() || !is_whole {
            return None;
        }
        let InlineKind::Text(Cow::Borrowed(text)) = first.kind else {
            return None;
        };
        let text = text.strip_prefix(&line[..level])?;
        let text = if others.is_empty() { title } else { text };
        self.inlines.drain(start..start + before);
        let first = &mut self.inlines[start];
        first.kind = InlineKind::Text(Cow::Borrowed(text));
        first.span.start += level as u32;
        let title_end = start + behind - before;
        Some(ClosedUp {
            level: level as u8,
            line: begin..end,
            title: Inlines(start as u32..title_end as u32),
            // The line end is no part of what follows.
            behind: self.inlines.len().min(title_end + 1),
        })
    }
}

/// How many marks a line begins with, and its title, if a heading does so that lacks its space. As many marks may close
/// it.
pub(crate) fn closed_up(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let (marks, title) = line.split_at(level);
    if !(2..=6).contains(&level)
        || !title.starts_with(char::is_alphanumeric)
        || title.contains('\n')
    {
        return None;
    }
    let title = title.trim_end();
    let title = title.strip_suffix(marks).unwrap_or(title).trim_end();
    Some((level, title))
}
