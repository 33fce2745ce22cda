//! Request bodies: what a request carries.

use super::groups::Group;
use super::references::property;
use super::source;
use super::types::Types;
use crate::diagnostic::Diagnostic;
use crate::model::{BodyContent, Content, Property, RequestBody, Type, TypeKind};
use crate::page::Page;
use crate::page::example::ExampleMessage;
use crate::page::type_name;
use crate::vocabulary::{Json as _, Kind};

/// What the request carries.
pub(super) fn request_body(
    page: &Page<'_>,
    group: &Group,
    returned: Option<&Content>,
    types: &Types,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<RequestBody> {
    let prose = &page.request_prose;
    let mut requests = page.examples.requests.iter();
    let example = requests.find(|request| group.is_shown_by(request));
    if !can_have_body(page, &group.method, example) {
        return None;
    }
    let message = example.map(|example| &example.message);
    let media_type = shown_media_type(example).or_else(|| documented_media_type(page));
    let span = prose
        .first()
        .map(|sentence| sentence.span)
        .or(message.map(|message| message.span));
    let body = |content, media_type| {
        Some(RequestBody {
            content,
            media_type,
            description: prose
                .first()
                .map_or("", |sentence| &page.file.text[sentence.span.range()])
                .to_owned(),
            source: source(page, span.unwrap_or(page.title_span)),
        })
    };
    let is_bytes =
        group.tail.as_deref() == Some("$value") || prose.iter().any(|sentence| sentence.binary);
    // Whether the body of the example is JSON, where it has one.
    let shows_json = example
        .filter(|example| example.message.body.is_some())
        .map(|example| example.json.is_some());
    if is_bytes && shows_json != Some(true) {
        return body(BodyContent::Bytes, media_type);
    }
    if page.body_rows.is_empty()
        && prose.iter().any(|sentence| sentence.nothing)
        && shows_json.is_none()
    {
        return None;
    }
    if let Some(ty) = resource_sent(page, example, returned, types) {
        return body(BodyContent::Value(ty), None);
    }
    if !page.body_rows.is_empty() {
        let properties = listed(page, example, types, diagnostics);
        return body(BodyContent::Object(properties), None);
    }
    // JSON with a fault in it is meant to be JSON.
    match message.filter(|message| message.body.is_some()) {
        Some(message) if message.has_json() => {
            body(BodyContent::Value(Type::single(TypeKind::Json)), None)
        }
        Some(_) => body(BodyContent::Bytes, media_type),
        None => None,
    }
}

/// Whether a request of a method can carry anything. One that deletes does only where a table lists what is
/// in it, and an example shows it or the page has nothing else to list it for.
fn can_have_body(page: &Page<'_>, method: &str, example: Option<&ExampleMessage<'_>>) -> bool {
    let is_shown = || example.is_some_and(|example| example.message.body.is_some());
    match method {
        "GET" | "HEAD" => false,
        "DELETE" => !page.body_rows.is_empty() && (is_shown() || only_deletes(page)),
        _ => true,
    }
}

/// The resource that is sent: the first that a sentence, the annotation of the example or the answer
/// names, and that has what the table lists.
fn resource_sent(
    page: &Page<'_>,
    example: Option<&ExampleMessage<'_>>,
    returned: Option<&Content>,
    types: &Types,
) -> Option<Type> {
    let namespace = page.namespace.as_deref();
    let mut sentences = page.request_prose.iter();
    let said = sentences
        .find_map(|sentence| sentence.ty.as_ref())
        .and_then(|(ty, _)| types.resolve(ty, namespace));
    let annotated = example
        .and_then(|example| example.annotation.as_ref()?.ty.as_deref())
        .and_then(type_name::parse)
        .and_then(|ty| types.resolve(&ty, namespace));
    let answered = match returned {
        // What comes back is also what is sent only where the table lists properties of it.
        Some(Content::Value(ty)) if !page.body_rows.is_empty() => Some(*ty),
        _ => None,
    };
    let mut candidates = [said, annotated, answered].into_iter().flatten();
    candidates.find(|&ty| !ty.collection && has_rows(page, ty, types))
}

/// The properties that the table under *Request body* lists, of an object that has no name.
fn listed(
    page: &Page<'_>,
    example: Option<&ExampleMessage<'_>>,
    types: &Types,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Property> {
    let rows = page.body_rows.iter();
    let properties = rows.map(|row| {
        let mut property = property(page, row, false, types, diagnostics);
        // A table without types speaks of text, unless the example shows something else.
        if row.ty.is_none() && !shows_text(example, &row.name) {
            property.ty = Type::single(TypeKind::Json);
        }
        property
    });
    properties.collect()
}

/// Whether a page documents nothing but how to delete, so that its tables speak of that.
fn only_deletes(page: &Page<'_>) -> bool {
    let mut lines = page.routes.iter().flat_map(|block| &block.lines);
    lines.all(|line| line.method == "DELETE")
}

/// Whether an example shows no other value for a property of its body than a string.
fn shows_text(example: Option<&ExampleMessage<'_>>, name: &str) -> bool {
    let body = example.and_then(ExampleMessage::json_value);
    let property = body.and_then(|body| body.member(name));
    property.is_none_or(|property| matches!(property.kind(), Kind::String(_)))
}

/// Whether a type is a resource that has every property that the table under *Request body* lists.
fn has_rows(page: &Page<'_>, ty: Type, types: &Types) -> bool {
    let TypeKind::Resource(id) = ty.kind else {
        return false;
    };
    let has = |name: &str| {
        types.lineage(id).any(|id| {
            let mut properties = types.resources[id.0 as usize].properties.iter();
            properties.any(|property| property.name == name)
        })
    };
    page.body_rows.iter().all(|row| has(&row.name))
}

/// The media type that an example shows, unless it is JSON's.
fn shown_media_type(example: Option<&ExampleMessage<'_>>) -> Option<String> {
    let header = example?.message.header("Content-Type")?;
    (!header.value.contains("json")).then(|| header.value.to_owned())
}

/// The media type that the table of headers gives for `Content-Type`.
fn documented_media_type(page: &Page<'_>) -> Option<String> {
    let row = page
        .headers
        .iter()
        .find(|row| row.name.eq_ignore_ascii_case("Content-Type"))?;
    let word = row
        .description
        .split_whitespace()
        .next()?
        .trim_end_matches(['.', ',', ';']);
    (word.contains('/') && !word.contains("json")).then(|| word.to_owned())
}
