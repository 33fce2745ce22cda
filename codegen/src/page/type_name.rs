//! Types as pages name them: in cells of tables, in annotations and behind links.

use crate::text::{file_stem, is_word, strip_end, strip_start, trimmed};
use crate::vocabulary::{Primitive, is_keyed, is_type_name};

pub use crate::vocabulary::{Name, TypeName};

/// Reads the text of a type cell, with markup removed: `String`, `Edm.Int32`, `recipient
/// collection`, `Collection(microsoft.graph.user)`, `alertStatus enum`.
///
/// `None` where the text names no type.
pub fn parse(text: &str) -> Option<TypeName> {
    // It does not say of what.
    if text.eq_ignore_ascii_case("array") {
        return Some(TypeName::collection(Name::Json));
    }
    // Most cells are a single word.
    if let Some(name) = Name::read(text) {
        return Some(TypeName::single(name));
    }
    // What follows a sentence is a remark: `[outcome](outcome.md) collection. Holds the grades`.
    let mut stops = memchr::memchr_iter(b'.', text.as_bytes());
    let end = stops.find(|&at| text[at..].starts_with(". "));
    let text = &text[..end.unwrap_or(text.len())];
    // A value may be null anyway, unless its description says that it is not.
    let text = strip_null(trimmed(text).trim_end_matches('.'));
    let (text, collection) = strip_collection(text);
    if let Some(name) = enumeration(text) {
        return Some(TypeName { name, collection });
    }
    let text = link_text(strip_remarks(text)).trim_matches(['[', ']', '*', '`', '"', ' ']);
    let plain = text.trim_start_matches('#');
    let name = if text.is_empty() {
        return None;
    } else if let Some(name) = Name::read(text).or_else(|| Name::read(plain)) {
        match collection {
            true => of_many(name),
            false => name,
        }
    } else if let Some(names) = alternatives(plain) {
        Name::AnyOf(names)
    } else {
        loose_name(&text.to_ascii_lowercase())?
    };
    Some(TypeName { name, collection })
}

/// The type of a link whose text is the name of the page to which it leads: `[Range](range.md)` is what that page
/// defines, though the word be that of a primitive type elsewhere.
pub(crate) fn of_link(ty: TypeName, text: &str, destination: &str) -> TypeName {
    // What names no primitive type is that of the page anyway.
    if ty.name.documented().is_some() {
        return ty;
    }
    let is_value = || Name::of_value(text).is_some_and(|value| value == ty.name);
    let is_of_page = || {
        let path = destination.split(['#', '?']).next().unwrap_or_default();
        let is_page = path.ends_with(".md") && !path.contains("://");
        is_page && file_stem(path).eq_ignore_ascii_case(text) && is_type_name(text)
    };
    match is_of_page() && is_value() {
        true => TypeName {
            name: Name::Documented(text.into()),
            ..ty
        },
        false => ty,
    }
}

/// Takes off what says that a value may be null: `Nullable Int64`, `string or null`, `integer | null`, `date?`.
fn strip_null(text: &str) -> &str {
    let text = strip_start(text, "nullable ").unwrap_or(text);
    for suffix in [" or null", "| null", ", nullable", " (nullable)", "?"] {
        if let Some(rest) = strip_end(text, suffix).filter(|rest| !rest.is_empty()) {
            return rest.trim();
        }
    }
    text
}

/// The text of a link that lacks its end and so is no link to Markdown: `[recipient](recipient.md`.
fn link_text(text: &str) -> &str {
    let link = text
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("]("));
    link.map_or(text, |(text, _)| text)
}

/// What a cell says that calls a value one of several words: those that it lists, as in `enum (red, green)`; or
/// `enum` alone, where it leaves them to the description, as `string (enum)` does.
fn enumeration(text: &str) -> Option<Name> {
    let unlisted = [
        "string enum",
        "string (enum)",
        "enum (string)",
        "enum<string>",
    ];
    if unlisted
        .iter()
        .any(|known| known.eq_ignore_ascii_case(text))
    {
        return Some(Name::Documented("enum".into()));
    }
    let list = strip_start(text, "enum")?.trim_start().strip_prefix('(')?;
    let words = list.strip_suffix(')')?.split([',', '|']);
    let words = words.map(|word| word.trim().trim_matches(['`', '"', '\'']));
    let listed = words.clone().all(is_word) && words.clone().nth(1).is_some();
    listed.then(|| Name::OneOf(words.map(str::to_owned).collect()))
}

