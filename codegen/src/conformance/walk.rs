//! The way through a value, with the type of each part of it.

use std::fmt;

use super::representation::{fits, has_form};
use super::{Json, JsonPath, Kind, Step, Types};
use crate::model::{EnumId, Primitive, Property, ResourceId, Source, Type, TypeKind, split_name};
use crate::vocabulary::Name;

/// What an object may hold: what a table lists, by name, and the properties of resources. Where there
/// is neither, nothing is known of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shape<'s> {
    /// The rows of a table.
    pub rows: &'s [(&'s str, Type)],
    /// The resources.
    pub resources: &'s [ResourceId],
}

/// Something in a value that its type does not have.
#[derive(Clone, Copy, Debug)]
pub struct Departure<'d, 'v, N> {
    /// Where it is.
    pub path: &'d JsonPath<'v>,
    /// The name of the property; that which holds the array, for an item. Empty for the whole value.
    pub name: &'v str,
    /// Its value.
    pub value: N,
    /// Where the property is documented, if it is one of a resource.
    pub documented: Option<Source>,
    /// What is wrong with it.
    pub fault: Fault<'d, N>,
}

/// What is wrong with a value.
#[derive(Clone, Copy, Debug)]
pub enum Fault<'d, N> {
    /// The object has no such property.
    UnknownProperty(Owner<'d, N>),
    /// It can be no value of this type.
    WrongType(Type),
    /// It is text, as values of this type are, and not of their form.
    WrongForm(Primitive),
    /// It is no documented member of this enumeration.
    UnknownMember(EnumId),
    /// It is null, and its page says that it never is, or calls it a key.
    NotNullable,
    /// It is an `@odata.type`, and names a type that no page defines.
    UnknownType(&'d str),
}

/// An object, and what it may hold.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'d, N> {
    /// The object.
    pub object: N,
    /// What it may hold.
    pub shape: Shape<'d>,
}

/// How many items all pages of a collection have (OData JSON Format 4.01, section 4.6.4).
pub const COUNT: &str = "@odata.count";

/// What OData says beside the items of a collection, and its type.
const BESIDE_ITEMS: [(&str, Primitive); 3] = [
    (COUNT, Primitive::Int64),
    ("@odata.nextLink", Primitive::String),
    ("@odata.deltaLink", Primitive::String),
];

/// A walk through one value. What departs is reported in its order.
pub struct Walk<'w, 'v, N> {
    types: &'w Types<'w>,
    namespace: Option<&'w str>,
    /// Whether `@odata.type` is looked at.
    by_name: bool,
    path: JsonPath<'v>,
    /// Where the property is documented that the walk is in.
    documented: Option<Source>,
    report: &'w mut dyn FnMut(Departure<'_, 'v, N>),
}

