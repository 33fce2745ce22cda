//! What operations are called in words.

use std::cell::OnceCell;

use foldhash::{HashMap, HashSet};

use crate::assemble::routes::asides::Aside;
use crate::assemble::routes::groups::{Group, groups_of};
use crate::assemble::types::resources::may_define;
use crate::model::split_name;
use crate::page::Page;
use crate::page::route::parse_target;
use crate::page::route::written::in_heading;
use crate::text::{file_stem, lower, strip_end};
use crate::vocabulary::{Piece, Segment};
use crate::words::{folded, singular};

/// A name in words for each group: the title of its page, made unique by the page's file name where
/// several pages have one title, and by what differs where one page has several operations.
pub(in crate::assemble) fn of_groups(pages: &[Page<'_>], groups: &[Group]) -> Vec<String> {
    // The first page with each title, whatever its case and punctuation, and whether others have it too.
    let mut uses: HashMap<&str, (usize, bool)> = HashMap::default();
    let titles = groups
        .iter()
        .map(|group| folded(subject(&pages[group.page])));
    let titles: Vec<String> = titles.collect();
    for (group, title) in groups.iter().zip(&titles) {
        let (first, shared) = uses.entry(title.as_str()).or_insert((group.page, false));
        *shared |= *first != group.page;
    }
    let types = OnceCell::new();
    let mut taken = Taken::default();
    let mut names = Vec::with_capacity(groups.len());
    for (group, title) in groups.iter().zip(&titles) {
        let page = &pages[group.page];
        let shared = uses.get(title.as_str());
        let shared = shared.is_some_and(|&(_, shared)| shared);
        // What another page is called after is that page's operation.
        let is_free = |name: &String| {
            let first = uses.get(&*folded(name)).map(|(first, _)| *first);
            first.is_none_or(|first| first == group.page)
        };
        let mut name = if shared || page.title.is_empty() {
            let stem = stem_in_words(page, types.get_or_init(|| names_of_types(pages)));
            match page.is_section {
                // Others have the name of the page too: `List` of *boats.md* is `List boats`.
                true => format!("{} {stem}", subject_in_words(page)),
                false => stem,
            }
        } else {
            subject_in_words(page)
        };
        if let Some(own) = &group.name {
            name.clone_from(own);
        } else if let Some(aside) = &group.aside {
            name = match aside {
                Aside::Collection(last) if group.method == "GET" => {
                    let list = Some(format!("List {}", words(last)));
                    list.filter(is_free)
                        .unwrap_or_else(|| format!("{name} {}", words(last)))
                }
                Aside::Collection(last) | Aside::Property(last) => apart(page, &group.title, last),
                Aside::Cast(name) => apart(page, &group.title, split_name(name).1),
            };
        } else if group.several {
            if let Some(tail) = group.tail.as_deref().filter(|_| group.method_shared) {
                name = format!("{name} {}", words(tail));
            } else if !group.method_shared {
                let own = &groups[groups_of(groups, group.page)];
                let by_verb = name_by_verb(page, &name, own, group);
                name = by_verb
                    .filter(is_free)
                    .unwrap_or_else(|| format!("{name} with {}", group.method.to_lowercase()));
            }
        }
        names.push(taken.unique(name));
    }
    names
}

/// The names that operations have, whatever their case.
#[derive(Default)]
struct Taken {
    names: HashSet<String>,
    /// The last number behind each name that several would have.
    numbers: HashMap<String, usize>,
}

impl Taken {
    /// A name, with a number behind it where another operation has it.
    fn unique(&mut self, base: String) -> String {
        let mut name = base.clone();
        while !self.names.insert(name.to_lowercase()) {
            // Many may have one name: the next number is that behind the last one.
            let number = self.numbers.entry(base.to_lowercase()).or_insert(1);
            *number += 1;
            name = format!("{base} {number}");
        }
        name
    }
}

/// What an operation is called that its method does not tell from another one of its page: as the
/// heading above it says, or else after the page and the last name in its path.
pub(in crate::assemble) fn apart(page: &Page<'_>, title: &str, last: &str) -> String {
    let usual = ["http request", "request", "example", "response", "sample"];
    let lower = title.to_lowercase();
    if !title.is_empty() && !usual.iter().any(|usual| lower.starts_with(usual)) {
        return words(title);
    }
    words(&format!("{} {last}", page.title))
}

/// What is done to a thing at its place, and the methods that do it (RFC 9110, section 9.3, and RFC 5789).
const VERBS: [(&str, &[&str]); 3] = [
    ("Get", &["GET"]),
    ("Update", &["PATCH", "PUT"]),
    ("Delete", &["DELETE"]),
];

fn verb(method: &str) -> Option<&'static str> {
    let found = VERBS.iter().find(|(_, methods)| methods.contains(&method));
    found.map(|(verb, _)| *verb)
}

