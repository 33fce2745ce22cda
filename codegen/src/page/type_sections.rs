//! Types that a page defines beside what it is about, each in a section of its own: parts of a resource, or what an
//! operation takes.

use std::cell::LazyCell;
use std::ops::Range;

use foldhash::{HashMap, HashMapExt as _, HashSet};

use super::resource::named_type;
use super::section::{Section, SectionKind};
use super::table;
use super::type_name;
use crate::markdown::{Block, BlockKind, Container, Document, InlineKind, Table, tables};
use crate::text::{is_of_several_words, lower};
use crate::words::singular;

/// The sections of each of those types: the one whose heading names it, and those below that, which may be of types of
/// their own. The heading calls it a type, as `mast complex type` does, or is the name of one that a table of the page
/// has, or that a link leads to; or beside it stand several of types, with tables that have the same columns; or the title
/// of the page says that it is about types.
pub(super) fn of(document: &Document<'_>, sections: &[Section<'_>]) -> Vec<Range<usize>> {
    let title = sections.iter().find(|section| section.is_title());
    let own = LazyCell::new(|| Some(named_type(&title?.title)?.0));
    let are_types = LazyCell::new(|| title.is_some_and(|title| is_of_types(&title.title)));
    let named = LazyCell::new(|| names(document));
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut supposed: Vec<Range<usize>> = Vec::new();
    for (at, section) in sections.iter().enumerate() {
        if !section.may_be_of_type() {
            continue;
        }
        let range = at..end(sections, at);
        // Hardly any such section has a table of properties.
        let lists = |what: fn(&Document<'_>, &Table) -> bool| {
            lists_properties(document, &sections[range.clone()], what)
        };
        if !lists(table::describes) {
            continue;
        }
        let Some((name, is_called)) = named_type(&section.title) else {
            continue;
        };
        // Below a heading that calls it a type, what is listed by name are properties, whatever else is said of them.
        if !is_called && !lists(table::documents) {
            continue;
        }
        let is_own = own.is_some_and(|own| own.eq_ignore_ascii_case(name));
        let may_be_one = singular(name) == name;
        let is_type = || {
            named.contains(&*lower(name)) || *are_types && (may_be_one || is_of_several_words(name))
        };
        if !is_own && (is_called || is_type()) {
            found.push(range);
        } else if !is_own && may_be_one {
            supposed.push(range);
        }
    }
    // Where several tables of one form are of types, hardly any other of it is not, unless its heading speaks of many
    // things, as *Limits* and *Changes* do.
    if !supposed.is_empty() && found.len() > 1 {
        let columns = |it: &Range<usize>| columns(document, sections, it.start);
        let mut known: HashMap<_, u32> = HashMap::new();
        for form in found.iter().map(columns) {
            *known.entry(form).or_default() += 1;
        }
        let is_form = |form: (u8, Vec<String>)| {
            form.1.len() > 2 && known.get(&form).is_some_and(|&count| count > 1)
        };
        let beside = supposed.into_iter();
        found.extend(beside.filter(|it| is_form(columns(it))));
        found.sort_by_key(|it| it.start);
    }
    found
}

/// Whether the title of a page says that what has a section of its own there is a type: *Kite resources*.
pub(super) fn is_of_types(title: &str) -> bool {
    const KINDS: [&str; 4] = ["resources", "types", "objects", "models"];
    let last = title.split_whitespace().next_back();
    last.is_some_and(|last| KINDS.iter().any(|kind| kind.eq_ignore_ascii_case(last)))
}

/// The level of a section, and the titles of the columns of its first table.
fn columns(document: &Document<'_>, sections: &[Section<'_>], at: usize) -> (u8, Vec<String>) {
    let section = &sections[at];
    let mut tables = tables(section.own_blocks(document));
    let titles = tables.next().map(|table| document.titles(table));
    (section.level(), titles.unwrap_or_default())
}

