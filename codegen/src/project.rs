//! A project on disk: its settings with every path resolved, and the way from its pages to files.
//!
//! Nothing that a project shows or generates depends on where it lies: pages and files are called
//! by their place in the project.

mod paths;

use std::path::{Path, PathBuf};

use crate::Reading;
use crate::cache::Known;
use crate::config::{self, Allowances, Config, ConfigError, CrateSource, OpenApi, Severities};
use crate::diagnostic::{Diagnostic, Location};
use crate::model::Api;
use crate::openapi::{self, OAuth};
use crate::output::{Files, OutputFolder};
use crate::parallel;
use crate::progress::Progress;
use crate::rust::{self, CrateAreas, CrateOptions, Dependency, Made};
use crate::source::{Docs, shown_folder};
use paths::{as_argument, clean, label_in, last_name, normal, relative, with_slashes};

/// The command that makes a crate, unless the settings name another.
const COMMAND: &str = "docwright regen";

/// What somebody may set for one run, instead of what `docwright.toml` says.
///
/// Paths are relative to the working folder.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// The file with the settings.
    pub config: Option<PathBuf>,
    /// The folder of the pages.
    pub docs: Option<PathBuf>,
    /// The folder of the generated crate.
    pub out: Option<PathBuf>,
    /// Cargo's target folder, where what can be made again is kept.
    pub target: Option<PathBuf>,
}

/// A project.
#[derive(Clone, Debug)]
pub struct Project {
    /// The file with the settings, where there is one.
    pub config: Option<PathBuf>,
    /// Settings that were found and are not meant, since the pages that were asked for are others: as seen
    /// from the working folder.
    pub set_aside: Option<String>,
    /// The folder of the pages.
    pub docs: PathBuf,
    /// What stands before the path of a page in reports and generated files: the place of its folder in the
    /// project, and nothing where that is the project's own folder.
    pub docs_label: String,
    /// The folder of the generated crate.
    pub out: OutputFolder,
    /// The folder where what can be made again is kept, Cargo's target folder; none for a project without
    /// settings, which need not be one of Cargo's.
    pub target: Option<PathBuf>,
    /// What the generated crate is to be.
    pub options: CrateOptions,
    /// What the OpenAPI document is to say beside what the pages say.
    pub openapi: openapi::Options,
    /// How much findings matter.
    pub severities: Severities,
    /// Findings that the project lives with.
    pub allowances: Allowances,
    /// How far reading has come.
    pub progress: Progress,
}

impl Project {
    /// Finds the settings in the folder `from` or above it, and resolves them.
    ///
    /// A project without settings lies in `from`, and is named after the folders it uses. Settings that
    /// are only found are set aside where the pages are given and neither lie in the folder of the
    /// settings nor are the ones that these name.
    pub fn load(from: &Path, overrides: &Overrides) -> Result<Self, ConfigError> {
        let from = normal(from).map_err(|error| ConfigError {
            location: Location::start_of("."),
            message: format!("the working folder cannot be found: {error}"),
        })?;
        let given = |path: &Option<PathBuf>| path.as_ref().map(|path| clean(&from.join(path)));
        let found = match &overrides.config {
            Some(_) => None,
            None => find_config(&from),
        };
        let mut file = given(&overrides.config).or_else(|| found.clone());
        let mut config = match &file {
            Some(file) => Config::read(file)?,
            None => Config::default(),
        };
        let mut set_aside = None;
        if let (Some(found), Some(docs)) = (found, given(&overrides.docs))
            && !is_meant(&found, &config, &docs)
        {
            set_aside = Some(with_slashes(&relative(&from, &found)));
            (file, config) = (None, Config::default());
        }

        let root = file.as_deref().and_then(Path::parent).unwrap_or(&from);
        let set = |path: &Option<PathBuf>, usual: &str| {
            clean(&root.join(path.as_deref().unwrap_or(Path::new(usual))))
        };
        let docs = given(&overrides.docs).unwrap_or_else(|| set(&config.docs, "docs-src"));
        let out = given(&overrides.out).unwrap_or_else(|| set(&config.out, "generated"));
        let beside = || file.is_some().then(|| root.join("target"));
        let target = given(&overrides.target).or_else(beside);
        let label = |path: &Path| label_in([root, &from], path);
        let command = match (&config.command, &file) {
            (Some(command), _) => command.clone(),
            (None, Some(_)) => COMMAND.to_owned(),
            (None, None) => command_of(&from, overrides),
        };
        let options = crate_options(&config, command, root, &out);
        Ok(Self {
            docs_label: label(&docs),
            openapi: openapi_options(&config.openapi, &options),
            options,
            out: OutputFolder::new(out.as_path(), label(&out)),
            target,
            docs,
            config: file,
            set_aside,
            severities: config.severity,
            allowances: config.allow,
            progress: Progress::default(),
        })
    }

