//! The model as a Rust crate.
//!
//! [`generate`] is the table of contents: one module for each kind of file that the crate has.
//! What concerns the crate as a whole is decided before the first file: all names (`names/`, `tree/`), its areas,
//! which files there are and which areas need them (`plan/`). Each file is then made from that and the model alone,
//! on any thread, or left as it is (`made/`).

mod arguments;
mod calls;
mod client;
mod crate_docs;
mod docs;
mod enums;
mod examples;
mod file;
mod macros;
mod made;
mod manifest;
mod mock;
mod modules;
mod names;
mod operations;
mod paths;
mod plan;
mod request;
mod resources;
mod routes;
#[cfg(test)]
mod sample;
mod tree;
mod types;
mod uses;

use std::collections::BTreeMap;

use crate::cache::Known;
use crate::diagnostic::Diagnostic;
use crate::model::{Api, OperationId, ResourceId};
use crate::output::{Files, stays_inside};
use crate::parallel;
use crate::source::SourceFile;

pub use calls::Calls;
pub(crate) use made::MadeFile;

use examples::ClientCode;
use made::draft::Draft;
use made::keys::Keys;
use made::reads::{Thing, note};
use made::things::Things;
use made::view::View;
use names::table::{Claims, Names};
use operations::permissions::PermissionLists;
use plan::Plan;
use plan::areas::Areas;
use resources::inheritance::Inheritance;
use tree::Tree;

/// How the crate is to be made.
#[derive(Clone, Debug)]
pub struct CrateOptions {
    /// The name of the crate, such as `profile-photo`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it is for, in one sentence.
    pub description: Option<String>,
    /// What else the manifest says in its `[package]`.
    pub package: Vec<PackageKey>,
    /// The command that makes it anew, which the header of each file names.
    pub command: String,
    /// The crate that generated code calls.
    pub runtime: Dependency,
    /// The crate that serves the pages on loopback; without it they are no part of the crate.
    pub mock: Option<Dependency>,
    /// Whether and how it is split by the first segment of paths.
    pub areas: CrateAreas,
}

/// A key of a manifest's `[package]` (The Cargo Book, "The Manifest Format").
#[derive(Clone, Debug)]
pub struct PackageKey {
    /// The key, such as `license`.
    pub name: &'static str,
    /// What is said of it.
    pub value: PackageValue,
}

/// What a manifest says of a key.
#[derive(Clone, Debug)]
pub enum PackageValue {
    /// A text.
    Text(String),
    /// Several texts.
    List(Vec<String>),
    /// Yes or no.
    Flag(bool),
    /// What the workspace says.
    Workspace,
}

/// How a crate is split into areas: the parts of an API by the first segment of their paths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CrateAreas {
    /// It is not: an API of few pages is one area.
    #[default]
    One,
    /// There are folders and an enum of routes for each area, and all are always there: for code
    /// that is part of another crate, whose features are its own.
    Modules,
    /// Each area has a Cargo feature, and what it does not need is not compiled with it alone.
    Features,
}

/// A crate of docwright's, as the manifest of the generated crate asks for it.
#[derive(Clone, Debug)]
pub struct Dependency {
    /// The version.
    pub version: String,
    /// Where it is, relative to the generated crate and with `/`; in the registry where not given.
    pub path: Option<String>,
}

/// What files are made from. What a file asks for is noted, but for what all files are made of.
struct Context<'a> {
    api: View<'a>,
    options: &'a CrateOptions,
    areas: Areas,
    names: Names,
    tree: Tree,
    keys: Keys,
    permissions: Vec<PermissionLists<'a>>,
    inheritance: Vec<Inheritance>,
}

impl<'a> Context<'a> {
    fn new(api: &'a Api, options: &'a CrateOptions, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let areas = Areas::new(api, options.areas);
        let of_each = || parallel::map(&api.operations, |_, it| PermissionLists::new(api, it));
        let ((tree, keys), (names, permissions)) = parallel::join(
            || {
                let tree = Tree::new(api);
                let keys = Keys::new(api, &tree);
                (tree, keys)
            },
            || (Names::new(api, &areas, diagnostics), of_each()),
        );
        Self {
            api: View::new(api),
            options,
            areas,
            names,
            tree,
            keys,
            permissions,
            inheritance: Inheritance::of_all(api),
        }
    }

    /// The lists of permissions of an operation.
    fn permissions(&self, id: OperationId) -> &PermissionLists<'a> {
        note(Thing::Permissions(id));
        &self.permissions[id.0 as usize]
    }

    /// What a resource extends, and what extends it.
    fn inheritance(&self, id: ResourceId) -> &Inheritance {
        note(Thing::Inheritance(id));
        &self.inheritance[id.0 as usize]
    }

    /// What a call of the client is written with.
    fn client_code(&self) -> ClientCode<'_> {
        ClientCode {
            api: self.api,
            names: &self.names,
            tree: &self.tree,
        }
    }
}

/// What is doubtful about the names that a crate of an API would have, without making it.
pub fn check_names(api: &Api, options: &CrateOptions) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    Claims::new(api, &Areas::new(api, options.areas), &mut diagnostics);
    diagnostics
}