impl<'w, 'v, N: Json<'v>> Walk<'w, 'v, N> {
    /// A walk that reports what departs.
    pub fn new(types: &'w Types<'w>, report: &'w mut dyn FnMut(Departure<'_, 'v, N>)) -> Self {
        Self {
            types,
            namespace: None,
            by_name: true,
            path: JsonPath::default(),
            documented: None,
            report,
        }
    }

    /// The same walk, where names without a namespace are meant in this one.
    pub fn within(self, namespace: Option<&'w str>) -> Self {
        Self { namespace, ..self }
    }

    /// The same walk, which takes each object for what it is documented as, whatever its `@odata.type`
    /// says: as one does who reads it into that type.
    pub fn as_documented(self) -> Self {
        let by_name = false;
        Self { by_name, ..self }
    }

    /// Walks through the body of an answer. What is not an object of its own is the `value` of one, as
    /// collections are (OData JSON Format 4.01, sections 11 to 13); so are single things on some
    /// pages.
    pub fn answer(&mut self, body: N, ty: Type) {
        if ty.collection {
            self.beside_items(body);
        }
        let item = Type::single(ty.kind);
        let id = ty.kind.resource();
        let has_value = id.is_some_and(|id| self.types.property(id, "value").is_some());
        let value = body.member("value");
        match (value, value.map(Json::kind)) {
            (None, _) if body.kind() == Kind::Array => self.items("", body, Some(item)),
            (Some(value), Some(Kind::Array)) if ty.collection || !has_value => {
                self.value_of_answer(value, item);
            }
            (Some(value), Some(Kind::Object)) if !has_value => self.value_of_answer(value, item),
            (Some(value), _) if id.is_none() => self.value_of_answer(value, item),
            _ if body.kind() == Kind::Object && id.is_some() => self.value("", body, Some(item)),
            _ => self.value("", body, None),
        }
    }

    /// Walks through what OData says of a collection beside its items.
    pub fn beside_items(&mut self, collection: N) {
        for (name, primitive) in BESIDE_ITEMS {
            if let Some(value) = collection.member(name) {
                self.path.0.push(Step::Property(name));
                self.value(name, value, Some(Type::primitive(primitive)));
                self.path.0.pop();
            }
        }
    }

    /// Walks through the `value` of an answer, or each item of it.
    fn value_of_answer(&mut self, value: N, item: Type) {
        self.path.0.push(Step::Property("value"));
        match value.kind() {
            Kind::Array => self.items("value", value, Some(item)),
            _ => self.value("value", value, Some(item)),
        }
        self.path.0.pop();
    }

    /// Walks through an object, whose own `@odata.type` says more than where it stands.
    pub fn object(&mut self, object: N, shape: Shape<'_>) {
        let named = match self.by_name {
            true => self.named_type(object),
            false => None,
        };
        let own;
        let shape = match named {
            None => shape,
            Some(Some(id)) if !shape.is_unknown() => {
                own = [id];
                Shape {
                    resources: &own,
                    ..shape
                }
            }
            Some(_) => Shape::default(),
        };
        for (name, value) in object.members().filter(|(name, _)| !name.contains('@')) {
            let property = shape.property(name, self.types);
            let ty = shape.row(name).or(property.map(|property| property.ty));
            let outside = self.documented;
            self.documented = property.map(|property| property.source);
            self.path.0.push(Step::Property(name));
            if ty.is_none() && !shape.is_unknown() && !shape.is_open(self.types) {
                let owner = Owner { object, shape };
                self.report(name, value, Fault::UnknownProperty(owner));
            }
            if property.is_some_and(|it| !it.nullable) && value.kind() == Kind::Null {
                self.report(name, value, Fault::NotNullable);
            }
            self.value(name, value, ty);
            self.path.0.pop();
            self.documented = outside;
        }
    }

    /// Walks through the value of a property, or through an item of it.
    pub fn value(&mut self, name: &'v str, value: N, ty: Option<Type>) {
        let kind = value.kind();
        let ty = match ty {
            Some(ty) if !fits(kind, ty) => {
                self.report(name, value, Fault::WrongType(ty));
                None
            }
            ty => ty,
        };
        match (kind, ty.map(|ty| ty.kind)) {
            (Kind::Array, _) => self.items(name, value, ty.map(|ty| Type::single(ty.kind))),
            (Kind::Object, Some(TypeKind::Resource(id))) => {
                let resources = &[id];
                let rows = &[];
                self.object(value, Shape { rows, resources });
            }
            (Kind::Object, _) => self.object(value, Shape::default()),
            (Kind::String(text), Some(TypeKind::Enum(id))) if !self.types.is_member(id, text) => {
                self.report(name, value, Fault::UnknownMember(id));
            }
            (Kind::String(text), Some(TypeKind::Primitive(primitive)))
                if !has_form(primitive, text) =>
            {
                self.report(name, value, Fault::WrongForm(primitive));
            }
            _ => {}
        }
    }

    fn items(&mut self, name: &'v str, array: N, item: Option<Type>) {
        for (index, value) in array.items().enumerate() {
            self.path.0.push(Step::Item(index));
            self.value(name, value, item);
            self.path.0.pop();
        }
    }

    /// The resource that an object says it is: `None` where it does not say, and `Some(None)` where
    /// what it says is no resource.
    fn named_type(&mut self, object: N) -> Option<Option<ResourceId>> {
        let value = object.member("@odata.type")?;
        let Kind::String(written) = value.kind() else {
            return None;
        };
        let Name::Documented(name) = Name::read(written.trim_start_matches('#'))? else {
            return Some(None);
        };
        let kind = self.types.find(&name, self.namespace);
        let known = kind.map(|kind| self.types.name(kind));
        if known != Some(split_name(&name).1) || self.types.is_misplaced(&name) {
            self.path.0.push(Step::Property("@odata.type"));
            self.report("@odata.type", value, Fault::UnknownType(&name));
            self.path.0.pop();
        }
        Some(kind.and_then(TypeKind::resource))
    }

    fn report(&mut self, name: &'v str, value: N, fault: Fault<'_, N>) {
        (self.report)(Departure {
            path: &self.path,
            name,
            value,
            documented: self.documented,
            fault,
        });
    }
}

impl Shape<'_> {
    fn is_unknown(&self) -> bool {
        self.rows.is_empty() && self.resources.is_empty()
    }

    fn is_open(&self, types: &Types<'_>) -> bool {
        self.resources.iter().any(|&id| types.is_open(id))
    }

    /// The names of all that the object may hold.
    pub fn names<'a>(&'a self, types: &'a Types<'_>) -> impl Iterator<Item = &'a str> {
        let resources = self.resources.iter().flat_map(|&id| types.lineage(id));
        let properties = resources.flat_map(|resource| &resource.properties);
        let properties = properties.map(|property| property.name.as_str());
        properties.chain(self.rows.iter().map(|(name, _)| *name))
    }

    /// The type of a row.
    fn row(&self, name: &str) -> Option<Type> {
        let mut rows = self.rows.iter();
        rows.find(|(row, _)| *row == name).map(|(_, ty)| *ty)
    }

    /// The property of one of the resources.
    fn property<'m>(&self, name: &str, types: &Types<'m>) -> Option<&'m Property> {
        let mut resources = self.resources.iter();
        resources.find_map(|&id| types.property(id, name))
    }
}

impl<N> fmt::Debug for Walk<'_, '_, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut walk = f.debug_struct("Walk");
        walk.field("path", &self.path).finish_non_exhaustive()
    }
}
