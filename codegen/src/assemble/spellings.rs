//! The texts in paths, each in one spelling wherever it stands.

use foldhash::HashMap;

use crate::words::lower;

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
    /// The spellings of each text in the order in which they are met, and how often each is written.
    texts: Vec<Vec<(String, u32)>>,
    by_lower: HashMap<String, TextId>,
    by_text: HashMap<String, Spelling>,
}

impl Spellings {
    /// Counts a text, and says which spelling of which it is.
    pub(super) fn add(&mut self, written: &str) -> Spelling {
        if let Some(&known) = self.by_text.get(written) {
            self.texts[known.text.0][known.index].1 += 1;
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
        spellings.push((written.to_owned(), 1));
        let spelling = Spelling { text, index };
        self.by_text.insert(written.to_owned(), spelling);
        spelling
    }

    /// A text as a line writes it.
    pub(super) fn written(&self, spelling: Spelling) -> &str {
        &self.texts[spelling.text.0][spelling.index].0
    }

    /// The spelling of each text, by its id: the most deliberate one, which has the most capitals within
    /// it, then the most frequent one.
    pub(super) fn best(&self) -> Vec<&str> {
        let rank = |text: &str, count: u32| {
            let inner = text.chars().skip(1);
            let capitals = inner.filter(char::is_ascii_uppercase).count();
            let begins_small = text.starts_with(|c: char| c.is_ascii_lowercase());
            (capitals, count, begins_small)
        };
        let best = self.texts.iter().map(|spellings| {
            let spellings = spellings
                .iter()
                .map(|(text, count)| (text.as_str(), *count));
            let best = spellings.max_by_key(|&(text, count)| (rank(text, count), text));
            best.map_or("", |(text, _)| text)
        });
        best.collect()
    }
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

    #[test]
    fn the_most_deliberate_spelling_is_the_best_and_then_the_most_frequent_one() {
        let mut spellings = Spellings::default();
        let texts = [
            "mailfolders",
            "mailfolders",
            "mailFolders",
            "Users",
            "users",
            "users",
        ];
        let written = texts.map(|text| spellings.add(text));
        let best = spellings.best();
        let best = written.map(|it| best[it.text.index()]);
        assert_eq!(best[..3], ["mailFolders"; 3]);
        assert_eq!(best[3..], ["users"; 3]);
        assert_eq!(written.map(|it| spellings.written(it)), texts);
    }
}
