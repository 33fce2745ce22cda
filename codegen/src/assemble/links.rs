//! Links between pages: whether they lead anywhere.

use std::borrow::Cow;

use foldhash::HashMap;
use memchr::{memchr, memchr2, memrchr};
use percent_encoding::percent_decode_str;

use super::anchors::has_anchor;
use super::finding;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Page, PageLink};
use crate::parallel;
use crate::source::{SourceFile, Span, resolve, slashed, without_fragment};
use crate::words::lower;

/// Reports links to pages that are not there, or that are only there in another case.
pub(super) fn check(pages: &[Page<'_>]) -> Vec<Diagnostic> {
    let mut known = Known::default();
    for file in pages.iter().map(|page| page.file) {
        let (folder, name) = split(&file.path);
        known.exact.entry(folder).or_default().insert(name, file);
        known.folded.insert(lower(&file.path), file);
    }
    let found = parallel::map(pages, |_, page| known.check(page));
    found.into_iter().flatten().collect()
}

/// All pages by their paths.
#[derive(Default)]
struct Known<'p> {
    /// By their folders.
    exact: HashMap<&'p str, Folder<'p>>,
    /// By the lower case of their paths.
    folded: HashMap<Cow<'p, str>, &'p SourceFile>,
}

/// The pages of a folder by their names.
type Folder<'p> = HashMap<&'p str, &'p SourceFile>;

/// Where links lead that are written in a file and begin with the way to a folder, as far as it is known.
type Ways<'k, 'p> = HashMap<(&'k str, &'k str), Option<&'k Folder<'p>>>;

impl<'p> Known<'p> {
    /// What is wrong with the links of a page.
    fn check(&self, page: &Page<'_>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut ways = Ways::default();
        for PageLink { destination, span } in &page.links {
            // A link in an included file is written as seen from there.
            let from = page.file.path_of(span.start);
            let label = page.file.label();
            let plain = memchr2(b'\\', b'%', destination.as_bytes()).is_none();
            if plain && let Some(file) = self.find(&mut ways, label, from, destination) {
                found.extend(check_anchor(page, destination, *span, file));
                continue;
            }
            let slashed = slashed(destination);
            let decoded = percent_decode_str(&slashed).decode_utf8_lossy();
            let Some(target) = resolve(label, from, &decoded) else {
                continue;
            };
            let (folder, name) = split(&target);
            let exact = self.exact.get(folder).and_then(|folder| folder.get(name));
            if let Some(file) = exact {
                found.extend(check_anchor(page, destination, *span, file));
                if slashed != *destination {
                    let message =
                        format!("the link to `{destination}` has a backslash for a slash");
                    let diagnostic = finding(Code::LinkMissing, page, *span, message)
                        .with_help(format!("write `{slashed}`"));
                    found.push(diagnostic);
                }
            } else if let Some(file) = self.folded.get(&lower(&target)) {
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

    /// The page that a link leads to as it is written. The links of a page lead to few folders, and to
    /// find one takes several times as long as to find a page in it.
    fn find<'k>(
        &'k self,
        ways: &mut Ways<'k, 'p>,
        label: &str,
        from: &'k str,
        destination: &'k str,
    ) -> Option<&'p SourceFile> {
        let (way, name) = split(without_fragment(destination));
        let leads_to = || resolve(label, from, way).and_then(|it| self.exact.get(&*it));
        let folder = *ways.entry((from, way)).or_insert_with(leads_to);
        folder?.get(name).copied()
    }
}

/// The folder of a path, and what is behind it.
fn split(path: &str) -> (&str, &str) {
    memrchr(b'/', path.as_bytes()).map_or(("", path), |at| (&path[..at], &path[at + 1..]))
}

/// Reports a link to a place that the page it leads to has not.
fn check_anchor(
    page: &Page<'_>,
    destination: &str,
    span: Span,
    file: &SourceFile,
) -> Option<Diagnostic> {
    let mark = memchr(b'#', destination.as_bytes())?;
    let anchor = &destination[mark + 1..];
    if anchor.is_empty() || anchor.contains(['/', '%']) || has_anchor(&file.text, anchor) {
        return None;
    }
    let message = format!(
        "the link leads to `#{anchor}`, which `{}` has not",
        file.path
    );
    let diagnostic = finding(Code::LinkAnchor, page, span, message);
    Some(diagnostic.with_help("name one of its headings"))
}
