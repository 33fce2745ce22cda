//! An operation as the page shows it.

use docwright::model::{
    Api, BodyContent, Content, Encoding, Operation, Outcome, Parameter, Permission, PermissionKind,
    Piece, RequestBody, Route, RouteId, Scopes,
};
use http::StatusCode;
use serde_json::{Value, json};

use super::{Explorer, example, place, types};

/// All that is said about the operation at an index.
pub(super) fn operation(explorer: &Explorer, api: &Api, index: usize) -> Value {
    let operation = &api.operations[index];
    let parameters = |list: &[Parameter]| -> Vec<Value> {
        list.iter().map(|it| parameter(explorer, api, it)).collect()
    };
    let routes = operation.routes.iter();
    let outcomes = operation.outcomes.iter();
    let permissions = operation.permissions.iter();
    let examples = operation.examples.iter();
    let body = operation.request_body.as_ref();
    let options = operation.query_options.iter();
    let options = options.map(|it| json!({ "name": it.name(), "effect": it.effect() }));
    let headers = [&operation.headers, &operation.keys].map(|it| parameters(it));
    let headers = headers.concat();
    json!({
        "slug": explorer.operations.get(index),
        "title": operation.title,
        "description": operation.description,
        "method": operation.method,
        "place": place(api, operation.source),
        "routes": routes.map(|&id| route(api, operation, id)).collect::<Vec<_>>(),
        "pathParameters": parameters(&operation.path_parameters),
        "functionParameters": parameters(&operation.function_parameters),
        "queryOptions": options.collect::<Vec<_>>(),
        "queryParameters": parameters(&operation.query_parameters),
        "headers": headers,
        "body": body.map(|it| request_body(explorer, api, it)),
        "outcomes": outcomes.map(|it| outcome(explorer, api, it)).collect::<Vec<_>>(),
        "permissions": permissions.map(permission).collect::<Vec<_>>(),
        "examples": examples.map(|it| example::example(api, operation, it)).collect::<Vec<_>>(),
    })
}

/// A route, in the pieces that a path is put together from.
fn route(api: &Api, operation: &Operation, id: RouteId) -> Value {
    let route: &Route = api.route(id);
    let own = route
        .sources
        .iter()
        .find(|it| it.page == operation.source.page);
    let source = own.or(route.sources.first()).copied();
    let mut pieces = Vec::new();
    for segment in &route.path.segments {
        pieces.push(json!("/"));
        pieces.extend(segment.pieces.iter().map(|piece| match piece {
            Piece::Literal(text) => json!(text),
            Piece::Parameter(parameter) => json!({
                "name": parameter.name,
                "documented": parameter.documented,
                "encoding": match parameter.encoding {
                    Encoding::Segment => "segment",
                    Encoding::Quoted => "quoted",
                    Encoding::Path => "path",
                },
            }),
        }));
    }
    let needed = Permission::for_route(api, operation, &route.path);
    let is_needed = |it: &&Permission| needed.contains(it);
    let permissions = operation.permissions.iter().enumerate();
    let permissions = permissions.filter(|(_, it)| is_needed(it));
    json!({
        "method": route.method,
        "path": route.path.to_string(),
        "pieces": pieces,
        "permissions": permissions.map(|(index, _)| index).collect::<Vec<_>>(),
        "place": place(api, source.unwrap_or(operation.source)),
    })
}

fn parameter(explorer: &Explorer, api: &Api, parameter: &Parameter) -> Value {
    json!({
        "name": parameter.name,
        "type": types::named(explorer, api, parameter.ty),
        "required": parameter.required,
        "description": parameter.description,
        "place": place(api, parameter.source),
    })
}

fn request_body(explorer: &Explorer, api: &Api, body: &RequestBody) -> Value {
    let (ty, properties) = match &body.content {
        BodyContent::Bytes => (None, None),
        BodyContent::Value(ty) => {
            let described = Some(&body.properties).filter(|it| !it.is_empty());
            (Some(types::named(explorer, api, *ty)), described)
        }
        BodyContent::Object(properties) => (None, Some(properties)),
    };
    let properties = properties.map(|it| types::properties(explorer, api, it));
    json!({
        "type": ty,
        "properties": properties,
        "mediaType": body.media_type,
        "description": body.description,
        "place": place(api, body.source),
    })
}

fn outcome(explorer: &Explorer, api: &Api, outcome: &Outcome) -> Value {
    let (content, ty) = match &outcome.content {
        Content::Empty => ("empty", None),
        Content::Bytes => ("bytes", None),
        Content::Count => ("count", None),
        Content::Value(_) | Content::Array(_) => ("value", outcome.content.value()),
    };
    json!({
        "status": outcome.status,
        "reason": reason(outcome.status),
        "content": content,
        "type": ty.map(|ty| types::named(explorer, api, ty)),
        "place": place(api, outcome.source),
    })
}

fn permission(permission: &Permission) -> Value {
    let kind = match permission.kind {
        PermissionKind::DelegatedWork => "Delegated, work or school account",
        PermissionKind::DelegatedPersonal => "Delegated, personal account",
        PermissionKind::Application => "Application",
        PermissionKind::Unspecified => "Any caller",
    };
    let alternatives = permission.scopes.alternatives();
    let alternatives = alternatives.map(|it| Scopes::together(it).collect());
    let alternatives: Vec<Vec<&str>> = alternatives.collect();
    json!({ "kind": kind, "subject": permission.subject, "scopes": alternatives })
}

/// The words that go with a status (RFC 9110, section 15).
pub(super) fn reason(status: u16) -> &'static str {
    let status = StatusCode::from_u16(status).ok();
    status.and_then(|it| it.canonical_reason()).unwrap_or("")
}
