//! Projects in folders of their own, and the command run in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use tempfile::TempDir;

/// A project that is thrown away behind the test.
pub(crate) struct Project(TempDir);

/// What the command did.
pub(crate) struct Ran {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The files below a folder: bytes and time of modification, by path.
pub(crate) type Snapshot = BTreeMap<String, (Vec<u8>, SystemTime)>;

impl Project {
    /// A project with these files.
    pub(crate) fn new(files: &[(&str, &[u8])]) -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        for (path, bytes) in files {
            project.write(path, bytes);
        }
        project
    }

    /// This repository's pages and settings, and the crate that was made of them.
    pub(crate) fn of_this_repository() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let project = Self::new(&[]);
        let settings = fs::read(root.join("docwright.toml")).unwrap();
        project.write("docwright.toml", &settings);
        for folder in ["docs-src", "generated"] {
            for (path, (bytes, _)) in snapshot(&root.join(folder)) {
                project.write(&format!("{folder}/{path}"), &bytes);
            }
        }
        project
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Changes a text that a file has exactly once, and returns the line where it was.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) -> usize {
        let text = fs::read_to_string(self.path(path)).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{path}: {from}");
        self.write(path, text.replace(from, to).as_bytes());
        let (before, _) = text.split_once(from).unwrap();
        before.matches('\n').count() + 1
    }

    /// Runs the command in the folder of the project.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_in("", arguments)
    }

    /// Runs the command in a folder of the project.
    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docwright"));
        // The cache is to lie in the project, and to go with it.
        command.env_remove("CARGO_TARGET_DIR");
        let command = command.current_dir(self.path(folder)).args(arguments);
        let output = command.output().unwrap();
        Ran {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        snapshot(self.0.path())
    }

    /// The bytes of the files below a folder.
    pub(crate) fn bytes_in(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let files = snapshot(&self.path(folder)).into_iter();
        files.map(|(path, (bytes, _))| (path, bytes)).collect()
    }
}

/// The files below a folder, without what Cargo and git put beside a crate's own.
fn snapshot(folder: &Path) -> Snapshot {
    fn walk(folder: &Path, prefix: &str, found: &mut Snapshot) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let path = format!("{prefix}{name}");
            if matches!(path.as_str(), "target" | "Cargo.lock") || name.starts_with(".git") {
                continue;
            }
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &format!("{path}/"), found);
            } else {
                let modified = entry.metadata().unwrap().modified().unwrap();
                found.insert(path, (fs::read(entry.path()).unwrap(), modified));
            }
        }
    }
    let mut found = Snapshot::new();
    walk(folder, "", &mut found);
    found
}
