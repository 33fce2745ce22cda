//! Headings without the space behind their marks: `##Response`. To Markdown such a line is text, and one mark alone may
//! stand before a word that is a tag.

use std::borrow::Cow;
use std::ops::Range;

use super::builder::Builder;
use super::{InlineKind, plain};

impl Builder<'_> {
    /// The heading that a paragraph is meant for: its level, and where it begins. The line may stand right below an
    /// anchor, which makes them one paragraph. All but the title is taken out of the inline elements, which are those
    /// from one on.
    pub(super) fn closed_up_heading(
        &mut self,
        start: usize,
        range: &Range<usize>,
    ) -> Option<(u8, usize)> {
        let text = self.text[range.clone()].trim_end();
        let at = text.rfind('\n').map_or(0, |end| end + 1);
        // Hardly any paragraph ends in such a line.
        let level = closed_up_level(&text[at..])?;
        let begin = range.start + at;
        let run = &self.inlines[start..];
        let before = run.iter().take_while(|it| (it.span.start as usize) < begin);
        let before = before.count();
        if !plain(&run[..before]).is_empty() {
            return None;
        }
        let InlineKind::Text(Cow::Borrowed(title)) = run.get(before)?.kind else {
            return None;
        };
        let title = title.strip_prefix(&text[at..at + level])?;
        self.inlines.drain(start..start + before);
        let first = &mut self.inlines[start];
        first.kind = InlineKind::Text(Cow::Borrowed(title));
        first.span.start += level as u32;
        Some((level as u8, begin))
    }
}

/// How many marks a line begins with, if a heading does so that lacks its space.
pub(crate) fn closed_up_level(line: &str) -> Option<usize> {
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let is_heading = || line[level..].starts_with(char::is_alphanumeric) && !line.contains('\n');
    ((2..=6).contains(&level) && is_heading()).then_some(level)
}
