//! A project on disk: its settings with every path resolved, and the way from its pages to files.
//!
//! Nothing that a project shows or generates depends on where it lies: pages and files are called
//! by their place in the project.

mod options;
mod paths;
mod settings;

use std::path::{Path, PathBuf};

use crate::cache::Known;
use crate::config::{Allowances, ConfigError, Severities};
use crate::diagnostic::{Diagnostic, Location};
use crate::model::Api;
use crate::openapi;
use crate::output::{Files, OutputFolder};
use crate::parallel;
use crate::progress::Progress;
use crate::rust::{self, CrateOptions, Made};
use crate::source::{read_docs, shown_folder};
use crate::{Leftovers, Reading, read_pages_and};
use options::{COMMAND, command_of, crate_options, openapi_options};
use paths::{clean, label_in, normal};
use settings::Settings;

pub(crate) use settings::find_config;

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
        let given_docs = given(&overrides.docs);
        let Settings {
            file,
            config,
            set_aside,
        } = Settings::of(&from, given(&overrides.config), given_docs.as_deref())?;

        let root = file.as_deref().and_then(Path::parent).unwrap_or(&from);
        let set = |path: &Option<PathBuf>, usual: &str| {
            clean(&root.join(path.as_deref().unwrap_or(Path::new(usual))))
        };
        let docs = given_docs.unwrap_or_else(|| set(&config.docs, "docs-src"));
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
        self.read_to(Leftovers::Freed)
    }

    /// Does what [`read`](Self::read) does, and leaks what it needs on the way: for a process that ends soon,
    /// which frees at once what to free bit by bit takes one in fifty of the time of reading.
    pub fn read_leaking(&self) -> Reading {
        self.read_to(Leftovers::Leaked)
    }

    fn read_to(&self, leftovers: Leftovers) -> Reading {
        parallel::within(|| {
            let check_names = |api: &Api| rust::check_names(api, &self.options);
            let (files, found) = read_docs(&self.docs, &self.docs_label);
            let reading = read_pages_and(files, found, &self.progress, check_names, leftovers);
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
            let mut reading = crate::read(&self.docs, &self.docs_label, &self.progress);
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
        self.allowances.apply(all, &reading.files);
        self.severities.apply(all);
        all.sort_by(Diagnostic::by_place);
        reading
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config;

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
    fn what_is_said_of_the_package_is_seen_from_its_folder() {
        let settings = "out = \"gen/client\"\n[crate.package]\nlicense.workspace = true\nreadme = \"a/b.md\"\n\
                        keywords = [\"photo\"]\npublish = false\n";
        let project = load(Some(settings), "", &Overrides::default());
        let keys = project.options.package.iter();
        let keys: Vec<String> = keys
            .map(|it| format!("{} {:?}", it.name, it.value))
            .collect();
        assert_eq!(
            keys,
            [
                "license Workspace",
                "readme Text(\"../../a/b.md\")",
                "keywords List([\"photo\"])",
                "publish Flag(false)"
            ]
        );
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
