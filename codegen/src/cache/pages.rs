//! What was seen of the pages, as lines of text: one for each, with the digest of its text, its stamp and
//! its name, and tabs between them.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::seal;
use crate::stamp::Seen;

const FORMAT: &str = "docwright pages 1";

/// What was seen of each page that has a stamp, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pages(BTreeMap<String, Seen>);

impl Pages {
    /// What was seen of a page.
    pub(crate) fn get(&self, name: &str) -> Option<Seen> {
        self.0.get(name).copied()
    }

    /// Reads what was written; `None` where it is not as it was.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = seal::opened(text)?.lines();
        if lines.next()? != FORMAT {
            return None;
        }
        let page = |line: &str| {
            let mut words = line.splitn(3, '\t');
            let (text, stamp, name) = (words.next()?, words.next()?, words.next()?);
            let seen = Seen {
                text: text.parse().ok()?,
                stamp: Some(stamp.parse().ok()?),
            };
            Some((name.to_owned(), seen))
        };
        lines.map(page).collect::<Option<_>>().map(Self)
    }
}

impl<'n> FromIterator<(&'n str, Seen)> for Pages {
    fn from_iter<I: IntoIterator<Item = (&'n str, Seen)>>(pages: I) -> Self {
        // A name with a line end in it would be two lines.
        let pages = pages.into_iter();
        let pages =
            pages.filter(|(name, seen)| seen.stamp.is_some() && !name.contains(['\n', '\r']));
        Self(pages.map(|(name, seen)| (name.to_owned(), seen)).collect())
    }
}

impl fmt::Display for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut body = FORMAT.to_owned();
        for (name, seen) in &self.0 {
            if let Some(stamp) = seen.stamp {
                write!(body, "\n{}\t{stamp}\t{name}", seen.text)?;
            }
        }
        f.write_str(&seal::sealed(&body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;

    #[test]
    fn what_was_seen_of_pages_reads_what_it_writes() {
        let seen = |stamp: Option<&str>| Seen {
            text: Digest::of(b"text"),
            stamp: stamp.map(|stamp| stamp.parse().unwrap()),
        };
        let stamped = ("docs/a b.md", seen(Some("1 2 3 4")));
        let others = [("docs/new.md", seen(None)), ("docs/\n.md", stamped.1)];
        let pages: Pages = others.into_iter().chain([stamped]).collect();
        assert_eq!(pages.get("docs/a b.md"), Some(stamped.1));
        assert_eq!(pages.get("docs/new.md"), None);
        let text = pages.to_string();
        assert_eq!(Pages::parse(&text), Some(pages));
        assert_eq!(Pages::parse(&text.replace("a b", "b")), None);
        assert_eq!(Pages::parse(""), None);
    }
}
