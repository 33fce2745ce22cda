//! What a file was made of, told without making it.

use std::fmt;
use std::hash::Hash;

use xxhash_rust::xxh3::Xxh3;

use crate::digest::Digest;

/// The digits of a key.
const KEY: usize = 16;

/// The digits of a digest.
const DIGEST: usize = 32;

/// What a thing is known by from one run to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key(u64);

impl Key {
    /// The key of a name.
    pub(crate) fn of(name: &(impl Hash + ?Sized)) -> Self {
        let mut key = Xxh3::new();
        name.hash(&mut key);
        Self(key.digest())
    }
}

/// The things that a file asked for while it was made, and their digest.
///
/// It is the text that is kept, since most runs need those of no file or few.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reads(String);

impl Reads {
    pub(crate) fn new(digest: Digest, keys: &[Key]) -> Self {
        let keys = keys.iter().map(|Key(key)| format!("{key:016x}"));
        Self(digest.to_string() + &keys.collect::<String>())
    }

    /// What was written; what is no such thing fits nothing.
    pub(super) fn parse(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The digest of the things as they were; `None` where there is none.
    pub(crate) fn digest(&self) -> Option<Digest> {
        self.0.get(..DIGEST)?.parse().ok()
    }

    /// What the things are known by.
    pub(crate) fn keys(&self) -> impl Iterator<Item = Key> {
        let keys = self.0.as_bytes().get(DIGEST..).unwrap_or_default();
        keys.chunks(KEY).map(|digits| {
            let digits = std::str::from_utf8(digits).unwrap_or_default();
            // What is no number is the key of nothing.
            Key(u64::from_str_radix(digits, 16).unwrap_or(0))
        })
    }
}

impl fmt::Display for Reads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
