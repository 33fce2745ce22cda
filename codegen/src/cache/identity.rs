//! What a run is made of: this build of docwright, the settings and the pages.

use std::env;
use std::fmt;
use std::fs;
use std::io;
use std::time::UNIX_EPOCH;

use crate::digest::{Digest, Digester};
use crate::source::Docs;

/// Digests of everything that a run is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inputs {
    /// Of the build that runs.
    pub(crate) build: Digest,
    /// Of that, the settings and the pages.
    pub(crate) all: Digest,
}

impl Inputs {
    /// The inputs of a run with these settings; `None` where not all of them are known.
    pub(crate) fn new(settings: &impl fmt::Debug, docs: &Docs) -> Option<Self> {
        let build = build().ok()?;
        let mut all = Digester::default();
        all.digest(build);
        // What is shown of them is every setting that there is and will be.
        all.text(format_args!("{settings:?}"));
        all.digest(docs.digest()?);
        Some(Self {
            build,
            all: all.finish(),
        })
    }
}

/// Tells builds of docwright apart: by version, and by where the program lies, how large it is and
/// when it was written, since a change of our own code changes texts under the same version. To
/// digest the program would take longer than to digest the pages.
fn build() -> io::Result<Digest> {
    let path = env::current_exe()?;
    let metadata = fs::metadata(&path)?;
    let modified = metadata.modified()?.duration_since(UNIX_EPOCH);
    let modified = modified.map_err(io::Error::other)?;
    let mut build = Digester::default();
    build.text(env!("CARGO_PKG_VERSION"));
    build.bytes(path.as_os_str().as_encoded_bytes());
    build.text(metadata.len());
    build.text(modified.as_nanos());
    Ok(build.finish())
}
