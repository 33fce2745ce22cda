//! Fenced blocks that are never closed, and where they should have been.

use super::{Fence, FenceEnd};
use crate::source::Span;

/// The line that the contents of a fenced block should have ended before.
///
/// A block whose closing fence is missing takes in what follows it, up to the next closing fence
/// or to the end of the page. It shows by an annotation or by the opening of another block within
/// it; then, or where nothing closes it, the first line that begins something else is meant to be
/// outside. `block` is all of it, with its fences.
pub(super) fn find(text: &str, fence: &Fence<'_>, block: &str) -> Option<usize> {
    let rest = block.trim_start_matches(['`', '~']);
    let mark = &block[..block.len() - rest.len()];
    if mark.len() < 3 {
        return None;
    }
    let inner = Span {
        start: fence.lines.first()?.start,
        end: fence.lines.last()?.end,
    };
    // Most blocks have neither another fence nor a comment in them, which is soon seen.
    let inner = text[inner.range()].as_bytes();
    let is_closed = fence.end == FenceEnd::Closed;
    if is_closed && memchr::memchr2(mark.as_bytes()[0], b'<', inner).is_none() {
        return None;
    }
    let line = |at: &usize| text[fence.lines[*at].range()].trim_start();
    let begins_block = |at: &usize| {
        let info = line(at).strip_prefix(mark).map(str::trim);
        let is_fence = info.is_some_and(|info| !info.is_empty() && !info.contains('`'));
        let inner = line(at).strip_prefix("<!--").map(str::trim_start);
        is_fence || inner.is_some_and(|inner| inner.starts_with('{'))
    };
    let is_heading = |at: &usize| {
        let rest = line(at).trim_start_matches('#');
        let level = line(at).len() - rest.len();
        (1..=6).contains(&level) && rest.starts_with(' ')
    };
    let lines = 0..fence.lines.len();
    let overruns = !is_closed || lines.clone().any(|at| begins_block(&at));
    let mut lines = lines.filter(|_| overruns);
    lines.find(|at| begins_block(at) || is_heading(at))
}

#[cfg(test)]
mod tests {
    use crate::markdown::FenceEnd::{self, Closed, Shown, Unknown};
    use crate::markdown::{BlockKind, parse};

    /// The fences of a page, each with its lines and how it ends.
    fn fences(text: &str) -> Vec<(Vec<&str>, FenceEnd)> {
        let document = parse(text, 0);
        let blocks = document.blocks.iter();
        let fences = blocks.filter_map(|block| match &block.kind {
            BlockKind::Fence(fence) => Some(fence),
            _ => None,
        });
        fences
            .map(|fence| {
                let lines = fence.lines.iter().map(|&line| document.slice(line));
                (lines.collect(), fence.end)
            })
            .collect()
    }

    #[test]
    fn an_unclosed_fence_ends_before_what_cannot_be_part_of_it() {
        let cases = [
            "## B\n```http\nGET /b\n```\n",
            "```http\nGET /b\n```\n",
            "<!-- { \"blockType\": \"request\" } -->\n```http\nGET /b\n```\n",
        ];
        for rest in cases {
            let text = format!("```http\nGET /a\n{rest}");
            let expected = [(vec!["GET /a"], Shown), (vec!["GET /b"], Closed)];
            assert_eq!(fences(&text), expected, "{rest}");
        }
        assert_eq!(fences("```sh\na\n# B\ntext\n"), [(vec!["a"], Shown)]);
    }

    #[test]
    fn where_nothing_shows_the_end_of_a_fence_it_is_unknown() {
        assert_eq!(fences("```sh\na\n\nb\n"), [(vec!["a", "", "b"], Unknown)]);
        assert_eq!(fences("````sh\na\n```\n"), [(vec!["a", "```"], Unknown)]);
        assert_eq!(fences("```\na\n# B\ntext\n"), [(vec!["a"], Unknown)]);
        let lines = vec!["a", "```sh", "b"];
        assert_eq!(
            fences("- ```sh\n  a\n  ```sh\n  b\n  ```\n"),
            [(lines, Unknown)]
        );
    }

    #[test]
    fn what_looks_like_a_heading_or_a_shorter_fence_may_be_part_of_a_block() {
        let text = "```sh\n# a comment\n```\n````md\n```sh\n````\n";
        let expected = [(vec!["# a comment"], Closed), (vec!["```sh"], Closed)];
        assert_eq!(fences(text), expected);
    }
}
