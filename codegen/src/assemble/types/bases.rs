//! What each type extends: by the annotation of its JSON, by a sentence, or by the rows of its
//! tables.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::Types;
use super::references::unknown;
use super::resources::defined;
use crate::assemble::findings::OfPage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ResourceId, TypeKind};
use crate::page::Page;
use crate::source::Span;
use crate::text::strip_end;

/// Gives each resource its base.
pub(super) fn resolve(pages: &[&Page<'_>], types: &mut Types, found: &mut Vec<Diagnostic>) {
    // Which of two types is the nearer one shows when both have their own bases.
    let mut told = Vec::new();
    for &page in pages {
        let mut of = OfPage { page, found };
        for (index, (name, span, _)) in defined(page).enumerate() {
            let Some(id) = types.find_resource(page, name) else {
                continue;
            };
            let block = page.resources.get(index);
            let annotated = block.and_then(|block| block.base.as_deref());
            let is_type = |name: &str| types.find(page, name).is_some();
            let sentence = base_of_text(&page.description, &*SENTENCES, is_type);
            // What is said to be derived from the type itself is another one.
            let sentence = sentence.filter(|name| types.find_resource(page, name) != Some(id));
            if let Some(base) = annotated {
                set(&mut of, id, base, span, types);
                told.extend(sentence.map(|base| (page, id, base)));
            } else if let Some(base) = sentence.or_else(|| base_of_rows(page, is_type)) {
                set(&mut of, id, base, span, types);
            }
        }
    }
    for (page, id, base) in told {
        sharpen(page, id, base, types);
    }
}

/// The words before the name of a base in the description of a type: `Inherits from
/// [entity](entity.md)`, `A subclass of [resource](resource.md)`.
static SENTENCES: LazyLock<[Finder<'static>; 5]> = LazyLock::new(|| {
    let words = [
        "nherits from",
        "nherited from",
        "erived from",
        "erives from",
        "subclass of",
    ];
    words.map(Finder::new)
});

/// The words before the name of the type in which a row originates.
static ROWS: LazyLock<[Finder<'static>; 2]> =
    LazyLock::new(|| ["nherits from", "nherited from"].map(Finder::new));

/// The type that a text names as the base, behind one of some words. A word without markup is a name
/// only if it is that of a type: permissions, too, are inherited from a group.
fn base_of_text<'t>(
    text: &'t str,
    words: &[Finder<'_>],
    is_type: impl Fn(&str) -> bool,
) -> Option<&'t str> {
    let mut ends = words
        .iter()
        .filter_map(|words| Some(words.find(text.as_bytes())? + words.needle().len()));
    let rest = text[ends.next()?..].trim_start();
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let name = rest.trim_start_matches(['[', '*', '`']);
    let is_marked = name.len() < rest.len();
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '.');
    let name = name[..end.unwrap_or(name.len())].trim_end_matches('.');
    if is_marked && !is_type(name) {
        // The text of a link may be other words for the type of its page.
        let page = linked_page(rest).filter(|page| is_type(page));
        return page.or((!name.is_empty()).then_some(name));
    }
    (!name.is_empty() && (is_marked || is_type(name))).then_some(name)
}

/// The name of the page to which a link leads with which a text begins.
fn linked_page(text: &str) -> Option<&str> {
    let (words, destination) = text.strip_prefix('[')?.split_once("](")?;
    let end = destination.find([')', '#', '?', ' '])?;
    let path = strip_end(&destination[..end], ".md")?;
    (!words.contains(']')).then(|| path.rsplit(['/', '\\']).next())?
}

/// The type that the rows of a table name as the origin of their properties, where they agree.
fn base_of_rows<'p>(page: &'p Page<'_>, is_type: impl Fn(&str) -> bool) -> Option<&'p str> {
    let rows = page.properties.iter().chain(&page.relationships);
    let mut origins = rows.filter_map(|row| base_of_text(&row.description, &*ROWS, &is_type));
    let first = origins.next()?;
    origins.all(|origin| origin == first).then_some(first)
}

fn set(of: &mut OfPage<'_, '_>, id: ResourceId, base: &str, span: Span, types: &mut Types) {
    match types.find(of.page, base) {
        Some(TypeKind::Resource(base)) if !types.extends(base, id) => {
            types.resources[id.0 as usize].base = Some(base);
        }
        Some(TypeKind::Resource(_)) => {
            let message = format!("the type extends itself through `{base}`");
            of.report(Code::TypeCycle, span, message);
        }
        _ => of.found.push(unknown(of.page, base, span, types)),
    }
}

/// Takes the base that a sentence names where it extends the one that is known: both are right, and
/// the sentence says more.
fn sharpen(page: &Page<'_>, id: ResourceId, base: &str, types: &mut Types) {
    let Some(base) = types.find_resource(page, base) else {
        return;
    };
    let known = types.resources[id.0 as usize].base;
    if known.is_some_and(|known| types.extends(base, known)) && !types.extends(base, id) {
        types.resources[id.0 as usize].base = Some(base);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_names_the_base() {
        let cases = [
            ("A user. Inherits from [thing](x.md).", Some("thing")),
            (
                "Inherits from example.graph.entity.",
                Some("example.graph.entity"),
            ),
            ("Derived from [place](place.md).", Some("place")),
            ("It is derived from the [**item**](x.md).", Some("item")),
            ("A subclass of [resource](x.md).", Some("resource")),
            ("Inherits from [missing](x.md).", Some("missing")),
            ("Inherits from [any place](../a/place.md#x).", Some("place")),
            (
                "Inherits from the [parent] of a [thing](thing.md).",
                Some("parent"),
            ),
            ("A state that is inherited from a group.", None),
            ("A user.", None),
        ];
        let known = ["thing", "place", "item", "resource", "example.graph.entity"];
        let is_type = |name: &str| known.contains(&name);
        for (text, expected) in cases {
            assert_eq!(base_of_text(text, &*SENTENCES, is_type), expected, "{text}");
        }
        let row = "A code derived from [item](item.md).";
        assert_eq!(base_of_text(row, &*ROWS, is_type), None);
    }
}
