//! Documented exchanges as the page shows them.

use docwright::model::{Api, Example, Operation};
use serde_json::{Map, Value, json};

use super::operation::reason;
use super::place;

/// A request, its answer, and what `check` says of them.
pub(super) fn example(api: &Api, operation: &Operation, example: &Example) -> Value {
    let request = &example.request;
    let matched = request.route.as_ref();
    // The route among those of the operation, and the values by the names of its parameters.
    let route = matched.and_then(|it| operation.routes.iter().position(|id| *id == it.route));
    let mut arguments = Map::new();
    if let Some(matched) = matched {
        let parameters = api.route(matched.route).path.parameters();
        for (parameter, value) in parameters.zip(&matched.arguments) {
            arguments.insert(parameter.name.to_string(), value.clone().into());
        }
    }
    let response = example.response.as_ref().map(|it| {
        json!({
            "status": it.status,
            "reason": reason(it.status),
            "headers": it.headers,
            "body": it.body,
            "truncated": it.truncated,
            "place": place(api, it.source),
        })
    });
    let findings = example.contradictions.iter().map(|it| {
        json!({
            "code": it.code.as_str(),
            "message": it.message,
            "place": place(api, it.source),
        })
    });
    json!({
        "name": example.name,
        "title": example.title,
        "request": {
            "method": request.method,
            "target": request.target,
            "path": request.path,
            "query": request.query,
            "headers": request.headers,
            "body": request.body,
            "route": route,
            "arguments": arguments,
            "place": place(api, request.source),
        },
        "response": response,
        "findings": findings.collect::<Vec<_>>(),
    })
}
