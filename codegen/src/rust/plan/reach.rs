//! Which areas need which files.
//!
//! An area needs the paths below its segment, these need operations, and those need types with all
//! that is in them. What one file names has to be there whenever the file is, so that the question
//! is asked of files and not of the things in them.

use std::collections::BTreeSet;
use std::iter;

use super::areas::{AreaId, Areas};
use super::layout::Layout;
use crate::model::{Api, BodyContent, EnumId, Operation, OperationId, ResourceId, Type, TypeKind};
use crate::rust::arguments::ArgumentType;
use crate::rust::made::view::View;
use crate::rust::resources::inheritance::all_properties;
use crate::rust::tree::{Step, Tree};

/// The areas that need each file.
#[derive(Debug)]
pub(in crate::rust) struct Reach {
    areas: Vec<BTreeSet<AreaId>>,
    index: FileIndex,
}

/// The numbers of files: those of paths, then of operations, resources, bodies, enumerations.
#[derive(Debug)]
struct FileIndex {
    pages: usize,
    resources: usize,
    bodies: usize,
    enums: usize,
    end: usize,
}

impl Reach {
    /// Follows the files that name each other.
    pub(in crate::rust) fn new(api: &Api, areas: &Areas, tree: &Tree, layout: &Layout) -> Self {
        let index = FileIndex::new(api, layout);
        let mut reach = Self {
            areas: vec![BTreeSet::new(); index.end],
            index,
        };
        if !areas.is_gated() {
            return reach;
        }
        let mut named = reach.index.named(api, tree, layout);
        let root = tree.root();
        for step in &root.steps {
            let area = areas.of_segment(step.segments.first());
            let first = reach.index.step_files(layout, step).collect();
            reach.spread(area, first, &named);
        }
        for call in &root.calls {
            let page = layout.page_file_of[call.operation.0 as usize];
            let first = vec![reach.index.page(page)];
            reach.spread(areas.of_segment(None), first, &named);
        }
        // What only stands for a value of another type is needed where that type is. This is asked
        // before types lead to those that they extend: all types extend the most general one.
        for (id, resource) in api.resource_ids().zip(&api.resources) {
            let file = reach.index.resource(id);
            let bases = api.lineage(id).skip(1);
            let mut bases = bases.map(|base| reach.index.resource(base));
            let base = bases.find(|&base| !reach.areas[base].is_empty());
            if let (true, Some(base)) = (reach.areas[file].is_empty(), base) {
                named[base].push(file);
            }
            if let Some(base) = resource.base {
                named[file].push(reach.index.resource(base));
            }
        }
        for file in 0..reach.areas.len() {
            for area in reach.of_file(file) {
                reach.spread(area, named[file].clone(), &named);
            }
        }
        reach
    }

    /// The areas that need a file of paths.
    pub(in crate::rust) fn of_paths(&self, file: usize) -> BTreeSet<AreaId> {
        self.of_file(file)
    }

    /// The areas that need the file of a page's operations.
    pub(in crate::rust) fn of_page(&self, file: usize) -> BTreeSet<AreaId> {
        self.of_file(self.index.page(file))
    }

    /// The areas that need a resource.
    pub(in crate::rust) fn of_resource(&self, id: ResourceId) -> BTreeSet<AreaId> {
        self.of_file(self.index.resource(id))
    }

    /// The areas that need the body of an operation.
    pub(in crate::rust) fn of_body(&self, id: OperationId) -> BTreeSet<AreaId> {
        self.of_file(self.index.body(id))
    }

    /// The areas that need an enumeration.
    pub(in crate::rust) fn of_enum(&self, id: EnumId) -> BTreeSet<AreaId> {
        self.of_file(self.index.enumeration(id))
    }

    fn of_file(&self, file: usize) -> BTreeSet<AreaId> {
        self.areas[file].clone()
    }

