//! Enumerations from tables of members and from lists of words.

use super::titles::title_name;
use super::types::Types;
use super::{finding, full_name, source};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Enumeration, Member};
use crate::page::members::possible_values;
use crate::page::{MemberTable, Page};
use crate::words::lower;

/// Defines the enumerations that have a table of their members.
pub(super) fn define_tables(
    pages: &[Page<'_>],
    types: &mut Types,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for page in pages {
        for table in &page.members {
            let Some(enumeration) = enumeration(page, table) else {
                continue;
            };
            let name = enumeration.name.clone();
            if let Some(first) = types.enumeration(enumeration) {
                let path = &pages[first.page.0 as usize].file.path;
                let message = format!("`{name}` has other members in {path}:{}", first.line);
                let help = "those count: give one of the two another name";
                let found = finding(Code::EnumTwice, page, table.span, message);
                diagnostics.push(found.with_help(help));
            }
        }
    }
}

/// Defines the enumerations that rows name as their types and list in their descriptions.
pub(super) fn define_lists(pages: &[Page<'_>], types: &mut Types) {
    for page in pages {
        define_words(page, types);
    }
}

/// The enumeration of a table of members; the heading names it, or the title of a page of its own.
fn enumeration(page: &Page<'_>, table: &MemberTable<'_>) -> Option<Enumeration> {
    let (name, description) = match &table.name {
        Some(name) => (name.as_str(), String::new()),
        None => (title_name(page)?, page.description.to_string()),
    };
    let (namespace, short) = full_name(page, name);
    let members = table.rows.iter().map(|row| Member {
        name: row.name.to_string(),
        value: row.value,
        description: row.description.clone().into_owned(),
        source: source(page, row.span),
    });
    Some(Enumeration {
        name: first_lower(short),
        namespace: namespace.to_owned(),
        flags: table.flags || may_be_several(&description),
        description,
        members: members.collect(),
        source: source(page, table.span),
    })
}

/// Adds to an enumeration what another table of its name says of it: one often lists the members, and
/// another describes them. Nothing is added where they have no member in common, and so are about
/// different things; gives back whether they have.
pub(super) fn merge(known: &mut Enumeration, other: Enumeration) -> bool {
    let place = |known: &Enumeration, name: &str| {
        let mut members = known.members.iter();
        members.position(|member| member.name == name)
    };
    let mut others = other.members.iter();
    if !others.any(|member| place(known, &member.name).is_some()) {
        return false;
    }
    known.flags |= other.flags;
    for member in other.members {
        match place(known, &member.name) {
            None => known.members.push(member),
            Some(at) => {
                let known = &mut known.members[at];
                known.value = known.value.or(member.value);
                if known.description.is_empty() {
                    known.description = member.description;
                    known.source = member.source;
                }
            }
        }
    }
    true
}

/// Defines the enumerations that a page names as types of rows and lists in their descriptions.
fn define_words(page: &Page<'_>, types: &mut Types) {
    for (row, name) in page.rows_of_own_types() {
        if types.find(name, page.namespace.as_deref()).is_some() {
            continue;
        }
        let words = listed_words(&row.description);
        if words.is_empty() {
            continue;
        }
        let (namespace, short) = full_name(page, name);
        let members = words.into_iter().map(|word| Member {
            name: word,
            value: None,
            description: String::new(),
            source: source(page, row.span),
        });
        types.enumeration(Enumeration {
            name: short.to_owned(),
            namespace: namespace.to_owned(),
            description: String::new(),
            flags: may_be_several(&row.description),
            members: members.collect(),
            source: source(page, row.span),
        });
    }
}

/// Whether a description says of an enumeration that a value may be several of its members at once.
fn may_be_several(description: &str) -> bool {
    let text = lower(description);
    let words = ["flag", "flags", "flagged", "multivalued", "multi-valued"];
    let mut kinds = words.iter().map(|word| format!("{word} enum"));
    text.contains("enum") && kinds.any(|kind| text.contains(&kind))
}

/// The words that a description lists as possible values, in code spans.
fn listed_words(description: &str) -> Vec<String> {
    let Some(list) = possible_values(description) else {
        return Vec::new();
    };
    let mut words: Vec<String> = Vec::new();
    for code in list.split('`').skip(1).step_by(2) {
        for word in code.split(',') {
            let word = word.trim().trim_matches(['"', '\'']);
            let is_word = !word.is_empty()
                && word
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
            if is_word && !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
    }
    words
}

fn first_lower(name: &str) -> String {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_words_are_those_in_code_behind_the_announcement() {
        let text = "The `state`. Possible values are: `low`, `high,unknownFutureValue`. See `x y`.";
        assert_eq!(listed_words(text), ["low", "high", "unknownFutureValue"]);
        assert!(listed_words("Such as `a` or `b`.").is_empty());
    }
}
