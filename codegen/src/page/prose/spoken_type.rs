//! Which type a sentence speaks of: by a link to its page, in bold, or in plain words.

use std::sync::LazyLock;

use memchr::memchr2;
use memchr::memmem::Finder;

use crate::markdown::{Document, InlineKind, Inlines, Link};
use crate::page::type_name::{self, Name, TypeName};
use crate::source::Span;
use crate::text::{lower, strip_end};
use crate::vocabulary::Primitive;
use crate::words::{same_folded, singular};

/// The type of what a sentence speaks of.
pub(super) struct SpokenType {
    /// The type that a link names, with the place of the link.
    pub(super) ty: Option<(TypeName, Span)>,
    /// The types that it may be as well.
    pub(super) others: Vec<TypeName>,
    /// What it may be, if there is a type of that name.
    pub(super) supposed: Option<TypeName>,
}

/// Reads a paragraph. `text` is what it says, in lower case; `is_of_answer`, whether that is what a status comes with.
pub(super) fn read(
    document: &Document<'_>,
    run: &Inlines,
    text: &str,
    is_of_answer: bool,
) -> SpokenType {
    let mut by_page = None;
    for link in document.links(run) {
        if is_elsewhere(document, run, link.span) {
            continue;
        }
        if link.destination.starts_with('#') {
            // A section of the same page may define a type.
            by_page = by_page.or_else(|| linked(document, run, &link));
            continue;
        }
        let Some(page) = page_of_type(link.destination) else {
            // So may one of another page, whatever that is about besides.
            if leads_to_place(link.destination) {
                by_page = by_page.or_else(|| linked(document, run, &link));
            }
            continue;
        };
        if let Some(ty) = linked(document, run, &link) {
            // The text may be what readers are to call the type of the page: `[photo](profilephoto.md)`.
            let is_its =
                matches!(&ty.name, Name::Documented(name) if name.eq_ignore_ascii_case(page));
            let name = Name::read(page).filter(|_| !is_its);
            return SpokenType {
                supposed: name.map(|name| TypeName { name, ..ty }),
                others: match text.contains(" or ") {
                    true => others(document, run, link.span),
                    false => Vec::new(),
                },
                ty: Some((ty, link.span)),
            };
        }
        by_page = by_page.or_else(|| in_words(document, run, &link, page));
    }
    SpokenType {
        ty: None,
        others: Vec::new(),
        supposed: emphasized(document, run, text, is_of_answer)
            .or(by_page)
            .or_else(|| plain(text))
            .or_else(|| is_of_answer.then(|| at_end(text)).flatten()),
    }
}

/// The types of the links behind one, where one of all comes: *a [sloop](sloop.md), a [ketch](ketch.md) or a
/// [yawl](yawl.md)*.
fn others(document: &Document<'_>, run: &Inlines, first: Span) -> Vec<TypeName> {
    let mut others = Vec::new();
    let mut end = first.end;
    for link in document.links(run) {
        if link.span.start < end {
            continue;
        }
        let between = &document.text[end as usize..link.span.start as usize];
        let words = between.split([' ', ',']);
        let mut words = words.filter(|word| !matches!(*word, "" | "a" | "an" | "the" | "object"));
        let is_last = match (words.next(), words.next()) {
            (Some("or"), None) => true,
            (None, None) => false,
            _ => break,
        };
        let Some(ty) = linked(document, run, &link) else {
            break;
        };
        others.push(ty);
        if is_last {
            return others;
        }
        end = link.span.end;
    }
    Vec::new()
}

/// Whether what a link leads to is at the place that an answer tells, and not in the answer: *the location of the
/// [order](order.md)*.
fn is_elsewhere(document: &Document<'_>, run: &Inlines, link: Span) -> bool {
    const PLACES: [&str; 4] = ["location of", "link to", "url of", "url to"];
    let Some(first) = document.inlines(run).first() else {
        return false;
    };
    let before = &document.text[first.span.start as usize..link.start as usize];
    let before = before.trim_end();
    let articles = ["the", "an", "a"].iter();
    let mut before = articles.filter_map(|article| strip_end(before, article));
    before.any(|before| {
        let before = before.trim_end();
        PLACES
            .iter()
            .any(|place| strip_end(before, place).is_some())
    })
}

