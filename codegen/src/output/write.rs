//! Brings an output folder to what it is to hold.

use std::io::{self, ErrorKind};

use super::stage::Stage;
use super::{Difference, Files, OutputError, OutputFolder};

impl OutputFolder {
    /// Writes what differs from `files`, removes what docwright wrote before and `files` has no
    /// more, and returns what was done.
    ///
    /// Files that are as they are to be keep their time of modification. Where the folder holds
    /// anything that docwright did not write, nothing is done at all.
    pub fn write(&self, files: &Files) -> Result<Vec<Difference>, OutputError> {
        self.finish()?;
        let differences = self.compare(files)?;
        self.apply(&differences)?;
        Ok(differences)
    }

    /// Does away with differences.
    pub(crate) fn apply(&self, differences: &[Difference]) -> Result<(), OutputError> {
        if differences.is_empty() {
            return Ok(());
        }
        let stage = Stage::of(self);
        stage.prepare(differences)?;
        stage.commit(differences)?;
        stage.finish()
    }

    /// Completes a write that was interrupted behind its point of no return. An interrupted write
    /// that had not come so far has changed nothing, and the next one throws its remains away.
    pub fn finish(&self) -> Result<(), OutputError> {
        self.refuse_file()?;
        Stage::of(self).finish()
    }

    /// Refuses a folder with a write that was interrupted behind its point of no return: what it holds
    /// is neither the old state nor the new one.
    pub(crate) fn refuse_unfinished(&self) -> Result<(), OutputError> {
        self.refuse_file()?;
        match Stage::of(self).is_committed()? {
            true => Err(OutputError::Unfinished {
                label: self.label().to_owned(),
            }),
            false => Ok(()),
        }
    }

