//! Links between pages: whether they lead anywhere.

use std::collections::BTreeMap;

use super::finding;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Page, PageLink};

/// Reports links to pages that are not there, or that are only there in another case.
pub(super) fn check(pages: &[Page<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let paths = pages.iter().map(|page| page.file.path.as_str());
    let by_folded: BTreeMap<String, &str> = paths.map(|path| (path.to_lowercase(), path)).collect();
    let mut missing_includes = Vec::new();
    for page in pages {
        for link in &page.links {
            let PageLink {
                destination,
                include,
                span,
            } = link;
            let slashed = destination.replace('\\', "/");
            let Some(target) = resolve(&page.file.path, &slashed) else {
                continue;
            };
            let found = by_folded.get(&target.to_lowercase());
            let diagnostic = match found {
                Some(path) if **path != target => {
                    let message = format!(
                        "the link to `{destination}` is written in another case than the page"
                    );
                    finding(Code::LinkCase, page, *span, message)
                        .with_help(format!("the page is `{path}`"))
                }
                Some(_) if slashed == **destination => continue,
                Some(_) => {
                    let message =
                        format!("the link to `{destination}` has a backslash for a slash");
                    finding(Code::LinkMissing, page, *span, message)
                        .with_help(format!("write `{slashed}`"))
                }
                None if *include => {
                    missing_includes.push((page, link));
                    continue;
                }
                None => {
                    let message = format!("the link leads to `{target}`, which is not there");
                    finding(Code::LinkMissing, page, *span, message)
                }
            };
            diagnostics.push(diagnostic);
        }
    }
    // Snippets for other languages are often kept elsewhere: one line says so for all of them.
    if let Some((page, link)) = missing_includes.first() {
        let message = match missing_includes.len() {
            1 => "an included file is not there".to_owned(),
            count => format!("{count} included files are not there; this is the first"),
        };
        diagnostics.push(finding(Code::IncludeMissing, page, link.span, message));
    }
}

/// The path that a relative link leads to; `None` where that is outside of the pages that were
/// read, and so not known.
fn resolve(from: &str, destination: &str) -> Option<String> {
    let path = destination.split(['#', '?']).next().unwrap_or(destination);
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
        // The first part is the label of the folder that was read.
        if parts.is_empty() {
            return None;
        }
    }
    let inside = parts.first() == from.split('/').next().as_ref();
    inside.then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_resolved_within_the_pages() {
        let to = |destination| resolve("docs/api/a.md", destination);
        assert_eq!(to("b.md#x").as_deref(), Some("docs/api/b.md"));
        assert_eq!(
            to("../resources/b.md").as_deref(),
            Some("docs/resources/b.md")
        );
        assert_eq!(to("../../other/b.md"), None);
        assert_eq!(to("../../../b.md"), None);
    }
}
