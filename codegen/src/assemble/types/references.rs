//! References to types: what the names in rows and blocks stand for.

use super::Types;
use super::enumerations;
use crate::assemble::findings::OfPage;
use crate::assemble::{finding, source};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Primitive, Property, Type, TypeKind, split_name};
use crate::page::Page;
use crate::page::table::NamedRow;
use crate::page::type_name::TypeName;
use crate::source::Span;
use crate::text::{file_stem, strip_end};
use crate::vocabulary::is_keyed;
use crate::words::singular;

/// The property that a row of a table documents.
pub(in crate::assemble) fn property(
    of: &mut OfPage<'_, '_>,
    row: &NamedRow<'_>,
    navigation: bool,
    types: &Types,
) -> Property {
    Property {
        name: row.name.to_string(),
        ty: row_type(of, row, types),
        number: row.is_number(),
        description: row.description.clone().into_owned(),
        navigation,
        read_only: says_read_only(&row.description),
        required: row.required == Some(true),
        nullable: !says_not_nullable(&row.description),
        deprecated: row.deprecated,
        source: source(of.page, row.span),
    }
}

/// Whether a description says in whichever case that a value is read-only.
fn says_read_only(description: &str) -> bool {
    // The last letter is the rarest one.
    let ends = memchr::memchr2_iter(b'y', b'Y', description.as_bytes());
    let mut texts = ends.map(|at| &description[..=at]);
    texts.any(|text| {
        let words = strip_end(text, "read-only").or_else(|| strip_end(text, "readonly"));
        words.is_some()
    })
}

/// Whether a description says in whichever case that a value is never null.
fn says_not_nullable(description: &str) -> bool {
    const ENDING: &str = "ble";
    // The first letter of the ending is the rarest one.
    let endings = memchr::memchr2_iter(b'b', b'B', description.as_bytes());
    let mut texts = endings.filter_map(|at| description.get(..at + ENDING.len()));
    texts.any(|text| {
        let words = strip_end(text, "not nullable").or_else(|| strip_end(text, "non-nullable"));
        words.is_some()
    })
}

/// The type of a row; a string where it names none.
pub(in crate::assemble) fn row_type(
    of: &mut OfPage<'_, '_>,
    row: &NamedRow<'_>,
    types: &Types,
) -> Type {
    let ty = match &row.ty {
        Some(ty) => written_type(of, row, ty, types),
        None => Type::primitive(Primitive::String),
    };
    let kind = || match enumerations::one_of(row) {
        Some(_) => enumeration_of(of.page, row, types),
        None => members_of(of.page, row, types),
    };
    match ty.kind {
        TypeKind::Primitive(Primitive::String) => Type {
            kind: kind().unwrap_or(ty.kind),
            ..ty
        },
        _ => ty,
    }
}

/// The type that a row names.
fn written_type(of: &mut OfPage<'_, '_>, row: &NamedRow<'_>, ty: &TypeName, types: &Types) -> Type {
    if let Some(ty) = type_of_many(of.page, row, types) {
        return ty;
    }
    if let Some((found, ty)) = linked_type(of.page, row, ty, types) {
        of.found.push(found);
        return ty;
    }
    resolve_type(of, ty, row.span, types)
}

/// The collection of which a row has the name for its own and for its type: `lines | lines`, where only `line` is one.
fn type_of_many(page: &Page<'_>, row: &NamedRow<'_>, types: &Types) -> Option<Type> {
    let name = many_in(row)?;
    let is_type = types.find(page, name).is_some();
    let kind = types.find(page, &singular(name));
    kind.filter(|_| !is_type).map(Type::collection)
}

/// The name of a row that is that of its type too, where it stands for many things.
fn many_in<'r>(row: &'r NamedRow<'_>) -> Option<&'r str> {
    let name = row.ty.as_ref()?.name.documented()?;
    let is_its = row.name.eq_ignore_ascii_case(name) && singular(name) != **name;
    is_its.then_some(name)
}

/// The type to whose page the link of a row leads, where its text is what readers are to call it and names no
/// type, and the finding about that.
fn linked_type(
    page: &Page<'_>,
    row: &NamedRow<'_>,
    ty: &TypeName,
    types: &Types,
) -> Option<(Diagnostic, Type)> {
    let name = ty.name.documented()?;
    if types.resolve(page, ty).is_some() {
        return None;
    }
    let is_its = |span: Span| {
        let text = page.file.text.get(span.range()).unwrap_or("");
        let is_within = row.span.start <= span.start && span.end <= row.span.end;
        is_within
            && text
                .trim_start_matches(['[', '*', '`'])
                .starts_with(name.as_str())
    };
    let link = page.links.iter().find(|link| is_its(link.span))?;
    let stem = file_stem(&link.destination[..link.path]);
    // The names of the files may begin with that of the set or of an area: `rigging_shroud.md`.
    let last = || stem.rsplit(['_', '-']).next().unwrap_or(stem);
    let found = types.find(page, stem);
    // A place of a page that is not called as a type is that of one of several, and not of the one that ends its name.
    let is_place = link.destination[link.path..].starts_with('#');
    let by_last = || (!is_place).then(|| types.find(page, last()))?;
    let kind = found.or_else(by_last)?;
    let help = format!("the link leads to `{}`, which is taken", types.label(kind));
    let found = unknown_type(page, name, row.span, Some(help));
    let is_one = |name: &str| singular(name) == name;
    let collection = ty.collection || many_in(row).is_some() && is_one(&types.label(kind));
    Some((found, Type { kind, collection }))
}

