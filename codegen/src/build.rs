//! For build scripts: compiles the pages into `OUT_DIR` whenever they change.
//!
//! In the `main` function of `build.rs`:
//!
//! ```no_run
//! docwright::build::Build::new().compile();
//! ```
//!
//! In `src/lib.rs`:
//!
//! ```text
//! include!(concat!(env!("OUT_DIR"), "/api.rs"));
//! pub use api::*;
//! ```
//!
//! The source tree is read and never written. The crate needs the runtime among its dependencies.
//!
//! Names in the code are those of the pages, in whichever script these have them. Lints of the compiler such as
//! `mixed_script_confusables` are for a crate as a whole, and it is up to the crate to allow them.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

use crate::Reading;
use crate::diagnostic::{Severity, harmless};
use crate::output::{Files, OutputError, OutputFolder};
use crate::project::{Overrides, Project, find_config};
use crate::rust::{self, CrateAreas, CrateOptions};

/// What a build script is to compile.
///
/// Settings come from a `docwright.toml` beside the manifest or above it; paths that are given here
/// go before it, and are relative to the folder of the manifest.
#[derive(Clone, Debug, Default)]
pub struct Build {
    overrides: Overrides,
}

impl Build {
    /// A build as `docwright.toml` says, or of `docs-src` where there is none.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the pages from this folder.
    pub fn docs(mut self, folder: impl Into<PathBuf>) -> Self {
        self.overrides.docs = Some(folder.into());
        self
    }

    /// Takes the settings from this file.
    pub fn config(mut self, file: impl Into<PathBuf>) -> Self {
        self.overrides.config = Some(file.into());
        self
    }

    /// Writes the API as the module `api` of `OUT_DIR/api.rs`, and tells Cargo when to do it again.
    ///
    /// Errors in the pages are shown as warnings of the build script, all of them, and then the
    /// build fails. A crate that `docwright regen` wrote before is compared, and a warning says
    /// where it is behind the pages.
    ///
    /// # Panics
    ///
    /// Outside of a build script, where Cargo sets neither `CARGO_MANIFEST_DIR` nor `OUT_DIR`.
    pub fn compile(self) {
        let folder = |name| PathBuf::from(env::var_os(name).expect("Cargo runs the build script"));
        let (manifest, out) = (folder("CARGO_MANIFEST_DIR"), folder("OUT_DIR"));
        match self.run(&manifest, &out, &mut io::stdout().lock()) {
            Ok(true) => {}
            Ok(false) => process::exit(1),
            Err(error) => {
                println!("cargo:warning={}", one_line(&error.to_string()));
                process::exit(1);
            }
        }
    }

    /// Whether the API was written; false where errors in the pages keep it from that.
    fn run(
        &self,
        manifest: &Path,
        out: &Path,
        cargo: &mut impl Write,
    ) -> Result<bool, Box<dyn std::error::Error>> {
        // Who names pages in a build script means the settings beside it, wherever the pages are.
        let config = self.overrides.config.clone();
        let overrides = Overrides {
            config: config.or_else(|| find_config(manifest)),
            ..self.overrides.clone()
        };
        let project = Project::load(manifest, &overrides)?;
        // A folder stands for everything below it (the Cargo book, "Build scripts").
        writeln!(cargo, "cargo:rerun-if-changed={}", project.docs.display())?;
        if let Some(config) = &project.config {
            writeln!(cargo, "cargo:rerun-if-changed={}", config.display())?;
        }

        let (reading, files) = project.generate();
        let errors = reading
            .diagnostics
            .iter()
            .filter(|found| found.severity == Severity::Error);
        let mut failed = false;
        for error in errors {
            failed = true;
            writeln!(cargo, "cargo:warning={}", one_line(&error.to_string()))?;
        }
        if failed {
            return Ok(false);
        }
        if project.out.path().is_dir() {
            writeln!(
                cargo,
                "cargo:rerun-if-changed={}",
                project.out.path().display()
            )?;
            if let Some(warning) = stale(&project, &files) {
                writeln!(cargo, "cargo:warning={}", one_line(&warning))?;
            }
        }
        write_module(out, &as_module(&project, &reading, files))?;
        Ok(true)
    }
}