    /// Adds an area to files and to all that they name.
    fn spread(&mut self, area: AreaId, mut files: Vec<usize>, named: &[Vec<usize>]) {
        while let Some(file) = files.pop() {
            if self.areas[file].insert(area) {
                files.extend(&named[file]);
            }
        }
    }
}

impl FileIndex {
    fn new(api: &Api, layout: &Layout) -> Self {
        let pages = layout.paths.len();
        let resources = pages + layout.pages.len();
        let bodies = resources + api.resources.len();
        let enums = bodies + api.operations.len();
        Self {
            pages,
            resources,
            bodies,
            enums,
            end: enums + api.enums.len(),
        }
    }

    fn page(&self, file: usize) -> usize {
        self.pages + file
    }

    fn resource(&self, id: ResourceId) -> usize {
        self.resources + id.0 as usize
    }

    fn body(&self, id: OperationId) -> usize {
        self.bodies + id.0 as usize
    }

    fn enumeration(&self, id: EnumId) -> usize {
        self.enums + id.0 as usize
    }

    /// The file of the place that a step leads to, and those of what it is to be told.
    fn step_files(&self, layout: &Layout, step: &Step) -> impl Iterator<Item = usize> {
        let arguments = step.arguments.iter();
        let types = arguments.filter_map(|argument| self.kind_file(argument.described.ty.kind()));
        iter::once(layout.path_file_of[step.target]).chain(types)
    }

    fn type_file(&self, ty: Type) -> Option<usize> {
        self.kind_file(ty.kind)
    }

    fn kind_file(&self, kind: TypeKind) -> Option<usize> {
        match kind {
            TypeKind::Resource(id) => Some(self.resource(id)),
            TypeKind::Enum(id) => Some(self.enumeration(id)),
            TypeKind::Primitive(_) | TypeKind::Json => None,
        }
    }

    /// For each file those that it names, but for the types that a type extends.
    fn named(&self, api: &Api, tree: &Tree, layout: &Layout) -> Vec<Vec<usize>> {
        let mut named = vec![Vec::new(); self.end];
        for (index, ty) in tree.paths().iter().enumerate() {
            let named = &mut named[layout.path_file_of[index]];
            named.extend(
                ty.steps
                    .iter()
                    .flat_map(|step| self.step_files(layout, step)),
            );
            let operations = ty.calls.iter().map(|call| call.operation.0 as usize);
            named.extend(operations.map(|operation| self.page(layout.page_file_of[operation])));
        }
        for (id, operation) in api.operation_ids().zip(&api.operations) {
            let body = self.body(id);
            let page = self.page(layout.page_file_of[id.0 as usize]);
            named[page].push(body);
            named[page].extend(self.operation_types(operation));
            if let Some(BodyContent::Object(properties)) =
                operation.request_body.as_ref().map(|it| &it.content)
            {
                named[body].extend(properties.iter().filter_map(|it| self.type_file(it.ty)));
            }
        }
        for id in api.resource_ids() {
            let properties = all_properties(View::new(api), id).into_iter();
            named[self.resource(id)].extend(properties.filter_map(|it| self.type_file(it.ty)));
        }
        named
    }

    /// The files of the types that an operation sends and gets.
    fn operation_types(&self, operation: &Operation) -> impl Iterator<Item = usize> {
        let sent = operation.request_body.as_ref().map(|body| &body.content);
        let sent = sent.and_then(|content| match content {
            BodyContent::Value(ty) => Some(*ty),
            BodyContent::Bytes | BodyContent::Object(_) => None,
        });
        let got = operation
            .outcomes
            .iter()
            .filter_map(|outcome| outcome.content.value());
        let parameters = operation.options();
        let options = parameters.map(|parameter| ArgumentType::of(parameter.ty).kind());
        let types = sent.into_iter().chain(got).chain(operation.failure);
        let types = types.map(|ty| ty.kind);
        types.chain(options).filter_map(|kind| self.kind_file(kind))
    }
}
