//! What operations are sent and what they answer.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use super::content::{Bodies, JSON};
use super::document::{OrReference, RequestBody, Response, Schema};
use super::headers::Headers;
use super::operations::Use;
use super::schemas::VALUE;
use super::{Context, collection, errors, prose, schemas};
use crate::model::{
    BodyContent, Content, Example, Outcome, Primitive, RouteDifference, Type, TypeKind,
};
use crate::vocabulary::reason;

/// The key of the answer to whatever goes wrong and is not documented by itself.
const SHARED_ERROR: &str = "error";

/// Responses that operations refer to.
pub(super) fn shared<'a>(context: &Context<'_>) -> BTreeMap<&'static str, Response<'a>> {
    let mut bodies = Bodies::default();
    bodies.add(JSON, errors::schema(context, None));
    let description = "Error".into();
    let content = bodies.finish();
    let response = Response {
        description,
        headers: BTreeMap::new(),
        content,
    };
    BTreeMap::from([(SHARED_ERROR, response)])
}

/// The body that is sent, where any is.
pub(super) fn request_body<'a>(context: &Context<'_>, uses: &[Use<'a>]) -> Option<RequestBody<'a>> {
    let mut bodies = Bodies::default();
    let mut descriptions: Vec<Cow<'a, str>> = Vec::new();
    let mut required = true;
    for used in uses {
        let Some(body) = &used.operation.request_body else {
            required = false;
            continue;
        };
        match &body.content {
            BodyContent::Bytes => bodies.add_bytes(body.media_type.as_deref()),
            BodyContent::Value(ty) => {
                let value = schemas::value(context, *ty);
                bodies.add(body.sent_as(), schemas::with(value, &body.required()));
            }
            BodyContent::Object(properties) => {
                let object = schemas::object(context, properties, &body.required());
                bodies.add(body.sent_as(), object);
            }
        }
        descriptions.push(body.described());
    }
    for example in uses.iter().flat_map(|used| used.examples()) {
        let request = &example.request;
        if let Some(body) = &request.body {
            bodies.show(context, example, (&request.headers, body), || None);
        }
    }
    let content = bodies.finish();
    let description = match <[_; 1]>::try_from(descriptions) {
        Ok([only]) => only,
        Err(several) => paragraphs(&several).into(),
    };
    (!content.is_empty()).then_some(RequestBody {
        description,
        content,
        required,
    })
}

/// The paragraphs of several texts, each once: pages say the same of what they share.
fn paragraphs(texts: &[Cow<'_, str>]) -> String {
    let texts: Vec<Cow<'_, str>> = texts
        .iter()
        .map(|text| prose::without_local_links(text))
        .collect();
    let mut known = HashSet::new();
    let paragraphs = texts.iter().flat_map(|text| text.split("\n\n"));
    let each_once =
        paragraphs.filter(|paragraph| !paragraph.is_empty() && known.insert(*paragraph));
    each_once.collect::<Vec<_>>().join("\n\n")
}

/// The documented answers, and what any other is.
pub(super) fn responses<'a>(
    context: &Context<'_>,
    uses: &[Use<'a>],
) -> BTreeMap<Cow<'static, str>, OrReference<Response<'a>>> {
    let failure = errors::documented(uses);
    let mut by_status: BTreeMap<u16, (Headers<'a>, Bodies<'a>)> = BTreeMap::new();
    for used in uses {
        for outcome in &used.operation.outcomes {
            let (_, bodies) = by_status.entry(outcome.status).or_default();
            add(context, uses, outcome, bodies);
        }
    }
    for example in uses.iter().flat_map(|used| used.examples()) {
        if let Some(response) = &example.response {
            let (headers, bodies) = by_status.entry(response.status).or_default();
            headers.show(&response.headers);
            if let Some(body) = &response.body {
                if response.status < 400 && is_count(example) {
                    add_count(context, bodies);
                }
                let schema = || match response.ty {
                    _ if response.status >= 400 => Some(errors::schema(context, failure)),
                    Some(ty) => Some(answer(context, uses, ty)),
                    None => None,
                };
                bodies.show(context, example, (&response.headers, body), schema);
            }
        }
    }
    // An answer to HEAD never has a body (RFC 9110, section 9.3.2).
    let is_head = uses.iter().all(|used| used.operation.method == "HEAD");
    let mut responses = BTreeMap::new();
    for (status, (headers, bodies)) in by_status {
        let response = Response {
            description: described(status),
            headers: headers.finish(),
            content: match is_head {
                true => BTreeMap::new(),
                false => bodies.finish(),
            },
        };
        responses.insert(status.to_string().into(), OrReference::Object(response));
    }
    let default = match (is_head, failure) {
        (false, None) => OrReference::Reference {
            target: format!("#/components/responses/{SHARED_ERROR}"),
        },
        _ => {
            let mut bodies = Bodies::default();
            if !is_head {
                bodies.add(JSON, errors::schema(context, failure));
            }
            OrReference::Object(Response {
                description: "Error".into(),
                headers: BTreeMap::new(),
                content: bodies.finish(),
            })
        }
    };
    responses.insert("default".into(), default);
    responses
}

fn add(context: &Context<'_>, uses: &[Use<'_>], outcome: &Outcome, bodies: &mut Bodies<'_>) {
    match outcome.content {
        Content::Empty if outcome.status >= 400 => {
            bodies.add(JSON, errors::schema(context, errors::documented(uses)));
        }
        Content::Empty => {}
        Content::Bytes => bodies.add_bytes(None),
        Content::Count => add_count(context, bodies),
        Content::Value(ty) => bodies.add(JSON, answer(context, uses, ty)),
        Content::Array(kind) => bodies.add(JSON, schemas::value(context, Type::collection(kind))),
    }
}

fn add_count(context: &Context<'_>, bodies: &mut Bodies<'_>) {
    let count = Type::primitive(Primitive::Int64);
    bodies.add("text/plain", schemas::value(context, count));
}

/// Whether what is shown is the number of items in the collection that the route leads to.
fn is_count(example: &Example) -> bool {
    let taken = example.request.route.as_ref();
    let difference = taken.and_then(|taken| taken.difference.as_ref());
    match difference {
        Some(RouteDifference::Behind(segments)) => segments.last().is_some_and(|it| it == "$count"),
        _ => false,
    }
}

/// The schema of an answer. Only resources are answered with as they are: a collection or any
/// other value is in an object (OData JSON Format 4.01, sections 11 and 13).
fn answer<'a>(context: &Context<'_>, uses: &[Use<'_>], ty: Type) -> Schema<'a> {
    let value = schemas::value(context, ty);
    match ty.kind {
        kind if ty.collection => collection::page(context, uses, kind, value),
        TypeKind::Primitive(_) | TypeKind::Enum(_) => Schema {
            required: vec![VALUE],
            ..schemas::wrapper([(VALUE, value)])
        },
        TypeKind::Resource(_) | TypeKind::Json => value,
    }
}

/// What is said of a status.
fn described(status: u16) -> Cow<'static, str> {
    match reason(status) {
        Some(reason) => reason.into(),
        None => format!("Status {status}").into(),
    }
}
