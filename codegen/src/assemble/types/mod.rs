//! The types of the API, while they are put together.

mod bases;
pub(super) mod capitals;
pub(super) mod enumerations;
mod evidence;
mod inference;
pub(super) mod numbers;
pub(crate) mod references;
pub(super) mod relationships;
pub(super) mod resources;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::model::TypeIndex;
use crate::model::{self, EnumId, Enumeration, Resource, ResourceId, Source, Type, TypeKind};
use crate::page::Page;
use crate::page::prose::{self, Sentence};
use crate::page::type_name::{Name, TypeName};
use enumerations::merge;

/// Resources and enumerations, and the names under which pages speak of them.
#[derive(Debug, Default)]
pub(super) struct Types {
    pub(super) resources: Vec<Resource>,
    pub(super) enums: Vec<Enumeration>,
    pub(super) index: TypeIndex,
}

/// Resources and enumerations, with every name resolved.
pub(super) fn define(pages: &[Page<'_>]) -> (Types, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut types = Types::default();
    // Most pages are about operations.
    let defining: Vec<&Page<'_>> = pages
        .iter()
        .filter(|it| resources::may_define(it))
        .collect();
    enumerations::define_tables(pages, &mut types, &mut diagnostics);
    resources::define(&defining, &mut types);
    enumerations::define_lists(pages, &mut types, &mut diagnostics);
    resources::define_titles(&defining, &mut types);
    let shown = inference::define(pages, &mut types, &mut diagnostics);
    types.settle_namespaces();
    bases::resolve(&defining, &mut types, &mut diagnostics);
    resources::resolve(pages, &defining, &shown, &mut types, &mut diagnostics);
    (types, diagnostics)
}

impl Types {
    /// What a type is called in a sentence.
    pub(super) fn label(&self, kind: TypeKind) -> String {
        match kind {
            TypeKind::Resource(id) => self.resources[id.0 as usize].name.clone(),
            TypeKind::Enum(id) => self.enums[id.0 as usize].name.clone(),
            TypeKind::Primitive(primitive) => format!("{primitive:?}"),
            TypeKind::Json => "JSON".to_owned(),
        }
    }

    /// Adds a resource, or finds the one of the same full name.
    pub(super) fn resource(&mut self, resource: Resource) -> (ResourceId, bool) {
        let (namespace, name) = (&resource.namespace, &resource.name);
        let known = self
            .index
            .same(namespace, name)
            .find_map(TypeKind::resource);
        if let Some(id) = known {
            let known = &mut self.resources[id.0 as usize];
            if known.namespace.is_empty() {
                let kind = TypeKind::Resource(id);
                self.index.settle(namespace, name, kind);
                known.namespace.clone_from(namespace);
            }
            return (id, false);
        }
        let id = ResourceId(self.resources.len() as u32);
        self.index.add(namespace, name, TypeKind::Resource(id));
        self.resources.push(resource);
        (id, true)
    }

    /// Adds an enumeration, or what it says of the one of the same full name; nothing where that is the
    /// name of a resource. Gives back the place of one that it has nothing to do with.
    pub(super) fn enumeration(&mut self, enumeration: Enumeration) -> Option<Source> {
        let (namespace, name) = (&enumeration.namespace, &enumeration.name);
        let known = self.index.same(namespace, name).next();
        match known {
            None => {
                let id = EnumId(self.enums.len() as u32);
                self.index.add(namespace, name, TypeKind::Enum(id));
                self.enums.push(enumeration);
                None
            }
            Some(TypeKind::Enum(id)) => {
                let known = &mut self.enums[id.0 as usize];
                (!merge(known, enumeration)).then_some(known.source)
            }
            Some(_) => None,
        }
    }

    /// Gives the types whose pages name no namespace the one that most types are in: it is the default
    /// of the documentation set, and some pages leave out to say so.
    pub(super) fn settle_namespaces(&mut self) {
        let resources = self.resources.iter().map(|it| &*it.namespace);
        let enums = self.enums.iter().map(|it| &*it.namespace);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for namespace in resources.chain(enums).filter(|it| !it.is_empty()) {
            *counts.entry(namespace).or_default() += 1;
        }
        let most = (self.resources.len() + self.enums.len()) / 2;
        let usual = counts.into_iter().find(|&(_, count)| count > most);
        let Some(usual) = usual.map(|(namespace, _)| namespace.to_owned()) else {
            return;
        };
        for (resource, id) in self.resources.iter_mut().zip(0..) {
            if resource.namespace.is_empty() {
                let kind = TypeKind::Resource(ResourceId(id));
                self.index.settle(&usual, &resource.name, kind);
                resource.namespace.clone_from(&usual);
            }
        }
        for (enumeration, id) in self.enums.iter_mut().zip(0..) {
            if enumeration.namespace.is_empty() {
                let kind = TypeKind::Enum(EnumId(id));
                self.index.settle(&usual, &enumeration.name, kind);
                enumeration.namespace.clone_from(&usual);
            }
        }
    }

    /// What a name stands for on a page.
    pub(super) fn find(&self, page: &Page<'_>, name: &str) -> Option<TypeKind> {
        self.index.find(name, page.namespace.as_deref())
    }

    /// The resource that a name stands for on a page, if it is one.
    pub(super) fn find_resource(&self, page: &Page<'_>, name: &str) -> Option<ResourceId> {
        self.find(page, name)?.resource()
    }

    /// The type that a page names; `None` where nothing documents it. What may be one of several
    /// types is the one that they all extend.
    pub(super) fn resolve(&self, page: &Page<'_>, ty: &TypeName) -> Option<Type> {
        if let Name::AnyOf(names) = &ty.name {
            let ids = names.iter().map(|name| self.find(page, name));
            let ids: Option<Vec<ResourceId>> = ids.map(|kind| kind?.resource()).collect();
            if let Some(base) = ids.and_then(|ids| self.common_base(&ids)) {
                let (kind, collection) = (TypeKind::Resource(base), ty.collection);
                return Some(Type { kind, collection });
            }
        }
        self.index.resolve(ty, page.namespace.as_deref())
    }

    /// A resource and those that it extends, itself first.
    pub(super) fn lineage(&self, id: ResourceId) -> impl Iterator<Item = ResourceId> {
        model::lineage(&self.resources, id)
    }

    /// Whether a resource is another one or extends it.
    pub(super) fn extends(&self, id: ResourceId, base: ResourceId) -> bool {
        model::extends(&self.resources, id, base)
    }

    /// The type that sentences of a page speak of.
    pub(super) fn said<'s, 'a: 's>(
        &self,
        page: &Page<'_>,
        sentences: impl IntoIterator<Item = &'s Sentence<'a>> + Clone,
    ) -> Option<Type> {
        prose::said(sentences, |ty| self.resolve(page, ty))
    }

    /// The resource nearest to all of several that each of them is or extends.
    pub(super) fn common_base(&self, ids: &[ResourceId]) -> Option<ResourceId> {
        let (&first, others) = ids.split_first()?;
        let mut bases = self.lineage(first);
        bases.find(|&base| others.iter().all(|&id| self.extends(id, base)))
    }

    /// The finished types.
    pub(super) fn finish(self) -> (Vec<Resource>, Vec<Enumeration>, TypeIndex) {
        (self.resources, self.enums, self.index)
    }
}
