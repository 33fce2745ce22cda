//! The model as a Rust crate.
//!
//! [`generate`] is the table of contents: one module for each kind of file that the crate has.
//! What concerns the crate as a whole is decided before the first file: its areas (`areas.rs`), all
//! names (`table.rs`, `tree.rs`), which files there are (`layout.rs`) and which areas need them
//! (`reach.rs`). Each file is then made from that and the model alone, on any thread.

mod areas;
mod calls;
mod client;
mod crate_docs;
mod docs;
mod enums;
mod examples;
mod file;
mod inheritance;
mod layout;
mod macros;
mod manifest;
mod mock;
mod modules;
mod names;
mod operations;
mod options;
mod paths;
mod permissions;
mod prose;
mod reach;
mod request;
mod resources;
mod route_names;
mod routes;
#[cfg(test)]
mod sample;
mod table;
mod tree;
mod tree_names;
mod types;
mod upload_session;

use std::collections::{BTreeMap, BTreeSet};

use crate::cache::Known;
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::model::{Api, PageId};
use crate::output::Files;
use crate::parallel;
use crate::source::SourceFile;

pub use calls::Calls;

use areas::Areas;
use examples::ClientCode;
use file::Draft;
use layout::Layout;
use permissions::PermissionLists;
use reach::Reach;
use table::{Claims, Names};
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
    /// The command that makes it anew, which the header of each file names.
    pub command: String,
    /// The crate that generated code calls.
    pub runtime: Dependency,
    /// The crate that serves the pages on loopback; without it they are no part of the crate.
    pub mock: Option<Dependency>,
    /// Whether and how it is split by the first segment of paths.
    pub areas: CrateAreas,
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

/// What all files are made from.
struct Context<'a> {
    api: &'a Api,
    options: &'a CrateOptions,
    areas: Areas,
    names: Names,
    tree: Tree,
    layout: Layout,
    reach: Reach,
    permissions: Vec<PermissionLists<'a>>,
}

impl<'a> Context<'a> {
    fn new(api: &'a Api, options: &'a CrateOptions, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let areas = Areas::new(api, options.areas);
        let tree = Tree::new(api);
        let layout = Layout::new(api, &areas, &tree);
        let permissions = parallel::map(&api.operations, |_, it| PermissionLists::new(api, it));
        Self {
            api,
            options,
            names: Names::new(api, &areas, diagnostics),
            reach: Reach::new(api, &areas, &tree, &layout),
            areas,
            tree,
            layout,
            permissions,
        }
    }

    /// What a call of the client is written with.
    fn client_code(&self) -> ClientCode<'_> {
        ClientCode {
            api: self.api,
            names: &self.names,
            tree: &self.tree,
        }
    }

    /// All pages: what files are made from that show the API as a whole.
    fn pages(&self) -> BTreeSet<PageId> {
        (0..self.api.pages.len())
            .map(|index| PageId(index as u32))
            .collect()
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
    /// Its files.
    pub(crate) files: Files,
    /// What each of them was made of that is put together of tokens.
    pub(crate) made_of: BTreeMap<String, Digest>,
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
    (made.files, made.diagnostics)
}

/// Makes a crate of an API, without making texts again that are known: to parse and to format tokens
/// takes longer than to put them together.
pub(crate) fn generate_new(
    api: &Api,
    pages: &[SourceFile],
    options: &CrateOptions,
    known: &Known<'_>,
) -> Made {
    let mut diagnostics = Vec::new();
    let context = Context::new(api, options, &mut diagnostics);
    let mut drafts: Vec<Draft<'_>> = vec![
        Box::new(|| crate_docs::file(&context)),
        Box::new(|| client::file(&context)),
        Box::new(|| request::file(&context)),
    ];
    drafts.extend(paths::files(&context));
    drafts.extend(operations::files(&context));
    drafts.extend(resources::files(&context));
    drafts.extend(enums::files(&context));
    drafts.extend(routes::files(&context));
    drafts.extend(examples::files(&context));
    if options.mock.is_some() {
        drafts.push(Box::new(|| mock::file(&context, pages)));
    }

    let made = parallel::map(&drafts, |_, draft| {
        let file = draft();
        let header = file.header(api, options);
        let made_of = file.made_of(&header);
        let path = file.path.clone();
        let text = match known.text(&path, made_of) {
            Some(text) => text.to_owned(),
            None => file.text(header),
        };
        (path, made_of, text)
    });
    let mut files = Files::new();
    let mut insert = |path: String, text: String| {
        let before = files.insert(path, text);
        let before = before.expect("paths are made of identifiers");
        debug_assert!(before.is_none(), "each file is made once");
    };
    let mut all_made_of = BTreeMap::new();
    for (path, made_of, text) in made {
        insert(path.clone(), text);
        all_made_of.insert(path, made_of);
    }
    insert("Cargo.toml".to_owned(), manifest::text(&context));
    insert("rustfmt.toml".to_owned(), manifest::rustfmt(&context));
    if options.mock.is_some() {
        for page in pages {
            insert(mock::path(page), page.text.clone());
        }
    }
    Made {
        files,
        made_of: all_made_of,
        diagnostics,
    }
}

#[cfg(test)]
mod checks {
    use super::*;

    fn options() -> CrateOptions {
        CrateOptions {
            name: "profile-photo".to_owned(),
            version: "0.1.0".to_owned(),
            description: None,
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
    fn a_text_is_known_where_it_was_made_of_the_same() {
        let api = sample::api();
        let first = generate_new(&api, &[], &options(), &Known::default());
        let path = "src/routes.rs";
        let known = |made_of| Known::from([(path, (made_of, "known"))]);
        let again = generate_new(&api, &[], &options(), &known(first.made_of[path]));
        assert_eq!(again.files.get(path), Some("known"));
        assert_eq!(again.made_of, first.made_of);

        let mut other = options();
        other.command = "another command".to_owned();
        let changed = generate_new(&api, &[], &other, &known(first.made_of[path]));
        assert_ne!(changed.files.get(path), Some("known"));
        let others = generate_new(&api, &[], &options(), &known(first.made_of["src/lib.rs"]));
        assert!(others.files == first.files);
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
