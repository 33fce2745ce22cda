//! Which files hold the paths and the operations of a crate.

use std::collections::BTreeMap;

use super::areas::{Area, AreaId, Areas};
use crate::model::{Api, OperationId, PageId};
use crate::rust::made::contents::Contents;
use crate::rust::made::draft::Subject;
use crate::rust::made::keys::Keys;
use crate::rust::names::{Ident, Scope, file_name};
use crate::rust::tree::{PathType, Tree};
use crate::text::file_stem;

/// The files of a crate that hold more than one thing.
#[derive(Debug)]
pub(in crate::rust) struct Layout {
    /// The files of paths, by their module.
    pub(in crate::rust) paths: Vec<PathFile>,
    /// The index of the file of each path type but the root.
    pub(super) path_file_of: Vec<usize>,
    /// The files of operations and of their examples, by page.
    pub(in crate::rust) pages: Vec<PageFile>,
    /// The index of the file of each operation.
    pub(super) page_file_of: Vec<usize>,
}

/// A file of path types: a kind of place, and the collection that it is of.
#[derive(Debug)]
pub(in crate::rust) struct PathFile {
    /// The module.
    pub(in crate::rust) module: Ident,
    /// The indexes of the types, by their name.
    pub(in crate::rust) types: Vec<usize>,
}

/// The files of a page: one with its operations, and one with the tests of its examples.
#[derive(Debug)]
pub(in crate::rust) struct PageFile {
    /// The page.
    pub(in crate::rust) page: PageId,
    /// The area of its first operation's first route, whose folder it is in.
    pub(in crate::rust) area: AreaId,
    /// The module.
    pub(in crate::rust) module: Ident,
    /// The operations, in the order of the page.
    pub(in crate::rust) operations: Vec<OperationId>,
}

impl Subject for PathFile {
    fn digest(&self, keys: &Keys, into: &mut Contents<'_>) {
        let Self { module, types } = self;
        into.value(module);
        into.list(types, |into, &ty| into.value(&keys.path(ty)));
    }
}

impl Subject for PageFile {
    fn digest(&self, keys: &Keys, into: &mut Contents<'_>) {
        let Self {
            page,
            area,
            module,
            operations,
        } = self;
        into.value(&(keys.page(*page), area.0, module));
        into.list(operations, |into, &id| into.value(&keys.operation(id)));
    }
}

impl PageFile {
    /// The path of the file of the page in a folder, where each area has a folder if the crate is split.
    pub(in crate::rust) fn path_in(&self, folder: &str, areas: &Areas) -> String {
        let module = file_name(&self.module);
        match areas.is_split() {
            true => {
                let area = file_name(&areas.get(self.area).module);
                format!("{folder}/{area}/{module}.rs")
            }
            false => format!("{folder}/{module}.rs"),
        }
    }
}

impl Layout {
    /// Decides on the files of a crate.
    pub(in crate::rust) fn new(api: &Api, areas: &Areas, tree: &Tree) -> Self {
        let (paths, path_file_of) = path_files(tree);
        let (pages, page_file_of) = page_files(api, areas);
        Self {
            paths,
            path_file_of,
            pages,
            page_file_of,
        }
    }
}

/// Each place has a file of its own, but for a collection, which is in that of its items.
fn path_files(tree: &Tree) -> (Vec<PathFile>, Vec<usize>) {
    let types = tree.paths();
    let mut owner: Vec<usize> = (0..types.len()).collect();
    for ty in tree.types() {
        let collections = ty.steps.iter().filter(|step| step.collection);
        for collection in collections.map(|step| step.target) {
            owner[collection] = item_of(ty, collection).unwrap_or(collection);
        }
    }
    // An owner may be owned in turn. Chains are short, and a circle among collections is cut.
    let file_of = |mut index: usize| {
        for _ in 0..types.len() {
            match owner[index] {
                next if next == index => break,
                next => index = next,
            }
        }
        index
    };
    let mut groups: BTreeMap<String, (usize, Vec<usize>)> = BTreeMap::new();
    for index in 0..types.len() {
        let owner = file_of(index);
        let group = groups.entry(types[owner].name.to_string());
        group.or_insert((owner, Vec::new())).1.push(index);
    }
    let mut scope = Scope::of_modules("paths");
    let mut path_file_of = vec![0; types.len()];
    let mut files = Vec::new();
    for (name, (_, mut members)) in groups {
        members.sort_by_key(|&index| types[index].name.to_string());
        for &index in &members {
            path_file_of[index] = files.len();
        }
        files.push(PathFile {
            module: scope.claim(&[name]).ident,
            types: members,
        });
    }
    (files, path_file_of)
}