    /// What reports call the folder of the pages.
    pub fn docs_name(&self) -> &str {
        shown_folder(&self.docs_label)
    }

    /// Reads the pages, with the allowances and severities of the settings.
    pub fn read(&self) -> Reading {
        parallel::within(|| {
            let check_names = |api: &Api| rust::check_names(api, &self.options);
            let (docs, label) = (&self.docs, &self.docs_label);
            let reading = crate::read_and(docs, label, &self.progress, check_names);
            self.settle(reading)
        })
    }

    /// Reads what the pages document without reviewing it, with the findings that this makes by itself, as
    /// [`crate::read_api`] does.
    pub fn read_api(&self) -> (Api, Vec<Diagnostic>) {
        parallel::within(|| {
            let (docs, label) = (&self.docs, &self.docs_label);
            let (api, mut findings) = crate::read_api(docs, label, &self.progress);
            self.settle_some(&mut findings);
            (api, findings)
        })
    }

    /// Reads the pages and makes the generated crate's files.
    pub fn generate(&self) -> (Reading, Files) {
        parallel::within(|| {
            let docs = Docs::load(&self.docs, &self.docs_label);
            let mut reading = crate::read_loaded(docs, &self.progress);
            let (files, found) = rust::generate(&reading.api, &reading.files, &self.options);
            reading.diagnostics.extend(found);
            (self.settle(reading), files)
        })
    }

    /// Makes the generated crate's files of pages that were read, without those that are known, and
    /// brings the findings to what the settings say.
    pub(crate) fn generate_of(&self, mut reading: Reading, known: &Known<'_>) -> (Reading, Made) {
        let mut made = rust::generate_new(&reading.api, &reading.files, &self.options, known);
        reading.diagnostics.append(&mut made.diagnostics);
        (self.settle(reading), made)
    }

    /// Brings findings that are not all there are, such as those about a service, to what the settings say,
    /// in the order of their places.
    pub fn settle_some(&self, findings: &mut Vec<Diagnostic>) {
        self.allowances.remove_allowed(findings);
        self.severities.apply(findings);
        findings.sort_by(Diagnostic::by_place);
    }

    /// Brings the findings to what the settings say, in the order of their places.
    fn settle(&self, mut reading: Reading) -> Reading {
        let all = &mut reading.diagnostics;
        self.allowances.apply(all);
        self.severities.apply(all);
        all.sort_by(Diagnostic::by_place);
        reading
    }
}

/// Whether settings that were found are those of a folder of pages: it is in their folder, or in the
/// folder of pages that they name.
fn is_meant(file: &Path, config: &Config, docs: &Path) -> bool {
    let root = file.parent().unwrap_or(file);
    let named = config.docs.as_ref().map(|named| clean(&root.join(named)));
    docs.starts_with(root) || named.is_some_and(|named| docs.starts_with(named))
}

/// The command that makes a crate without settings, run where it was run.
fn command_of(from: &Path, overrides: &Overrides) -> String {
    let mut command = COMMAND.to_owned();
    for (option, given) in [("--docs", &overrides.docs), ("--out", &overrides.out)] {
        if let Some(path) = given {
            let path = with_slashes(&relative(from, &from.join(path)));
            command += &format!(" {option} {}", as_argument(shown_folder(&path)));
        }
    }
    command
}

pub(crate) fn find_config(from: &Path) -> Option<PathBuf> {
    let mut candidates = from
        .ancestors()
        .map(|folder| folder.join(config::FILE_NAME));
    candidates.find(|path| path.is_file())
}

fn crate_options(config: &Config, command: String, root: &Path, out: &Path) -> CrateOptions {
    let package = &config.package;
    let or = |set: &Option<String>, usual: &str| set.as_deref().unwrap_or(usual).to_owned();
    CrateOptions {
        name: package.name.clone().unwrap_or_else(|| crate_name_of(out)),
        version: or(&package.version, "0.1.0"),
        description: package.description.clone(),
        command,
        runtime: dependency(&package.runtime, root, out),
        mock: package
            .mock
            .as_ref()
            .map(|mock| dependency(mock, root, out)),
        areas: match package.areas {
            true => CrateAreas::Features,
            false => CrateAreas::One,
        },
    }
}

/// A crate of docwright's, as one in the folder `out` asks for it.
fn dependency(source: &CrateSource, root: &Path, out: &Path) -> Dependency {
    let version = source.version.as_deref();
    let path = source.path.as_ref();
    Dependency {
        version: version.unwrap_or(env!("CARGO_PKG_VERSION")).to_owned(),
        path: path.map(|path| with_slashes(&relative(out, &root.join(path)))),
    }
}

