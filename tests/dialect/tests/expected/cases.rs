//! The cases: folders with pages and the text that is expected of them.

use std::fs;
use std::path::{Path, PathBuf};

use docwright::Reading;
use docwright::diagnostic::Severity;
use docwright::project::{Overrides, Project};

/// A folder of pages.
pub(crate) struct Case {
    /// The folder's place in the crate, with `/`.
    pub(crate) name: String,
    folder: PathBuf,
    /// Whether its pages are meant to have a fault that nothing can be generated with.
    faulty: bool,
}

/// All cases, in the order of their names: first those that are compiled too, then faulty ones.
pub(crate) fn all() -> Vec<Case> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut cases = Vec::new();
    for (group, faulty) in [("cases", false), ("errors", true)] {
        let entries = fs::read_dir(home.join(group)).expect("the folder of cases can be read");
        let mut folders: Vec<_> = entries
            .map(|entry| entry.expect("the folder of cases can be read").path())
            .collect();
        folders.sort();
        assert!(!folders.is_empty(), "there are no cases in {group}");
        cases.extend(folders.into_iter().map(|folder| Case {
            name: format!("{group}/{}", file_name(&folder)),
            folder,
            faulty,
        }));
    }
    cases
}

impl Case {
    /// The file with the expected text.
    pub(crate) fn expected_file(&self) -> PathBuf {
        self.folder.join("expected.txt")
    }

    /// Whether the folder holds a page: a text that is left from a removed case is no case.
    pub(crate) fn has_pages(&self) -> bool {
        has_pages(&self.folder)
    }

    /// What docwright makes of the pages, with the findings of the generator too. Places are
    /// given within the folder of the case.
    pub(crate) fn read(&self) -> Reading {
        let overrides = Overrides {
            docs: Some(self.folder.clone()),
            ..Overrides::default()
        };
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        let project = Project::load(home, &overrides).expect("the settings can be read");
        let (mut reading, _) = project.generate();
        let prefix = format!("{}/", project.docs_label);
        for page in &mut reading.api.pages {
            page.path = page.path.replace(&prefix, "");
        }
        for finding in &mut reading.diagnostics {
            finding.location.path = finding.location.path.replace(&prefix, "");
            finding.message = finding.message.replace(&prefix, "");
            finding.help = finding.help.take().map(|help| help.replace(&prefix, ""));
        }
        reading
    }

    /// What is wrong with the case itself.
    pub(crate) fn faults(&self, reading: &Reading) -> Vec<&'static str> {
        let severities = reading.diagnostics.iter().map(|finding| finding.severity);
        let has_error = severities.max() == Some(Severity::Error);
        let rules = [
            (!self.has_pages(), "there is no page beside expected.txt"),
            (
                self.faulty && !has_error,
                "pages below errors/ must have an error",
            ),
            (
                !self.faulty && has_error,
                "pages with an error belong below errors/",
            ),
        ];
        let broken = rules.into_iter().filter(|(broken, _)| *broken);
        broken.map(|(_, fault)| fault).collect()
    }
}

fn has_pages(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    let mut paths = entries.flatten().map(|entry| entry.path());
    paths.any(|path| match path.extension() {
        Some(extension) => extension == "md",
        None => has_pages(&path),
    })
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
