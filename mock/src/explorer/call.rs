//! The call of the generated client for a request that somebody is about to send.

use docwright::model::{ExampleRequest, OperationId, RouteMatch};
use serde_json::{Value, json};

use super::{Explorer, Subject};

/// How many options and headers a call is written with. Each is a call on what the others return,
/// and deep ones take more stack to parse and to format than a thread has.
const SETTINGS: usize = 100;

/// What is said where there is none.
const NONE: &str = "The client has no call for this request: it takes no documented route, or \
                    lacks what its operation cannot be called without.";

/// The call for a request that is described as JSON: the operation, the method, the path behind
/// the base URL, the query, the headers as pairs, and the body.
pub(super) fn written(explorer: &Explorer, subject: &Subject<'_>, described: &[u8]) -> Value {
    let call = call(explorer, subject, described);
    match call {
        Some(call) => json!({ "call": call }),
        None => json!({ "none": NONE }),
    }
}

fn call(explorer: &Explorer, subject: &Subject<'_>, described: &[u8]) -> Option<String> {
    let described: Value = serde_json::from_slice(described).ok()?;
    let text = |name: &str| described[name].as_str().unwrap_or("").to_owned();
    let operation = explorer.operations.find(&text("operation"))?;
    let (method, path) = (text("method"), text("path"));
    let found = (subject.find)(&method, &path)?;
    let headers = described["headers"].as_array().into_iter().flatten();
    let headers = headers.filter_map(|pair| {
        let (name, value) = (pair[0].as_str()?, pair[1].as_str()?);
        Some((name.to_owned(), value.to_owned()))
    });
    let (query, headers): (_, Vec<_>) = (text("query"), headers.collect());
    if query.matches('&').count() + headers.len() > SETTINGS {
        return None;
    }
    let api = subject.api;
    let request = ExampleRequest {
        method,
        target: path.clone(),
        path,
        query,
        headers,
        body: described["body"].as_str().map(str::to_owned),
        route: Some(RouteMatch {
            route: found.route,
            arguments: found.arguments,
            difference: found.difference,
        }),
        leaves: false,
        source: api.operations[operation].source,
    };
    let id = OperationId(operation as u32);
    explorer.calls(api).write(api, id, &request)
}
