//! The texts of the pages, for whoever wants to see where something was read.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use docwright::source::SourceFile;

/// Where the texts are.
#[derive(Debug)]
pub(crate) enum Pages {
    /// In a folder, of which a label stands in the paths of the pages. They are shown as they are
    /// there now.
    Folder(PathBuf, String),
    /// In memory, by the paths of the pages.
    Texts(BTreeMap<String, Cow<'static, str>>),
}

impl Pages {
    /// The text of the page with a path, which has to be one of those that were read: the folder has
    /// other files.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        let text = match self {
            Self::Folder(folder, label) => {
                let file = path.strip_prefix(label.as_str())?;
                let text = fs::read(folder.join(file.trim_start_matches('/'))).ok()?;
                String::from_utf8_lossy(&text).into_owned()
            }
            Self::Texts(texts) => texts.get(path)?.clone().into_owned(),
        };
        Some(SourceFile::new(path, text).text)
    }
}
