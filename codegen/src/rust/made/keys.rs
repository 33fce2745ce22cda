//! What things of an API are known by from one run to the next: their names, since their places in
//! the model are others when a page comes or goes.

use super::reads::Thing;
use crate::cache::Key;
use crate::model::{Api, EnumId, OperationId, PageId, ResourceId, RouteId};
use crate::rust::tree::Tree;

/// The keys of all things, in the order of the model.
#[derive(Debug)]
pub(in crate::rust) struct Keys {
    pages: Vec<Key>,
    operations: Vec<Key>,
    routes: Vec<Key>,
    resources: Vec<Key>,
    enums: Vec<Key>,
    paths: Vec<Key>,
}

impl Keys {
    pub(in crate::rust) fn new(api: &Api, tree: &Tree) -> Self {
        let pages = api.pages.iter().map(|page| Key::of(&page.path));
        let operations = api.operations.iter().map(|it| Key::of(&it.name));
        let routes = api.routes.iter();
        let routes = routes.map(|it| Key::of(&(&it.method, &it.path)));
        let resources = api.resources.iter();
        let resources = resources.map(|it| Key::of(&(&it.namespace, &it.name)));
        let enums = api.enums.iter();
        let enums = enums.map(|it| Key::of(&(&it.namespace, &it.name)));
        Self {
            pages: pages.collect(),
            operations: operations.collect(),
            routes: routes.collect(),
            resources: resources.collect(),
            enums: enums.collect(),
            paths: tree.names().map(Key::of).collect(),
        }
    }

    pub(in crate::rust) fn page(&self, id: PageId) -> Key {
        self.pages[id.0 as usize]
    }

    pub(in crate::rust) fn operation(&self, id: OperationId) -> Key {
        self.operations[id.0 as usize]
    }

    pub(in crate::rust) fn route(&self, id: RouteId) -> Key {
        self.routes[id.0 as usize]
    }

    pub(in crate::rust) fn resource(&self, id: ResourceId) -> Key {
        self.resources[id.0 as usize]
    }

    pub(in crate::rust) fn enumeration(&self, id: EnumId) -> Key {
        self.enums[id.0 as usize]
    }

    pub(in crate::rust) fn path(&self, index: usize) -> Key {
        self.paths[index]
    }

    /// The key of a thing, which tells its kind too.
    pub(in crate::rust) fn of(&self, thing: Thing) -> Key {
        let (kind, key) = match thing {
            Thing::Operation(id) => (0, self.operation(id)),
            Thing::OperationNames(id) => (1, self.operation(id)),
            Thing::Route(id) => (2, self.route(id)),
            Thing::RouteName(id) => (3, self.route(id)),
            Thing::Resource(id) => (4, self.resource(id)),
            Thing::ResourceName(id) => (5, self.resource(id)),
            Thing::Inheritance(id) => (6, self.resource(id)),
            Thing::Enumeration(id) => (7, self.enumeration(id)),
            Thing::EnumerationName(id) => (8, self.enumeration(id)),
            Thing::Path(index) => (9, self.path(index)),
            Thing::PathName(index) => (10, self.path(index)),
            Thing::Permissions(id) => (11, self.operation(id)),
            Thing::All => (12, Key::of("")),
        };
        Key::of(&(kind as u8, key))
    }
}