/// A crate of an API.
pub(crate) struct Made {
    /// Its files by path.
    pub(crate) files: BTreeMap<String, MadeFile>,
    /// What is doubtful about the names in them.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Makes a crate of an API: its files, and what is doubtful about the names in them.
///
/// The pages are what the API was read from; only a crate with a mock has them.
pub fn generate(
    api: &Api,
    pages: &[SourceFile],
    options: &CrateOptions,
) -> (Files, Vec<Diagnostic>) {
    let made = generate_new(api, pages, options, &Known::default());
    let mut files = Files::new();
    for (path, file) in made.files {
        let text = file.text.expect("nothing is known");
        let before = files.insert(path, text);
        before.expect("paths are looked at where files are made");
    }
    (files, made.diagnostics)
}

/// Makes a crate of an API, without making texts again that are known. A file of which nothing has changed
/// that it asked for is not made at all; and where one that shows the API as a whole has the tokens that it
/// had, these are neither parsed nor formatted, which takes longer than to put them together.
pub(crate) fn generate_new(
    api: &Api,
    pages: &[SourceFile],
    options: &CrateOptions,
    known: &Known<'_>,
) -> Made {
    let mut diagnostics = Vec::new();
    let context = Context::new(api, options, &mut diagnostics);
    let plan = || Plan::new(api, &context.areas, &context.tree);
    let (plan, things) = parallel::join(plan, || Things::new(&context));
    let mut drafts: Vec<Draft<'_>> = vec![
        Draft::of_all(|| crate_docs::file(&context)),
        Draft::of_all(|| client::file(&context)),
        Draft::of_all(request::file),
    ];
    drafts.extend(paths::files(&context, &plan));
    drafts.extend(operations::files(&context, &plan));
    drafts.extend(resources::files(&context, &plan));
    drafts.extend(enums::files(&context, &plan));
    drafts.extend(routes::files(&context));
    drafts.extend(examples::files(&context, &plan));
    if options.mock.is_some() {
        drafts.push(Draft::of_all(|| mock::file(&context, pages)));
    }

    let made = parallel::map(&drafts, |_, draft| {
        made::file(draft, &context, &things, known)
    });
    let mut files = BTreeMap::new();
    let mut insert = |path: String, file: MadeFile| {
        assert!(stays_inside(&path), "paths are made of identifiers: {path}");
        let before = files.insert(path, file);
        debug_assert!(before.is_none(), "each file is made once");
    };
    for (path, file) in made {
        insert(path, file);
    }
    let plain = MadeFile::plain;
    insert("Cargo.toml".to_owned(), plain(manifest::text(&context)));
    insert(
        "rustfmt.toml".to_owned(),
        plain(manifest::rustfmt(&context)),
    );
    if options.mock.is_some() {
        for page in pages {
            insert(mock::path(page), plain(page.text.clone()));
        }
    }
    Made { files, diagnostics }
}

#[cfg(test)]
mod checks {
    use super::*;

    pub(super) fn options() -> CrateOptions {
        CrateOptions {
            name: "profile-photo".to_owned(),
            version: "0.1.0".to_owned(),
            description: None,
            package: Vec::new(),
            command: "cargo xtask regen".to_owned(),
            runtime: Dependency {
                version: "0.1.0".to_owned(),
                path: None,
            },
            mock: None,
            areas: CrateAreas::One,
        }
    }

    #[test]
    fn every_file_says_how_it_came_to_be_and_ends_in_one_line_end() {
        let (files, diagnostics) = generate(&sample::api(), &[], &options());
        assert_eq!(diagnostics, []);
        for (path, text) in files.iter() {
            let header = text.lines().next().unwrap_or("");
            assert!(
                header.contains("@generated by `cargo xtask regen`"),
                "{path}: {header}"
            );
            assert!(text.ends_with('\n') && !text.contains("\n\n\n"), "{path}");
        }
    }

    #[test]
    fn an_empty_api_is_a_crate_too() {
        let (files, _) = generate(&Api::default(), &[], &options());
        let routes = files.get("src/routes.rs").unwrap();
        assert!(routes.contains("pub enum Route {\n    }"), "{routes}");
    }

    #[test]
    fn an_enum_without_members_is_a_table_without_rows() {
        let mut api = sample::api();
        let whole = api.enums[0].members.len();
        api.enums[0].members.clear();
        let (files, _) = generate(&api, &[], &options());
        let mut enums = files.iter().filter(|(path, _)| path.contains("/enums/"));
        let text = enums.find_map(|(_, text)| text.contains("words!").then_some(text));
        let text = text.expect("the API has an enum");
        assert!(whole > 0 && text.ends_with(" {\n    }\n}\n"), "{text}");
    }

    #[test]
    fn what_only_a_number_tells_apart_is_reported() {
        let mut api = sample::api();
        let mut copy = api.enums[0].clone();
        copy.name = "IMPORTANCE".to_owned();
        // The first two copies get the words of their namespace before their name.
        api.enums.extend([copy.clone(), copy.clone(), copy]);
        let (_, diagnostics) = generate(&api, &[], &options());
        let found: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
        let [only] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert!(
            only.starts_with("docs-src/resources/profilephoto.md:60:1: warning[name-collision]")
        );
    }

    #[test]
    fn hostile_text_stays_text() {
        let hostile = "*/ } \"# ] ``` \r\n\u{202e} <script> [x](y) \\";
        let mut api = sample::api();
        api.pages[0].path = format!("docs-src/{hostile}.md");
        for operation in &mut api.operations {
            operation.title = hostile.to_owned();
            operation.description = hostile.to_owned();
            for example in &mut operation.examples {
                example.name = hostile.to_owned();
                example.title = hostile.to_owned();
            }
        }
        for resource in &mut api.resources {
            resource.description = hostile.to_owned();
            for property in &mut resource.properties {
                property.name += hostile;
                property.description = hostile.to_owned();
            }
        }
        let (files, _) = generate(&api, &[], &options());
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
            assert!(syn::parse_file(text).is_ok(), "{path}");
            assert!(!text.contains(['\r', '\u{202e}']), "{path}");
        }
    }
}
