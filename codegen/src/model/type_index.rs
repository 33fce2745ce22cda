//! Types by the names under which pages speak of them.

use foldhash::HashMap;

use super::{Primitive, Type, TypeKind};
use crate::nearness::nearest;
use crate::text::lower;
use crate::vocabulary::{Name, TypeName, split_name};
use crate::words::singular;

/// The types of the API by name. Pages write names in any case, rarely in full, and two types may
/// share a short name.
#[derive(Clone, Debug, Default)]
pub struct TypeIndex {
    /// Those that share a short name, in the order in which pages define them.
    types: Vec<Vec<Named>>,
    /// The indices of these, by the lower case of the short name and by the name as definitions write
    /// it: nearly all pages write it so too.
    by_name: HashMap<String, usize>,
}

/// A type under its name.
#[derive(Clone, Debug)]
struct Named {
    /// The short name as its definition writes it.
    name: String,
    /// Empty where no page names one.
    namespace: String,
    kind: TypeKind,
}

impl TypeIndex {
    /// Adds a type.
    pub(crate) fn add(&mut self, namespace: &str, name: &str, kind: TypeKind) {
        let next = self.types.len();
        let index = *self.by_name.entry(name.to_lowercase()).or_insert(next);
        self.by_name.insert(name.to_owned(), index);
        if index == next {
            self.types.push(Vec::new());
        }
        self.types[index].push(Named {
            name: name.to_owned(),
            namespace: namespace.to_owned(),
            kind,
        });
    }

    /// The index of the types of a short name.
    fn index(&self, name: &str) -> Option<usize> {
        let written = self.by_name.get(name);
        written.or_else(|| self.by_name.get(&*lower(name))).copied()
    }

    /// The types of a short name.
    fn named(&self, name: &str) -> &[Named] {
        self.index(name).map_or(&[], |index| &self.types[index])
    }

