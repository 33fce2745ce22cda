//! Enumerations from tables of members and from lists of words.

use std::cell::LazyCell;

use foldhash::HashSet;

use super::Types;
use crate::assemble::{finding, full_name, located, source};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Enumeration, Member, Primitive, Source, TypeKind, split_name};
use crate::page::table::NamedRow;
use crate::page::table::members::{
    listed_values, named_values, numbered_values, possible_values, values_alone,
};
use crate::page::type_name::Name;
use crate::page::{MemberTable, Page};
use crate::source::Span;
use crate::text::{is_word, lower, strip_start};
use crate::words::upper_camel;

/// Defines the enumerations that have a table of their members.
pub(super) fn define_tables(
    pages: &[Page<'_>],
    types: &mut Types,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let given = LazyCell::new(|| names_given_as_types(pages));
    for page in pages {
        for table in &page.members {
            let row = row_of_text(page, table, pages, &given);
            let Some(enumeration) = enumeration(page, table, row) else {
                continue;
            };
            let name = enumeration.name.clone();
            if let Some(first) = types.enumeration(enumeration) {
                let help = "those count: give one of the two another name";
                let found = other_members(page, table.span, &name, first, pages);
                diagnostics.push(found.with_help(help));
            }
        }
    }
}

/// The finding that an enumeration has none of the members that another one of its name has elsewhere.
pub(in crate::assemble) fn other_members(
    page: &Page<'_>,
    span: Span,
    name: &str,
    first: Source,
    pages: &[Page<'_>],
) -> Diagnostic {
    let message = format!("`{name}` has other members in {}", located(pages, first));
    finding(Code::EnumTwice, page, span, message)
}

/// Defines the enumerations that rows name as their types and list in their descriptions.
pub(super) fn define_lists(
    pages: &[Page<'_>],
    types: &mut Types,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for page in pages {
        define_words(page, pages, types, diagnostics);
    }
}

/// The enumeration of a table of members; the heading names it, or the title of a page of its own.
fn enumeration(
    page: &Page<'_>,
    table: &MemberTable<'_>,
    row: Option<&NamedRow<'_>>,
) -> Option<Enumeration> {
    let description = match (row, &table.name) {
        (Some(row), _) => row.description.to_string(),
        (None, Some(_)) => String::new(),
        (None, None) => page.description.to_string(),
    };
    let of_row = row.and_then(|row| full_name_of_row(page, row));
    let (namespace, name) = match (of_row, &table.name) {
        (Some(of_row), _) => of_row,
        (None, name) => {
            let name = name.as_deref().or_else(|| page.type_in_title())?;
            let (namespace, short) = full_name(page, name);
            (namespace, first_lower(short))
        }
    };
    Some(Enumeration {
        name,
        namespace: namespace.to_owned(),
        deprecated: page.deprecated && table.name.is_none(),
        flags: table.flags || may_be_several(&description),
        text: row.is_some(),
        description,
        members: members(page, table),
        source: source(page, table.span),
    })
}

/// The members that a table lists.
pub(in crate::assemble) fn members(page: &Page<'_>, table: &MemberTable<'_>) -> Vec<Member> {
    let members = table.rows.iter().map(|row| Member {
        name: row.name.to_string(),
        value: row.value,
        description: row.description.clone().into_owned(),
        source: source(page, row.span),
    });
    members.collect()
}

/// The row that calls text what a table lists the values of: `state | String` above *State options*. A name that a
/// row anywhere gives as its type, or that a page lists the values of without such a row, is that of a type.
fn row_of_text<'p, 'a>(
    page: &'p Page<'a>,
    table: &MemberTable<'_>,
    pages: &[Page<'_>],
    given: &HashSet<String>,
) -> Option<&'p NamedRow<'a>> {
    let name = table.name.as_deref()?;
    let row = text_of(page, name)?;
    let lists_type = |page: &Page<'_>| {
        let mut tables = page.members.iter();
        tables.any(|table| table.is_named(name)) && text_of(page, name).is_none()
    };
    let is_type = given.contains(&name.to_ascii_lowercase()) || pages.iter().any(lists_type);
    (!is_type).then_some(row)
}

/// The names that rows anywhere give as their types, without namespaces and in lower case.
fn names_given_as_types(pages: &[Page<'_>]) -> HashSet<String> {
    let rows = pages.iter().flat_map(Page::rows_of_own_types);
    rows.map(|(_, ty)| split_name(ty).1.to_ascii_lowercase())
        .collect()
}

/// The row of a page that has a name and calls its values text.
fn text_of<'p, 'a>(page: &'p Page<'a>, name: &str) -> Option<&'p NamedRow<'a>> {
    let is_text = |row: &NamedRow<'_>| {
        let ty = row.ty.as_ref();
        ty.is_none_or(|ty| ty.name == Name::Primitive(Primitive::String))
    };
    page.typed_rows()
        .find(|row| row.name.eq_ignore_ascii_case(name) && is_text(row))
}

/// The namespace and the name of the enumeration that a row is about, on a page of a resource: by its own name
/// alone, the `state` of all resources would be one.
pub(super) fn full_name_of_row<'p>(
    page: &'p Page<'_>,
    row: &NamedRow<'_>,
) -> Option<(&'p str, String)> {
    let (namespace, resource) = full_name(page, page.type_in_title()?);
    let name = match strip_start(&row.name, resource) {
        Some(_) => first_lower(&row.name),
        None => first_lower(resource) + &upper_camel(&row.name),
    };
    Some((namespace, name))
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
    known.text &= other.text;
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

/// Defines the enumerations that a page names as types of rows and lists in their descriptions, and those that
/// have no name but that of their property. What has none in a request is defined once its operation is known
/// (`sent_words.rs`).
fn define_words(
    page: &Page<'_>,
    pages: &[Page<'_>],
    types: &mut Types,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for row in &page.properties {
        let Some(words) = one_of(row) else {
            continue;
        };
        if let Some((namespace, name)) = full_name_of_row(page, row) {
            types.enumeration(listed(page, row, namespace, name, words.to_vec()));
        }
    }
    for (row, name) in page.rows_of_own_types() {
        match types.find(page, name) {
            None => {}
            Some(TypeKind::Enum(id)) => {
                let known = &types.enums[id.0 as usize];
                diagnostics.extend(unlisted(page, row, known, pages));
                continue;
            }
            Some(_) => continue,
        }
        let (namespace, short) = full_name(page, name);
        let numbered = numbered_values(&row.description);
        if !numbered.is_empty() {
            let words = numbered
                .iter()
                .map(|(name, _)| (*name).to_owned())
                .collect();
            let mut enumeration = listed(page, row, namespace, short.to_owned(), words);
            let members = enumeration.members.iter_mut();
            for (member, (_, number)) in members.zip(numbered) {
                member.value = Some(number);
            }
            types.enumeration(enumeration);
            continue;
        }
        let mut words = listed_words(&row.description);
        if words.is_empty() {
            let mut named = named_values(&row.description);
            if named.is_empty() {
                named = values_alone(&row.description);
            }
            for word in named {
                if !words.iter().any(|known| known == word) {
                    words.push(word.to_owned());
                }
            }
        }
        if words.is_empty() {
            continue;
        }
        types.enumeration(listed(page, row, namespace, short.to_owned(), words));
    }
}

/// What is found wrong with the possible values that a row lists: the known members of its type have some of them,
/// and not the others.
fn unlisted(
    page: &Page<'_>,
    row: &NamedRow<'_>,
    known: &Enumeration,
    pages: &[Page<'_>],
) -> Option<Diagnostic> {
    let is_member = |word: &String| {
        let mut members = known.members.iter();
        members.any(|member| member.name.eq_ignore_ascii_case(word))
    };
    let listed = listed_values(&row.description).into_iter();
    let listed = listed.filter(|word| word != "null");
    let (members, others): (Vec<_>, Vec<_>) = listed.partition(is_member);
    if members.is_empty() || others.is_empty() {
        return None;
    }
    let others: Vec<String> = others.iter().map(|word| format!("`{word}`")).collect();
    let verb = if others.len() == 1 { "is" } else { "are" };
    let message = format!(
        "{} {verb} said to be possible, and no member of `{}`",
        others.join(", "),
        known.name
    );
    let help = format!("its members are those of {}", located(pages, known.source));
    let found = finding(Code::MemberUnknown, page, row.span, message);
    Some(found.with_help(help))
}

/// The words that a row lists of which its value is one.
pub(in crate::assemble) fn one_of<'r>(row: &'r NamedRow<'_>) -> Option<&'r [String]> {
    match &row.ty.as_ref()?.name {
        Name::OneOf(words) => Some(words),
        _ => None,
    }
}

/// The enumeration of the words that a row lists.
pub(in crate::assemble) fn listed(
    page: &Page<'_>,
    row: &NamedRow<'_>,
    namespace: &str,
    name: String,
    words: Vec<String>,
) -> Enumeration {
    let members = words.into_iter().map(|word| Member {
        name: word,
        value: None,
        description: String::new(),
        source: source(page, row.span),
    });
    Enumeration {
        name,
        namespace: namespace.to_owned(),
        description: String::new(),
        deprecated: false,
        flags: may_be_several(&row.description),
        text: false,
        members: members.collect(),
        source: source(page, row.span),
    }
}

/// Whether a description says of an enumeration that a value may be several of its members at once.
fn may_be_several(description: &str) -> bool {
    let text = lower(description);
    let words = ["flag", "flags", "flagged", "multivalued", "multi-valued"];
    let mut kinds = words.iter().map(|word| format!("{word} enum"));
    text.contains("enum") && kinds.any(|kind| text.contains(&kind))
}

/// The words that a description lists as possible values, in code spans. What a sentence has behind an option of the
/// query are its operators: `` Supports `$filter` (`eq`, `ne`) ``.
fn listed_words(description: &str) -> Vec<String> {
    let Some(list) = possible_values(description) else {
        return Vec::new();
    };
    let mut words: Vec<String> = Vec::new();
    let mut of_option = false;
    let mut parts = list.split('`');
    while let (Some(before), Some(code)) = (parts.next(), parts.next()) {
        let is_same_sentence = of_option && !before.contains(". ");
        of_option = is_same_sentence || code.starts_with('$');
        if of_option {
            continue;
        }
        for word in code.split(',') {
            let word = word.trim().trim_matches(['"', '\'']);
            if is_word(word) && !words.iter().any(|known| known == word) {
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
        let text = "Possible values: `low`, `high`. Supports `$filter` (`eq`) and `$orderby`. The value `any` is both.";
        assert_eq!(listed_words(text), ["low", "high", "any"]);
        assert_eq!(listed_words("Allowed values: `a`, `b`."), ["a", "b"]);
        assert!(listed_words("Unsupported values: `a`, `b`.").is_empty());
        assert!(listed_words("Such as `a` or `b`.").is_empty());
    }
}