fn openapi_options(config: &OpenApi, package: &CrateOptions) -> openapi::Options {
    let addresses = (&config.authorization_url, &config.token_url);
    openapi::Options {
        title: package.name.clone(),
        version: package.version.clone(),
        description: package.description.clone(),
        oauth: match addresses {
            (Some(authorization_url), Some(token_url)) => Some(OAuth {
                authorization_url: authorization_url.clone(),
                token_url: token_url.clone(),
            }),
            _ => None,
        },
    }
}

/// A crate name made of a folder's name.
fn crate_name_of(out: &Path) -> String {
    let name: String = last_name(out)
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '_' {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    if config::is_crate_name(&name) {
        name
    } else {
        format!("api-{name}")
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn load(settings: Option<&str>, below: &str, overrides: &Overrides) -> Project {
        let home = tempfile::tempdir().unwrap();
        if let Some(text) = settings {
            fs::write(home.path().join(config::FILE_NAME), text).unwrap();
        }
        Project::load(&home.path().join(below), overrides).unwrap()
    }

    #[test]
    fn settings_are_found_above_and_paths_are_called_by_their_place_in_the_project() {
        let settings = "docs = \"./a/docs\"\nout = \"gen/client\"\n[crate.runtime]\npath = \"rt\"\n[crate.mock]\n";
        let project = load(Some(settings), "x/y", &Overrides::default());
        assert_eq!(project.docs_label, "a/docs");
        assert_eq!(project.out.label(), "gen/client");
        assert_eq!(project.options.name, "client");
        assert_eq!(project.options.runtime.path.as_deref(), Some("../../rt"));
        assert!(project.options.mock.is_some_and(|mock| mock.path.is_none()));
        let root = project.config.as_deref().and_then(Path::parent).unwrap();
        assert_eq!(project.target, Some(root.join("target")));

        let overrides = Overrides {
            docs: Some("../pages".into()),
            out: Some("../out".into()),
            ..Overrides::default()
        };
        let project = load(Some(settings), "x/y", &overrides);
        assert_eq!(project.docs_label, "x/pages");
        assert_eq!(project.out.label(), "x/out");
        assert_eq!(project.options.runtime.path.as_deref(), Some("../../rt"));
        assert_eq!(project.options.command, "docwright regen");
    }

    #[test]
    fn settings_are_set_aside_for_pages_of_somewhere_else() {
        let settings = "docs = \"../own\"\n[crate]\nname = \"photo\"\n";
        let given = |docs: &str, config: Option<&str>| {
            let overrides = Overrides {
                docs: Some(docs.into()),
                config: config.map(PathBuf::from),
                ..Overrides::default()
            };
            load(Some(settings), "x", &overrides)
        };
        let other = given("../../other/docs", None);
        assert_eq!(other.set_aside.as_deref(), Some("../docwright.toml"));
        assert_eq!((&other.config, &other.target), (&None, &None));
        assert_eq!(other.docs_label, "docs");
        assert_eq!(other.options.name, "generated");
        for (docs, config) in [
            ("../../other/docs", Some("../docwright.toml")),
            ("docs", None),
            ("../../own", None),
            ("../../own/v1", None),
        ] {
            let project = given(docs, config);
            assert_eq!(project.set_aside, None, "{docs}");
            assert_eq!(project.options.name, "photo", "{docs}");
        }
    }

    #[test]
    fn a_project_in_its_own_folder_has_no_label() {
        let project = load(Some("docs = \".\"\n"), "x", &Overrides::default());
        assert_eq!((&*project.docs_label, project.docs_name()), ("", "."));
        let overrides = Overrides {
            docs: Some("./".into()),
            ..Overrides::default()
        };
        assert_eq!(load(None, "", &overrides).docs_label, "");
    }

    #[test]
    fn a_project_without_settings_is_named_after_its_folders() {
        let overrides = Overrides {
            docs: Some("./a/docs/".into()),
            out: Some("../My Client".into()),
            ..Overrides::default()
        };
        let project = load(None, "x", &overrides);
        assert_eq!(project.docs_label, "a/docs");
        assert_eq!(project.out.label(), "My Client");
        assert_eq!(project.options.name, "my-client");
        assert_eq!(
            project.options.command,
            "docwright regen --docs a/docs --out '../My Client'"
        );
        assert_eq!(project.options.runtime.path, None);
        assert!(project.options.mock.is_none());
        assert_eq!(project.target, None);
    }
}
