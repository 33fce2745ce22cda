//! The texts in paths, each in one spelling wherever it stands.

use foldhash::HashMap;

use crate::text::lower;

/// A text in whichever spelling: two that differ in case alone are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TextId(usize);

/// A text as a line writes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spelling {
    pub(super) text: TextId,
    /// Which of its spellings it is.
    index: usize,
}

/// All texts, with their spellings.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    /// The spellings of each text in the order in which they are met.
    texts: Vec<Vec<Written>>,
    by_lower: HashMap<String, TextId>,
    by_text: HashMap<String, Spelling>,
}

/// A spelling, and who writes so.
#[derive(Debug)]
struct Written {
    text: String,
    /// How many pages have it: many lines of one page are one vote.
    pages: u32,
    /// The last of them.
    last: usize,
}

impl Spellings {
    /// Counts a text that a page writes, and says which spelling of which it is.
    pub(super) fn add(&mut self, written: &str, page: usize) -> Spelling {
        if let Some(&known) = self.by_text.get(written) {
            let spelling = &mut self.texts[known.text.0][known.index];
            spelling.pages += u32::from(spelling.last != page);
            spelling.last = page;
            return known;
        }
        let next = TextId(self.texts.len());
        let lower = lower(written).into_owned();
        let text = *self.by_lower.entry(lower).or_insert(next);
        if text == next {
            self.texts.push(Vec::new());
        }
        let spellings = &mut self.texts[text.0];
        let index = spellings.len();
        spellings.push(Written {
            text: written.to_owned(),
            pages: 1,
            last: page,
        });
        let spelling = Spelling { text, index };
        self.by_text.insert(written.to_owned(), spelling);
        spelling
    }

    /// A text as a line writes it.
    pub(super) fn written(&self, spelling: Spelling) -> &str {
        &self.texts[spelling.text.0][spelling.index].text
    }

    /// The spelling of each text, by its id: the most deliberate one, in which most words begin with a capital, and
    /// then the one of most pages. One that twice as many pages write otherwise is a slip, however it looks.
    pub(super) fn best(&self) -> Vec<&str> {
        let best = self.texts.iter().map(|spellings| {
            let most = spellings.iter().map(|it| it.pages).max().unwrap_or(0);
            let spellings = spellings.iter().filter(|it| it.pages * 2 > most);
            let best = spellings.max_by_key(|it| {
                let begins_small = it.text.starts_with(|c: char| c.is_ascii_lowercase());
                (words(&it.text), it.pages, begins_small, &it.text)
            });
            best.map_or("", |it| it.text.as_str())
        });
        best.collect()
    }
}

/// How many words within a text begin with a capital: one in `mailFolders`, and none in `USERS`.
fn words(text: &str) -> usize {
    let pairs = text.as_bytes().windows(2);
    let begins = |pair: &&[u8]| !pair[0].is_ascii_uppercase() && pair[1].is_ascii_uppercase();
    pairs.filter(begins).count()
}

impl TextId {
    /// The index of the text.
    pub(super) fn index(self) -> usize {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is best of some texts, each on a page of its own.
    fn best(texts: &[&str]) -> String {
        let mut spellings = Spellings::default();
        let written = texts.iter().zip(0..);
        let written: Vec<_> = written
            .map(|(text, page)| spellings.add(text, page))
            .collect();
        let shown = written.iter().map(|&it| spellings.written(it));
        assert!(shown.eq(texts.iter().copied()));
        let best = spellings.best();
        assert!(written.iter().all(|it| it.text == written[0].text));
        best[written[0].text.index()].to_owned()
    }

    #[test]
    fn the_most_deliberate_spelling_is_the_best_and_then_that_of_most_pages() {
        assert_eq!(best(&["mailfolders", "mailFolders"]), "mailFolders");
        let two_of_five = ["mailfolders", "mailFolders", "mailfolders"];
        assert_eq!(
            best(&[&two_of_five[..], &two_of_five[..2]].concat()),
            "mailFolders"
        );
        assert_eq!(best(&["Users", "users", "users"]), "users");
        assert_eq!(best(&["USERS", "users"]), "users");
        assert_eq!(best(&["webURL", "webUrl", "webUrl", "weburl"]), "webUrl");
    }

    #[test]
    fn one_page_does_not_outvote_the_others() {
        assert_eq!(best(&["messages", "mesSages", "messages"]), "messages");
        let mut spellings = Spellings::default();
        let lines = ["Users", "Users", "Users", "users", "users"].into_iter();
        let pages = [1, 1, 1, 2, 3];
        let written = lines
            .zip(pages)
            .map(|(text, page)| spellings.add(text, page));
        let text = written.last().unwrap().text;
        assert_eq!(spellings.best()[text.index()], "users");
    }
}
