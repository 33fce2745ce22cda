//! Resources and enumerations from all pages that define them.

use super::types::{Types, split_name};
use super::{finding, source};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Enumeration, Member, Primitive, Property, Resource, ResourceId, Type, TypeKind,
};
use crate::page::table::NamedRow;
use crate::page::type_name::{Name, TypeName};
use crate::page::{MemberTable, Page};
use crate::source::Span;

/// Defines every type that a page defines, without its properties.
pub(super) fn define(pages: &[Page<'_>], types: &mut Types, diagnostics: &mut Vec<Diagnostic>) {
    for page in pages {
        for table in &page.members {
            if let Some(enumeration) = enumeration(page, table) {
                types.enumeration(enumeration);
            }
        }
    }
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
            known.open |= open;
            if !new && known.description.is_empty() {
                known.description = page.description.clone();
            }
        }
    }
    for page in pages {
        define_words(page, types);
    }
    let _ = diagnostics;
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

/// The name in a title such as `profilePhoto resource type`.
fn title_name(page: &Page<'_>) -> Option<String> {
    let mut words = page.title.split_whitespace();
    let name = words.next()?;
    let is_name = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '_');
    let rest: Vec<_> = words.map(str::to_lowercase).collect();
    let is_type = matches!(
        rest.iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .as_slice(),
        [] | ["resource" | "enum" | "complex" | "facet" | "entity", ..]
    );
    (is_name && is_type).then(|| name.to_owned())
}

/// The enumeration of a table of members; the heading names it, or the title of a page of its own.
fn enumeration(page: &Page<'_>, table: &MemberTable<'_>) -> Option<Enumeration> {
    let title = table.title.trim();
    let name = if title.eq_ignore_ascii_case("members") {
        title_name(page)?
    } else {
        let (name, _) = title.split_once(' ')?;
        // A heading of several words is no name of a type: `Group visibility options`.
        if title.split_whitespace().count() != 2 {
            return None;
        }
        name.to_owned()
    };
    let (namespace, short) = split_name(&name);
    let namespace = if namespace.is_empty() {
        page.namespace.as_deref().unwrap_or("")
    } else {
        namespace
    };
    let members = table.rows.iter().map(|row| Member {
        name: row.name.clone(),
        value: row.value,
        description: row.description.clone().into_owned(),
        source: source(page, row.span),
    });
    Some(Enumeration {
        name: first_lower(short),
        namespace: namespace.to_owned(),
        description: if title.eq_ignore_ascii_case("members") {
            page.description.clone()
        } else {
            String::new()
        },
        flags: title.to_lowercase().contains("flags"),
        members: members.collect(),
        source: source(page, table.span),
    })
}

/// Defines the enumerations that a page names as types of rows and lists in their descriptions.
fn define_words(page: &Page<'_>, types: &mut Types) {
    for row in page.properties.iter().chain(&page.body_rows) {
        let Some(TypeName {
            name: Name::Documented(name),
            ..
        }) = &row.ty
        else {
            continue;
        };
        let words = listed_words(&row.description);
        if words.len() < 2 || types.find(name, page.namespace.as_deref()).is_some() {
            continue;
        }
        let (namespace, short) = split_name(name);
        let namespace = if namespace.is_empty() {
            page.namespace.as_deref().unwrap_or("")
        } else {
            namespace
        };
        let members = words.into_iter().map(|word| Member {
            name: word,
            value: None,
            description: String::new(),
            source: source(page, row.span),
        });
        types.enumeration(Enumeration {
            name: short.to_owned(),
            namespace: namespace.to_owned(),
            description: String::new(),
            flags: false,
            members: members.collect(),
            source: source(page, row.span),
        });
    }
}

