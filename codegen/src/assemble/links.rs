//! Links between pages: whether they lead anywhere.

use std::borrow::Cow;

use foldhash::HashMap;
use memchr::memchr;
use percent_encoding::percent_decode_str;

use super::anchors::has_anchor;
use super::finding;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Page, PageLink};
use crate::parallel;
use crate::source::{SourceFile, resolve, slashed};
use crate::words::lower;

/// Reports links to pages that are not there, or that are only there in another case.
pub(super) fn check(pages: &[Page<'_>]) -> Vec<Diagnostic> {
    let files = pages.iter().map(|page| page.file);
    let known = Known {
        exact: files.clone().map(|file| (&*file.path, file)).collect(),
        folded: files.map(|file| (file.path.to_lowercase(), file)).collect(),
    };
    let found = parallel::map(pages, |_, page| known.check(page));
    found.into_iter().flatten().collect()
}

/// All pages by their paths.
struct Known<'p> {
    exact: HashMap<&'p str, &'p SourceFile>,
    /// By their lower case.
    folded: HashMap<String, &'p SourceFile>,
}

impl Known<'_> {
    /// What is wrong with the links of a page.
    fn check(&self, page: &Page<'_>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for PageLink { destination, span } in &page.links {
            let slashed = slashed(destination);
            let decoded = match memchr(b'%', slashed.as_bytes()) {
                Some(_) => percent_decode_str(&slashed).decode_utf8_lossy(),
                None => Cow::Borrowed(&*slashed),
            };
            // A link in an included file is written as seen from there.
            let from = page.file.path_of(span.start);
            let Some(target) = resolve(page.file.label(), from, &decoded) else {
                continue;
            };
            if let Some(file) = self.exact.get(target.as_str()) {
                let mark = memchr(b'#', destination.as_bytes());
                let anchor = mark.map_or("", |mark| &destination[mark + 1..]);
                if !anchor.is_empty()
                    && !anchor.contains(['/', '%'])
                    && !has_anchor(&file.text, anchor)
                {
                    let message =
                        format!("the link leads to `#{anchor}`, which `{target}` has not");
                    let diagnostic = finding(Code::LinkAnchor, page, *span, message);
                    found.push(diagnostic.with_help("name one of its headings"));
                }
                if slashed != *destination {
                    let message =
                        format!("the link to `{destination}` has a backslash for a slash");
                    let diagnostic = finding(Code::LinkMissing, page, *span, message)
                        .with_help(format!("write `{slashed}`"));
                    found.push(diagnostic);
                }
            } else if let Some(file) = self.folded.get(&*lower(&target)) {
                let message =
                    format!("the link to `{destination}` is written in another case than the page");
                let diagnostic = finding(Code::LinkCase, page, *span, message)
                    .with_help(format!("the page is `{}`", file.path));
                found.push(diagnostic);
            } else {
                let message = format!("the link leads to `{target}`, which is not there");
                found.push(finding(Code::LinkMissing, page, *span, message));
            }
        }
        found
    }
}
