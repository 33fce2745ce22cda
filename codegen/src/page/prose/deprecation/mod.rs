//! Whether a page says of what it describes that it is deprecated now. What speaks of something else that is, or of
//! what will be one day, says nothing: to miss one is better than to warn of what is as good as ever.

mod sentence;

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::page::Page;
use crate::text::strip_start;

pub(in crate::page) use sentence::{is_said_of, is_said_of_page};

/// What stands for a remark in a description.
const NOTE: &str = "**Deprecated.**";

/// Whether a remark in parentheses says so, as in a title or behind the name in a cell: `colour (deprecated)`.
pub(in crate::page) fn is_remarked(text: &str) -> bool {
    // Few texts have a remark at all.
    if !text.ends_with(')') && !text.starts_with('(') {
        return false;
    }
    let remarks = memchr::memchr_iter(b'(', text.as_bytes());
    let mut remarks = remarks.filter_map(|at| strip_start(&text[at + 1..], "deprecated"));
    remarks.any(|behind| behind.starts_with([')', ',', ';', ' ']))
}

/// A description that says what a remark says beside it.
pub(in crate::page) fn noted<'a>(description: Cow<'a, str>) -> Cow<'a, str> {
    match &*description {
        "" => Cow::Borrowed(NOTE),
        said => format!("{NOTE} {said}").into(),
    }
}

/// Has the description of a page begin with what it says of its deprecation where that is no part of it: in a note, or
/// in the title alone.
pub(in crate::page) fn note(page: &mut Page<'_>, note: Option<String>) {
    let is_remarked = is_remarked(&page.title);
    // The docs of an operation have its title, and those of a type do not.
    let is_unsaid = is_remarked && !page.deprecated && page.routes.is_empty();
    let note = note.or_else(|| is_unsaid.then(|| NOTE.to_owned()));
    page.deprecated |= is_remarked || note.is_some();
    if let Some(note) = note {
        let description = format!("{note}\n\n{}", page.description);
        page.description = Cow::Owned(description.trim_end().to_owned());
    }
}

/// Hardly any text has the word, and the others need no closer look.
pub(in crate::page) fn has_word(text: &str) -> bool {
    static WORD: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("eprecated"));
    WORD.find(text.as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_say_it() {
        for text in [
            "colour (deprecated)",
            "(Deprecated) X-Name",
            "Get kite (deprecated, see wing)",
        ] {
            assert!(is_remarked(text), "{text}");
        }
        for text in [
            "deprecated",
            "colour (not deprecated)",
            "colour (to be deprecated)",
            "(deprecatedOn)",
        ] {
            assert!(!is_remarked(text), "{text}");
        }
    }

    #[test]
    fn a_description_says_what_the_remark_says() {
        assert_eq!(noted("".into()), "**Deprecated.**");
        assert_eq!(noted("A colour.".into()), "**Deprecated.** A colour.");
    }
}
