//! The headers of answers, as examples show them.

use std::collections::BTreeMap;

use super::document::Header;
use super::schemas::typed;

/// Headers that describe the body or the connection: OpenAPI tells the former in another place, and the
/// latter is no part of an API.
const IMPLIED: [&str; 6] = [
    "connection",
    "content-length",
    "content-type",
    "date",
    "keep-alive",
    "transfer-encoding",
];

/// The headers of the answers with one status, by their names.
#[derive(Default)]
pub(super) struct Headers<'a>(BTreeMap<String, (&'a str, Header<'a>)>);

impl<'a> Headers<'a> {
    /// Adds those of an answer. The first value that is shown is the example.
    pub(super) fn show(&mut self, headers: &'a [(String, String)]) {
        for (name, value) in headers {
            let folded = name.to_ascii_lowercase();
            if !IMPLIED.contains(&folded.as_str()) {
                let header = || Header {
                    schema: typed("string", None),
                    example: value,
                };
                self.0.entry(folded).or_insert_with(|| (name, header()));
            }
        }
    }

    /// The headers under their names as the pages write them.
    pub(super) fn finish(self) -> BTreeMap<&'a str, Header<'a>> {
        self.0.into_values().collect()
    }
}
