//! The bodies of examples, each beside what the pages say it is.

use super::finding;
use super::values;
use crate::assemble::examples::mistaken::{is_mistaken, sent};
use crate::assemble::types::references::unknown_type;
use crate::conformance::{Json as _, Kind, Shape, Types, Walk};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    BodyContent, Example, ExampleRequest, ExampleResponse, Operation, Property, ResourceId,
    RouteDifference, Source, Type, TypeKind,
};
use crate::page::Page;
use crate::page::body::Value;
use crate::page::example::ExampleMessage;
use crate::page::example::sample::Sample;
use crate::page::prose;
use crate::page::type_name::{self, TypeName};

/// Reports what is wrong with the bodies that a page shows.
pub(super) fn check(
    page: &Page<'_>,
    operations: &[Operation],
    types: &Types<'_>,
    found: &mut Vec<Diagnostic>,
) {
    for request in &page.examples.requests {
        check_annotation(page, types, request, found);
        if let Some(shown) = request.shown() {
            values::check(page, types, shown, found, |walk, value| {
                // What a service refuses for its body is shown for what is wrong with it.
                if !is_refused(page, operations, request) {
                    request_body(walk, value, page, types, operations, request);
                }
            });
        }
    }
    for response in &page.examples.responses {
        check_annotation(page, types, response, found);
        check_flag(page, operations, types, response, found);
        let ty = response_type(page, types, operations, response);
        check_meaning(page, types, response, ty, found);
        if let Some(shown) = response.shown() {
            values::check(page, types, shown, found, |walk, value| match ty {
                Some(ty) => walk.answer(value, ty),
                None => walk.value("", value, None),
            });
        }
    }
    for sample in &page.samples {
        check_sample(page, types, sample, found);
    }
}

/// Whether the answer to a request says that there is something wrong with its content (RFC 9110, sections 15.5.1 and
/// 15.5.21).
fn is_refused(page: &Page<'_>, operations: &[Operation], request: &ExampleMessage<'_>) -> bool {
    let at = place(page, request);
    let mut examples = operations.iter().flat_map(|operation| &operation.examples);
    let example = examples.find(|example| example.request.source == at);
    let response = example.and_then(|example| example.response.as_ref());
    response.is_some_and(|response| matches!(response.status, 400 | 422))
}

/// Reports what is wrong with a body that stands by itself.
fn check_sample(
    page: &Page<'_>,
    types: &Types<'_>,
    sample: &Sample<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let annotation = &sample.annotation;
    let named = annotation.ty.as_deref();
    let ty = named.and_then(type_name::parse);
    let ty = ty.and_then(|ty| types.resolve(&ty, page.namespace.as_deref()));
    if let (Some(name), None) = (named, ty) {
        found.push(unknown_type(
            page,
            name,
            annotation.span,
            types.suggestion(name),
        ));
    }
    let shown = (&sample.text, sample.value());
    values::check(page, types, shown, found, |walk, value| match ty {
        Some(ty) => {
            let collection = ty.collection || annotation.collection == Some(true);
            walk.answer(value, Type { collection, ..ty });
        }
        None => walk.value("", value, None),
    });
}

/// Walks through the body of a request: of the table under *Request body*, or of a resource that the
/// page speaks of there.
fn request_body<'v>(
    walk: &mut Walk<'_, 'v, Value<'v>>,
    body: Value<'v>,
    page: &Page<'_>,
    types: &Types<'_>,
    operations: &[Operation],
    request: &ExampleMessage<'_>,
) {
    let at = place(page, request);
    let shows = |example: &Example| example.request.source == at;
    let mut operations = operations.iter();
    let operation = operations.find(|operation| operation.examples.iter().any(shows));
    // What is sent by another method is not what the page speaks of.
    let operation = operation.filter(|operation| request.is_of_method(&operation.method));
    let content = operation.and_then(|operation| operation.request_body.as_ref());
    match (content.map(|content| &content.content), body.kind()) {
        (Some(BodyContent::Value(ty)), _) => walk.value("", body, Some(*ty)),
        (Some(BodyContent::Object(rows)), Kind::Object) => {
            let said = page.request_prose.iter().chain(page.answer_prose());
            let resolve = |ty: &TypeName| types.resolve(ty, page.namespace.as_deref());
            let said = said.filter_map(|sentence| prose::said([sentence], resolve));
            let annotated = annotated(page, types, request).into_iter();
            let resources = annotated.chain(said).filter_map(|ty| ty.kind.resource());
            let resources: Vec<ResourceId> = resources.collect();
            let rows: Vec<_> = rows
                .iter()
                .map(|row| (&*row.name, row_type(page, row)))
                .collect();
            let shape = Shape {
                rows: &rows,
                resources: &resources,
            };
            walk.object(body, shape);
        }
        _ => walk.value("", body, None),
    }
}

/// The type of a row of the table under *Request body*; any where the table does not give it.
fn row_type(page: &Page<'_>, property: &Property) -> Type {
    let mut rows = page.body_rows.iter();
    let row = rows.find(|row| row.name == property.name);
    match row.and_then(|row| row.ty.as_ref()) {
        Some(_) => property.ty,
        None => Type::single(TypeKind::Json),
    }
}

/// The type of a successful response: that of its annotation, or else that of its operation or of what
/// the request asks for behind a route of it.
pub(super) fn response_type(
    page: &Page<'_>,
    types: &Types<'_>,
    operations: &[Operation],
    response: &ExampleMessage<'_>,
) -> Option<Type> {
    if response.message.status().is_none_or(|status| status >= 300) {
        return None;
    }
    if response.annotated_as().is_some() {
        let flagged = response.annotation.as_ref()?.collection == Some(true);
        let ty = annotated(page, types, response)?;
        let collection = ty.collection || flagged;
        let meant = meant(page, types, operations, response, ty);
        return meant.or(Some(Type { collection, ..ty }));
    }
    let (request, shown) = shown(page, operations, response)?;
    let route = request.route.as_ref();
    match route.and_then(|route| route.difference.as_ref()) {
        Some(RouteDifference::Behind(segments)) => types.behind(shown.ty?, segments),
        _ => shown.ty,
    }
}

