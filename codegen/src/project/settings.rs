//! Which settings are those of a project.

use std::path::{Path, PathBuf};

use super::paths::{clean, relative, with_slashes};
use crate::config::{self, Config, ConfigError};

/// The settings of a project, and where they were found.
pub(super) struct Settings {
    /// The file that has them; none where everything is as usual.
    pub(super) file: Option<PathBuf>,
    pub(super) config: Config,
    /// A file whose settings are not meant, as seen from the working folder.
    pub(super) set_aside: Option<String>,
}

impl Settings {
    /// Those of the file that is given, or else of the first that is found in the folder `from` or above it.
    pub(super) fn of(
        from: &Path,
        given: Option<PathBuf>,
        docs: Option<&Path>,
    ) -> Result<Self, ConfigError> {
        let is_given = given.is_some();
        let Some(file) = given.or_else(|| find_config(from)) else {
            return Ok(Self::usual(None));
        };
        let config = Config::read(&file)?;
        match docs {
            Some(docs) if !is_given && !is_meant(&file, &config, docs) => {
                Ok(Self::usual(Some(with_slashes(&relative(from, &file)))))
            }
            _ => Ok(Self {
                file: Some(file),
                config,
                set_aside: None,
            }),
        }
    }

    fn usual(set_aside: Option<String>) -> Self {
        Self {
            file: None,
            config: Config::default(),
            set_aside,
        }
    }
}

/// Whether settings that were found are those of a folder of pages: it is in their folder, or in the
/// folder of pages that they name.
fn is_meant(file: &Path, config: &Config, docs: &Path) -> bool {
    let root = file.parent().unwrap_or(file);
    let named = config.docs.as_ref().map(|named| clean(&root.join(named)));
    docs.starts_with(root) || named.is_some_and(|named| docs.starts_with(named))
}

/// The file with the settings in a folder, or else in the nearest above it.
pub(crate) fn find_config(from: &Path) -> Option<PathBuf> {
    let mut candidates = from
        .ancestors()
        .map(|folder| folder.join(config::FILE_NAME));
    candidates.find(|path| path.is_file())
}
