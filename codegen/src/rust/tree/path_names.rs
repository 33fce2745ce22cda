//! The names of path types and of their methods.

use std::borrow::Cow;
use std::collections::BTreeMap;

use memchr::memchr;

use super::nodes::is_key;
use super::{Call, Place, RawStep};
use crate::model::{Api, OperationId, Piece, Segment, SegmentKind};
use crate::rust::names::{Case, Ident, Scope, in_turn, single};
use crate::text::strip_start;
use crate::vocabulary;
use crate::words::{folded, singular};

/// Methods that every path type has or gets of the language: no step may take their names.
const RESERVED: &[&str] = &[
    "clone", "from", "into", "builder", "get", "post", "put", "patch", "delete", "head", "options",
];

/// What the file of paths uses beside paths. No type may take these names.
const TYPES_IN_USE: &[&str] = &[
    "AsRef",
    "Binary",
    "Client",
    "Date",
    "DateTimeOffset",
    "Decimal",
    "Duration",
    "Guid",
    "Into",
    "Json",
    "Path",
    "Piece",
    "Request",
    "String",
    "TimeOfDay",
];

/// A method and its arguments.
pub(in crate::rust) type Method = (Ident, Vec<Ident>);

/// The names of the types with the given places. The type nearest to the root gets the shorter
/// name where two would have the same; the other gets the names of the steps before it too. A thing that
/// can only be picked by the name of an alternate key has that in its name.
pub(in crate::rust) fn types(places: &[Vec<Place>], by_alternate_key: &[bool]) -> Vec<Ident> {
    let depth = |index: usize| places[index].first().map_or(0, Vec::len);
    let mut scope = Scope::new(Case::Camel, TYPES_IN_USE);
    // Types are made from the leaves to the root, so that the greater index is the earlier path.
    let order = |index| (depth(index), std::cmp::Reverse(index));
    in_turn(places.len(), order, |index| {
        let keyed = |place: &&Place| place.last().is_some_and(|step| step.len() > 1);
        let place = places[index]
            .iter()
            .find(keyed)
            .or_else(|| places[index].first());
        let wanted =
            place.map_or_else(Vec::new, |place| type_names(place, by_alternate_key[index]));
        scope.claim(&wanted).ident
    })
}

/// Names for the type at a place: the last noun of its path, then with more and more before it, and then with
/// what picks it out of others.
fn type_names(place: &Place, by_alternate_key: bool) -> Vec<String> {
    let mut nouns: Vec<String> = place.iter().map(|step| noun(step)).collect();
    if let (true, Some(noun), Some([key])) = (
        by_alternate_key,
        nouns.last_mut(),
        place.last().map(Vec::as_slice),
    ) {
        let by = overload(key).unwrap_or_default();
        *noun = format!("{} {by}", singular(&words(key)));
    }
    let alone =
        |step: &Vec<Segment>| !matches!(step[0].kind, SegmentKind::System | SegmentKind::Cast);
    let last = place.iter().rposition(alone).unwrap_or(0);
    let names = (0..=last).rev().map(|start| nouns[start..].join(" "));
    let picked = place.last().and_then(|step| picked(step));
    names.chain(picked).collect()
}

/// The name of a thing with those of the values that pick it, as of `drives/{drive-id}` *drive by id*.
pub(in crate::rust) fn picked(step: &[Segment]) -> Option<String> {
    let noun = noun(step);
    let is_apart = |rest: &&str| rest.starts_with(|c: char| c == '-' || c.is_ascii_uppercase());
    let of_noun = |name| strip_start(name, &noun).filter(is_apart);
    let by = step.iter().flat_map(parameters);
    let by = by.map(|name| of_noun(name).unwrap_or(name));
    let by = by.collect::<Vec<_>>().join(" ");
    (!by.is_empty()).then(|| format!("{noun} by {by}"))
}

/// What the thing is called that a step leads to.
fn noun(step: &[Segment]) -> String {
    match step {
        [name, _] if name.kind == SegmentKind::Name => singular(&words(name)).into_owned(),
        [name, _] => format!("{} path", words(name)),
        [item] if item.kind == SegmentKind::Item => singular(&words(item)).into_owned(),
        _ => step.iter().map(words).collect::<Vec<_>>().join(" "),
    }
}

/// What the thing at a path is called, for telling kinds of things apart.
pub(in crate::rust) fn kind(place: &[Segment], by_alternate_key: bool) -> String {
    match place {
        [.., last] if by_alternate_key => crate::words::noun(&words(last)),
        [.., collection, item] if is_key(item) => crate::words::noun(&words(collection)),
        [.., item] if item.kind == SegmentKind::Item => crate::words::noun(&words(item)),
        [.., last] if words(last).eq_ignore_ascii_case("me") => crate::words::noun("me"),
        [.., last] => folded(&words(last)),
        [] => String::new(),
    }
}

