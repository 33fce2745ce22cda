//! The types of the API as bodies speak of them: by name, and with what they inherit.

use std::collections::BTreeMap;

use strsim::osa_distance;

use crate::model::{Api, EnumId, Property, Resource, ResourceId, Type, TypeKind};
use crate::page::type_name::{Name, TypeName};
use crate::words::may_be_near;

/// The types of the API, found by name, and the types that extend each resource.
#[derive(Debug)]
pub(super) struct Types<'m> {
    api: &'m Api,
    /// By the lower case of the short name.
    by_name: BTreeMap<String, Vec<TypeKind>>,
    /// The resources that extend each resource directly.
    derived: Vec<Vec<ResourceId>>,
}

impl<'m> Types<'m> {
    pub(super) fn new(api: &'m Api) -> Self {
        let mut by_name: BTreeMap<String, Vec<TypeKind>> = BTreeMap::new();
        let mut derived = vec![Vec::new(); api.resources.len()];
        for (resource, id) in api.resources.iter().zip(0..) {
            let id = ResourceId(id);
            let kinds = by_name.entry(resource.name.to_lowercase()).or_default();
            kinds.push(TypeKind::Resource(id));
            if let Some(base) = resource.base {
                derived[base.0 as usize].push(id);
            }
        }
        for (enumeration, id) in api.enums.iter().zip(0..) {
            let kinds = by_name.entry(enumeration.name.to_lowercase()).or_default();
            kinds.push(TypeKind::Enum(EnumId(id)));
        }
        Self {
            api,
            by_name,
            derived,
        }
    }

    /// What a name stands for: one of several of the same short name by its namespace, or else by
    /// the namespace of the page that uses it.
    pub(super) fn find(&self, name: &str, page_namespace: Option<&str>) -> Option<TypeKind> {
        let (namespace, short) = name.rsplit_once('.').unwrap_or(("", name));
        let kinds = self.by_name.get(&short.to_lowercase())?;
        let within = |namespace: &str| {
            let mut kinds = kinds.iter().copied();
            kinds.find(|&kind| self.full_name(kind).0.eq_ignore_ascii_case(namespace))
        };
        within(namespace)
            .or_else(|| page_namespace.and_then(within))
            .or_else(|| kinds.first().copied())
    }

    /// The type that a page names; `None` where nothing documents it.
    pub(super) fn resolve(&self, ty: &TypeName, page_namespace: Option<&str>) -> Option<Type> {
        let kind = match &ty.name {
            Name::Primitive(primitive) => TypeKind::Primitive(*primitive),
            Name::OneOf(_) | Name::Json => TypeKind::Json,
            Name::Documented(name) => self.find(name, page_namespace)?,
        };
        let collection = ty.collection;
        Some(Type { kind, collection })
    }

    /// What to say to a name that no page defines.
    pub(super) fn suggestion(&self, name: &str) -> Option<String> {
        let short = name.rsplit('.').next().unwrap_or(name);
        let kinds = self.by_name.values().flatten();
        let near = nearest(short, kinds.map(|&kind| self.full_name(kind).1))?;
        Some(format!("did you mean `{near}`?"))
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

/// The name that is most like another: the same in another case, or one with a slip in it.
pub(super) fn nearest<'n>(
    wanted: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let wanted = wanted.to_lowercase();
    let limit = wanted.chars().count() / 5;
    let names = names.into_iter();
    let near = names.filter(|name| may_be_near(name, &wanted, limit));
    let near = near.map(|name| (osa_distance(&name.to_lowercase(), &wanted), name));
    let nearest = near.filter(|&(distance, _)| distance <= limit).min();
    nearest.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_one_with_a_slip_or_in_another_case() {
        let names = ["subUnit", "displayName", "id"];
        let near = |wanted| nearest(wanted, names);
        assert_eq!(near("subunit"), Some("subUnit"));
        assert_eq!(near("displyName"), Some("displayName"));
        assert_eq!(near("ID"), Some("id"));
        assert_eq!(near("is"), None);
        assert_eq!(near("name"), None);
    }
}
