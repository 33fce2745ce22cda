//! The types of the API by name, while they are put together.

use std::collections::BTreeMap;

use strsim::levenshtein;

use crate::model::Primitive;
use crate::model::{EnumId, Enumeration, Resource, ResourceId, Type, TypeKind};
use crate::page::type_name::{Name, TypeName};
use crate::words::may_be_near;

/// Resources and enumerations, and the names under which pages speak of them.
#[derive(Debug, Default)]
pub(super) struct Types {
    pub(super) resources: Vec<Resource>,
    pub(super) enums: Vec<Enumeration>,
    /// By the lower case of the short name: pages write names in any case and rarely in full.
    by_name: BTreeMap<String, Vec<TypeKind>>,
}

impl Types {
    /// Adds a resource, or finds the one of the same full name.
    pub(super) fn resource(&mut self, resource: Resource) -> (ResourceId, bool) {
        let full = (
            resource.namespace.to_lowercase(),
            resource.name.to_lowercase(),
        );
        for kind in self.by_name.get(&full.1).into_iter().flatten() {
            if let TypeKind::Resource(id) = *kind {
                let known = &mut self.resources[id.0 as usize];
                let same = known.namespace.eq_ignore_ascii_case(&resource.namespace);
                if same || known.namespace.is_empty() || resource.namespace.is_empty() {
                    if known.namespace.is_empty() {
                        known.namespace = resource.namespace;
                    }
                    return (id, false);
                }
            }
        }
        let id = ResourceId(self.resources.len() as u32);
        self.by_name
            .entry(full.1)
            .or_default()
            .push(TypeKind::Resource(id));
        self.resources.push(resource);
        (id, true)
    }

    /// Adds an enumeration unless there is a type of its full name.
    pub(super) fn enumeration(&mut self, enumeration: Enumeration) {
        let short = enumeration.name.to_lowercase();
        let mut kinds = self.by_name.get(&short).into_iter().flatten();
        let is_known = kinds.any(|&kind| {
            let (known, given) = (self.namespace(kind), &enumeration.namespace);
            known.is_empty() || given.is_empty() || known.eq_ignore_ascii_case(given)
        });
        if !is_known {
            let kind = TypeKind::Enum(EnumId(self.enums.len() as u32));
            self.by_name.entry(short).or_default().push(kind);
            self.enums.push(enumeration);
        }
    }

    /// What a name stands for; one of several of the same short name by its namespace, or else by
    /// the namespace of the page that uses it.
    pub(super) fn find(&self, name: &str, page_namespace: Option<&str>) -> Option<TypeKind> {
        let (namespace, short) = split_name(name);
        let kinds = self.by_name.get(&short.to_lowercase())?;
        let in_namespace = |namespace: &str| {
            let mut kinds = kinds.iter().copied();
            kinds.find(|&kind| self.namespace(kind).eq_ignore_ascii_case(namespace))
        };
        let exact = in_namespace(namespace).filter(|_| !namespace.is_empty());
        exact
            .or_else(|| page_namespace.and_then(in_namespace))
            .or_else(|| kinds.first().copied())
    }

    /// The type that a page names; `None` where nothing documents it.
    pub(super) fn resolve(&self, ty: &TypeName, page_namespace: Option<&str>) -> Option<Type> {
        let kind = match &ty.name {
            Name::Primitive(primitive) => TypeKind::Primitive(*primitive),
            Name::OneOf(_) => TypeKind::Primitive(Primitive::String),
            Name::Json => TypeKind::Json,
            Name::Documented(name) => self.find(name, page_namespace)?,
        };
        let collection = ty.collection;
        Some(Type { kind, collection })
    }

    /// The documented name that is most like an unknown one.
    pub(super) fn similar(&self, name: &str) -> Option<&str> {
        let wanted = split_name(name).1.to_lowercase();
        let resources = self.resources.iter().map(|resource| resource.name.as_str());
        let enums = self
            .enums
            .iter()
            .map(|enumeration| enumeration.name.as_str());
        let limit = 1 + wanted.len() / 6;
        let near = resources
            .chain(enums)
            .filter(|name| may_be_near(name, &wanted, limit))
            .map(|name| (levenshtein(&name.to_lowercase(), &wanted), name));
        near.filter(|&(distance, _)| distance <= limit)
            .min()
            .map(|(_, name)| name)
    }

    fn namespace(&self, kind: TypeKind) -> &str {
        match kind {
            TypeKind::Resource(id) => &self.resources[id.0 as usize].namespace,
            TypeKind::Enum(id) => &self.enums[id.0 as usize].namespace,
            TypeKind::Primitive(_) | TypeKind::Json => "",
        }
    }

    /// The finished types.
    pub(super) fn finish(self) -> (Vec<Resource>, Vec<Enumeration>) {
        (self.resources, self.enums)
    }
}

/// Splits a full name into its namespace and its short name.
pub(super) fn split_name(name: &str) -> (&str, &str) {
    let name = name.trim_start_matches('#');
    name.rsplit_once('.').unwrap_or(("", name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_split_at_the_last_dot() {
        assert_eq!(
            split_name("#microsoft.graph.user"),
            ("microsoft.graph", "user")
        );
        assert_eq!(split_name("user"), ("", "user"));
    }
}
