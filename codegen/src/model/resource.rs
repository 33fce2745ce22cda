//! Types: resources with properties, enumerations with members, and references to both.

use super::{Primitive, Source};

/// The index of a resource in [`Api::resources`](super::Api::resources).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceId(pub u32);

/// The index of an enumeration in [`Api::enums`](super::Api::enums).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnumId(pub u32);

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Type {
    /// The type of the value, or of each item of a collection.
    pub kind: TypeKind,
    /// Whether the value is an array.
    pub collection: bool,
}

/// The type of a single value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TypeKind {
    /// One of OData's primitive types.
    Primitive(Primitive),
    /// An object that a page documents.
    Resource(ResourceId),
    /// A word out of a documented list.
    Enum(EnumId),
    /// JSON whose type the pages do not tell.
    Json,
}

impl TypeKind {
    /// The object that it is, if it is one that a page documents.
    pub const fn resource(self) -> Option<ResourceId> {
        match self {
            Self::Resource(id) => Some(id),
            Self::Primitive(_) | Self::Enum(_) | Self::Json => None,
        }
    }
}

/// A type with properties.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The name without its namespace, as pages write it: `profilePhoto`.
    pub name: String,
    /// The namespace: `microsoft.graph`; empty where no page names one.
    pub namespace: String,
    /// What the pages say about it, as Markdown.
    pub description: String,
    /// The type that it extends. No type extends itself by way of others: such a circle is a finding,
    /// and its last step is not taken.
    pub base: Option<ResourceId>,
    /// Whether a page says that it is deprecated.
    pub deprecated: bool,
    /// Whether values may have properties that no page lists.
    pub open: bool,
    /// Its own properties in the order of the page, without those of its base.
    pub properties: Vec<Property>,
    /// Those of its base of which its page speaks again, with what that says.
    pub restated: Vec<Property>,
    /// The place of its definition; the first of several pages that define it.
    pub source: Source,
}

/// A property of a resource, or of an object that a request carries.
#[derive(Clone, Debug)]
pub struct Property {
    /// The name in JSON.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Whether the page calls it a number and does not say of which kind, or a timestamp. Its type is then what examples show.
    pub number: bool,
    /// What the page says about it, as Markdown.
    pub description: String,
    /// Whether it leads to other resources (a row under *Relationships*).
    pub navigation: bool,
    /// Whether the page says that only the service sets it.
    pub read_only: bool,
    /// Whether the page says that it must be given. If it is one of a request's body, no example lacks it then.
    pub required: bool,
    /// Whether a single value may be null, which it may unless the page says otherwise (OData CSDL 4.01,
    /// sections 7.2.1 and 8.2). A collection may be empty, and is never null.
    pub nullable: bool,
    /// Whether the page says that it is deprecated.
    pub deprecated: bool,
    /// Where it is documented.
    pub source: Source,
}

impl Property {
    /// A property that JSON shows and no table describes.
    pub(crate) fn shown(name: impl Into<String>, ty: Type, source: Source) -> Self {
        Self {
            name: name.into(),
            ty,
            number: false,
            description: String::new(),
            navigation: false,
            read_only: false,
            required: false,
            nullable: true,
            deprecated: false,
            source,
        }
    }
}

/// A type whose values are words.
#[derive(Clone, Debug)]
pub struct Enumeration {
    /// The name without its namespace.
    pub name: String,
    /// The namespace; empty where no page names one.
    pub namespace: String,
    /// What the pages say about it, as Markdown.
    pub description: String,
    /// Whether the page of it says that it is deprecated.
    pub deprecated: bool,
    /// Whether a value may be several members at once, written with commas.
    pub flags: bool,
    /// Whether the rows that it is about call their values text, which may be others too.
    pub text: bool,
    /// The documented members in the order of the page.
    pub members: Vec<Member>,
    /// Where it is documented.
    pub source: Source,
}

/// A member of an enumeration.
#[derive(Clone, Debug)]
pub struct Member {
    /// The word in JSON.
    pub name: String,
    /// The number that the page gives it.
    pub value: Option<i64>,
    /// What the page says about it, as Markdown.
    pub description: String,
    /// Where it is documented.
    pub source: Source,
}

/// A resource and those that it extends, itself first.
pub(crate) fn lineage(resources: &[Resource], id: ResourceId) -> impl Iterator<Item = ResourceId> {
    let base = |&id: &ResourceId| resources[id.0 as usize].base;
    std::iter::successors(Some(id), base)
}

/// Whether a resource is another one or extends it.
pub(crate) fn extends(resources: &[Resource], id: ResourceId, base: ResourceId) -> bool {
    lineage(resources, id).any(|it| it == base)
}

/// The property of a resource or of one that it extends.
pub(crate) fn property<'r>(
    resources: &'r [Resource],
    id: ResourceId,
    name: &str,
) -> Option<&'r Property> {
    lineage(resources, id).find_map(|id| {
        let mut properties = resources[id.0 as usize].properties.iter();
        properties.find(|property| property.name == name)
    })
}

impl Type {
    /// A single value of a primitive type.
    pub const fn primitive(primitive: Primitive) -> Self {
        Self::single(TypeKind::Primitive(primitive))
    }

    /// A single value.
    pub const fn single(kind: TypeKind) -> Self {
        let collection = false;
        Self { kind, collection }
    }

    /// An array.
    pub const fn collection(kind: TypeKind) -> Self {
        let collection = true;
        Self { kind, collection }
    }
}