/// The words of a segment: its name without arguments, or the names of its parameters.
pub(in crate::rust) fn words(segment: &Segment) -> Cow<'_, str> {
    let name = |text: &str| {
        let end = memchr(b'(', text.as_bytes()).unwrap_or(text.len());
        let start = match segment.kind {
            SegmentKind::Cast => text[..end].rfind('.').map_or(0, |at| at + 1),
            _ => 0,
        };
        start..end
    };
    let name = match &*segment.pieces {
        [Piece::Literal(text)] | [Piece::Literal(text), Piece::Parameter(_), ..] => {
            Cow::Borrowed(&text[name(text)])
        }
        pieces => {
            let texts = pieces.iter().map_while(|piece| match piece {
                Piece::Literal(text) => Some(text.as_str()),
                Piece::Parameter(_) => None,
            });
            let text: String = texts.collect();
            Cow::Owned(text[name(&text)].to_owned())
        }
    };
    match name.is_empty() {
        true => parameters(segment).join(" ").into(),
        false => name,
    }
}

/// The names of a segment's parameters.
pub(in crate::rust) fn parameters(segment: &Segment) -> Vec<&str> {
    let names = segment.parameters();
    names.map(|parameter| parameter.name.as_str()).collect()
}

/// What tells calls of one function apart: the parameters that stand among its arguments, or the
/// names of the arguments where all their values are fixed.
pub(in crate::rust) fn overload(segment: &Segment) -> Option<String> {
    if segment.kind != SegmentKind::Function {
        return None;
    }
    let by = parameters(segment);
    if !by.is_empty() {
        return Some(format!("by {}", by.join(" ")));
    }
    let names = vocabulary::Call::read(segment.literal()?)?.names()?;
    (!names.is_empty()).then(|| format!("with {}", names.join(" ")))
}

/// The names of a type's methods: those of its steps with their arguments, and those of its
/// operations. Of several operations of one method the first is called as the method, and all others by
/// their own names.
pub(in crate::rust) fn members(
    api: &Api,
    steps: &[RawStep],
    operations: &BTreeMap<String, Vec<OperationId>>,
) -> (Vec<Method>, Vec<Call>) {
    let mut scope = Scope::new(Case::Snake, RESERVED);
    // Of the calls of one function, the first that the pages write has its name alone: one that is
    // documented later changes no other's.
    let order = |at: usize| overload(&steps[at].segments[0]).and(steps[at].source);
    let methods: Vec<Method> = in_turn(steps.len(), order, |at| {
        let step = &steps[at];
        let mut arguments = Scope::new(Case::Snake, &[]);
        let names = step.segments.iter().flat_map(parameters);
        let names = names.map(|name| arguments.claim([&*argument(name)]).ident);
        let names = names.collect();
        (scope.claim(step_names(step)).ident, names)
    });
    let name = |id: &OperationId| api.operation(*id).name.as_str();
    let mut calls = Vec::new();
    for (method, ids) in operations {
        let verb = method.to_ascii_lowercase();
        for (index, id) in ids.iter().enumerate() {
            let method = if index == 0 {
                single(Case::Snake, &verb)
            } else {
                scope
                    .claim([name(id), &format!("{verb} {}", name(id))])
                    .ident
            };
            let operation = *id;
            calls.push(Call { method, operation });
        }
    }
    (methods, calls)
}

/// What an argument is called. Where nothing tells small letters from capitals, such as in `1st`, its name is not
/// that of the type to which the path leads.
fn argument(parameter: &str) -> Cow<'_, str> {
    match single(Case::Snake, parameter) == single(Case::Camel, parameter) {
        true => Cow::Owned(format!("{parameter} value")),
        false => Cow::Borrowed(parameter),
    }
}

fn step_names(step: &RawStep) -> Vec<String> {
    let first = &step.segments[0];
    let name = words(first);
    if step.collection {
        return vec![format!("{name} collection")];
    }
    let by = step
        .segments
        .iter()
        .flat_map(parameters)
        .collect::<Vec<_>>()
        .join(" ");
    let spans = step
        .segments
        .iter()
        .any(|segment| segment.kind == SegmentKind::ColonPath && is_key(segment));
    let best = if spans {
        format!("{name} path")
    } else {
        name.clone().into_owned()
    };
    let full = match overload(first) {
        Some(overload) => format!("{name} {overload}"),
        None if by.is_empty() => format!("{name} path"),
        None => format!("{name} by {by}"),
    };
    vec![best, full]
}
