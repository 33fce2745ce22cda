//! Lines that lead to what is around or in the thing that their page is about.

use foldhash::{HashMap, HashSet};

use super::groups::TitledLine;
use super::tree::{LineId, RouteTree};
use crate::page::Page;
use crate::vocabulary::{Segment, SegmentKind};
use crate::words::noun;

/// What the routes of a page lead to beside the thing that it is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::assemble) enum Aside {
    /// The collection by its name, of which another route takes one: `/kites` beside `/kites/{id}`, or `/kites?$filter=…`
    /// beside `/me/kites/{id}`.
    Collection(String),
    /// A property by its name: `/kites/{id}/tail` beside `/kites/{id}`.
    Property(String),
    /// The things of one derived type, by its qualified name: `/places/example.room` beside `/places` or
    /// `/places/example.hall`.
    Cast(String),
}

/// What each line leads to beside the thing that the page is about: a property, by a name behind the path of another
/// line or behind a key of its collection, the collection of which another line takes one, or those of one derived
/// type where other lines ask for all or for another type. What the
/// title names is the thing itself. A page of what many things can have leads to many collections, and to none of
/// its own.
pub(super) fn asides(
    page: &Page<'_>,
    lines: &[TitledLine<'_, '_>],
    ids: &[LineId],
    tree: &RouteTree<'_>,
) -> Vec<Option<Aside>> {
    let mut asides = vec![None; lines.len()];
    if lines.len() < 2 {
        return asides;
    }
    find_casts(lines, ids, tree, &mut asides);
    let mut around = HashSet::default();
    let mut keyed = HashSet::default();
    let mut behind = Vec::new();
    let mut of_items = Vec::new();
    for (at, ((_, line), id)) in lines.iter().zip(ids).enumerate() {
        let [.., before, last] = line.path.segments.as_slice() else {
            continue;
        };
        match (last.kind, last.literal()) {
            (SegmentKind::Key, _) => {
                around.extend(tree.line_above(*id, 1));
                keyed.extend(before.literal().map(str::to_ascii_lowercase));
            }
            (SegmentKind::Name, Some(name)) => {
                if tree.line_above(*id, 1).is_some() {
                    behind.push((at, name));
                } else if before.kind == SegmentKind::Key && tree.line_above(*id, 2).is_some() {
                    of_items.push((at, name));
                }
            }
            _ => {}
        }
    }
    // A page that lists is about the collection.
    let lists = page.title.split(' ').next() == Some("List");
    let is_around = |id: LineId| {
        tree.line_above(id, 0)
            .is_some_and(|it| around.contains(&it))
    };
    let collections = match lists || keyed.is_empty() {
        true => Vec::new(),
        false => collections(lines, ids, is_around, &keyed),
    };
    if is_one_name(&collections) && is_one_name(&of_items) {
        let thing = noun(&page.title);
        let names_it = |name: &str| thing.ends_with(&noun(name));
        // A page of what kites can have may lead to kites, and is about none of them.
        for (at, name) in collections.into_iter().filter(|(_, name)| names_it(name)) {
            asides[at] = Some(Aside::Collection(name.to_owned()));
        }
        let properties = behind.into_iter().chain(of_items);
        for (at, name) in properties.filter(|(_, name)| !names_it(name)) {
            asides[at] = Some(Aside::Property(name.to_owned()));
        }
    }
    asides
}

/// Finds the lines that ask for the things of one derived type where others ask for all or for another type.
fn find_casts(
    lines: &[TitledLine<'_, '_>],
    ids: &[LineId],
    tree: &RouteTree<'_>,
    asides: &mut [Option<Aside>],
) {
    let mut casts = Vec::new();
    // The first type that lines of a method ask for, and whether others ask for all or for another one.
    let mut asked: HashMap<&str, (&str, bool)> = HashMap::default();
    for (at, ((_, line), id)) in lines.iter().zip(ids).enumerate() {
        let [.., _, last] = line.path.segments.as_slice() else {
            continue;
        };
        if let (SegmentKind::Cast, Some(name)) = (last.kind, last.literal()) {
            let (first, several) = asked.entry(line.method).or_insert((name, false));
            *several |= !name.eq_ignore_ascii_case(first);
            *several |= tree.line_above(*id, 1).is_some();
            casts.push((at, name));
        }
    }
    for (at, name) in casts {
        if asked[lines[at].1.method].1 {
            asides[at] = Some(Aside::Cast(name.to_ascii_lowercase()));
        }
    }
}

/// The lines that lead to a collection of which another line takes one, with its name: those around such a line, and
/// those that pick some of a collection that is `keyed`.
fn collections<'l>(
    lines: &'l [TitledLine<'_, '_>],
    ids: &[LineId],
    is_around: impl Fn(LineId) -> bool,
    keyed: &HashSet<String>,
) -> Vec<(usize, &'l str)> {
    let lines = lines.iter().zip(ids).enumerate();
    let named = lines.filter_map(|(at, ((_, line), id))| {
        // Only of many things, some are picked.
        let picks = line.query.iter().any(|option| option.name == "$filter");
        let picks_from = |name: &str| picks && keyed.contains(&name.to_ascii_lowercase());
        let last = line.path.segments.last().and_then(Segment::literal)?;
        (is_around(*id) || picks_from(last)).then_some((at, last))
    });
    named.collect()
}

/// Whether the names are all the same.
fn is_one_name(named: &[(usize, &str)]) -> bool {
    let mut names = named.windows(2);
    names.all(|pair| pair[0].1.eq_ignore_ascii_case(pair[1].1))
}