/// The enumeration that a text is one of, where the page has a table of the members of what a row names:
/// `color | String`, and below it *Color options*. One that is called as the row is may have other members, of
/// another page.
fn members_of(page: &Page<'_>, row: &NamedRow<'_>, types: &Types) -> Option<TypeKind> {
    let mut tables = page.members.iter();
    let table = tables.find(|table| table.is_named(&row.name))?;
    let of_row = || enumeration_of(page, row, types);
    let named = || types.find(page, table.name.as_deref()?);
    let kind = of_row().or_else(named)?;
    let TypeKind::Enum(id) = kind else {
        return None;
    };
    let members = &types.enums[id.0 as usize].members;
    let is_member = |row: &NamedRow<'_>| members.iter().any(|member| member.name == row.name);
    table.rows.iter().all(is_member).then_some(kind)
}

/// The enumeration that is that of a row alone.
fn enumeration_of(page: &Page<'_>, row: &NamedRow<'_>, types: &Types) -> Option<TypeKind> {
    let (namespace, name) = enumerations::full_name_of_row(page, row)?;
    let found = types.index.find(&name, Some(namespace));
    found.filter(|kind| matches!(kind, TypeKind::Enum(_)))
}

/// The type that a page names; JSON, and a finding, where nothing documents it.
pub(super) fn resolve_type(
    of: &mut OfPage<'_, '_>,
    ty: &TypeName,
    span: Span,
    types: &Types,
) -> Type {
    types.resolve(of.page, ty).unwrap_or_else(|| {
        if let Some(name) = ty.name.documented()
            && !is_keyed(name)
        {
            of.found.push(unknown(of.page, name, span, types));
        }
        let collection = ty.collection;
        Type {
            kind: TypeKind::Json,
            collection,
        }
    })
}

/// The finding that a type is not documented, with the name of one that may be meant.
pub(in crate::assemble) fn unknown(
    page: &Page<'_>,
    name: &str,
    span: Span,
    types: &Types,
) -> Diagnostic {
    unknown_type(page, name, span, types.index.suggestion(name))
}

/// The finding that a type is not documented, within the span that names it.
pub(crate) fn unknown_type(
    page: &Page<'_>,
    name: &str,
    span: Span,
    help: Option<String>,
) -> Diagnostic {
    let message = format!("no page defines the type `{name}`");
    let place = written(page, name, span);
    let unknown = finding(Code::TypeUnknown, page, place, message).about([name]);
    unknown.with_help(help.unwrap_or_else(|| how_to_define(name)))
}

/// How a type is defined, for those who have not met the dialect.
fn how_to_define(name: &str) -> String {
    let (_, short) = split_name(name);
    format!("a page titled *{short} resource type*, with a table below *Properties*, defines it")
}

/// Where a name is written as a word within a span; all of that where it is not. A row is about what is in
/// its first cell, and names the type of it behind that.
fn written(page: &Page<'_>, name: &str, span: Span) -> Span {
    let Some(text) = page.file.text.get(span.range()) else {
        return span;
    };
    let mut bars = text.match_indices('|').map(|(at, _)| at);
    let row = text.starts_with('|').then(|| bars.nth(1)).flatten();
    let from = row.unwrap_or(0);
    let is_outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
    let mut found = text[from..].match_indices(name).map(|(at, _)| from + at);
    let found = found.find(|&at| {
        let (before, behind) = (&text[..at], &text[at + name.len()..]);
        is_outside(before.chars().next_back()) && is_outside(behind.chars().next())
    });
    found.map_or(span, |at| {
        let start = span.start as usize + at;
        Span::new(start, start + name.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_says_in_any_case_that_a_value_is_read_only() {
        for text in ["Read-only. The id.", "Any key, READONLY", "readonly"] {
            assert!(says_read_only(text), "{text}");
        }
        for text in ["", "y", "Only.", "Read only.", "Ready, and read-on"] {
            assert!(!says_read_only(text), "{text}");
        }
    }

    #[test]
    fn a_description_says_in_any_case_that_a_value_is_never_null() {
        for text in [
            "Key. Not nullable.",
            "It is NOT NULLABLE",
            "A non-nullable word.",
        ] {
            assert!(says_not_nullable(text), "{text}");
        }
        for text in [
            "",
            "b",
            "bü",
            "Nullable.",
            "Not null, able",
            "Notably nullable",
        ] {
            assert!(!says_not_nullable(text), "{text}");
        }
    }
}
