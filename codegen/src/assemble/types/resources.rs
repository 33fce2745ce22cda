//! Resources from all pages that define them.

use std::collections::BTreeSet;
use std::mem;

use memchr::memmem;

use super::Types;
use super::evidence::{self, Evidence};
use super::inference::Shown;
use super::references::{property, resolve_type};
use crate::assemble::findings::OfPage;
use crate::assemble::{full_name, located, source};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Primitive, Property, Resource, ResourceId, Type, TypeKind, split_name};
use crate::page::Page;
use crate::page::resource::ResourceBlock;
use crate::page::type_name::Name;
use crate::source::Span;
use crate::text::strip_start;

const STRING: TypeKind = TypeKind::Primitive(Primitive::String);

/// Defines every type that a page defines, without its properties. Of several pages that define one,
/// the first with a table of it is the one to read about it.
pub(in crate::assemble) fn define(pages: &[&Page<'_>], types: &mut Types) {
    let mut described = BTreeSet::new();
    for &page in pages {
        let titled = titled(page);
        for (index, (name, span, open)) in defined(page).enumerate() {
            if is_of_enumeration(page, index, name, types) {
                continue;
            }
            let (namespace, short) = full_name(page, name);
            let is_titled = index == titled;
            let description = match is_titled {
                true => &*page.description,
                false => "",
            };
            let (id, new) = types.resource(Resource {
                name: short.to_owned(),
                namespace: namespace.to_owned(),
                description: description.to_owned(),
                base: None,
                deprecated: is_titled && page.deprecated,
                open,
                restated: Vec::new(),
                properties: Vec::new(),
                source: source(page, span),
            });
            let known = &mut types.resources[id.0 as usize];
            known.open |= open || is_titled && says_open(page);
            known.deprecated |= is_titled && page.deprecated;
            let describes = index == 0 && has_rows(page) && described.insert(id);
            if !new && describes {
                known.source = source(page, span);
            }
            if !new && !description.is_empty() && (describes || known.description.is_empty()) {
                known.description = description.to_owned();
            }
        }
    }
}

/// Whether a block of a page shows nothing but the name of the enumeration whose members the page lists.
fn is_of_enumeration(page: &Page<'_>, index: usize, name: &str, types: &Types) -> bool {
    let block = page.resources.get(index);
    let is_empty = block.is_some_and(|block| block.properties.is_empty()) && !has_rows(page);
    let known = || types.find(page, name);
    is_empty && !page.members.is_empty() && matches!(known(), Some(TypeKind::Enum(_)))
}

/// Which of the resources that a page defines its description is about: the one that its title names, or else
/// the first. Of the others it says nothing.
fn titled(page: &Page<'_>) -> usize {
    if page.resources.len() < 2 {
        return 0;
    }
    let Some(title) = page.type_in_title() else {
        return 0;
    };
    let short = split_name(title).1;
    let mut names = defined(page).map(|(name, ..)| split_name(name).1);
    names
        .position(|name| name.eq_ignore_ascii_case(short))
        .unwrap_or(0)
}

/// Gives the type of a page its other name, and the name in its title as well, where no type is called so:
/// pages speak of a `page` whose full name is that of a `onenotePage`.
pub(in crate::assemble) fn define_titles(pages: &[&Page<'_>], types: &mut Types) {
    for page in pages {
        for block in &page.resources {
            define_other_name(page, block, types);
        }
        let [block] = page.resources.as_slice() else {
            continue;
        };
        let Some(title) = page
            .type_in_title()
            .filter(|title| types.index.find(title, None).is_none())
        else {
            continue;
        };
        if let Some(kind) = types.find(page, &block.name) {
            let (namespace, short) = split_name(title);
            types.index.add(namespace, short, kind);
        }
    }
}

/// Gives a type the other name in its annotation, where no type is called so.
fn define_other_name(page: &Page<'_>, block: &ResourceBlock, types: &mut Types) {
    let Some(other) = &block.aka else { return };
    let (namespace, short) = full_name(page, other);
    if types.index.same(namespace, short).next().is_none()
        && let Some(kind) = types.find(page, &block.name)
    {
        types.index.add(namespace, short, kind);
    }
}

/// Whether a page calls its type an open one where the annotation may not: `(Open Type)` in the
/// title, or `This is an _open type_`.
fn says_open(page: &Page<'_>) -> bool {
    let says = |text: &str, words: &str| {
        // Hardly any text speaks of something open, and the others need not be made plain.
        let speaks = memmem::find(text.as_bytes(), b"pen").is_some();
        let plain = || text.replace(['_', '*', '`'], "").to_lowercase();
        speaks && plain().contains(words)
    };
    says(&page.title, "(open type)") || says(&page.description, "is an open type")
}

/// Whether a page has a table of what a resource has.
fn has_rows(page: &Page<'_>) -> bool {
    !page.properties.is_empty() || !page.relationships.is_empty()
}

/// Whether a page defines resources, if they have names.
pub(in crate::assemble) fn may_define(page: &Page<'_>) -> bool {
    !page.resources.is_empty() || has_rows(page)
}

/// The names of the resources that a page defines: those of its JSON blocks, or else, where it has
/// a table of properties, the one in its title.
pub(in crate::assemble) fn defined<'p>(
    page: &'p Page<'_>,
) -> impl Iterator<Item = (&'p str, Span, bool)> {
    let blocks = page.resources.iter();
    let blocks = blocks.map(|block| (block.name.as_str(), block.span, block.open));
    let is_titled = page.resources.is_empty() && has_rows(page);
    let title = is_titled.then(|| page.type_in_title()).flatten();
    blocks.chain(title.map(|name| (name, page.title_span, false)))
}

/// Gives each resource its properties, with every name resolved. The tables of all pages come before
/// the JSON of any: a row says what a property is, and a sample of a value only what it looks like.
pub(in crate::assemble) fn resolve(
    pages: &[Page<'_>],
    defining: &[&Page<'_>],
    examples: &Shown<'_, '_>,
    types: &mut Types,
    found: &mut Vec<Diagnostic>,
) {
    for &page in defining {
        add_rows(&mut OfPage { page, found }, pages, examples, types);
    }
    let mut only_shown = BTreeSet::new();
    for &page in defining {
        for block in &page.resources {
            add_shown(&mut OfPage { page, found }, block, types, &mut only_shown);
        }
    }
    remove_inherited(types, &only_shown);
}

/// Adds what the tables of a page describe. They belong to its only resource, or to the first.
fn add_rows(
    of: &mut OfPage<'_, '_>,
    pages: &[Page<'_>],
    examples: &Shown<'_, '_>,
    types: &mut Types,
) {
    let page = of.page;
    let Some((name, ..)) = defined(page).next() else {
        return;
    };
    let Some(id) = types.find_resource(page, name) else {
        return;
    };
    let examples = examples.get(&id).map_or(&[][..], Vec::as_slice);
    let shown = page.resources.first();
    let shown = shown.map_or(&[][..], |block| &block.properties);
    let properties = &mut types.resources[id.0 as usize].properties;
    if properties.is_empty() {
        // Most of what the JSON shows has a row.
        let count = page.properties.len().max(shown.len()) + page.relationships.len();
        properties.reserve_exact(count);
    }
    let rows = page.properties.iter().map(|row| (row, false));
    let links = page.relationships.iter().map(|row| (row, true));
    for (row, navigation) in rows.chain(links) {
        let mut property = property(of, row, navigation, types);
        let mut shown = shown.iter();
        if let Some(shown) = shown.find(|shown| shown.name.eq_ignore_ascii_case(&row.name)) {
            let evidence = Evidence { shown, examples };
            property.ty = evidence::weigh(of, row, property.ty, evidence, types);
            property.number |= row.ty.is_none() && shown.ty.name == Name::Number;
        }
        // The first page that defines a property counts.
        let properties = &mut types.resources[id.0 as usize].properties;
        let mut known = properties.iter_mut();
        let Some(first) = known.find(|known| known.name == property.name) else {
            properties.push(property);
            continue;
        };
        if first.ty == property.ty {
            // One that says which kind of number it is says more.
            first.number &= property.number;
        } else {
            let place = located(pages, first.source);
            let message = format!("`{}` has another type in {place}", property.name);
            let help = "that counts: give both the same type";
            of.report_with_help(Code::PropertyTwice, row.span, message, help);
        }
    }
}

/// Adds what only the JSON of a resource shows, and what its annotation says of the key: that it is never
/// null.
fn add_shown<'p>(
    of: &mut OfPage<'_, '_>,
    block: &'p ResourceBlock,
    types: &mut Types,
    only_shown: &mut BTreeSet<(ResourceId, &'p str)>,
) {
    let Some(id) = types.find_resource(of.page, &block.name) else {
        return;
    };
    let open = types.resources[id.0 as usize].open;
    for shown in &block.properties {
        if open && is_made_up(&shown.name) {
            continue;
        }
        let mut known = types.resources[id.0 as usize].properties.iter();
        if known.any(|known| known.name.eq_ignore_ascii_case(&shown.name)) {
            continue;
        }
        only_shown.insert((id, &shown.name));
        let ty = resolve_type(of, &shown.ty, shown.span, types);
        let property = Property {
            number: shown.ty.name == Name::Number,
            ..Property::shown(&shown.name, ty, source(of.page, shown.span))
        };
        types.resources[id.0 as usize].properties.push(property);
    }
    if let Some(key) = &block.key {
        let mut properties = types.resources[id.0 as usize].properties.iter_mut();
        if let Some(property) = properties.find(|it| it.name.eq_ignore_ascii_case(key)) {
            // OData CSDL 4.01, section 6.5.
            property.nullable = false;
        }
    }
}

/// Whether a name is none that a property can be defined with (OData CSDL JSON 4.01, section 15.2): an open type's JSON
/// shows with it what callers may add, such as a value for each of several identifiers.
fn is_made_up(name: &str) -> bool {
    name.contains('-') || name.starts_with(|c: char| c.is_ascii_digit())
}

/// Takes out of each resource the properties that its base has with the same type, or as an enumeration where they are
/// called texts, and those that only its JSON shows: a sample of a value says less about the type than the base does.
fn remove_inherited(types: &mut Types, only_shown: &BTreeSet<(ResourceId, &str)>) {
    let resources = types.resources.iter().zip(0..);
    let inherited: Vec<Vec<Option<Property>>> = resources
        .map(|(resource, index)| {
            let properties = resource.properties.iter();
            let inherited = properties.map(|property| {
                let is_only_shown = || {
                    let key = (ResourceId(index), property.name.as_str());
                    only_shown.contains(&key)
                };
                inherited(types, resource.base, property, is_only_shown).cloned()
            });
            inherited.collect()
        })
        .collect();
    for (resource, inherited) in types.resources.iter_mut().zip(inherited) {
        let properties = mem::take(&mut resource.properties).into_iter();
        for (own, inherited) in properties.zip(inherited) {
            match inherited {
                None => resource.properties.push(own),
                Some(base) if says_more(&own.description) => resource.restated.push(Property {
                    description: own.description,
                    deprecated: own.deprecated || base.deprecated,
                    source: own.source,
                    ..base
                }),
                Some(_) => {}
            }
        }
    }
}

/// Whether a description says more of a property than that it is one of the base.
fn says_more(description: &str) -> bool {
    let is_of_base = strip_start(description, "inherited from ").is_some();
    !description.is_empty() && (!is_of_base || description.contains(". "))
}

/// The property of the same name, and of the same type or any, that a base has, or one of its own. A text that the
/// base has as an enumeration is no other.
fn inherited<'t>(
    types: &'t Types,
    base: Option<ResourceId>,
    property: &Property,
    of_any_type: impl Fn() -> bool,
) -> Option<&'t Property> {
    let mut bases = base.into_iter().flat_map(|base| types.lineage(base));
    let is_same = |known: Type| {
        let is_word = property.ty.kind == STRING && matches!(known.kind, TypeKind::Enum(_));
        known == property.ty || is_word && known.collection == property.ty.collection
    };
    bases.find_map(|id| {
        let mut known = types.resources[id.0 as usize].properties.iter();
        known.find(|known| known.name == property.name && (is_same(known.ty) || of_any_type()))
    })
}