/// The name of the page to which a link leads, where that may be the page of a type: a file of the set, or a place
/// among the resources of an API on the site on which the set is shown.
fn page_of_type(destination: &str) -> Option<&str> {
    let end = memchr2(b'#', b'?', destination.as_bytes());
    let path = &destination[..end.unwrap_or(destination.len())];
    let is_of_site = || path.starts_with('/') && path.contains("/api/resources/");
    let page = strip_end(path, ".md").or_else(|| is_of_site().then_some(path))?;
    let mut parts = page.split(['/', '\\']);
    let name = parts.next_back()?;
    let is_elsewhere =
        page.contains("://") || !is_of_site() && parts.skip(1).any(|folder| folder == "api");
    (!is_elsewhere).then_some(name)
}

/// Whether a link leads to a place of another page.
fn leads_to_place(destination: &str) -> bool {
    let place = destination.split_once('#');
    place.is_some_and(|(path, _)| strip_end(path, ".md").is_some() && !path.contains("://"))
}

/// The type that the text of a link to such a page names, and whether the words around it speak of many.
fn linked(document: &Document<'_>, run: &Inlines, link: &Link<'_>) -> Option<TypeName> {
    let ty = type_name::parse(&link.text)?;
    let ty = type_name::of_link(ty, &link.text, link.destination);
    let Name::Documented(_) = &ty.name else {
        return None;
    };
    let collection = ty.collection || is_of_many(document, run, link.span);
    Some(TypeName { collection, ..ty })
}

/// The type that has the name of the page to which a link leads, whose text writes it in words:
/// `[Profile photo](profilephoto.md)`.
fn in_words(
    document: &Document<'_>,
    run: &Inlines,
    link: &Link<'_>,
    page: &str,
) -> Option<TypeName> {
    let is_its = same_folded(&link.text, page) || same_folded(&singular(&link.text), page);
    let name = Name::read(page).filter(|_| is_its)?;
    let collection = is_of_many(document, run, link.span);
    matches!(name, Name::Documented(_)).then_some(TypeName { name, collection })
}

/// What is in bold and called an object, as in *returns `200 OK` and an **order** object in the response body*.
fn emphasized(
    document: &Document<'_>,
    run: &Inlines,
    text: &str,
    is_of_answer: bool,
) -> Option<TypeName> {
    const THINGS: [&str; 4] = ["object", "collection", "resource", "entit"];
    let inlines = document.inlines(run);
    let is_bold = |kind: &InlineKind<'_>| matches!(kind, InlineKind::EmphasisStart);
    // Few sentences have anything in bold.
    if !inlines.iter().any(|inline| is_bold(&inline.kind)) {
        return None;
    }
    // Other sentences speak of other things as well.
    let is_body = is_of_answer
        || text.contains(" in the response body")
        || text.contains("representation of")
        || ["a ", "an ", "the "]
            .iter()
            .any(|article| text.starts_with(article));
    if !is_body {
        return None;
    }
    inlines.windows(4).find_map(|four| {
        let [start, name, end, behind] = four else {
            return None;
        };
        let (InlineKind::Text(said), InlineKind::EmphasisEnd, InlineKind::Text(behind)) =
            (&name.kind, &end.kind, &behind.kind)
        else {
            return None;
        };
        let behind = behind.trim_start();
        let is_thing = THINGS.iter().any(|thing| behind.starts_with(thing));
        let ty = type_name::parse(said).filter(|_| is_bold(&start.kind) && is_thing)?;
        let is_of_pages = matches!(ty.name, Name::Documented(_));
        let collection = ty.collection || is_of_many(document, run, name.span);
        is_of_pages.then_some(TypeName { collection, ..ty })
    })
}

