//! OData's query options, as tables and sentences name them.

use crate::vocabulary::QueryOption;

/// Which of OData's query options a page says that it supports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryOptions {
    /// Those that it names.
    pub named: Vec<QueryOption>,
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

    /// Adds what a sentence names.
    pub(super) fn read(&mut self, text: &str) {
        let words = text.split(|c: char| c != '$' && !c.is_ascii_alphabetic());
        let named: Vec<_> = match text.contains('$') {
            true => words.filter_map(query_option).collect(),
            // As in most sentences.
            false => Vec::new(),
        };
        self.any |= named.is_empty() && text.to_lowercase().contains("odata");
        named.into_iter().for_each(|option| self.add(option));
    }
}

/// The query option of a name such as `$top`.
pub(super) fn query_option(name: &str) -> Option<QueryOption> {
    let name = name.strip_prefix('$')?;
    Some(match name.to_ascii_lowercase().as_str() {
        "select" => QueryOption::Select,
        "expand" => QueryOption::Expand,
        "filter" => QueryOption::Filter,
        "orderby" => QueryOption::OrderBy,
        "top" => QueryOption::Top,
        "skip" => QueryOption::Skip,
        "search" => QueryOption::Search,
        "count" => QueryOption::Count,
        "skiptoken" => QueryOption::SkipToken,
        "format" => QueryOption::Format,
        _ => return None,
    })
}
