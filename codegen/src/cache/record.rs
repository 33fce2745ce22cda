//! What is kept of a run, as lines of text.
//!
//! The first line names the format, the second is of the run as a whole, then there is one for each
//! file, and the last is the digest of all before it.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::reads::Reads;
use super::seal;
use crate::digest::Digest;

const FORMAT: &str = "docwright cache 3";

/// What stands before the things that a file was made of.
const THINGS: &str = "things";

/// What stands before the digest of its tokens.
const TOKENS: &str = "tokens";

/// What a run was made of, and what it made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// The build that ran.
    pub(crate) build: Digest,
    /// Everything that it read.
    pub(crate) inputs: Digest,
    /// How many warnings and how many notes there were.
    pub(crate) findings: (usize, usize),
    /// The files that it made, by path.
    pub(crate) files: BTreeMap<String, Entry>,
}

/// A file that a run made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What it was made of.
    pub(crate) made_of: MadeOf,
    /// Its text.
    pub(crate) text: Digest,
}

/// What a file was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum MadeOf {
    /// Some things of the API. While they are as they were, the file is not made again.
    Things(Reads),
    /// The API as a whole. The file is put together in every run, and these were its tokens.
    Tokens(Digest),
}

impl Record {
    /// Reads a record; `None` where it is not as one was written.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = seal::opened(text)?.lines().filter(|line| !line.is_empty());
        if lines.next()? != FORMAT {
            return None;
        }
        let [build, inputs, warnings, notes] = words(lines.next()?)?;
        let files = lines.map(|line| {
            let [kind, made_of, text, path] = words(line)?;
            let made_of = match kind {
                THINGS => MadeOf::Things(Reads::parse(made_of)),
                _ => MadeOf::Tokens(made_of.parse().ok()?),
            };
            let text = text.parse().ok()?;
            let entry = Entry { made_of, text };
            Some((path.to_owned(), entry))
        });
        Some(Self {
            build: build.parse().ok()?,
            inputs: inputs.parse().ok()?,
            findings: (warnings.parse().ok()?, notes.parse().ok()?),
            files: files.collect::<Option<_>>()?,
        })
    }

    /// The paths of the files and the digests of their texts.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, Digest)> + Clone {
        let files = self.files.iter();
        files.map(|(path, entry)| (path.as_str(), entry.text))
    }
}

/// The words of a line, of which the last may have blanks in it.
fn words<const N: usize>(line: &str) -> Option<[&str; N]> {
    let words: Vec<&str> = line.splitn(N, ' ').collect();
    words.try_into().ok()
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (warnings, notes) = self.findings;
        let mut body = format!(
            "{FORMAT}\n{} {} {warnings} {notes}",
            self.build, self.inputs
        );
        for (path, entry) in &self.files {
            match &entry.made_of {
                MadeOf::Things(reads) => write!(body, "\n{THINGS} {reads}")?,
                MadeOf::Tokens(digest) => write!(body, "\n{TOKENS} {digest}")?,
            }
            write!(body, " {} {path}", entry.text)?;
        }
        f.write_str(&seal::sealed(&body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::Key;

    fn record() -> Record {
        let entry = |made_of| Entry {
            made_of,
            text: Digest::of(b"text"),
        };
        let things = Reads::new(Digest::of(b"things"), &[Key::of("thing")]);
        let files = [
            ("Cargo.toml", MadeOf::Tokens(Digest::of(b"tokens"))),
            ("src/a b.rs", MadeOf::Things(things)),
        ];
        Record {
            build: Digest::of(b"build"),
            inputs: Digest::of(b"inputs"),
            findings: (3, 0),
            files: files
                .map(|(path, made_of)| (path.to_owned(), entry(made_of)))
                .into(),
        }
    }

    #[test]
    fn a_record_reads_what_it_writes() {
        let text = record().to_string();
        assert_eq!(Record::parse(&text), Some(record()));
    }

    #[test]
    fn a_damaged_record_is_none() {
        let text = record().to_string();
        for end in 0..text.len() {
            assert_eq!(Record::parse(&text[..end]), None, "cut at {end}");
        }
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let damaged = String::from_utf8(bytes).unwrap();
            assert_eq!(Record::parse(&damaged), None, "changed at {at}");
        }
        assert_eq!(Record::parse(&format!("{text}{text}")), None);
    }
}
