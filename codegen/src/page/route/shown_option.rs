//! The query strings of route lines.

use super::segment::placeholder;

/// An option of the query string that a route line shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownOption<'a> {
    /// Its name.
    pub name: &'a str,
    /// The name of the placeholder that is all of its value: `{start}`.
    pub placeholder: Option<&'a str>,
}

/// The options in a query string.
pub(super) fn all(query: &str) -> Vec<ShownOption<'_>> {
    let options = query.split('&').map(|pair| {
        let (name, value) = pair.split_once(['=', ':']).unwrap_or((pair, ""));
        let (name, value) = (name.trim(), value.trim());
        let value = value.trim_matches('\'');
        let placeholder = placeholder(value);
        ShownOption { name, placeholder }
    });
    options
        .filter(|it| !it.name.is_empty() && !it.name.contains(['{', ' ']))
        .collect()
}