/// The words that a description lists as possible values, in code spans.
fn listed_words(description: &str) -> Vec<String> {
    let lower = description.to_lowercase();
    let Some(at) = lower
        .find("possible values")
        .filter(|&at| description.is_char_boundary(at))
    else {
        return Vec::new();
    };
    let mut words: Vec<String> = Vec::new();
    for code in description[at..].split('`').skip(1).step_by(2) {
        for word in code.split(',') {
            let word = word.trim().trim_matches(['"', '\'']);
            let is_word = !word.is_empty()
                && word
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
            if is_word && !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
    }
    words
}

/// Gives each resource its base and its properties, with every name resolved.
pub(super) fn resolve(pages: &[Page<'_>], types: &mut Types, diagnostics: &mut Vec<Diagnostic>) {
    for page in pages {
        for (index, (name, span, _)) in defined(page).into_iter().enumerate() {
            let Some(TypeKind::Resource(id)) = types.find(&name, page.namespace.as_deref()) else {
                continue;
            };
            let block = page.resources.get(index);
            let stated = block.and_then(|block| block.base.clone());
            if let Some(base) = stated.or_else(|| inherited_base(&page.description)) {
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
    remove_inherited(types);
}

/// The type that a sentence names as the base: `Inherits from [entity](entity.md)`.
fn inherited_base(description: &str) -> Option<String> {
    let at = ["Inherits from", "inherits from"]
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

/// The property that a row of a table documents.
pub(super) fn property(
    page: &Page<'_>,
    row: &NamedRow<'_>,
    navigation: bool,
    types: &Types,
    diagnostics: &mut Vec<Diagnostic>,
) -> Property {
    let lower = row.description.to_lowercase();
    Property {
        name: row.name.clone(),
        ty: row_type(page, row, types, diagnostics),
        description: row.description.clone().into_owned(),
        navigation,
        read_only: lower.contains("read-only") || lower.contains("readonly"),
        required: row.required == Some(true),
        source: source(page, row.span),
    }
}

/// The type of a row; a string where it names none.
pub(super) fn row_type(
    page: &Page<'_>,
    row: &NamedRow<'_>,
    types: &Types,
    diagnostics: &mut Vec<Diagnostic>,
) -> Type {
    match &row.ty {
        Some(ty) => resolve_type(page, ty, row.span, types, diagnostics),
        None => Type::primitive(Primitive::String),
    }
}

/// The type that a page names; JSON, and a finding, where nothing documents it.
pub(super) fn resolve_type(
    page: &Page<'_>,
    ty: &TypeName,
    span: Span,
    types: &Types,
    diagnostics: &mut Vec<Diagnostic>,
) -> Type {
    types
        .resolve(ty, page.namespace.as_deref())
        .unwrap_or_else(|| {
            if let Name::Documented(name) = &ty.name {
                diagnostics.push(unknown(page, name, span, types));
            }
            let collection = ty.collection;
            Type {
                kind: TypeKind::Json,
                collection,
            }
        })
}

/// The finding that a type is not documented.
pub(super) fn unknown(page: &Page<'_>, name: &str, span: Span, types: &Types) -> Diagnostic {
    let message = format!("no page defines the type `{name}`");
    let diagnostic = finding(Code::TypeUnknown, page, span, message);
    match types.similar(name) {
        Some(similar) => diagnostic.with_help(format!("did you mean `{similar}`?")),
        None => diagnostic,
    }
}

/// Takes out of each resource the properties that its base has with the same type.
fn remove_inherited(types: &mut Types) {
    let inherited: Vec<Vec<(String, Type)>> = (0..types.resources.len())
        .map(|index| {
            let mut all = Vec::new();
            let mut at = types.resources[index].base;
            while let Some(id) = at {
                let base = &types.resources[id.0 as usize];
                all.extend(
                    base.properties
                        .iter()
                        .map(|property| (property.name.clone(), property.ty)),
                );
                at = base.base;
            }
            all
        })
        .collect();
    for (resource, inherited) in types.resources.iter_mut().zip(inherited) {
        let is_new = |property: &Property| {
            !inherited
                .iter()
                .any(|(name, ty)| *name == property.name && *ty == property.ty)
        };
        resource.properties.retain(is_new);
    }
}

fn first_lower(name: &str) -> String {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_words_are_those_in_code_behind_the_announcement() {
        let text = "The `state`. Possible values are: `low`, `high,unknownFutureValue`. See `x y`.";
        assert_eq!(listed_words(text), ["low", "high", "unknownFutureValue"]);
        assert!(listed_words("Such as `a` or `b`.").is_empty());
    }

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
