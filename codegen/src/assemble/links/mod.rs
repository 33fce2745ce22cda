//! Links between pages and within them: whether they lead anywhere.

mod anchors;

use std::borrow::Cow;
use std::sync::OnceLock;

use foldhash::HashMap;
use memchr::{memchr, memchr2, memrchr};
use percent_encoding::percent_decode_str;

use super::finding;
use crate::diagnostic::{Code, Diagnostic};
use crate::nearness::nearest;
use crate::page::include::Includes;
use crate::page::{Page, PageLink};
use crate::source::{resolve, slashed};
use crate::text::{file_stem, lower};
use anchors::Anchors;

/// Where links can lead: all pages, by their paths.
pub(crate) struct Destinations<'f> {
    includes: &'f Includes<'f>,
    /// By their folders.
    exact: HashMap<&'f str, Folder<'f>>,
    /// By the lower case of their paths, once that is asked for.
    folded: OnceLock<HashMap<Cow<'f, str>, usize>>,
}

/// The pages of a folder by their names.
type Folder<'f> = HashMap<&'f str, usize>;

/// Where links lead that are written in a file and begin with the way to a folder, as far as it is known.
type Ways<'k, 'f> = HashMap<(&'k str, &'k str), Option<&'k Folder<'f>>>;

/// The anchors of pages by their indices, as far as links ask for them.
type Places<'k> = HashMap<usize, Anchors<'k>>;

impl<'f> Destinations<'f> {
    pub(crate) fn new(includes: &'f Includes<'f>) -> Self {
        let mut exact: HashMap<&str, Folder<'_>> = HashMap::default();
        for (index, file) in includes.pages().iter().enumerate() {
            let (folder, name) = split(&file.path);
            exact.entry(folder).or_default().insert(name, index);
        }
        Self {
            includes,
            exact,
            folded: OnceLock::new(),
        }
    }

    /// Reports the links of a page to pages that are not there, or that are only there in another case, and
    /// to places that are not there. It takes a third of the time right after the page is read: its links are
    /// at hand then.
    pub(crate) fn check(&self, page: &Page<'_>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut ways = Ways::default();
        let mut places = Places::default();
        for link in page.links.iter() {
            let PageLink {
                destination, span, ..
            } = link;
            if destination.starts_with('#') {
                found.extend(self.check_anchor(&mut places, page, link, page.id.0 as usize));
                continue;
            }
            // A link in an included file is written as seen from there.
            let from = page.file.path_of(span.start);
            let label = page.file.label();
            let plain = memchr2(b'\\', b'%', destination.as_bytes()).is_none();
            if plain
                && let Some(index) = self.find(&mut ways, label, from, &destination[..link.path])
            {
                found.extend(self.check_anchor(&mut places, page, link, index));
                continue;
            }
            let slashed = slashed(destination);
            let decoded = percent_decode_str(&slashed).decode_utf8_lossy();
            let Some(target) = resolve(label, from, &decoded) else {
                continue;
            };
            let (folder, name) = split(&target);
            let exact = self.exact.get(folder).and_then(|folder| folder.get(name));
            if let Some(&index) = exact {
                found.extend(self.check_anchor(&mut places, page, link, index));
                if slashed != *destination {
                    let message =
                        format!("the link to `{destination}` has a backslash for a slash");
                    let diagnostic = finding(Code::LinkMissing, page, *span, message)
                        .with_help(format!("write `{slashed}`"));
                    found.push(diagnostic);
                }
            } else if let Some(&index) = self.folded().get(&lower(&target)) {
                let message =
                    format!("the link to `{destination}` is written in another case than the page");
                let diagnostic = finding(Code::LinkCase, page, *span, message)
                    .with_help(format!("the page is `{}`", self.path(index)));
                found.push(diagnostic);
            } else {
                let message = format!("the link leads to `{target}`, which is not there");
                let mut diagnostic = finding(Code::LinkMissing, page, *span, message);
                diagnostic.help = self
                    .near(&target)
                    .map(|path| format!("did you mean `{path}`?"));
                found.push(diagnostic);
            }
        }
        found
    }

    /// The page that the path of a link leads to as it is written. The links of a page lead to few folders, and to
    /// find one takes several times as long as to find a page in it.
    fn find<'k>(
        &'k self,
        ways: &mut Ways<'k, 'f>,
        label: &str,
        from: &'k str,
        path: &'k str,
    ) -> Option<usize> {
        let (way, name) = split(path);
        let leads_to = || resolve(label, from, way).and_then(|it| self.exact.get(&*it));
        let folder = *ways.entry((from, way)).or_insert_with(leads_to);
        folder?.get(name).copied()
    }

    /// The page that a link may be meant for: one of nearly the same name in the same folder, or else the only one
    /// of the name in another.
    fn near(&self, target: &str) -> Option<&str> {
        let (folder, name) = (split(target).0, file_stem(target));
        let pages = self.includes.pages().iter().map(|page| &*page.path);
        let mut beside = pages.clone().filter(|path| split(path).0 == folder);
        if let Some(near) = nearest(name, beside.clone().map(file_stem)) {
            return beside.find(|path| file_stem(path) == near);
        }
        let mut named = pages.filter(|path| file_stem(path) == name);
        named.next().filter(|_| named.next().is_none())
    }

    /// Reports a link to a place that the page of an index has not.
    fn check_anchor<'k>(
        &'k self,
        places: &mut Places<'k>,
        page: &'k Page<'_>,
        link: &PageLink<'_>,
        index: usize,
    ) -> Option<Diagnostic> {
        let behind = &link.destination[link.path..];
        let anchor = &behind[memchr(b'#', behind.as_bytes())? + 1..];
        if anchor.is_empty() || anchor.contains(['/', '%']) {
            return None;
        }
        // Few links name a place, and to put a page together takes longer than all the rest.
        let anchors = places.entry(index).or_insert_with(|| {
            let file = match index == page.id.0 as usize {
                true => page.file,
                false => self.includes.expand(index).0,
            };
            Anchors::of(&file.text)
        });
        if anchors.has(anchor) {
            return None;
        }
        let path = self.path(index);
        let message = format!("the link leads to `#{anchor}`, which `{path}` has not");
        let diagnostic = finding(Code::LinkAnchor, page, link.span, message);
        Some(diagnostic.with_help("name one of its headings"))
    }

    fn folded(&self) -> &HashMap<Cow<'f, str>, usize> {
        self.folded.get_or_init(|| {
            let files = self.includes.pages().iter().enumerate();
            files
                .map(|(index, file)| (lower(&file.path), index))
                .collect()
        })
    }

    fn path(&self, index: usize) -> &str {
        &self.includes.pages()[index].path
    }
}

/// The folder of a path, and what is behind it.
fn split(path: &str) -> (&str, &str) {
    memrchr(b'/', path.as_bytes()).map_or(("", path), |at| (&path[..at], &path[at + 1..]))
}