/// Where the sections below one end.
fn end(sections: &[Section<'_>], at: usize) -> usize {
    let mut behind = sections[at + 1..].iter();
    let count = behind.position(|it| it.level() <= sections[at].level());
    count.map_or(sections.len(), |count| at + 1 + count)
}

/// Whether sections have nothing but what a type has, and a table that is one of its properties below the first heading,
/// or below that of the properties.
fn lists_properties(
    document: &Document<'_>,
    sections: &[Section<'_>],
    is_one: fn(&Document<'_>, &Table) -> bool,
) -> bool {
    use SectionKind::{Json, Members, Other, Properties, Relationships};
    let is_of_type = |section: &Section<'_>| match section.kind {
        Other | Properties | Relationships | Json | Members => true,
        kind => !section.is_named && kind != SectionKind::Example,
    };
    let has_table = |section: &Section<'_>| {
        let mut tables = tables(section.own_blocks(document));
        tables.any(|table| is_one(document, table))
    };
    let below = sections.iter().skip(1);
    let mut properties = below.filter(|section| section.kind == Properties && section.is_named);
    sections.iter().all(is_of_type)
        && (sections.first().is_some_and(has_table) || properties.any(has_table))
}

/// Whether a section has a table of what a type has.
pub(super) fn has_table(document: &Document<'_>, section: &Section<'_>) -> bool {
    let mut tables = tables(section.own_blocks(document));
    tables.any(|table| table::documents(document, table))
}

/// The names in lower case that a page has for types: those in its tables, and those of the places in it to which
/// links lead. The items of a table of contents lead to sections of any kind.
fn names(document: &Document<'_>) -> HashSet<String> {
    let items = document.blocks.iter();
    let contents: HashSet<u32> = items.filter_map(|it| only_link(document, it)).collect();
    let places = document.destinations();
    let places = places.filter(|(_, span)| !contents.contains(&span.start));
    let places = places.filter_map(|(destination, _)| destination.strip_prefix('#'));
    let mut names = of_rows(document);
    names.extend(places.map(str::to_ascii_lowercase));
    names
}

/// The names in lower case that the tables of a page have for types.
pub(super) fn of_rows(document: &Document<'_>) -> HashSet<String> {
    let tables = tables(&document.blocks);
    let cells = tables.flat_map(|table| table::types(document, table));
    let types = cells.filter_map(|cell| {
        let ty = type_name::parse(&document.plain(&cell.inlines))?;
        Some(lower(ty.name.documented()?).into_owned())
    });
    types.collect()
}

/// Where the link begins that is all there is in an item of a list.
fn only_link(document: &Document<'_>, block: &Block<'_>) -> Option<u32> {
    let BlockKind::Paragraph(run, Container::Item) = &block.kind else {
        return None;
    };
    let (first, rest) = document.inlines(run).split_first()?;
    let mut ends = rest.iter().map(|it| matches!(it.kind, InlineKind::LinkEnd));
    let is_link = matches!(first.kind, InlineKind::LinkStart(_));
    let is_all = ends.position(|is_end| is_end).is_some() && ends.next().is_none();
    (is_link && is_all).then_some(first.span.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parse;
    use crate::page::section::sections;

    fn found(text: &str) -> Vec<String> {
        let document = parse(text, 0);
        let sections = sections(&document);
        let types = of(&document, &sections).into_iter();
        types
            .map(|it| sections[it.start].title.to_string())
            .collect()
    }

    #[test]
    fn a_section_is_of_a_type_that_its_heading_or_the_page_calls_one() {
        let table = "| Name | Type |\n|:--|:--|\n| a | String |\n";
        let text = format!(
            "# ship resource type\n## Properties\n| Name | Type |\n|:--|:--|\n| x | mast |\n| sail | String |\n\
             ### mast\n{table}## sail\n{table}## hull complex type\n### Properties\n{table}## The keel object\n{table}\
             See [this](#deck).\n## deck\n{table}### wood\n## ship\n{table}## rope type\n{table}## oar resource\n\
             ### blade object\n{table}## error object\n{table}- [Contents](#contents)\n\n## contents\n{table}"
        );
        assert_eq!(
            found(&text),
            [
                "mast",
                "hull complex type",
                "The keel object",
                "deck",
                "blade object",
                "error object"
            ]
        );
    }

    #[test]
    fn what_has_a_request_is_no_type() {
        let table = "| Name | Type |\n|:--|:--|\n| a | String |\n";
        let text = format!("# Ships\n## ship object\n{table}### HTTP request\n");
        assert!(found(&text).is_empty());
    }
}
