//! What requests carry and what answers bring.

use super::operations::Group;
use super::resources::{property, unknown};
use super::types::Types;
use super::{finding, source};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{BodyContent, Content, Outcome, Primitive, RequestBody, Type, TypeKind};
use crate::page::Page;
use crate::page::example::{ExampleMessage, Examples};
use crate::page::message::Start;
use crate::page::prose::Sentence;
use crate::source::Span;
use crate::words::folded;

/// What may come back: the statuses that the sentences name, and those of the examples.
pub(super) fn outcomes(
    page: &Page<'_>,
    group: &Group,
    types: &Types,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Outcome> {
    let sentences = sentences_for(&page.response_prose, group);
    let success = success_content(page, group, &sentences, types, diagnostics);
    let mut outcomes: Vec<Outcome> = Vec::new();
    let mut add = |status: u16, span: Span, content: Content| {
        if !outcomes.iter().any(|outcome| outcome.status == status) {
            let source = source(page, span);
            outcomes.push(Outcome {
                status,
                content,
                source,
            });
        }
    };
    for sentence in &sentences {
        for &(status, span) in &sentence.statuses {
            add(status, span, content_for(status, &success));
        }
    }
    for (request, response) in exchanges(&page.examples) {
        let of_method = matches!(request.message.start, Start::Request { method, .. } if method == group.method);
        if let Start::Response { status, .. } = response.message.start
            && of_method
            && ends_like(request, group)
        {
            add(status, response.message.span, content_for(status, &success));
        }
    }
    if !outcomes.iter().any(|outcome| outcome.status < 300) {
        let status = if success == Content::Empty { 204 } else { 200 };
        let at = source(page, page.title_span);
        let (content, source) = (success, at);
        outcomes.push(Outcome {
            status,
            content,
            source,
        });
    }
    outcomes.sort_by_key(|outcome| outcome.status);
    outcomes
}

/// What an answer of a status carries where a success carries `success`.
fn content_for(status: u16, success: &Content) -> Content {
    match status {
        200 | 201 | 203 | 206 | 207 => success.clone(),
        _ => Content::Empty,
    }
}

/// The sentences about an operation: those below the heading that speaks of it, where a page has
/// several; where no heading tells, those that speak of bytes for bytes, and the others otherwise.
fn sentences_for<'p>(sentences: &'p [Sentence], group: &Group) -> Vec<&'p Sentence> {
    let mut headings: Vec<&str> = sentences
        .iter()
        .map(|sentence| sentence.heading.as_str())
        .collect();
    headings.dedup();
    if headings.len() < 2 || group.title.is_empty() {
        return sentences.iter().collect();
    }
    let binary = group.tail.as_deref() == Some("$value");
    let score = |heading: &str| {
        let under = sentences
            .iter()
            .filter(|sentence| sentence.heading == heading);
        let fits = under.clone().any(|sentence| sentence.binary) == binary;
        let speaks = under.clone().any(|sentence| !sentence.statuses.is_empty());
        (speaks, fits, shared_words(heading, &group.title))
    };
    let best = headings.iter().map(|heading| score(heading)).max();
    let chosen = headings
        .into_iter()
        .find(|heading| Some(score(heading)) == best);
    sentences
        .iter()
        .filter(|sentence| Some(sentence.heading.as_str()) == chosen)
        .collect()
}

/// How many words two headings share, `getting` and `get` counted as one.
fn shared_words(a: &str, b: &str) -> usize {
    let stems = |text: &str| -> Vec<String> {
        let words = text.split_whitespace().map(folded);
        words
            .map(|word| {
                word.strip_suffix("ting")
                    .or(word.strip_suffix("ing"))
                    .unwrap_or(&word)
                    .to_owned()
            })
            .collect()
    };
    let b = stems(b);
    stems(a).iter().filter(|word| b.contains(word)).count()
}

/// What a successful answer carries: what the path says, then the annotation of an example, then
/// the sentence about the response, then the body of an example.
fn success_content(
    page: &Page<'_>,
    group: &Group,
    sentences: &[&Sentence],
    types: &Types,
    diagnostics: &mut Vec<Diagnostic>,
) -> Content {
    match group.tail.as_deref() {
        Some("$value") if group.method == "GET" => return Content::Bytes,
        Some("$count") => return Content::Value(Type::primitive(Primitive::Int64)),
        _ => {}
    }
    let namespace = page.namespace.as_deref();
    let written = sentences.iter().find_map(|sentence| sentence.ty.as_ref());
    let said = written.and_then(|(ty, _)| types.resolve(ty, namespace));
    let fitting = exchanges(&page.examples).filter(|(request, response)| {
        let of_method = matches!(request.message.start, Start::Request { method, .. } if method == group.method);
        let success = matches!(response.message.start, Start::Response { status, .. } if status < 300);
        of_method && success && ends_like(request, group)
    });
    for (_, response) in fitting {
        if let Some(content) = example_content(page, response, said, types, diagnostics) {
            return content;
        }
    }
    if let Some(ty) = said {
        return Content::Value(ty);
    }
    if let Some((ty, span)) = written {
        if let crate::page::type_name::Name::Documented(name) = &ty.name {
            diagnostics.push(unknown(page, name, *span, types));
        }
        let collection = ty.collection;
        let kind = TypeKind::Json;
        return Content::Value(Type { kind, collection });
    }
    if sentences.iter().any(|sentence| sentence.binary) {
        return Content::Bytes;
    }
    let statuses = sentences.iter().flat_map(|sentence| &sentence.statuses);
    let empty = statuses
        .map(|(status, _)| *status)
        .any(|status| matches!(status, 202 | 204));
    if empty
        || group.method == "DELETE"
        || sentences.iter().any(|sentence| sentence.nothing)
        || group.method != "GET"
    {
        Content::Empty
    } else {
        Content::Value(Type::single(TypeKind::Json))
    }
}

