//! The types of the API as JSON speaks of them: by name, and with what they inherit.

use std::sync::OnceLock;

use crate::model::{self, Api, EnumId, Property, Resource, ResourceId, Type, TypeKind};
use crate::vocabulary::TypeName;

/// The types of an API.
#[derive(Clone, Debug)]
pub struct Types<'m> {
    api: &'m Api,
    /// The resources that extend each, made when they are first asked for.
    heirs: OnceLock<Vec<Vec<ResourceId>>>,
}

impl<'m> Types<'m> {
    /// The types of an API.
    pub fn new(api: &'m Api) -> Self {
        let heirs = OnceLock::new();
        Self { api, heirs }
    }

    /// What a name stands for, with its namespace or without it. Of several with the same short name
    /// it is that in the namespace of the name, or else in the given one, or else the first.
    pub fn find(&self, name: &str, namespace: Option<&str>) -> Option<TypeKind> {
        self.api.types.find(name, namespace)
    }

    /// The type that a page names; `None` where nothing documents it.
    pub(crate) fn resolve(&self, ty: &TypeName, page_namespace: Option<&str>) -> Option<Type> {
        self.api.types.resolve(ty, page_namespace)
    }

    /// Whether pages define a type of the short name in `name`, and in another namespace than this has.
    pub(crate) fn is_misplaced(&self, name: &str) -> bool {
        self.api.types.in_another_namespace(name).is_some()
    }

    /// What to say to a name that no page defines.
    pub(crate) fn suggestion(&self, name: &str) -> Option<String> {
        self.api.types.suggestion(name)
    }

    /// The short name of a type of the pages; empty for others.
    pub fn name(&self, kind: TypeKind) -> &'m str {
        match kind {
            TypeKind::Resource(id) => &self.api.resource(id).name,
            TypeKind::Enum(id) => &self.api.enumeration(id).name,
            TypeKind::Primitive(_) | TypeKind::Json => "",
        }
    }

    /// What a value of a type is called in a sentence: ``a collection of `String` ``.
    pub fn label(&self, ty: Type) -> String {
        let kind = match ty.kind {
            TypeKind::Primitive(primitive) => format!("{primitive:?}"),
            TypeKind::Json => "JSON".to_owned(),
            kind => self.name(kind).to_owned(),
        };
        match ty.collection {
            true => format!("a collection of `{kind}`"),
            false => format!("`{kind}`"),
        }
    }

    /// All resources, in the order of their ids.
    pub(crate) fn resources(&self) -> &'m [Resource] {
        &self.api.resources
    }

    /// A resource and those that it extends, itself first.
    pub fn lineage(&self, id: ResourceId) -> impl Iterator<Item = &'m Resource> {
        self.api.lineage(id).map(|id| self.api.resource(id))
    }

    /// Whether a type is another one or extends it.
    pub(crate) fn is_or_extends(&self, kind: TypeKind, base: TypeKind) -> bool {
        match (kind, base) {
            (TypeKind::Resource(id), TypeKind::Resource(base)) => {
                model::extends(self.resources(), id, base)
            }
            _ => kind == base,
        }
    }

    /// The property of a resource or of one that it extends.
    pub fn property(&self, id: ResourceId, name: &str) -> Option<&'m Property> {
        self.api.property(id, name)
    }

    /// The type of what is answered where segments stand behind a route that answers with `ty`; `None`
    /// where that is a type of their own, as that of a count is.
    pub fn behind(&self, ty: Type, segments: &[String]) -> Option<Type> {
        let last = segments.last()?;
        // A derived type keeps what is answered one or many (OData URL conventions 4.01, section
        // 4.11).
        if last.contains('.') {
            let kind = self.find(last, None)?;
            let is_resource = matches!(kind, TypeKind::Resource(_));
            return is_resource.then_some(Type { kind, ..ty });
        }
        match (ty.kind, segments) {
            (TypeKind::Resource(id), [name]) => self.property(id, name).map(|it| it.ty),
            _ => None,
        }
    }

    /// Whether a resource may have properties that no page lists: its annotation or its description
    /// says so, or it lists none at all.
    pub fn is_open(&self, id: ResourceId) -> bool {
        let lists_none = self.lineage(id).all(|it| it.properties.is_empty());
        lists_none
            || self
                .lineage(id)
                .any(|it| it.open || is_called_open(&it.description))
    }

    /// Whether a word is a documented member of an enumeration, or several with commas between them
    /// where it has flags (OData JSON Format 4.01, section 7.1).
    pub fn is_member(&self, id: EnumId, word: &str) -> bool {
        match self.may_be_several(id) {
            true => self.are_members(id, word),
            false => self.members(id).any(|member| member == word),
        }
    }

    /// Whether a value of an enumeration may be several of its members at once.
    pub(crate) fn may_be_several(&self, id: EnumId) -> bool {
        self.api.enumeration(id).flags
    }

    /// Whether all words with commas between them are documented members of an enumeration.
    pub(crate) fn are_members(&self, id: EnumId, words: &str) -> bool {
        let mut words = words.split(',').map(str::trim);
        words.all(|word| self.members(id).any(|member| member == word))
    }

    /// The documented members of an enumeration.
    pub(crate) fn members(&self, id: EnumId) -> impl Iterator<Item = &'m str> {
        let members = self.api.enumeration(id).members.iter();
        members.map(|member| member.name.as_str())
    }

    /// The resource that extends another one, directly or not, and has a property itself; the nearest
    /// of several.
    pub(crate) fn heir_with(&self, id: ResourceId, name: &str) -> Option<&'m Resource> {
        let has = |id: &ResourceId| {
            let mut properties = self.api.resource(*id).properties.iter();
            properties.any(|property| property.name == name)
        };
        let heirs = self.heirs.get_or_init(|| heirs(self.api));
        let mut generation = heirs[id.0 as usize].clone();
        while !generation.is_empty() {
            let nearest = generation.iter().copied().filter(has).min();
            if let Some(heir) = nearest {
                return Some(self.api.resource(heir));
            }
            let next = generation.iter().flat_map(|id| &heirs[id.0 as usize]);
            generation = next.copied().collect();
        }
        None
    }
}

/// The resources that extend each resource directly.
fn heirs(api: &Api) -> Vec<Vec<ResourceId>> {
    let mut heirs = vec![Vec::new(); api.resources.len()];
    for (resource, id) in api.resources.iter().zip(0..) {
        if let Some(base) = resource.base {
            heirs[base.0 as usize].push(ResourceId(id));
        }
    }
    heirs
}

/// Whether a description calls its type open.
fn is_called_open(description: &str) -> bool {
    description.contains("open type")
}