/// The example of the model that a response belongs to: its request, and the response.
fn shown<'m>(
    page: &Page<'_>,
    operations: &'m [Operation],
    response: &ExampleMessage<'_>,
) -> Option<(&'m ExampleRequest, &'m ExampleResponse)> {
    let at = place(page, response);
    let mut examples = operations.iter().flat_map(|operation| &operation.examples);
    examples.find_map(|example| {
        let shown = example.response.as_ref()?;
        (shown.source == at).then_some((&example.request, shown))
    })
}

/// What a response is by the model, where its annotation is mistaken or names no more than the base of it.
fn meant(
    page: &Page<'_>,
    types: &Types<'_>,
    operations: &[Operation],
    response: &ExampleMessage<'_>,
    annotated: Type,
) -> Option<Type> {
    let (_, shown) = shown(page, operations, response)?;
    let ty = shown.ty?;
    let (of_annotation, meant) = (annotated.kind.resource()?, ty.kind.resource()?);
    let sent = || sent(page, |ty| types.resolve(ty, page.namespace.as_deref()));
    let is_meant = types.is_or_extends(ty.kind, annotated.kind)
        || is_mistaken(response, of_annotation, meant, sent(), types.resources());
    is_meant.then_some(ty)
}

/// Reports a response that is annotated as another type than it is of.
fn check_meaning(
    page: &Page<'_>,
    types: &Types<'_>,
    response: &ExampleMessage<'_>,
    ty: Option<Type>,
    found: &mut Vec<Diagnostic>,
) {
    let Some(annotation) = &response.annotation else {
        return;
    };
    if let Some(meant) = ty
        && let Some(annotated) = annotated(page, types, response)
        && !types.is_or_extends(meant.kind, annotated.kind)
    {
        let (name, meant) = (types.name(annotated.kind), types.name(meant.kind));
        let message = format!(
            "the response is annotated as `{name}`, and its body has the properties of `{meant}`"
        );
        let help = format!("`{meant}` is taken");
        let note = finding(Code::TypeMismatch, page, annotation.span, message);
        found.push(note.with_help(help));
    }
}

/// Reports a message that is annotated as a type that nothing defines. Where that is a response, it is
/// known already, unless a type is only called so in another namespace.
fn check_annotation(
    page: &Page<'_>,
    types: &Types<'_>,
    example: &ExampleMessage<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let is_request = example.message.request().is_some();
    if let (Some(annotation), Some(name)) = (&example.annotation, example.annotated_as())
        && (is_request && annotated(page, types, example).is_none() || types.is_misplaced(name))
    {
        let help = types.suggestion(name);
        found.push(unknown_type(page, name, annotation.span, help));
    }
}

/// Reports a collection of which the annotation says only what its items are.
fn check_flag(
    page: &Page<'_>,
    operations: &[Operation],
    types: &Types<'_>,
    response: &ExampleMessage<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let shows_many = response.is_collection();
    if let Some(annotation) = &response.annotation
        && annotation.collection == Some(true)
        && response
            .json_value()
            .is_some_and(|body| body.kind() == Kind::Object)
        && !shows_many
    {
        let message = "the annotation says that there are many, and the body is a single object";
        let note = finding(Code::CollectionUnflagged, page, annotation.span, message);
        found.push(note.with_help("show them in `value`, or take `\"isCollection\"` out"));
    }
    if let (Some(annotation), Some(name)) = (&response.annotation, response.annotated_as())
        && shows_many
        && annotation.collection != Some(true)
    {
        let kind = annotated(page, types, response).map(|ty| ty.kind);
        let id = kind.and_then(TypeKind::resource);
        let is_around = id.is_some_and(|id| types.property(id, "value").is_some());
        let model = shown(page, operations, response).map(|(_, shown)| shown.body.as_deref());
        let is_unwrapped = model.is_some_and(|body| body != response.body());
        if is_around || is_unwrapped {
            return;
        }
        let message = format!("the body is a collection, and the annotation says `{name}`");
        let note = finding(Code::CollectionUnflagged, page, annotation.span, message);
        found.push(note.with_help("add `\"isCollection\": true`"));
    }
}

/// The type that the annotation of a message names, where a page defines it.
pub(super) fn annotated(
    page: &Page<'_>,
    types: &Types<'_>,
    example: &ExampleMessage<'_>,
) -> Option<Type> {
    let ty = type_name::parse(example.annotated_as()?)?;
    types.resolve(&ty, page.namespace.as_deref())
}

/// The message of a page that shows a request of the model.
pub(super) fn message_of<'p, 'a>(
    page: &'p Page<'a>,
    request: &ExampleRequest,
) -> Option<&'p ExampleMessage<'a>> {
    message_at(page, &page.examples.requests, request.source)
}

/// The one of a page's messages that stands at a place of the model.
pub(super) fn message_at<'p, 'a>(
    page: &Page<'_>,
    messages: &'p [ExampleMessage<'a>],
    at: Source,
) -> Option<&'p ExampleMessage<'a>> {
    messages.iter().find(|message| place(page, message) == at)
}

/// The place of a message in the model.
fn place(page: &Page<'_>, example: &ExampleMessage<'_>) -> Source {
    let (line, column) = page.file.position(example.message.span.start);
    let page = page.id;
    Source { page, line, column }
}