/// The names in `a or b`, where each of them could be that of a documented type.
fn alternatives(text: &str) -> Option<Vec<String>> {
    let inner = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'));
    let names = inner.unwrap_or(text).split(" or ").map(str::trim);
    let all = names
        .clone()
        .all(|name| is_type_name(name) && Primitive::read(name).is_none());
    (all && text.contains(" or ")).then(|| names.map(str::to_owned).collect())
}

/// A type that is described rather than named: `string (url)`, `A or B`, `untyped JSON object`, `map<string, int32>`.
fn loose_name(lower: &str) -> Option<Name> {
    let named = lower.split(['<', '[', '(']).next();
    let named = named.and_then(|named| named.split(" of ").next());
    if named.is_some_and(|named| is_keyed(named.trim())) {
        return Some(Name::Json);
    }
    if lower.contains(" or ") || lower.contains('/') || lower.ends_with(" json") {
        return Some(Name::Json);
    }
    let first = lower
        .split([' ', ',', '(', ';'])
        .find(|word| !word.is_empty())?;
    if Name::read(first) == Some(Name::Number) {
        // The format may stand behind it, as OpenAPI calls it: `number (double)`.
        let mut words = lower.split(|c: char| !c.is_ascii_alphanumeric()).skip(1);
        let format = words.find_map(|word| Primitive::read(word).filter(|it| is_numeric(*it)));
        return Some(format.map_or(Name::Number, Name::Primitive));
    }
    if let Some(primitive) = of_format(lower) {
        return Some(Name::Primitive(primitive));
    }
    let words = [first, lower];
    words.into_iter().find_map(Name::of_value).or_else(|| {
        lower
            .contains("string")
            .then_some(Name::Primitive(Primitive::String))
    })
}

/// The type that a format makes of a text or a whole number, as OpenAPI calls them: `string (date-time)`.
fn of_format(lower: &str) -> Option<Primitive> {
    let (kind, format) = lower.split_once(['(', '<'])?;
    let format = format.strip_suffix([')', '>'])?.trim();
    match (kind.trim(), format) {
        ("string", "date-time") => Some(Primitive::DateTimeOffset),
        ("string", "date" | "uuid" | "guid" | "duration")
        | ("integer", "int16" | "int32" | "int64") => Primitive::read(format),
        _ => None,
    }
}

fn is_numeric(primitive: Primitive) -> bool {
    use Primitive::{Decimal, Double, Int32, Int64, Single};
    [Int32, Int64, Single, Double, Decimal].contains(&primitive)
}

/// A name in the plural, as in `list of strings`, where no page defines what it stands for.
fn of_many(name: Name) -> Name {
    match &name {
        Name::Documented(many) => {
            let one = many.strip_suffix('s').and_then(Name::read);
            let one = one.filter(|one| !matches!(one, Name::Documented(_)));
            one.unwrap_or(name)
        }
        _ => name,
    }
}

/// Takes off what says that there are many.
fn strip_collection(text: &str) -> (&str, bool) {
    for (prefix, end) in [
        ("collection(", ')'),
        ("collection<", '>'),
        ("list<", '>'),
        ("array<", '>'),
        ("list[", ']'),
        ("array[", ']'),
    ] {
        let inner = strip_start(text, prefix).and_then(|text| text.strip_suffix(end));
        if let Some(inner) = inner {
            return (inner, true);
        }
    }
    for prefix in ["collection of ", "array of ", "list of "] {
        if let Some(rest) = strip_start(text, prefix) {
            return (rest, true);
        }
    }
    // Of types that pages define, some have names that begin so.
    for prefix in ["collection ", "array ", "list "] {
        let rest = strip_start(text, prefix).map(|rest| rest.trim_matches(['*', '`', ' ']));
        if let Some(rest) = rest.filter(|rest| Name::of_value(rest).is_some()) {
            return (rest, true);
        }
    }
    for suffix in [" collection", " array", " list", "[]", "[array]"] {
        // The space matters: there are types whose name ends in `Collection`.
        if let Some(rest) = strip_end(text, suffix).filter(|rest| !rest.is_empty()) {
            return (rest, true);
        }
    }
    (text, false)
}