/// The type of a collection's items: where the step with a key behind the same segment leads.
fn item_of(ty: &PathType, collection: usize) -> Option<usize> {
    let step = ty
        .steps
        .iter()
        .find(|step| step.collection && step.target == collection)?;
    let items = ty
        .steps
        .iter()
        .find(|it| !it.collection && it.segments[0] == step.segments[0]);
    items.map(|items| items.target)
}

fn page_files(api: &Api, areas: &Areas) -> (Vec<PageFile>, Vec<usize>) {
    // Operations that share a page are pages of one path, and have one file.
    let mut by_path: BTreeMap<&str, Vec<OperationId>> = BTreeMap::new();
    for (operation, id) in api.operations.iter().zip(api.operation_ids()) {
        let page = &api.pages[operation.source.page.0 as usize];
        by_path.entry(&page.path).or_default().push(id);
    }
    let folder = |area: &Area| match areas.is_split() {
        true => file_name(&area.module),
        false => "operations".to_owned(),
    };
    let scopes = areas
        .list
        .iter()
        .map(|area| Scope::of_modules(&folder(area)));
    let mut scopes: Vec<Scope> = scopes.collect();
    let mut page_file_of = vec![0; api.operations.len()];
    let mut files = Vec::new();
    for (path, operations) in by_path {
        let page = api.operation(operations[0]).source.page;
        for &id in &operations {
            page_file_of[id.0 as usize] = files.len();
        }
        let mut routes = operations.iter().flat_map(|&id| &api.operation(id).routes);
        let area = routes.next().map(|&route| areas.of_route(route));
        let area = area.unwrap_or(AreaId(0));
        let stem = file_stem(path);
        files.push(PageFile {
            page,
            area,
            module: scopes[area.0].claim([stem]).ident,
            operations,
        });
    }
    (files, page_file_of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::{CrateAreas, sample};

    #[test]
    fn the_file_of_a_page_has_not_the_name_of_its_folder() {
        let mut api = sample::api();
        let tree = Tree::new(&api);
        let mut paths = |kind, name: &str| {
            api.pages[0].path = format!("docs-src/{name}.md");
            let areas = Areas::new(&api, kind);
            let layout = Layout::new(&api, &areas, &tree);
            layout.pages[0].path_in("operations", &areas)
        };
        let of_one = paths(CrateAreas::One, "operations");
        assert_eq!(of_one, "operations/operations_2.rs");
        let of_area = paths(CrateAreas::Features, "groups");
        assert_eq!(of_area, "operations/groups/groups_2.rs");
    }

    #[test]
    fn a_collection_is_with_its_items() {
        let api = sample::api();
        let tree = Tree::new(&api);
        let areas = Areas::new(&api, CrateAreas::One);
        let layout = Layout::new(&api, &areas, &tree);
        let files = layout.paths.iter().map(|file| {
            let types = file.types.iter().map(|&index| tree.name(index).to_string());
            (file.module.to_string(), types.collect::<Vec<_>>())
        });
        let files: BTreeMap<String, Vec<String>> = files.collect();
        assert_eq!(files["photo"], ["Photo"]);
        assert_eq!(files["photo_value"], ["PhotoValue"]);
        assert_eq!(files["message"], ["Message", "Messages"]);
        assert_eq!(files["user_message"], ["UserMessage"]);
        for (index, &file) in layout.path_file_of.iter().enumerate() {
            assert!(layout.paths[file].types.contains(&index));
        }
    }
}
