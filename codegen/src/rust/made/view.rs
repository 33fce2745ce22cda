//! The API as files ask it, which notes what they ask for.

use super::reads::{Thing, note};
use crate::model::{
    Api, EnumId, Enumeration, Operation, OperationId, PageId, Resource, ResourceId, Route, RouteId,
    Source, lineage,
};

/// An API of which a file sees no more than what it asks for.
#[derive(Clone, Copy, Debug)]
pub(in crate::rust) struct View<'a>(&'a Api);

impl<'a> View<'a> {
    pub(in crate::rust) fn new(api: &'a Api) -> Self {
        Self(api)
    }

    /// All of the API: whoever asks for it is made anew in every run.
    pub(in crate::rust) fn all(self) -> &'a Api {
        note(Thing::All);
        self.0
    }

    pub(in crate::rust) fn operation(self, id: OperationId) -> &'a Operation {
        note(Thing::Operation(id));
        self.0.operation(id)
    }

    pub(in crate::rust) fn route(self, id: RouteId) -> &'a Route {
        note(Thing::Route(id));
        self.0.route(id)
    }

    pub(in crate::rust) fn resource(self, id: ResourceId) -> &'a Resource {
        note(Thing::Resource(id));
        self.0.resource(id)
    }

    /// A resource and those that it extends, itself first.
    pub(in crate::rust) fn lineage(self, id: ResourceId) -> impl Iterator<Item = ResourceId> {
        lineage(&self.0.resources, id).inspect(|&id| note(Thing::Resource(id)))
    }

    pub(in crate::rust) fn enumeration(self, id: EnumId) -> &'a Enumeration {
        note(Thing::Enumeration(id));
        self.0.enumeration(id)
    }

    /// Host and version that the examples call, of which every file is made, where they can be called.
    pub(in crate::rust) fn base_url(self) -> Option<&'a str> {
        self.0.complete_base_url()
    }

    /// The path of the base URL, of which every file is made too.
    pub(in crate::rust) fn base_path(self) -> &'a str {
        self.0.base_path()
    }

    /// Where something was read, as `path:line`. It belongs to the thing that was read there.
    pub(in crate::rust) fn locate(self, source: Source) -> String {
        self.0.locate(source)
    }

    /// The path of a page, by which it is known.
    pub(in crate::rust) fn path(self, page: PageId) -> &'a str {
        &self.0.pages[page.0 as usize].path
    }
}
