//! Titles of pages that define types.

use crate::nearness::nearest;
use crate::page::Page;
use crate::text::strip_end;

/// What may stand behind the name in the title of a page that defines a type.
const KINDS: [&str; 7] = [
    "resource",
    "enum",
    "enumeration",
    "complex",
    "facet",
    "entity",
    "object",
];

impl Page<'_> {
    /// The name of a type in the title, as in `profilePhoto resource type`.
    pub(crate) fn type_in_title(&self) -> Option<&str> {
        named_type(&self.title).map(|(name, _)| name)
    }
}

/// The name of a type in a title, and whether the title calls it one, as `profilePhoto resource type` and `The photo
/// object` do.
pub(in crate::page) fn named_type(title: &str) -> Option<(&str, bool)> {
    // A remark may stand behind it: `photo (preview)`.
    let remark = title.strip_suffix(')').and_then(|it| it.rsplit_once(" ("));
    let title = remark.map_or(title, |(bare, _)| bare);
    // The overview of an API may be the page of its type as well: `The kites API and the kite resource type`.
    let beside = strip_end(title, " type").and_then(|it| it.rsplit_once(" and the "));
    let title = beside.map_or(title, |(before, _)| {
        &title[before.len() + " and the ".len()..]
    });
    let mut words = title.split_whitespace().peekable();
    let has_article = words
        .next_if(|word| word.eq_ignore_ascii_case("the"))
        .is_some();
    let name = words.next()?;
    let mut letters = name.bytes();
    let is_name = letters.all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'_')
        && name.bytes().any(|b| b.is_ascii_alphabetic())
        && !name.ends_with('.');
    let kind = words.next();
    let is_called = kind.is_some_and(is_kind) || slip(title).is_some();
    (is_name && (is_called || kind.is_none() && !has_article)).then_some((name, is_called))
}

/// Whether a title calls what it names an enumeration: `kiteColor enum type`.
pub(in crate::page) fn is_of_enumeration(title: &str) -> bool {
    let mut words = title.split_whitespace().skip(1);
    words.any(|word| {
        ["enum", "enumeration"]
            .iter()
            .any(|it| it.eq_ignore_ascii_case(word))
    }) && named_type(title).is_some_and(|(_, is_called)| is_called)
}

/// The word that a title has with a slip in it between a name and *type*, and how it is written: `kite resorce type`.
pub(in crate::page) fn slip(title: &str) -> Option<(&str, &'static str)> {
    let before = strip_end(title, " type")?;
    let (name, word) = before.split_once(' ')?;
    if is_kind(word) || name.eq_ignore_ascii_case("the") {
        return None;
    }
    Some((word, nearest(word, KINDS)?))
}

fn is_kind(word: &str) -> bool {
    KINDS.iter().any(|kind| kind.eq_ignore_ascii_case(word))
}
