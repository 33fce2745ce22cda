//! Tables of the members of enumerations, and the headings that name these.

use super::table::NamedRow;
use crate::source::Span;

/// The members of an enumeration.
#[derive(Debug)]
pub struct MemberTable<'a> {
    /// The name of the enumeration; absent where it is that of the page.
    pub name: Option<String>,
    /// Whether the heading says that a value may be several members at once.
    pub flags: bool,
    /// The members.
    pub rows: Vec<NamedRow<'a>>,
    /// The place of the heading.
    pub span: Span,
}

impl<'a> MemberTable<'a> {
    /// A table without rows yet below a heading, `sensitivity values` or on a page of its own `Members`.
    /// A heading of more words names no type: `Group visibility options`. Neither does one whose first word is
    /// none: `## Members` where those marks are part of the text.
    pub(super) fn below(title: &str, span: Span) -> Option<Self> {
        let words: Vec<&str> = title.split_whitespace().collect();
        let name = match words.as_slice() {
            [_] => None,
            [name, _] if name.contains(char::is_alphanumeric) => Some((*name).to_owned()),
            _ => return None,
        };
        Some(Self {
            name,
            // A word of its own: `followupFlagStatus values` are no flags.
            flags: words.iter().any(|word| word.eq_ignore_ascii_case("flags")),
            rows: Vec::new(),
            span,
        })
    }
}

impl MemberTable<'_> {
    /// Whether the heading names an enumeration so, in whichever case.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        let own = self.name.as_deref();
        own.is_some_and(|own| own.eq_ignore_ascii_case(name))
    }
}

/// What a description says from where it announces possible values.
pub(crate) fn possible_values(description: &str) -> Option<&str> {
    let at = description.to_lowercase().find("possible value")?;
    description.get(at..)
}
