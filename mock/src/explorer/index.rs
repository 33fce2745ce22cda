//! What the page knows of the whole: areas, operations, and what one searches them by.

use std::collections::{BTreeMap, BTreeSet};

use docwright::model::{Api, Operation, PathTemplate, Piece};
use serde_json::{Value, json};

use super::{Explorer, Subject};

/// The area of paths that begin with a value.
const ROOT: &str = "/";

/// The index: all operations, and for each area the routes that lead to them.
pub(super) fn index(explorer: &Explorer, subject: &Subject<'_>) -> Value {
    let api = subject.api;
    let operations = api.operations.iter().enumerate();
    let operations = operations.map(|(index, it)| entry(explorer, api, index, it));
    json!({
        "name": explorer.settings.crate_name,
        "baseUrl": api.base_url,
        "basePath": subject.base_path,
        "pages": api.page_count(),
        "pageTexts": explorer.settings.pages.is_some(),
        "routes": api.routes.len(),
        "types": (0..api.resources.len() + api.enums.len())
            .map(|index| explorer.types.get(index))
            .collect::<Vec<_>>(),
        "examples": api.operations.iter().map(|it| it.examples.len()).sum::<usize>(),
        "areas": areas(api),
        "operations": operations.collect::<Vec<_>>(),
    })
}

fn entry(explorer: &Explorer, api: &Api, index: usize, operation: &Operation) -> Value {
    let routes = operation.routes.iter();
    let routes = routes.map(|&id| api.route(id).path.to_string());
    let permissions = operation.permissions.iter();
    let scopes: BTreeSet<&str> = permissions.flat_map(|it| it.scopes.iter()).collect();
    json!({
        "slug": explorer.operations.get(index),
        "title": operation.title,
        "method": operation.method,
        "routes": routes.collect::<Vec<_>>(),
        "scopes": scopes,
    })
}

/// The areas: the first segments of paths, each with its operations and the path by which its page
/// first leads there, in the order of these.
fn areas(api: &Api) -> Vec<Value> {
    let mut areas: BTreeMap<(String, &str), BTreeSet<(String, usize)>> = BTreeMap::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let mut seen = BTreeSet::new();
        for &route in &operation.routes {
            let path = &api.route(route).path;
            let area = area(path);
            if seen.insert(area) {
                let entries = areas.entry((area.to_lowercase(), area)).or_default();
                entries.insert((path.to_string(), index));
            }
        }
    }
    let entry = |(path, operation)| json!([operation, path]);
    let areas = areas.into_iter().map(|((_, name), entries)| {
        let entries: Vec<Value> = entries.into_iter().map(entry).collect();
        json!({ "name": name, "entries": entries })
    });
    areas.collect()
}

/// The fixed text that a path begins with.
fn area(path: &PathTemplate) -> &str {
    let first = path.segments.first().and_then(|it| it.pieces.first());
    match first {
        // A function's name is all before its arguments.
        Some(Piece::Literal(text)) => text.split('(').next().unwrap_or(text),
        Some(Piece::Parameter(_)) | None => ROOT,
    }
}
