//! The properties that requests name in `$select`, `$expand` and `$orderby`, beside those of the type that is
//! answered (OData URL conventions 4.01, sections 5.1.3 to 5.1.5).

use super::bodies::{annotated, message_at, message_of};
use super::finding;
use crate::conformance::Types;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Example, ExampleRequest, Operation, Property, ResourceId, Type, TypeKind};
use crate::nearness::nearest;
use crate::page::Page;
use crate::source::Span;
use crate::text::split_outside;

/// The options that name properties.
const OPTIONS: [&str; 3] = ["select", "expand", "orderby"];

/// How many names of a list are looked at: more than any page has, and few enough to look for each among as
/// many properties.
const MOST_NAMES: usize = 200;

/// How many names of an option are told: where there are more, the type of the answer is likely another.
const MOST_TOLD: usize = 8;

/// Options may stand in others, in parentheses. No page goes deeper.
const DEEPEST: usize = 4;

/// Reports the properties that a page's requests name and that their answers cannot have.
pub(super) fn check(
    page: &Page<'_>,
    operations: &[Operation],
    types: &Types<'_>,
    found: &mut Vec<Diagnostic>,
) {
    for example in operations.iter().flat_map(|it| &it.examples) {
        let request = &example.request;
        if request.query.is_empty() {
            continue;
        }
        let Some(ty) = answered(page, example, types) else {
            continue;
        };
        for (name, value) in request.query_pairs() {
            if let Some(option) = selecting(&name) {
                let mut selection = Selection {
                    page,
                    request,
                    types,
                    found: Vec::new(),
                };
                selection.list(option, &value, ty, DEEPEST);
                found.append(&mut selection.found);
            }
        }
    }
}

/// The type of a good answer, as its annotation names it. What the sentences of a page speak of may be a part of
/// what its examples ask for.
fn answered(page: &Page<'_>, example: &Example, types: &Types<'_>) -> Option<Type> {
    let response = example.response.as_ref()?;
    if response.status >= 300 {
        return None;
    }
    let shown = message_at(page, &page.examples.responses, response.source)?;
    annotated(page, types, shown)
}

/// The option of that name, if it is one of those that name properties. The dollar sign may be left out.
fn selecting(name: &str) -> Option<&'static str> {
    let name = name.trim().trim_start_matches('$');
    OPTIONS
        .into_iter()
        .find(|option| option.eq_ignore_ascii_case(name))
}

/// Where an option names a property: the request where that is written in another way, such as
/// percent-encoded.
fn span(page: &Page<'_>, request: &ExampleRequest, option: &str, name: &str) -> Span {
    let Some(message) = message_of(page, request).map(|shown| &shown.message) else {
        return Span::default();
    };
    let Some((_, target)) = message.request() else {
        return message.span;
    };
    let named = || {
        let value = target.find(&format!("{option}="))? + option.len() + 1;
        let mut places = target[value..].match_indices(name);
        let is_whole = |&(at, _): &(usize, &str)| {
            let (before, behind) = (&target[..value + at], &target[value + at + name.len()..]);
            !before.ends_with(char::is_alphanumeric) && !behind.starts_with(char::is_alphanumeric)
        };
        let (_, named) = places.find(is_whole)?;
        Some(Span::of(named, &page.file.text))
    };
    named().unwrap_or(message.span)
}

/// An option of a request that names properties, and what is wrong with them.
struct Selection<'c> {
    page: &'c Page<'c>,
    request: &'c ExampleRequest,
    types: &'c Types<'c>,
    found: Vec<Diagnostic>,
}

impl<'c> Selection<'c> {
    /// Goes through a list of names with commas between them.
    fn list(&mut self, option: &str, list: &str, ty: Type, deepest: usize) {
        let Some(deepest) = deepest.checked_sub(1) else {
            return;
        };
        for item in parts(list, ',').take(MOST_NAMES) {
            let (path, options) = match item.split_once('(') {
                Some((path, options)) => (path, options.trim_end().strip_suffix(')')),
                None => (item, None),
            };
            // Behind a name may stand the order.
            let path = path.split_whitespace().next().unwrap_or("");
            let (Some(ty), Some(options)) = (self.path(option, path, ty), options) else {
                continue;
            };
            for (name, value) in parts(options, ';').filter_map(|it| it.split_once('=')) {
                if let Some(option) = selecting(name) {
                    self.list(option, value, ty, deepest);
                }
            }
        }
    }

    /// Follows a path of properties and derived types, and says what stands at its end where that is known.
    fn path(&mut self, option: &str, path: &str, ty: Type) -> Option<Type> {
        let mut ty = ty;
        for name in path.split('/') {
            let id = ty.kind.resource()?;
            let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
            let is_written = name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
            if !is_name || !is_written {
                return None;
            }
            if name.contains('.') {
                ty.kind = self.types.find(name, None)?;
                continue;
            }
            match self.property(id, name) {
                Some(property) => ty = property.ty,
                None => {
                    self.report(option, id, name);
                    return None;
                }
            }
        }
        Some(ty)
    }

    /// The property of a resource, or of one that extends it: what is answered may be such a one.
    fn property(&self, id: ResourceId, name: &str) -> Option<&'c Property> {
        let own = self.types.property(id, name);
        own.or_else(|| {
            let heir = self.types.heir_with(id, name)?;
            heir.properties
                .iter()
                .find(|property| property.name == name)
        })
    }

    fn report(&mut self, option: &str, id: ResourceId, name: &str) {
        if self.found.len() == MOST_TOLD || self.types.is_open(id) {
            return;
        }
        let owner = self.types.name(TypeKind::Resource(id));
        let message = format!("`${option}` names `{name}`, which is no property of `{owner}`");
        let span = span(self.page, self.request, option, name);
        let found = finding(Code::SelectionUnknown, self.page, span, message);
        let own = self.types.lineage(id).flat_map(|it| &it.properties);
        let near = nearest(name, own.map(|property| property.name.as_str()));
        self.found.push(match near {
            Some(near) => found.with_help(format!("did you mean `{near}`?")),
            None => found,
        });
    }
}

/// The parts of a text between separators that stand outside of parentheses, without those that are blank.
fn parts(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let parts = split_outside(text, separator);
    parts.map(str::trim).filter(|part| !part.is_empty())
}
