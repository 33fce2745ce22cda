//! The types of the API as bodies speak of them: by name, and with what they inherit.

use crate::model::{Api, Property, Resource, ResourceId, Type, TypeKind};
use crate::page::type_name::TypeName;
use crate::type_index::TypeIndex;

/// The types of the API by name, and the types that extend each resource.
#[derive(Debug)]
pub(super) struct Types<'m> {
    api: &'m Api,
    index: &'m TypeIndex,
    /// The resources that extend each resource directly.
    derived: Vec<Vec<ResourceId>>,
}

impl<'m> Types<'m> {
    pub(super) fn new(api: &'m Api, index: &'m TypeIndex) -> Self {
        let mut derived = vec![Vec::new(); api.resources.len()];
        for (resource, id) in api.resources.iter().zip(0..) {
            if let Some(base) = resource.base {
                derived[base.0 as usize].push(ResourceId(id));
            }
        }
        Self {
            api,
            index,
            derived,
        }
    }

    /// What a name stands for.
    pub(super) fn find(&self, name: &str, page_namespace: Option<&str>) -> Option<TypeKind> {
        self.index.find(name, page_namespace)
    }

    /// The type that a page names; `None` where nothing documents it.
    pub(super) fn resolve(&self, ty: &TypeName, page_namespace: Option<&str>) -> Option<Type> {
        self.index.resolve(ty, page_namespace)
    }

    /// What to say to a name that no page defines.
    pub(super) fn suggestion(&self, name: &str) -> Option<String> {
        self.index.suggestion(name)
    }

    /// The namespace and the name of a type.
    pub(super) fn full_name(&self, kind: TypeKind) -> (&'m str, &'m str) {
        match kind {
            TypeKind::Resource(id) => {
                let resource = self.api.resource(id);
                (&resource.namespace, &resource.name)
            }
            TypeKind::Enum(id) => {
                let enumeration = self.api.enumeration(id);
                (&enumeration.namespace, &enumeration.name)
            }
            TypeKind::Primitive(_) | TypeKind::Json => ("", ""),
        }
    }

    /// A resource and those that it extends, itself first.
    pub(super) fn lineage(&self, id: ResourceId) -> impl Iterator<Item = &'m Resource> {
        let api = self.api;
        let first = Some(api.resource(id));
        std::iter::successors(first, |resource| resource.base.map(|id| api.resource(id)))
    }

    /// The property of a resource or of one that it extends.
    pub(super) fn property(&self, id: ResourceId, name: &str) -> Option<&'m Property> {
        let mut properties = self.lineage(id).flat_map(|resource| &resource.properties);
        properties.find(|property| property.name == name)
    }

    /// Whether a resource may have properties that no page lists: its annotation or its description
    /// says so, or it lists none at all.
    pub(super) fn is_open(&self, id: ResourceId) -> bool {
        let lists_none = self.lineage(id).all(|it| it.properties.is_empty());
        lists_none
            || self
                .lineage(id)
                .any(|it| it.open || is_called_open(&it.description))
    }

    /// The resource that extends another one, directly or not, and has a property.
    pub(super) fn heir_with(&self, id: ResourceId, name: &str) -> Option<&'m Resource> {
        let heirs = &self.derived[id.0 as usize];
        let has = |resource: &Resource| resource.properties.iter().any(|it| it.name == name);
        let mut own = heirs.iter().map(|&heir| self.api.resource(heir));
        own.find(|heir| has(heir))
            .or_else(|| heirs.iter().find_map(|&heir| self.heir_with(heir, name)))
    }
}

/// Whether a description calls its type open.
fn is_called_open(description: &str) -> bool {
    description.contains("open type")
}