/// The files as they are compiled here. Features would be those of the crate around, which has none
/// of these names: areas are always there, and the mock, which needs another crate, never is.
fn as_module(project: &Project, reading: &Reading, files: Files) -> Files {
    let areas = match project.options.areas {
        CrateAreas::Features => CrateAreas::Modules,
        areas => areas,
    };
    if areas == project.options.areas && project.options.mock.is_none() {
        return files;
    }
    let options = CrateOptions {
        areas,
        mock: None,
        ..project.options.clone()
    };
    rust::generate(&reading.api, &[], &options).0
}

/// Says where a crate that was written before is behind the pages. What cannot be compared is for
/// `regen` to report.
fn stale(project: &Project, files: &Files) -> Option<String> {
    let behind = project
        .out
        .compare(files)
        .ok()
        .filter(|behind| !behind.is_empty())?;
    let (out, docs) = (project.out.label(), project.docs_name());
    let (count, command) = (behind.len(), &project.options.command);
    Some(format!(
        "{out} is behind {docs} (files that differ: {count}): run `{command}`"
    ))
}

/// Writes the crate's files below `OUT_DIR/api`, and the `api.rs` that makes a module of them.
fn write_module(out: &Path, files: &Files) -> Result<(), OutputError> {
    let folder = OutputFolder::new(out.join("api"), "OUT_DIR/api");
    folder.write(files)?;
    let root = folder.path().join("src/lib.rs");
    // The path is written as a Rust string, so that backslashes and quotes in it mean themselves.
    // A program calls some of an API, and is not told of the rest.
    let allow = "#[allow(dead_code, unused_imports)]";
    let module = format!(
        "#[path = {:?}]\n{allow}\nmod api;\n",
        root.to_string_lossy()
    );
    let path = out.join("api.rs");
    if fs::read_to_string(&path).is_ok_and(|text| text == module) {
        return Ok(());
    }
    fs::write(path, module).map_err(|error| OutputError::Io {
        path: "OUT_DIR/api.rs".to_owned(),
        error,
    })
}

/// A line of Cargo's protocol ends where a line ends, and Cargo shows what is in it to a terminal as it
/// is.
fn one_line(text: &str) -> String {
    harmless(&text.replace(['\n', '\r'], " ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(home: &Path, out: &Path) -> (bool, String) {
        let mut said = Vec::new();
        let done = Build::new().run(home, out, &mut said).unwrap();
        (done, String::from_utf8(said).unwrap())
    }

    #[test]
    fn pages_become_a_module_and_only_the_output_is_written() {
        let home = tempfile::tempdir().unwrap();
        let out = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("docs-src")).unwrap();
        fs::write(home.path().join("docs-src/a.md"), "# A page\n").unwrap();

        let (done, said) = run(home.path(), out.path());
        assert!(done, "{said}");
        assert!(said.starts_with("cargo:rerun-if-changed="), "{said}");
        assert!(!said.contains("cargo:warning="), "{said}");
        assert!(out.path().join("api/src/lib.rs").is_file());
        assert!(
            fs::read_to_string(out.path().join("api.rs"))
                .unwrap()
                .ends_with("#[allow(dead_code, unused_imports)]\nmod api;\n")
        );
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_crate_that_is_behind_is_a_warning_and_an_error_in_the_pages_a_failure() {
        let home = tempfile::tempdir().unwrap();
        let out = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("docs-src")).unwrap();
        fs::create_dir(home.path().join("generated")).unwrap();
        fs::write(home.path().join("docs-src/a.md"), "# A page\n").unwrap();
        let (done, said) = run(home.path(), out.path());
        assert!(done && said.contains("run `docwright regen`"), "{said}");

        fs::write(home.path().join("docs-src/b.md"), b"\xff").unwrap();
        let (done, said) = run(home.path(), out.path());
        assert!(!done, "{said}");
        assert!(
            said.contains("cargo:warning=docs-src/b.md:1:1: error[page-not-utf8]"),
            "{said}"
        );
    }

    #[test]
    fn a_terminal_obeys_nothing_that_pages_say() {
        let home = tempfile::tempdir().unwrap();
        let out = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("docs-src")).unwrap();
        fs::write(home.path().join("docs-src/a\u{202e}.md"), b"\xff").unwrap();
        let (_, said) = run(home.path(), out.path());
        assert!(
            said.contains("cargo:warning=docs-src/a\u{fffd}.md:1:1: error"),
            "{said}"
        );
        assert_eq!(
            one_line("a\u{1b}[2Jb\r\ncargo:warning=c"),
            "a␛[2Jb  cargo:warning=c"
        );
    }
}
