//! Request bodies: what a request carries.

use super::groups::Group;
use super::references::property;
use super::source;
use super::types::Types;
use crate::diagnostic::Diagnostic;
use crate::model::{BodyContent, Content, RequestBody, Type, TypeKind};
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
    // A request that deletes has a body only where a table lists what is in it.
    let has_none = match group.method.as_str() {
        "GET" | "HEAD" => true,
        "DELETE" => page.body_rows.is_empty(),
        _ => false,
    };
    if has_none {
        return None;
    }
    let prose = &page.request_prose;
    let example = page
        .examples
        .requests
        .iter()
        .find(|request| group.is_shown_by(request));
    let message = example.map(|example| &example.message);
    let shows_body = message.is_some_and(|message| message.body.is_some());
    if group.method == "DELETE" && !(shows_body || only_deletes(page)) {
        return None;
    }
    let media_type = message
        .and_then(|message| message.header("Content-Type"))
        .map(|header| header.value.to_owned());
    let media_type = media_type
        .filter(|media_type| !media_type.contains("json"))
        .or_else(|| documented_media_type(page));
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
    let shows_json = example.and_then(|example| {
        example
            .message
            .body
            .as_ref()
            .map(|_| example.json.is_some())
    });
    if is_bytes && shows_json != Some(true) {
        return body(BodyContent::Bytes, media_type);
    }
    if page.body_rows.is_empty()
        && prose.iter().any(|sentence| sentence.nothing)
        && shows_json.is_none()
    {
        return None;
    }
    let namespace = page.namespace.as_deref();
    let annotated = example.and_then(|example| example.annotation.as_ref()?.ty.as_deref());
    let annotated = annotated
        .and_then(type_name::parse)
        .and_then(|ty| types.resolve(&ty, namespace));
    let said = prose
        .iter()
        .find_map(|sentence| sentence.ty.as_ref())
        .and_then(|(ty, _)| types.resolve(ty, namespace));
    let answered = match returned {
        Some(Content::Value(ty)) if !ty.collection => Some(*ty),
        _ => None,
    };
    // What comes back is also what is sent only where the table lists properties of it.
    let answered = answered.filter(|_| !page.body_rows.is_empty());
    let candidates = [said, annotated, answered].into_iter().flatten();
    let mut resources =
        candidates.filter(|ty| matches!(ty.kind, TypeKind::Resource(_)) && !ty.collection);
    if let Some(ty) = resources.find(|&ty| has_rows(page, ty, types)) {
        return body(BodyContent::Value(ty), None);
    }
    if !page.body_rows.is_empty() {
        let rows = page.body_rows.iter();
        let properties = rows.map(|row| {
            let mut property = property(page, row, false, types, diagnostics);
            // A table without types speaks of text, unless the example shows something else.
            if row.ty.is_none() && !shows_text(example, &row.name) {
                property.ty = Type::single(TypeKind::Json);
            }
            property
        });
        let properties = properties.collect();
        return body(BodyContent::Object(properties), None);
    }
    match shows_json {
        Some(true) => body(BodyContent::Value(Type::single(TypeKind::Json)), None),
        Some(false) => body(BodyContent::Bytes, media_type),
        None => None,
    }
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

/// Whether a resource has every property that the table under *Request body* lists.
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
