//! Resources from all pages that define them.

use std::collections::BTreeSet;

use super::references::{property, resolve_type, unknown};
use super::titles::title_name;
use super::types::{Types, split_name};
use super::{finding, source};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Property, Resource, ResourceId, TypeKind};
use crate::page::Page;
use crate::source::Span;

/// Defines every type that a page defines, without its properties.
pub(super) fn define(pages: &[Page<'_>], types: &mut Types) {
    for page in pages {
        for (name, span, open) in defined(page) {
            let (namespace, short) = split_name(&name);
            let namespace = if namespace.is_empty() {
                page.namespace.as_deref().unwrap_or("")
            } else {
                namespace
            };
            let (id, new) = types.resource(Resource {
                name: short.to_owned(),
                namespace: namespace.to_owned(),
                description: page.description.clone(),
                base: None,
                open,
                properties: Vec::new(),
                source: source(page, span),
            });
            let known = &mut types.resources[id.0 as usize];
            known.open |= open || says_open(page);
            if !new && known.description.is_empty() {
                known.description = page.description.clone();
            }
        }
    }
}

/// Whether a page calls its type an open one where the annotation may not: `(Open Type)` in the
/// title, or `This is an _open type_`.
fn says_open(page: &Page<'_>) -> bool {
    let plain = |text: &str| text.replace(['_', '*', '`'], "").to_lowercase();
    plain(&page.title).contains("(open type)")
        || plain(&page.description).contains("is an open type")
}

/// The names of the resources that a page defines: those of its JSON blocks, or else, where it has
/// a table of properties, the one in its title.
fn defined(page: &Page<'_>) -> Vec<(String, Span, bool)> {
    if !page.resources.is_empty() {
        let blocks = page.resources.iter();
        return blocks
            .map(|block| (block.name.clone(), block.span, block.open))
            .collect();
    }
    let titled =
        title_name(page).filter(|_| !page.properties.is_empty() || !page.relationships.is_empty());
    titled
        .map(|name| (name, page.title_span, false))
        .into_iter()
        .collect()
}

/// Gives each resource its base and its properties, with every name resolved.
pub(super) fn resolve(pages: &[Page<'_>], types: &mut Types, diagnostics: &mut Vec<Diagnostic>) {
    let mut only_shown = BTreeSet::new();
    for page in pages {
        for (index, (name, span, _)) in defined(page).into_iter().enumerate() {
            let Some(TypeKind::Resource(id)) = types.find(&name, page.namespace.as_deref()) else {
                continue;
            };
            let block = page.resources.get(index);
            let stated = block.and_then(|block| block.base.clone());
            let stated = stated.or_else(|| inherited_base(&page.description));
            if let Some(base) = stated.or_else(|| base_of_rows(page)) {
                set_base(page, id, &base, span, types, diagnostics);
            }
            // Tables belong to the only resource of a page, or to the first.
            if index == 0 {
                let rows = page.properties.iter().map(|row| (row, false));
                let links = page.relationships.iter().map(|row| (row, true));
                for (row, navigation) in rows.chain(links) {
                    let property = property(page, row, navigation, types, diagnostics);
                    add_property(&mut types.resources[id.0 as usize], property);
                }
            }
            for shown in block.map_or(&[][..], |block| &block.properties) {
                let known = &types.resources[id.0 as usize].properties;
                if known
                    .iter()
                    .any(|property| property.name.eq_ignore_ascii_case(&shown.name))
                {
                    continue;
                }
                only_shown.insert((id, shown.name.clone()));
                let ty = resolve_type(page, &shown.ty, shown.span, types, diagnostics);
                add_property(
                    &mut types.resources[id.0 as usize],
                    Property {
                        name: shown.name.clone(),
                        ty,
                        description: String::new(),
                        navigation: false,
                        read_only: false,
                        required: false,
                        source: source(page, shown.span),
                    },
                );
            }
        }
    }
    remove_inherited(types, &only_shown);
}

/// The type that a sentence names as the base: `Inherits from [entity](entity.md)`.
fn inherited_base(description: &str) -> Option<String> {
    let at = ["Inherits from", "inherits from", "Inherited from"]
        .iter()
        .find_map(|words| description.find(words).map(|at| at + words.len()))?;
    let rest = description[at..]
        .trim_start()
        .trim_start_matches(['[', '*', '`']);
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '.')
        .unwrap_or(rest.len());
    let name = rest[..end].trim_end_matches('.');
    (!name.is_empty()).then(|| name.to_owned())
}

/// The type that the rows of a table name as the origin of their properties, where they agree.
fn base_of_rows(page: &Page<'_>) -> Option<String> {
    let rows = page.properties.iter().chain(&page.relationships);
    let mut origins: Vec<String> = rows
        .filter_map(|row| inherited_base(&row.description))
        .collect();
    origins.dedup();
    match origins.len() {
        1 => origins.pop(),
        _ => None,
    }
}

fn set_base(
    page: &Page<'_>,
    id: ResourceId,
    base: &str,
    span: Span,
    types: &mut Types,
    diagnostics: &mut Vec<Diagnostic>,
) {
    match types.find(base, page.namespace.as_deref()) {
        Some(TypeKind::Resource(base)) if !reaches(types, base, id) => {
            types.resources[id.0 as usize].base = Some(base);
        }
        Some(TypeKind::Resource(_)) => {
            let message = format!("the type extends itself through `{base}`");
            diagnostics.push(finding(Code::TypeCycle, page, span, message));
        }
        _ => diagnostics.push(unknown(page, base, span, types)),
    }
}

/// Whether a type is another one, or extends it.
fn reaches(types: &Types, from: ResourceId, to: ResourceId) -> bool {
    let mut at = Some(from);
    while let Some(id) = at {
        if id == to {
            return true;
        }
        at = types.resources[id.0 as usize].base;
    }
    false
}

/// Adds a property unless there is one of the same name: the first page that defines it counts.
fn add_property(resource: &mut Resource, property: Property) {
    if !resource
        .properties
        .iter()
        .any(|known| known.name == property.name)
    {
        resource.properties.push(property);
    }
}

/// Takes out of each resource the properties that its base has with the same type, and those that
/// only its JSON shows: a sample of a value says less about the type than the base does.
fn remove_inherited(types: &mut Types, only_shown: &BTreeSet<(ResourceId, String)>) {
    let resources = types.resources.iter().zip(0..);
    let inherited: Vec<Vec<bool>> = resources
        .map(|(resource, index)| {
            let properties = resource.properties.iter();
            let inherited = properties.map(|property| {
                let key = (ResourceId(index), property.name.clone());
                is_inherited(types, resource.base, property, only_shown.contains(&key))
            });
            inherited.collect()
        })
        .collect();
    for (resource, inherited) in types.resources.iter_mut().zip(inherited) {
        let mut inherited = inherited.into_iter();
        resource
            .properties
            .retain(|_| inherited.next() == Some(false));
    }
}

/// Whether a base, or one of its own, has a property of the same name, and of the same type or any.
fn is_inherited(
    types: &Types,
    base: Option<ResourceId>,
    property: &Property,
    of_any_type: bool,
) -> bool {
    let mut at = base;
    while let Some(id) = at {
        let base = &types.resources[id.0 as usize];
        let mut known = base.properties.iter();
        if known
            .any(|known| known.name == property.name && (of_any_type || known.ty == property.ty))
        {
            return true;
        }
        at = base.base;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_names_the_base() {
        let base = |text| inherited_base(text);
        assert_eq!(
            base("A user. Inherits from [directoryObject](x.md)."),
            Some("directoryObject".to_owned())
        );
        assert_eq!(
            base("Inherits from microsoft.graph.entity."),
            Some("microsoft.graph.entity".to_owned())
        );
        assert_eq!(base("A user."), None);
    }
}