/// Takes off remarks that are no part of the name: `(optional)`, `enum`.
fn strip_remarks(text: &str) -> &str {
    let text = trimmed(text.strip_prefix("(Optional)").unwrap_or(text));
    for suffix in [
        " enum",
        " enumeration",
        " (enum)",
        " (optional)",
        " resource",
        " resources",
        " object",
        " objects",
        " type",
    ] {
        let rest = strip_end(text, suffix);
        if let Some(rest) = rest.filter(|rest| !rest.eq_ignore_ascii_case("json")) {
            return rest.trim();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let Some(ty) = parse(text) else {
            return "none".to_owned();
        };
        let many = if ty.collection { "*" } else { "" };
        match ty.name {
            Name::Primitive(primitive) => format!("{primitive:?}{many}"),
            Name::Documented(name) => format!("{name}{many}"),
            other => format!("{other:?}{many}"),
        }
    }

    #[test]
    fn type_cells_are_read_in_every_spelling() {
        let cases = [
            ("String", "String"),
            ("Edm.Int32", "Int32"),
            ("int", "Int32"),
            ("Number", "Number"),
            ("numeric", "Number"),
            ("list of numbers", "Number*"),
            ("number, of seconds", "Number"),
            ("number (timestamp)", "Number"),
            ("number (double)", "Double"),
            ("number <float>", "Single"),
            ("Guid collection", "Guid*"),
            ("Collection(Edm.String)", "String*"),
            ("collection of recipient", "recipient*"),
            ("recipient collection", "recipient*"),
            ("recipient list", "recipient*"),
            ("List<recipient>", "recipient*"),
            ("list of strings", "String*"),
            ("array of recipient objects", "recipient*"),
            ("String[array]", "String*"),
            ("Array", "Json*"),
            ("array<recipient>", "recipient*"),
            ("Nullable Int64", "Int64"),
            ("string or null", "String"),
            ("recipient or null", "recipient"),
            ("integer | null", "Int64"),
            ("recipient, nullable", "recipient"),
            ("recipient[] (nullable)", "recipient*"),
            ("datetime?", "DateTimeOffset"),
            (
                "windowsInformationProtectionResourceCollection",
                "windowsInformationProtectionResourceCollection",
            ),
            (
                "microsoft.graph.callRecords.session",
                "microsoft.graph.callRecords.session",
            ),
            ("alertStatus enum", "alertStatus"),
            ("string (enum)", "enum"),
            ("enum (`red`, `green`)", "OneOf([\"red\", \"green\"])"),
            ("enum (red | green)", "OneOf([\"red\", \"green\"])"),
            ("string (url)", "String"),
            ("map<string, int32>", "Json"),
            ("Dictionary(String, kite)", "Json"),
            ("map of strings", "Json"),
            ("map[string]string", "Json"),
            ("hash code", "none"),
            ("string (uuid)", "Guid"),
            ("string (date-time)", "DateTimeOffset"),
            ("string (date)", "Date"),
            ("integer (int32)", "Int32"),
            ("integer (seconds)", "Int64"),
            ("String, maximum size 20", "String"),
            ("(Optional) String", "String"),
            ("JSON object", "Json"),
            ("Untyped JSON object", "Json"),
            ("recipient collection. The readers", "recipient*"),
            ("[recipient](recipient.md", "recipient"),
            ("(boolean or string or number) collection", "Json*"),
            ("car or windmill", "AnyOf([\"car\", \"windmill\"])"),
            ("(a or b) collection", "AnyOf([\"a\", \"b\"])*"),
            ("timestamp", "Timestamp"),
            ("array of recipient resources", "recipient*"),
            ("array of objects", "Json*"),
            ("", "none"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
