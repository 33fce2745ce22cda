//! What the cells of a row say: the name of a thing, its type, and whether it must be given.

use std::borrow::Cow;

use smol_str::SmolStr;

use super::members::own_values;
use crate::markdown::{Cell, Document};
use crate::page::type_name::{self, Name, TypeName};
use crate::text::{all_bytes, file_stem, strip_end, strip_start, trimmed};
use crate::vocabulary::{Primitive, is_type_name};

/// The name of a header without what it is to say, which a row may be about: `Prefer: respond-async`. The
/// description begins with that then.
pub(super) fn without_preference<'a>(
    name: Cow<'a, str>,
    description: Cow<'a, str>,
) -> (Cow<'a, str>, Cow<'a, str>) {
    match name.split_once(':') {
        Some((header, value)) => {
            let value = format!("`{}`", value.trim());
            let description = match &*description {
                "" => value,
                said => format!("{value}: {said}"),
            };
            (header.trim_end().to_owned().into(), description.into())
        }
        None => (name, description),
    }
}

/// The type of a cell, which may say that there are many and leave it to its link of what:
/// `[Collection](answer.md)`. The word of a primitive type may be the name of the page to which its link leads.
pub(super) fn of_linked_items(
    document: &Document<'_>,
    cell: Option<&Cell>,
    ty: TypeName,
) -> TypeName {
    let mut links = cell
        .into_iter()
        .flat_map(|cell| document.links(&cell.inlines));
    let Name::Documented(name) = &ty.name else {
        return match links.next() {
            Some(link) => type_name::of_link(ty, &link.text, link.destination),
            None => ty,
        };
    };
    if !name.eq_ignore_ascii_case("collection") {
        return ty;
    }
    let items: Option<SmolStr> = links.next().map(|link| file_stem(link.destination).into());
    match items.filter(|name| is_type_name(name)) {
        Some(name) => TypeName::collection(Name::Documented(name)),
        None => ty,
    }
}

/// The type of a cell that says that a value is one of several, and leaves it to the description of which: `Enum`.
pub(super) fn of_listed_values(ty: TypeName, description: &str) -> TypeName {
    let is_word = |name: &str| {
        let mut words = ["enum", "enumeration"].iter();
        words.any(|word| word.eq_ignore_ascii_case(name))
    };
    if !ty.name.documented().is_some_and(|name| is_word(name)) {
        return ty;
    }
    let name = match own_values(description) {
        values if values.is_empty() => Name::Primitive(Primitive::String),
        values => Name::OneOf(values),
    };
    TypeName { name, ..ty }
}

/// The type that a cell gives where a table has a column for values and none for types: a primitive one by
/// name, or another one by a link. All else is a value, such as `application/json`.
pub(super) fn type_of_value(document: &Document<'_>, cell: &Cell) -> Option<TypeName> {
    let ty = type_name::parse(&document.plain(&cell.inlines))?;
    let is_linked = || document.links(&cell.inlines).next().is_some();
    let names_type = match ty.name {
        Name::Primitive(_) | Name::Number | Name::Timestamp => true,
        Name::Documented(_) => is_linked(),
        _ => false,
    };
    names_type.then_some(ty)
}

/// A name without what stands around it: a footnote mark, a remark in parentheses, or, behind one of
/// OData's query options, what is said about it: `$filter with any operator`.
pub(super) fn clean_name(text: &str) -> &str {
    // Most names are single words.
    if all_bytes(text, |byte| byte.is_ascii_alphanumeric()) {
        return text;
    }
    let remark_before = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let text = match remark_before {
        Some((_, behind)) if !behind.trim().is_empty() => behind,
        _ => text,
    };
    let remark = memchr::memchr2(b'(', b',', text.as_bytes());
    let text = &text[..remark.unwrap_or(text.len())];
    let text = match text.trim_start() {
        option if option.starts_with('$') => option.split(' ').next().unwrap_or(option),
        _ => text,
    };
    text.trim()
        .trim_end_matches('*')
        .trim_matches(['`', '"', ' ', ':'])
}

/// What a description says about whether a value must be given. Pages say it at the beginning, at
/// the end, or in parentheses.
pub(super) fn requirement(description: &str) -> Option<bool> {
    let text = trimmed(description).trim_start_matches('*');
    let text = text.trim_end_matches(['*', '.']);
    // Few descriptions have parentheses.
    let remarks = memchr::memchr(b'(', text.as_bytes()).map_or("", |at| &text[at..]);
    let says = |word: &str| {
        let begins = strip_start(text, word)
            .is_some_and(|after| after.is_empty() || after.starts_with(['.', ',', ':', '*', ' ']));
        let before = strip_end(text, word);
        let ends = || before.is_some_and(|it| it.ends_with(". ") || it.ends_with(". **"));
        let is_remark = |at| {
            let after = strip_start(&remarks[at + 1..], word);
            after.is_some_and(|after| after.starts_with(')'))
        };
        // In bold it may stand behind anything, and in small letters it is a part of a sentence there.
        let stands_out = || before.is_some_and(|it| it.ends_with(" **")) && text.ends_with(word);
        let is_in_remark = || memchr::memchr_iter(b'(', remarks.as_bytes()).any(is_remark);
        begins || ends() || stands_out() || !remarks.is_empty() && is_in_remark()
    };
    if says("Required") {
        Some(true)
    } else if says("Optional") {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_say_what_is_required() {
        let cases = [
            ("Required. The name.", Some(true)),
            ("Bearer {token}. Required.", Some(true)),
            ("**Required**. x", Some(true)),
            ("The name (required) of it.", Some(true)),
            ("One of \"a\" and \"b\" **Required**.", Some(true)),
            ("Optional. The name.", Some(false)),
            ("The name. Optional.", Some(false)),
            ("The name. **Required**", Some(true)),
            ("It is **required**.", None),
            ("The required name.", None),
            ("Requiredness.", None),
        ];
        for (text, expected) in cases {
            assert_eq!(requirement(text), expected, "{text}");
        }
    }

    #[test]
    fn names_lose_their_remarks() {
        assert_eq!(clean_name("name (deprecated)"), "name");
        assert_eq!(clean_name("`$top`"), "$top");
        assert_eq!(clean_name("(deprecated) X-Name"), "X-Name");
        assert_eq!(clean_name("(id)"), "");
        assert_eq!(clean_name("id*"), "id");
        assert_eq!(clean_name("$filter with any operator"), "$filter");
        assert_eq!(clean_name("display name"), "display name");
    }
}