/// The type of what comes back, in plain words: `the updated photo in the response body`.
fn plain(text: &str) -> Option<TypeName> {
    // To make a finder takes longer than to look through a sentence.
    static BODY: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(" body"));
    let mut bodies = BODY.find_iter(text.as_bytes());
    let before = bodies.find_map(|at| {
        let before = &text[..at];
        let of_response = before.strip_suffix(" in the response");
        of_response.or_else(|| before.strip_suffix(" in the"))
    })?;
    let before = without_owner(before);
    let mut words = before.split_whitespace().rev().peekable();
    words.next_if(|word| matches!(*word, "object" | "entity"));
    let name = Name::read(words.next()?)?;
    // What something is for does not come back: `the settings for the group in the response body`.
    words.next_if(|word| matches!(*word, "the" | "a" | "an"));
    if words.peek() == Some(&"for") {
        return None;
    }
    let collection = before.contains("list of ") || before.contains("collection of ");
    matches!(name, Name::Documented(_)).then_some(TypeName { name, collection })
}

/// A sentence without what the thing that it speaks of only belongs to: `the sails associated with the boats`.
fn without_owner(text: &str) -> &str {
    const RELATIONS: [&str; 3] = [" associated with ", " related to ", " assigned to "];
    let mut relations = RELATIONS.into_iter();
    let owner = relations.find_map(|relation| text.rsplit_once(relation));
    owner.map_or(text, |(thing, _)| thing)
}

/// The type of what comes back with a status, in plain words at the end of a sentence: `201 Created and the new photo.`
fn at_end(text: &str) -> Option<TypeName> {
    const MADE: [&str; 5] = ["new", "created", "updated", "changed", "requested"];
    let thing = |sentence: &str| {
        let mut words = sentence.trim_end_matches('.').split_whitespace().rev();
        let mut word = words.next()?;
        if matches!(word, "object" | "entity") {
            word = words.next()?;
        }
        let name = Name::read(word).filter(|_| singular(word) == word)?;
        let mut words = words.skip_while(|word| MADE.contains(word));
        let is_thing = matches!(words.next()?, "the" | "a" | "an") && words.next()? == "and";
        is_thing.then_some(name)
    };
    let name = text.split(". ").find_map(thing)?;
    let collection = false;
    matches!(name, Name::Documented(_)).then_some(TypeName { name, collection })
}

/// The primitive type of what comes back, as machine-made pages say it: `a Boolean in the response body`,
/// `a String collection object in the response body`. Of a Boolean, a value may be named: `a true value is returned in
/// the response body`.
pub(super) fn primitive(text: &str) -> Option<TypeName> {
    static BODY: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(" in the response body"));
    let before = &text[..BODY.find(text.as_bytes())?];
    let mut words = before.split_whitespace().rev().peekable();
    if words.next_if_eq(&"returned").is_some() {
        words.next_if_eq(&"is")?;
    }
    words.next_if(|word| matches!(*word, "object" | "value"));
    let collection = words.next_if_eq(&"collection").is_some();
    let name = words.next()?;
    let ty = type_name::parse(match name {
        "true" | "false" => "boolean",
        _ => name,
    })?;
    // The bytes of a stream are none of JSON's values.
    let is_value = match ty.name {
        Name::Primitive(primitive) => primitive != Primitive::Stream,
        Name::Number | Name::Timestamp => true,
        _ => false,
    };
    let is_thing = matches!(words.next()?, "a" | "an" | "and" | "new");
    (is_value && is_thing).then_some(TypeName { collection, ..ty })
}

/// Whether the words around a name speak of many.
fn is_of_many(document: &Document<'_>, run: &Inlines, name: Span) -> bool {
    let whole = document.inlines(run);
    let (Some(first), Some(last)) = (whole.first(), whole.last()) else {
        return false;
    };
    let before = &document.text[first.span.start as usize..name.start as usize];
    let before = before.trim_end_matches([' ', '*', '`']);
    let after = &document.text[name.end as usize..last.span.end.max(name.end) as usize];
    let end = memchr2(b'.', b',', after.as_bytes()).unwrap_or(after.len());
    let after = lower(&after[..end]);
    ["collection", "objects", "resources", "entities"]
        .iter()
        .any(|word| after.contains(word))
        || ["collection of", "list of", "array of"]
            .iter()
            .any(|words| strip_end(before, words).is_some())
}
