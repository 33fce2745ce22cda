//! Types that no page defines and an example shows: they are made of what it shows.

use foldhash::{HashMap, HashSet};

use super::Types;
use super::references::unknown_type;
use crate::assemble::findings::OfPage;
use crate::assemble::source;
use crate::diagnostic::Diagnostic;
use crate::model::split_name;
use crate::model::{Property, Resource, ResourceId, Type, TypeKind};
use crate::page::Page;
use crate::page::example::ExampleMessage;
use crate::page::resource;
use crate::page::type_name;
use crate::source::Span;
use crate::vocabulary::Json;

/// The responses that show each resource, as their annotations say.
pub(super) type Shown<'p, 'a> = HashMap<ResourceId, Vec<&'p ExampleMessage<'a>>>;

/// Defines the types of example responses that no page defines, and tells which show those that one does.
pub(super) fn define<'p, 'a>(
    pages: &'p [Page<'a>],
    types: &mut Types,
    found: &mut Vec<Diagnostic>,
) -> Shown<'p, 'a> {
    let mut shown = Shown::default();
    let mut made: HashSet<ResourceId> = HashSet::default();
    for page in pages {
        for response in &page.examples.responses {
            let annotation = response.annotation.as_ref();
            let named = annotation.and_then(|it| Some((it.ty.as_deref()?, it.span)));
            let named = named.and_then(|it| Some((it, type_name::parse(it.0)?)));
            let Some(((annotated, span), ty)) = named else {
                continue;
            };
            let success = response.message.status().is_some_and(|it| it < 300);
            let resolved = types.resolve(page, &ty);
            match resolved.map(|ty| ty.kind) {
                Some(TypeKind::Resource(id)) => {
                    if success && made.contains(&id) {
                        extend(page, response, id, types);
                    }
                    shown.entry(id).or_default().push(response);
                }
                None if success => {
                    let defined =
                        undefined(page, annotated, span, types).and_then(|(name, span)| {
                            let mut of = OfPage { page, found };
                            define_one(&mut of, response, &name, span, types)
                        });
                    made.extend(defined);
                }
                _ => {}
            }
        }
    }
    shown
}

/// The name of the type of a response whose annotation names one that no page defines, unless the
/// sentence about the response names one that a page does. The sentence's name is the one that readers
/// know.
fn undefined(
    page: &Page<'_>,
    annotated: &str,
    span: Span,
    types: &Types,
) -> Option<(String, Span)> {
    if types.said(page, page.answer_prose()).is_some() {
        return None;
    }
    let mut sentences = page.answer_prose();
    match sentences.find_map(|sentence| sentence.ty.as_ref()) {
        Some((ty, span)) => {
            let name = ty.name.documented()?;
            let (known, _) = split_name(annotated);
            let name = if name.contains('.') || known.is_empty() {
                name.to_string()
            } else {
                format!("{known}.{name}")
            };
            Some((name, *span))
        }
        None => Some((annotated.to_owned(), span)),
    }
}

fn define_one(
    of: &mut OfPage<'_, '_>,
    response: &ExampleMessage<'_>,
    name: &str,
    span: Span,
    types: &mut Types,
) -> Option<ResourceId> {
    let page = of.page;
    let properties = properties(page, response, types);
    if properties.is_empty() {
        return None;
    }
    let (namespace, short) = split_name(name);
    let help = "it is made of the properties that the example shows";
    let unknown = unknown_type(page, short, span, Some(help.to_owned()));
    of.found.push(unknown);
    let (id, is_new) = types.resource(Resource {
        name: short.to_owned(),
        namespace: namespace.to_owned(),
        description: String::new(),
        base: None,
        deprecated: false,
        open: false,
        restated: Vec::new(),
        properties,
        source: source(page, response.message.span),
    });
    is_new.then_some(id)
}

/// Adds to a type that was made of an example what another one shows besides.
fn extend(page: &Page<'_>, response: &ExampleMessage<'_>, id: ResourceId, types: &mut Types) {
    let mut others = properties(page, response, types);
    let known = &mut types.resources[id.0 as usize].properties;
    let names: HashSet<&str> = known.iter().map(|it| &*it.name).collect();
    others.retain(|other| !names.contains(&*other.name));
    known.append(&mut others);
}

/// The properties that a response shows. A collection shows them in its first item.
fn properties(page: &Page<'_>, response: &ExampleMessage<'_>, types: &Types) -> Vec<Property> {
    let Some((body, json)) = response.message.body.as_ref().zip(response.json_value()) else {
        return Vec::new();
    };
    let first = json.collection_items().next();
    let value = first.unwrap_or(json);
    let properties = resource::properties(value, body).into_iter().map(|shown| {
        let ty = types.resolve(page, &shown.ty);
        let ty = ty.unwrap_or(Type {
            kind: TypeKind::Json,
            collection: shown.ty.collection,
        });
        Property::shown(shown.name, ty, source(page, shown.span))
    });
    properties.collect()
}