    /// Refuses a file where the folder should be.
    fn refuse_file(&self) -> Result<(), OutputError> {
        match self.path().is_file() {
            true => Err(OutputError::Io {
                path: self.label().to_owned(),
                error: io::Error::new(ErrorKind::NotADirectory, "is no folder for a crate"),
            }),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use tempfile::TempDir;

    use super::*;
    use crate::diagnostic::Code;
    use crate::output::Change;

    fn folder() -> (TempDir, OutputFolder) {
        let home = tempfile::tempdir().unwrap();
        let folder = OutputFolder::new(home.path().join("out"), "generated");
        (home, folder)
    }

    fn files(texts: &[(&str, &str)]) -> Files {
        let mut files = Files::default();
        for &(path, text) in texts {
            files.insert(path, text).unwrap();
        }
        files
    }

    /// Paths and texts on disk, without docwright's own files.
    fn on_disk(folder: &OutputFolder) -> Vec<(String, String)> {
        fn walk(folder: &OutputFolder, at: &str, found: &mut Vec<(String, String)>) {
            for entry in fs::read_dir(folder.path().join(at)).unwrap() {
                let entry = entry.unwrap();
                let path = format!("{at}{}", entry.file_name().to_str().unwrap());
                match fs::read_to_string(entry.path()) {
                    _ if path.starts_with(".docwright") => {}
                    Ok(text) => found.push((path, text)),
                    Err(_) => walk(folder, &format!("{path}/"), found),
                }
            }
        }
        let mut found = Vec::new();
        walk(folder, "", &mut found);
        found.sort();
        found
    }

    fn texts(texts: &[(&str, &str)]) -> Vec<(String, String)> {
        texts
            .iter()
            .map(|&(path, text)| (path.to_owned(), text.to_owned()))
            .collect()
    }

    const OLD: &[(&str, &str)] = &[("a.rs", "a"), ("old/b.rs", "b"), ("same.rs", "same")];
    const NEW: &[(&str, &str)] = &[("a.rs", "A"), ("new/c.rs", "c"), ("same.rs", "same")];

    #[test]
    fn what_differs_is_written_and_what_is_not_made_any_more_is_removed() {
        let (_home, folder) = folder();
        folder.write(&files(OLD)).unwrap();
        assert_eq!(on_disk(&folder), texts(OLD));
        fs::write(folder.path().join("Cargo.lock"), "").unwrap();
        let modified = || {
            fs::metadata(folder.path().join("same.rs"))
                .unwrap()
                .modified()
                .unwrap()
        };
        let before = modified();

        let done = folder.write(&files(NEW)).unwrap();
        let done: Vec<_> = done.iter().map(|d| (d.path.as_str(), d.change())).collect();
        assert_eq!(
            done,
            [
                (".docwright", Change::Replace),
                ("a.rs", Change::Replace),
                ("new/c.rs", Change::Add),
                ("old/b.rs", Change::Remove),
            ]
        );
        fs::remove_file(folder.path().join("Cargo.lock")).unwrap();
        assert_eq!(on_disk(&folder), texts(NEW));
        assert_eq!(modified(), before);
        assert!(!folder.path().join("old").exists());
        assert!(!folder.path().join(".docwright-stage").exists());
        assert_eq!(folder.write(&files(NEW)).unwrap(), []);
    }

    #[test]
    fn files_of_others_are_all_named_and_nothing_is_written() {
        let (_home, folder) = folder();
        folder.write(&files(OLD)).unwrap();
        for name in ["mine.txt", "old/mine.rs", ".gitignore", "Cargo.lock"] {
            fs::write(folder.path().join(name), "mine").unwrap();
        }
        let before = on_disk(&folder);
        let Err(OutputError::NotOurs(findings)) = folder.write(&files(NEW)) else {
            panic!("files of others were passed over");
        };
        let places: Vec<_> = findings
            .iter()
            .map(|found| found.location.to_string())
            .collect();
        assert_eq!(
            places,
            ["generated/mine.txt:1:1", "generated/old/mine.rs:1:1"]
        );
        assert!(
            findings
                .iter()
                .all(|found| found.code == Code::OutputNotOurs)
        );
        assert_eq!(on_disk(&folder), before);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link() {
        let (home, folder) = folder();
        folder.write(&files(OLD)).unwrap();
        let outside = home.path().join("outside");
        fs::create_dir(&outside).unwrap();
        std::os::unix::fs::symlink(&outside, folder.path().join("new")).unwrap();
        assert!(matches!(
            folder.write(&files(NEW)),
            Err(OutputError::NotOurs(_))
        ));

        // The link may also appear between a crash and the run that finishes.
        fs::remove_file(folder.path().join("new")).unwrap();
        let differences = folder.compare(&files(NEW)).unwrap();
        Stage::of(&folder).prepare(&differences).unwrap();
        Stage::of(&folder).commit(&differences).unwrap();
        std::os::unix::fs::symlink(&outside, folder.path().join("new")).unwrap();
        assert!(folder.finish().is_err());
        assert_eq!(fs::read_dir(&outside).unwrap().count(), 0);
    }

    #[test]
    fn a_crash_before_the_commit_leaves_the_old_state() {
        let (_home, folder) = folder();
        folder.write(&files(OLD)).unwrap();
        let differences = folder.compare(&files(NEW)).unwrap();
        Stage::of(&folder).prepare(&differences).unwrap();

        folder.finish().unwrap();
        assert_eq!(on_disk(&folder), texts(OLD));
        folder.write(&files(NEW)).unwrap();
        assert_eq!(on_disk(&folder), texts(NEW));
    }

    #[test]
    fn a_crash_behind_the_commit_is_finished_from_any_point() {
        let steps: [fn(&OutputFolder); 4] = [
            |_| (),
            |folder| fs::remove_file(folder.path().join("old/b.rs")).unwrap(),
            |folder| rename_staged(folder, "a.rs"),
            |folder| {
                fs::create_dir(folder.path().join("new")).unwrap();
                rename_staged(folder, "new/c.rs");
            },
        ];
        for reached in 0..steps.len() {
            let (_home, folder) = folder();
            folder.write(&files(OLD)).unwrap();
            let differences = folder.compare(&files(NEW)).unwrap();
            Stage::of(&folder).prepare(&differences).unwrap();
            Stage::of(&folder).commit(&differences).unwrap();
            steps[..=reached].iter().for_each(|step| step(&folder));

            folder.finish().unwrap();
            assert_eq!(on_disk(&folder), texts(NEW), "after step {reached}");
            assert_eq!(folder.compare(&files(NEW)).unwrap(), []);
            assert!(!folder.path().join(".docwright-stage").exists());
        }
    }

    #[test]
    fn a_stage_of_somebody_else_changes_nothing() {
        type Change = fn(&Path);
        let cases: [Change; 6] = [
            |out| fs::write(out.join(".docwright-stage/commit"), "remove mine.txt\n").unwrap(),
            |out| fs::write(out.join(".docwright-stage/commit"), "remove .docwright\n").unwrap(),
            |out| fs::write(out.join(".docwright-stage/commit"), "remove ../mine.txt\n").unwrap(),
            |out| fs::write(out.join(".docwright-stage/files/mine.txt"), "theirs").unwrap(),
            // What is on no list would be somebody else's as soon as it is there.
            |out| fs::write(out.join(".docwright-stage/files/new.rs"), "theirs").unwrap(),
            |out| {
                let files = out.join(".docwright-stage/files");
                fs::write(files.join(".docwright"), "mine.txt\n").unwrap();
                fs::write(files.join("mine.txt"), "theirs").unwrap();
            },
        ];
        for (index, change) in cases.into_iter().enumerate() {
            let (home, folder) = folder();
            folder.write(&files(OLD)).unwrap();
            for mine in [home.path(), folder.path()] {
                fs::write(mine.join("mine.txt"), "mine").unwrap();
            }
            let before = on_disk(&folder);
            fs::create_dir_all(folder.path().join(".docwright-stage/files")).unwrap();
            fs::write(folder.path().join(".docwright-stage/commit"), "").unwrap();
            change(folder.path());
            assert!(folder.finish().is_err(), "case {index}");
            assert_eq!(on_disk(&folder), before, "case {index}");
            assert!(folder.path().join(".docwright").is_file(), "case {index}");
            assert!(home.path().join("mine.txt").is_file(), "case {index}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_stage_brings_no_links() {
        let (home, folder) = folder();
        folder.write(&files(OLD)).unwrap();
        let staged = folder.path().join(".docwright-stage/files/src");
        fs::create_dir_all(&staged).unwrap();
        fs::write(folder.path().join(".docwright-stage/commit"), "").unwrap();
        for link in ["src/link.rs", "new"] {
            let link = folder.path().join(".docwright-stage/files").join(link);
            std::os::unix::fs::symlink(home.path(), &link).unwrap();
            assert!(folder.finish().is_err(), "{link:?}");
            fs::remove_file(&link).unwrap();
        }
        folder.finish().unwrap();
    }

    #[test]
    fn a_file_that_made_room_for_a_folder_is_not_removed_again() {
        let (_home, folder) = folder();
        folder.write(&files(&[("a", "a"), ("b", "b")])).unwrap();
        let new = files(&[("a/c.rs", "c"), ("b", "B")]);
        let differences = folder.compare(&new).unwrap();
        Stage::of(&folder).prepare(&differences).unwrap();
        Stage::of(&folder).commit(&differences).unwrap();
        fs::remove_file(folder.path().join("a")).unwrap();
        rename_staged(&folder, "a");
        folder.finish().unwrap();
        assert_eq!(on_disk(&folder), texts(&[("a/c.rs", "c"), ("b", "B")]));
    }

    fn rename_staged(folder: &OutputFolder, path: &str) {
        let staged = folder.path().join(".docwright-stage/files").join(path);
        fs::rename(staged, folder.path().join(path)).unwrap();
    }
}
