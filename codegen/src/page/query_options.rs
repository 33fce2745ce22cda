//! OData's query options, as tables and sentences name them.

use crate::vocabulary::QueryOption;

/// Which of OData's query options a page says that it supports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryOptions {
    /// Those that it names.
    pub named: Vec<QueryOption>,
    /// Those that it says are not supported, if only for some of what comes back.
    pub refused: Vec<QueryOption>,
    /// Whether it says that OData's options are supported without naming them.
    pub any: bool,
}

impl QueryOptions {
    /// Adds one, if it is not there yet.
    pub(super) fn add(&mut self, option: QueryOption) {
        if !self.named.contains(&option) {
            self.named.push(option);
        }
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
                self.refused.extend(named);
                continue;
            }
            self.any |= named.is_empty() && sentence.to_lowercase().contains("odata");
            named.into_iter().for_each(|option| self.add(option));
        }
    }
}

/// Whether a sentence says that something is not supported.
fn is_refusal(sentence: &str) -> bool {
    let said = ["not support", "n't support", "n’t support"];
    said.iter().any(|said| sentence.contains(said))
}
