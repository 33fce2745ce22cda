//! OData's query options, as tables and sentences name them.

use crate::vocabulary::QueryOption;

/// Which of OData's query options a page says that it supports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryOptions {
    /// Those that it names.
    pub named: Vec<QueryOption>,
    /// Those that it says are not supported, if only for some of what comes back.
    pub refused: Vec<QueryOption>,
    /// What those that it names are of all that are supported.
    pub extent: Extent,
}

/// What the options that a page names are of all that it supports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// Nothing is said of others.
    #[default]
    Alone,
    /// It speaks of OData's options: if none is named, they are meant.
    Mentioned,
    /// Some: it says that OData's options are supported, and remarks on those that it names.
    Remarked,
    /// All: it lists what is supported.
    Listed,
}

impl QueryOptions {
    /// Adds one, if it is not there yet.
    pub(super) fn add(&mut self, option: QueryOption) {
        if !self.named.contains(&option) {
            self.named.push(option);
        }
    }

    /// Adds what a row of a table lists.
    pub(super) fn list(&mut self, option: QueryOption) {
        self.extent = Extent::Listed;
        self.add(option);
    }

    /// Adds what the sentences of a paragraph name.
    pub(super) fn read(&mut self, text: &str) {
        for sentence in text.split_inclusive(". ") {
            let words = sentence.split(|c: char| c != '$' && !c.is_ascii_alphabetic());
            let named: Vec<_> = match sentence.contains('$') {
                true => words.filter_map(QueryOption::sent_as).collect(),
                // As in most sentences.
                false => Vec::new(),
            };
            if is_refusal(sentence) {
                if named.is_empty() && is_of_others(sentence) {
                    self.extent = Extent::Listed;
                }
                self.refused.extend(named);
                continue;
            }
            if is_but_for(sentence) {
                self.extent = Extent::Remarked;
                self.refused.extend(named);
                continue;
            }
            self.extent = self.extent.max(extent(sentence, !named.is_empty()));
            named.into_iter().for_each(|option| self.add(option));
        }
    }

    /// Whether others than those that it names are supported.
    pub fn has_others(&self) -> bool {
        match self.extent {
            Extent::Alone => false,
            Extent::Mentioned | Extent::Listed => self.named.is_empty(),
            Extent::Remarked => true,
        }
    }
}

/// What a sentence says of all options that are supported. `names` is whether it names any.
fn extent(sentence: &str, names: bool) -> Extent {
    let text = sentence.trim_end().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|words| text.contains(words));
    let supported = || text.split_once("support");
    if names {
        return match supported() {
            // Those that it includes are not all.
            Some(_) if has(&["includ", "such as", "for example", "e.g."]) => match has(&[ODATA]) {
                true => Extent::Remarked,
                false => Extent::Alone,
            },
            Some((before, behind)) if behind.contains('$') && is_of_operation(before) => {
                Extent::Listed
            }
            _ => Extent::Alone,
        };
    }
    // Behind these words stands the list.
    let announces = || text.ends_with(':') || text.contains("following");
    match supported() {
        Some(_) if announces() && has(&["parameter", "option"]) => Extent::Listed,
        Some(_) if has(&[ODATA]) => Extent::Remarked,
        _ if has(&["odata"]) => Extent::Mentioned,
        _ => Extent::Alone,
    }
}

/// What sentences call OData's options.
const ODATA: &str = "odata query";

/// Whether the words before *support* stand for what the page documents, or nothing does, as in *supported options are*.
/// An option may be said to support something, and so may a property.
fn is_of_operation(before: &str) -> bool {
    const WORDS: [&str; 8] = [
        "method",
        "methods",
        "operation",
        "api",
        "function",
        "endpoint",
        "request",
        "call",
    ];
    let mut words = before.split(' ');
    before.is_empty() || !before.contains('$') && words.any(|word| WORDS.contains(&word))
}

/// Whether a sentence is about all options that the page does not name.
fn is_of_others(sentence: &str) -> bool {
    let mut options = ["parameters", "options"].iter();
    sentence.contains("ther ") && options.any(|options| sentence.contains(options))
}

/// Whether a sentence says that all options are supported but for those that it names.
fn is_but_for(sentence: &str) -> bool {
    // Hardly any sentence has the word.
    sentence.contains("except") && {
        let parts = sentence.split_once("except");
        parts.is_some_and(|(before, behind)| {
            before.contains("support") && !before.contains('$') && behind.contains('$')
        })
    }
}

/// Whether a sentence says that something is not supported.
pub(super) fn is_refusal(sentence: &str) -> bool {
    let said = [
        "not support",
        "n't support",
        "n’t support",
        "not currently support",
        "no support for",
    ];
    let denies = || sentence.trim_start().starts_with("No ");
    sentence.contains("support") && (denies() || said.iter().any(|said| sentence.contains(said)))
}
