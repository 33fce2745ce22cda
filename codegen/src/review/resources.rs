//! The JSON representation of a resource beside the tables of its properties.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use memchr::memmem;

use super::finding;
use crate::conformance::Types;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::TypeKind;
use crate::nearness::nearest;
use crate::page::Page;
use crate::page::resource::ResourceBlock;
use crate::page::table::NamedRow;

/// The names of the types that several pages define, in lower case: the tables of one of them may
/// describe what another one shows.
pub(super) fn defined_twice(pages: &[Page<'_>]) -> BTreeSet<String> {
    let names = pages.iter().flat_map(|page| &page.resources);
    let mut names: Vec<String> = names.map(|block| block.name.to_lowercase()).collect();
    names.sort();
    let pairs = names.windows(2).filter(|pair| pair[0] == pair[1]);
    pairs.map(|pair| pair[0].clone()).collect()
}

/// Reports what only one of the two has.
pub(super) fn check(
    page: &Page<'_>,
    types: &Types<'_>,
    defined_twice: &BTreeSet<String>,
    found: &mut Vec<Diagnostic>,
) {
    for block in &page.resources {
        if !block.properties.is_empty() && !defined_twice.contains(&block.name.to_lowercase()) {
            check_block(page, block, types, found);
        }
    }
}

/// Reports what only one of a resource and the tables of its page has. On a page of several, nothing says whose the
/// rows are: what no row describes is described for none of them, and a row may be about any. Where such a page has no
/// table at all, it shows what other pages describe.
fn check_block(
    page: &Page<'_>,
    block: &ResourceBlock,
    types: &Types<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let is_alone = page.resources.len() == 1;
    let rows = page.properties.iter().chain(&page.relationships);
    let rows: Vec<&str> = rows.map(|row| &*row.name).collect();
    let shown = block.properties.iter().map(|shown| shown.name.as_str());
    let shown: Vec<&str> = shown.collect();

    let kind = types.find(&block.name, page.namespace.as_deref());
    let Some(id) = kind.and_then(TypeKind::resource) else {
        return;
    };
    let is_open = types.is_open(id);
    let is_described = |name: &str| {
        let mut bases = types.lineage(id).skip(1);
        rows.contains(&name) || bases.any(|base| base.properties.iter().any(|it| it.name == name))
    };
    // What a resource has from its bases alone is described where they are.
    if rows.is_empty() && (!is_alone || shown.iter().all(|name| is_described(name))) {
        return;
    }
    let has_no_table = rows.is_empty() || !is_alone && !shown.iter().any(|name| is_described(name));
    if has_no_table && !is_open {
        let message = format!("no table describes the properties of `{}`", block.name);
        let undocumented = finding(Code::PropertyUndocumented, page, block.span, message);
        found.push(undocumented.about(shown));
        return;
    }
    let unshown = LazyCell::new(|| -> Vec<&str> {
        let rows = rows.iter().copied();
        rows.filter(|row| !shown.contains(row)).collect()
    });
    let mut renamed = Vec::new();
    for property in &block.properties {
        let name = property.name.as_str();
        if is_open || is_described(name) {
            continue;
        }
        let message = format!("no table describes the property `{name}`");
        let undocumented = finding(Code::PropertyUndocumented, page, property.span, message);
        let mut undocumented = undocumented.about([name]);
        if let Some(row) = nearest(name, unshown.iter().copied()) {
            undocumented = undocumented.with_help(format!("a row describes `{row}`"));
            renamed.push(row);
        }
        found.push(undocumented);
    }
    if !is_alone {
        return;
    }
    for row in first_section(page) {
        let name = &*row.name;
        let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !is_name || shown.contains(&name) || renamed.contains(&name) {
            continue;
        }
        // A base shows what is inherited from it, and one slip is one finding.
        if !row.description.to_lowercase().contains("inherited from") {
            let message = format!("the JSON representation does not show `{name}`");
            found.push(finding(Code::PropertyUnshown, page, row.span, message));
        }
    }
}

/// The rows under the first heading of properties. Another such heading on the page is about what a
/// property holds.
fn first_section<'p, 'a>(page: &'p Page<'a>) -> impl Iterator<Item = &'p NamedRow<'a>> {
    let first = page
        .properties
        .first()
        .map_or(0, |row| row.span.range().start);
    let rest = &page.file.text.as_bytes()[first..];
    let heading = memmem::find(rest, b"\n#").map_or(usize::MAX, |at| first + at);
    let rows = page.properties.iter();
    rows.take_while(move |row| row.span.range().start <= heading)
}
