//! The API that a set of pages documents.
//!
//! The model knows nothing of Markdown and nothing of Rust code: it is what the pages say, put
//! together from all of them, with every name resolved and the place where each thing was read.
//! Everything in it is in an order that does not depend on the order of files.

mod example;
mod operation;
mod paging;
mod permission;
mod resource;
mod type_index;

use std::collections::HashSet;

pub use example::{
    Contradiction, Example, ExampleRequest, ExampleResponse, RouteDifference, RouteMatch,
};
pub use operation::{
    BodyContent, Content, Operation, OperationId, Outcome, Parameter, RequestBody, Route, RouteId,
};
pub use paging::{NEXT_LINK, PLAIN_NEXT_LINK, Paging};
pub use permission::Permission;
pub use resource::{EnumId, Enumeration, Member, Property, Resource, ResourceId, Type, TypeKind};
pub(crate) use resource::{extends, lineage, property};

pub use type_index::TypeIndex;

pub use crate::source::{PageId, Source};
pub(crate) use crate::vocabulary::split_name;
pub use crate::vocabulary::{
    Encoding, PathParameter, PathTemplate, PermissionKind, Piece, Pieces, Primitive, QueryOption,
    Scopes, Segment, SegmentKind,
};

/// What a set of pages documents.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// The pages, by their path, and behind them the operations and types that share one, as pages of its path; [`PageId`] is an
    /// index.
    pub pages: Vec<Page>,
    /// Host and version that the examples call, such as `https://graph.microsoft.com/v1.0`. It may have
    /// placeholders in it, or be a path alone, such as `/v1.0`, where the pages name no host.
    pub base_url: Option<String>,
    /// What can be asked of the service, by page and place in the page.
    pub operations: Vec<Operation>,
    /// Method and path of each documented route, by path and method; [`RouteId`] is an index.
    pub routes: Vec<Route>,
    /// Types with properties, by full name; [`ResourceId`] is an index.
    pub resources: Vec<Resource>,
    /// Types with members, by full name; [`EnumId`] is an index.
    pub enums: Vec<Enumeration>,
    /// The types by the names under which pages speak of them.
    pub types: TypeIndex,
}

/// A page, as far as the model needs to speak of it.
#[derive(Clone, Debug)]
pub struct Page {
    /// The path relative to the project, with `/`.
    pub path: String,
    /// The first heading, or the path where there is none.
    pub title: String,
}

impl Api {
    /// The base URL, where it can be called as it stands: with a host, and without a placeholder.
    pub fn complete_base_url(&self) -> Option<&str> {
        let url = self.base_url.as_deref();
        url.filter(|url| url.contains("://") && !url.contains(['{', '<']))
    }

    /// The path of the base URL, such as `/v1.0`; empty where it has none, or one with a placeholder in it.
    pub fn base_path(&self) -> &str {
        let url = self.base_url.as_deref().unwrap_or("");
        let path = url
            .split_once("://")
            .map_or(url, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
        match path.contains(['{', '<']) {
            true => "",
            false => path.trim_end_matches('/'),
        }
    }

    /// What stands in docs for the base URL, where none is known that can be called.
    pub(crate) fn base_url_in_docs(&self) -> String {
        format!("https://…{}", self.base_path())
    }

    /// Where something was read, as `path:line`.
    pub fn locate(&self, source: Source) -> String {
        format!(
            "{}:{}",
            self.pages[source.page.0 as usize].path, source.line
        )
    }

    /// How many pages there are to read: operations and types that share one are not counted apart.
    pub fn page_count(&self) -> usize {
        let paths: HashSet<&str> = self.pages.iter().map(|page| page.path.as_str()).collect();
        paths.len()
    }

    /// The ids of all operations.
    pub fn operation_ids(&self) -> impl Iterator<Item = OperationId> + Clone + use<> {
        (0..self.operations.len() as u32).map(OperationId)
    }

    /// The ids of all routes.
    pub fn route_ids(&self) -> impl Iterator<Item = RouteId> + Clone + use<> {
        (0..self.routes.len() as u32).map(RouteId)
    }

    /// The ids of all resources.
    pub fn resource_ids(&self) -> impl Iterator<Item = ResourceId> + Clone + use<> {
        (0..self.resources.len() as u32).map(ResourceId)
    }

    /// The ids of all enumerations.
    pub fn enum_ids(&self) -> impl Iterator<Item = EnumId> + Clone + use<> {
        (0..self.enums.len() as u32).map(EnumId)
    }

    /// The operation of an id.
    pub fn operation(&self, id: OperationId) -> &Operation {
        &self.operations[id.0 as usize]
    }

    /// The route of an id.
    pub fn route(&self, id: RouteId) -> &Route {
        &self.routes[id.0 as usize]
    }

    /// The resource of an id.
    pub fn resource(&self, id: ResourceId) -> &Resource {
        &self.resources[id.0 as usize]
    }

    /// A resource and those that it extends, itself first.
    pub fn lineage(&self, id: ResourceId) -> impl Iterator<Item = ResourceId> {
        lineage(&self.resources, id)
    }

    /// The property of a resource or of one that it extends.
    pub fn property(&self, id: ResourceId, name: &str) -> Option<&Property> {
        property(&self.resources, id, name)
    }

    /// Whether pages call any operation, parameter or property deprecated.
    pub(crate) fn has_deprecated(&self) -> bool {
        let mut properties = self.resources.iter().flat_map(|it| &it.properties);
        properties.any(|property| property.deprecated)
            || self.operations.iter().any(Operation::has_deprecated)
    }

    /// The enumeration of an id.
    pub fn enumeration(&self, id: EnumId) -> &Enumeration {
        &self.enums[id.0 as usize]
    }
}
