//! What is kept of a run, as lines of text.
//!
//! The first line names the format, the second is of the run as a whole, then there is one for each
//! file, and the last is the digest of all before it.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::reads::Reads;
use super::seal;
use crate::digest::Digest;

const FORMAT: &str = "docwright cache 2";

/// What stands for reads that are not there.
const NONE: &str = "-";

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
    /// The things of the API that it was made of; absent where it is made in every run.
    pub(crate) reads: Option<Reads>,
    /// The tokens that were formatted.
    pub(crate) made_of: Digest,
    /// Its text.
    pub(crate) text: Digest,
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
            let [made_of, text, reads, path] = words(line)?;
            let entry = Entry {
                reads: (reads != NONE).then(|| Reads::parse(reads)),
                made_of: made_of.parse().ok()?,
                text: text.parse().ok()?,
            };
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
            write!(body, "\n{} {} ", entry.made_of, entry.text)?;
            match &entry.reads {
                Some(reads) => write!(body, "{reads} {path}")?,
                None => write!(body, "{NONE} {path}")?,
            }
        }
        f.write_str(&seal::sealed(&body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::Key;

    fn record() -> Record {
        let entry = |text: &str| Entry {
            reads: (text == "a").then(|| Reads::new(Digest::of(b"things"), &[Key::of("thing")])),
            made_of: Digest::of(text.as_bytes()),
            text: Digest::of(b"text"),
        };
        let files = [("Cargo.toml", "a"), ("src/a b.rs", "c")];
        Record {
            build: Digest::of(b"build"),
            inputs: Digest::of(b"inputs"),
            findings: (3, 0),
            files: files
                .map(|(path, text)| (path.to_owned(), entry(text)))
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