/// The name of one of the operations of a page that is called after one of them, with the verb of its own: *Delete
/// manual* on the page *Get manual*. There is none where two have one verb, or another path.
fn name_by_verb(page: &Page<'_>, title: &str, own: &[Group], group: &Group) -> Option<String> {
    let (first, thing) = title.split_once(' ')?;
    // A title such as *Get and delete manual* names several of them.
    if thing.split(' ').any(|word| matches!(word, "and" | "or")) {
        return None;
    }
    let only = |verb_of_it: &str| {
        let mut named = own.iter().filter(|it| {
            verb(&it.method).is_some_and(|verb| verb.eq_ignore_ascii_case(verb_of_it))
        });
        named.next().filter(|_| named.next().is_none())
    };
    let path = |group: &Group| {
        let mut lines = page.route_lines();
        lines
            .find(|line| line.span == group.span)
            .map(|line| &line.path)
    };
    let verb = verb(&group.method)?;
    let (titled, it) = (only(first)?, only(verb)?);
    (path(titled)? == path(it)?).then(|| format!("{verb} {thing}"))
}

/// What the title of a page says that it documents: of *Get kite API*, the last word is true of all, and of *Get kite
/// (deprecated)* it is a remark, with which the name does not change.
fn subject<'p>(page: &'p Page<'_>) -> &'p str {
    let title = page.title.trim_end_matches('.');
    let title = strip_end(title, "(deprecated)").map_or(title, str::trim_end);
    strip_end(title, " API").unwrap_or(title)
}

/// The names of types, by what they are in lower case; of two that are the same then, that with more capitals.
fn names_of_types<'p>(pages: &'p [Page<'_>]) -> HashMap<String, &'p str> {
    let capitals = |name: &str| name.bytes().filter(u8::is_ascii_uppercase).count();
    let mut names = HashMap::default();
    let defining = pages.iter().filter(|page| may_define(page));
    for name in defining.filter_map(Page::type_in_title) {
        let known: &mut &str = names.entry(name.to_lowercase()).or_insert(name);
        if (capitals(name), name) > (capitals(known), *known) {
            *known = name;
        }
    }
    names
}

/// The words of a page's name, which is mostly written small, with the capitals that the names in its routes and
/// those of types have: `teamplanner-list-subtasks` is *teamPlanner list subTasks*.
fn stem_in_words(page: &Page<'_>, types: &HashMap<String, &str>) -> String {
    let lines = page.route_lines();
    let segments = lines.flat_map(|line| &line.path.segments);
    let names: Vec<&str> = segments.filter_map(Segment::literal).collect();
    let stem = words(file_stem(&page.file.path));
    let spelled = stem.split(' ').map(|word| {
        let mut names = names.iter();
        let name = names.find(|name| name.eq_ignore_ascii_case(word));
        let name = name.or_else(|| types.get(&*lower(word)));
        name.map_or(word, |name| name)
    });
    spelled.collect::<Vec<_>>().join(" ")
}

/// What a page documents, in words.
fn subject_in_words(page: &Page<'_>) -> String {
    route_in_words(&page.title).unwrap_or_else(|| words(subject(page)))
}

/// What is called after a route that is the title: *Get harbour berth* for `GET /harbours/{id}/berths/{id}`.
fn route_in_words(title: &str) -> Option<String> {
    let route = in_heading(title)?;
    let (path, _) = parse_target(&route.target?).ok()?;
    let mut names: Vec<String> = Vec::new();
    for segment in &path.segments {
        if let Some(things) = segment.collection() {
            names.push(singular(&words(things)).into_owned());
        } else if let Some(Piece::Literal(text)) = segment.pieces.first() {
            // Behind the name of a function stand its arguments.
            names.push(words(text.split('(').next().unwrap_or(text)));
        } else if let Some(things) = names.last_mut() {
            *things = singular(things).into_owned();
        }
    }
    let (first, rest) = route.method.split_at(1);
    let verb = format!("{first}{}", rest.to_lowercase());
    Some([vec![verb], names].concat().join(" "))
}

/// The words of a title, without punctuation.
fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if !words.is_empty() && !word.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}