    /// The types that a definition under a name may be about: those of the same full name, and where
    /// one of the two lacks a namespace, those of the same short name.
    pub(crate) fn same<'i>(
        &'i self,
        namespace: &'i str,
        name: &str,
    ) -> impl Iterator<Item = TypeKind> + 'i {
        let same = self.named(name).iter().filter(move |known| {
            known.namespace.is_empty()
                || namespace.is_empty()
                || known.namespace.eq_ignore_ascii_case(namespace)
        });
        same.map(|known| known.kind)
    }

    /// Gives a type its namespace, which was not known when it was added.
    pub(crate) fn settle(&mut self, namespace: &str, name: &str, kind: TypeKind) {
        let Some(index) = self.index(name) else {
            return;
        };
        let mut named = self.types[index].iter_mut();
        if let Some(known) = named.find(|known| known.kind == kind) {
            known.namespace = namespace.to_owned();
        }
    }

    /// What a name stands for: one of several of the same short name by its namespace, or else by
    /// the namespace of the page that uses it, or else the first that a page defines.
    pub(crate) fn find(&self, name: &str, page_namespace: Option<&str>) -> Option<TypeKind> {
        let (namespace, short) = split_name(name);
        let named = self.named(short);
        // Hardly any type shares its short name, and only then does a namespace tell anything.
        if let [only] = named {
            return Some(only.kind);
        }
        let within = |namespace: &str| {
            let mut named = named.iter();
            named.find(|known| known.namespace.eq_ignore_ascii_case(namespace))
        };
        let exact = Some(namespace).filter(|namespace| !namespace.is_empty());
        let found = exact
            .and_then(within)
            .or_else(|| page_namespace.and_then(within))
            .or_else(|| named.first());
        found.map(|known| known.kind)
    }

    /// The type that a page names; `None` where nothing documents it. A word out of a list is a string;
    /// what may be one of several types is JSON as far as names tell.
    pub(crate) fn resolve(&self, ty: &TypeName, page_namespace: Option<&str>) -> Option<Type> {
        let kind = match &ty.name {
            Name::Primitive(primitive) => TypeKind::Primitive(*primitive),
            // Of which kind they are, examples tell (`assemble/types/numbers.rs`).
            Name::Number => TypeKind::Primitive(Primitive::Int64),
            Name::Timestamp => TypeKind::Primitive(Primitive::DateTimeOffset),
            Name::OneOf(_) => TypeKind::Primitive(Primitive::String),
            Name::AnyOf(_) | Name::Json => TypeKind::Json,
            Name::Documented(name) => {
                let many = || match ty.collection {
                    true => self.find(&singular(name), page_namespace),
                    false => None,
                };
                // What is no name of a type may be that of many of one: `list of kites`.
                let found = self.find(name, page_namespace).or_else(many);
                // A page of that name may only say how such values are written: `[Date](date.md)`.
                if found.is_none()
                    && let Some(name) = Name::of_value(name)
                {
                    return self.resolve(&TypeName { name, ..*ty }, page_namespace);
                }
                found?
            }
        };
        let collection = ty.collection;
        Some(Type { kind, collection })
    }

    /// The full name of a type whose short name is in `name`, where this has a namespace, and all pages
    /// define the type in another one.
    pub(crate) fn in_another_namespace(&self, name: &str) -> Option<String> {
        let (namespace, short) = split_name(name);
        let [only] = self.named(short) else {
            return None;
        };
        let known = &only.namespace;
        let are_stated = !namespace.is_empty() && !known.is_empty();
        let differ = are_stated && !namespace.eq_ignore_ascii_case(known);
        differ.then(|| format!("{known}.{}", only.name))
    }

    /// What to say to a name that no page defines, and that is of no primitive type either.
    pub(crate) fn suggestion(&self, name: &str) -> Option<String> {
        if let Some(full) = self.in_another_namespace(name) {
            return Some(format!("did you mean `{full}`?"));
        }
        let named = self.types.iter().flatten().map(|it| it.name.as_str());
        let near = nearest(split_name(name).1, named.chain(Primitive::NAMES))?;
        Some(format!("did you mean `{near}`?"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EnumId, ResourceId};

    const USER: TypeKind = TypeKind::Resource(ResourceId(0));
    const SESSION: TypeKind = TypeKind::Resource(ResourceId(1));
    const OTHER_SESSION: TypeKind = TypeKind::Resource(ResourceId(2));
    const COLOR: TypeKind = TypeKind::Enum(EnumId(0));

    fn index() -> TypeIndex {
        let mut index = TypeIndex::default();
        index.add("example.graph", "user", USER);
        index.add("example.graph.calls", "session", SESSION);
        index.add("example.graph", "session", OTHER_SESSION);
        index.add("", "color", COLOR);
        index
    }

    #[test]
    fn names_split_at_the_last_dot() {
        let full = split_name("#example.graph.user");
        assert_eq!(full, ("example.graph", "user"));
        assert_eq!(split_name("user"), ("", "user"));
    }

    #[test]
    fn a_name_is_found_by_its_namespace_or_that_of_the_page_or_else_alone() {
        let index = index();
        let cases = [
            ("User", None, Some(USER)),
            ("#Example.Graph.user", None, Some(USER)),
            ("example.other.user", None, Some(USER)),
            ("session", None, Some(SESSION)),
            ("session", Some("example.graph"), Some(OTHER_SESSION)),
            (
                "example.graph.calls.session",
                Some("example.graph"),
                Some(SESSION),
            ),
            ("color", Some("example.graph"), Some(COLOR)),
            ("group", None, None),
        ];
        for (name, page_namespace, expected) in cases {
            assert_eq!(index.find(name, page_namespace), expected, "{name}");
        }
    }

    #[test]
    fn a_name_may_be_that_of_a_type_in_another_namespace() {
        let index = index();
        let full = index.in_another_namespace("#exmaple.graph.User");
        assert_eq!(full.as_deref(), Some("example.graph.user"));
        // One that is there, without a namespace, of one without, and of one of several.
        for name in [
            "Example.graph.user",
            "user",
            "a.color",
            "a.session",
            "a.none",
        ] {
            assert_eq!(index.in_another_namespace(name), None, "{name}");
        }
    }

    #[test]
    fn a_definition_without_a_namespace_may_be_about_any_of_its_short_name() {
        let mut index = index();
        let same = |index: &TypeIndex, namespace, name| -> Vec<TypeKind> {
            index.same(namespace, name).collect()
        };
        let none: [TypeKind; 0] = [];
        assert_eq!(same(&index, "", "SESSION"), [SESSION, OTHER_SESSION]);
        assert_eq!(same(&index, "example.graph", "Color"), [COLOR]);
        assert_eq!(same(&index, "example.other", "user"), none);
        index.settle("example.graph", "color", COLOR);
        assert_eq!(same(&index, "example.other", "color"), none);
    }
}
