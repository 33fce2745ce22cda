//! Files that are yet to be made.

use std::borrow::Borrow;

use super::contents::Contents;
use super::keys::Keys;
use crate::digest::Digest;
use crate::rust::Context;
use crate::rust::file::RustFile;

/// A file that is yet to be made, on whichever thread has time.
pub(in crate::rust) struct Draft<'a> {
    /// What a later run knows the file by; absent where it is made in every run.
    pub(super) known_by: Option<KnownBy>,
    make: Box<dyn Fn() -> RustFile + Send + Sync + 'a>,
}

/// What a file is known by before it is made.
pub(super) struct KnownBy {
    /// Its path, relative to the crate.
    pub(in crate::rust) path: String,
    /// The digest of what it is to be made of, beside what it will ask for.
    pub(in crate::rust) subject: Digest,
}

/// What a file is about.
pub(in crate::rust) trait Subject: Send + Sync {
    /// Adds all of the subject, and of things that it names the keys.
    fn digest(&self, keys: &Keys, into: &mut Contents<'_>);
}

impl<'a> Draft<'a> {
    /// A file about its subject and nothing else: a plain function has no way to what the context does
    /// not give it, and that is noted.
    pub(in crate::rust) fn of<S: Subject + 'a>(
        context: &'a Context<'_>,
        path: String,
        subject: impl Borrow<S> + Send + Sync + 'a,
        make: fn(&Context<'_>, &S) -> RustFile,
    ) -> Self {
        let mut contents = Contents::new(&context.keys);
        subject.borrow().digest(&context.keys, &mut contents);
        Self {
            known_by: Some(KnownBy {
                path,
                subject: contents.finish(),
            }),
            make: Box::new(move || make(context, subject.borrow())),
        }
    }

    /// A file about the API as a whole. There are few, and each is soon made.
    pub(in crate::rust) fn of_all(make: impl Fn() -> RustFile + Send + Sync + 'a) -> Self {
        Self {
            known_by: None,
            make: Box::new(make),
        }
    }

    /// Makes the file.
    pub(in crate::rust) fn make(&self) -> RustFile {
        (self.make)()
    }
}