/// What an example response carries, `None` where it shows no body.
fn example_content(
    page: &Page<'_>,
    response: &ExampleMessage<'_>,
    said: Option<Type>,
    types: &Types,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Content> {
    let annotation = response.annotation.as_ref();
    let named = annotation.and_then(|annotation| annotation.ty.as_deref());
    let body = response.message.body.as_ref();
    if body.is_some() && response.json.is_none() {
        return Some(Content::Bytes);
    }
    let shows_many = response.json.as_ref().is_some_and(|json| json.collection);
    let flagged = annotation.and_then(|annotation| annotation.collection);
    let Some(name) = named else {
        body?;
        let said = said?;
        let collection = shows_many || said.collection;
        return Some(Content::Value(Type { collection, ..said }));
    };
    let parsed = crate::page::type_name::parse(name)?;
    let resolved = types.resolve(&parsed, page.namespace.as_deref());
    let collection = shows_many || flagged == Some(true) && body.is_none();
    match resolved {
        Some(Type {
            kind: TypeKind::Primitive(Primitive::Stream),
            ..
        }) => Some(Content::Bytes),
        Some(ty) => Some(Content::Value(Type { collection, ..ty })),
        None => {
            let span = annotation.map_or(response.message.span, |annotation| annotation.span);
            let ty = match said {
                Some(said) => {
                    let known = type_label(said.kind, types);
                    let message = format!(
                        "the response is annotated as `{name}`, and the page speaks of `{known}`"
                    );
                    let help = format!("no page defines `{name}`; `{known}` is taken");
                    diagnostics
                        .push(finding(Code::TypeMismatch, page, span, message).with_help(help));
                    said
                }
                None => {
                    diagnostics.push(unknown(page, name, span, types));
                    Type::single(TypeKind::Json)
                }
            };
            Some(Content::Value(Type { collection, ..ty }))
        }
    }
}

fn type_label(kind: TypeKind, types: &Types) -> String {
    match kind {
        TypeKind::Resource(id) => types.resources[id.0 as usize].name.clone(),
        TypeKind::Enum(id) => types.enums[id.0 as usize].name.clone(),
        TypeKind::Primitive(primitive) => format!("{primitive:?}"),
        TypeKind::Json => "JSON".to_owned(),
    }
}

/// What the request carries.
pub(super) fn request_body(
    page: &Page<'_>,
    group: &Group,
    returned: Option<&Content>,
    types: &Types,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<RequestBody> {
    if matches!(group.method.as_str(), "GET" | "HEAD" | "DELETE") {
        return None;
    }
    let prose = &page.request_prose;
    let example = page.examples.requests.iter().find(|request| {
        let of_method = matches!(request.message.start, Start::Request { method, .. } if method == group.method);
        of_method && ends_like(request, group)
    });
    let message = example.map(|example| &example.message);
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
        .and_then(crate::page::type_name::parse)
        .and_then(|ty| types.resolve(&ty, namespace));
    let said = prose
        .iter()
        .find_map(|sentence| sentence.ty.as_ref())
        .and_then(|(ty, _)| types.resolve(ty, namespace));
    let answered = match returned {
        Some(Content::Value(ty)) if !ty.collection => Some(*ty),
        _ => None,
    };
    let candidates = [said, annotated, answered].into_iter().flatten();
    let resources =
        candidates.filter(|ty| matches!(ty.kind, TypeKind::Resource(_)) && !ty.collection);
    for ty in resources {
        if page.body_rows.is_empty() && Some(ty) != answered
            || !page.body_rows.is_empty() && has_rows(page, ty, types)
        {
            return body(BodyContent::Value(ty), None);
        }
    }
    if !page.body_rows.is_empty() {
        let rows = page.body_rows.iter();
        let properties = rows
            .map(|row| property(page, row, false, types, diagnostics))
            .collect();
        return body(BodyContent::Object(properties), None);
    }
    match shows_json {
        Some(true) => body(BodyContent::Value(Type::single(TypeKind::Json)), None),
        Some(false) => body(BodyContent::Bytes, media_type),
        None => None,
    }
}

/// Whether a resource has every property that the table under *Request body* lists.
fn has_rows(page: &Page<'_>, ty: Type, types: &Types) -> bool {
    let TypeKind::Resource(id) = ty.kind else {
        return false;
    };
    let has = |name: &str| {
        let mut at = Some(id);
        while let Some(id) = at {
            let resource = &types.resources[id.0 as usize];
            if resource
                .properties
                .iter()
                .any(|property| property.name == name)
            {
                return true;
            }
            at = resource.base;
        }
        false
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

/// Requests and the responses to them.
fn exchanges<'p, 'a>(
    examples: &'p Examples<'a>,
) -> impl Iterator<Item = (&'p ExampleMessage<'a>, &'p ExampleMessage<'a>)> + Clone {
    let pairs = examples.exchanges.iter();
    pairs.filter_map(|pair| {
        Some((
            &examples.requests[pair.request],
            &examples.responses[pair.response?],
        ))
    })
}

/// Whether an example request ends in the same segment of OData's own as the operation's routes.
fn ends_like(request: &ExampleMessage<'_>, group: &Group) -> bool {
    let Start::Request { target, .. } = request.message.start else {
        return false;
    };
    let path = target
        .split('?')
        .next()
        .unwrap_or(target)
        .trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or("").to_lowercase();
    match &group.tail {
        Some(tail) => last == *tail,
        None => !matches!(last.as_str(), "$value" | "$count" | "$ref"),
    }
}
