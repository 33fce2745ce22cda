//! Bodies of requests: JSON with documented properties.

use docwright::model::{Api, BodyContent, Operation, Property, ResourceId, Type, TypeKind};
use http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use super::Violation;
use crate::exchange::Exchange;
use crate::service::{Call, Sent};

/// How many undocumented properties of one body are told.
const TOLD: usize = 10;

/// What in the body of a request the pages do not allow.
pub(super) fn check(
    api: &Api,
    operation: &Operation,
    exchanges: &[Exchange],
    call: &Call<'_>,
) -> Vec<Violation> {
    let Some(body) = &operation.request_body else {
        return Vec::new();
    };
    if matches!(body.content, BodyContent::Bytes) || is_other(call) {
        return Vec::new();
    }
    let value = match &call.body {
        Sent::Nothing => return Vec::new(),
        Sent::Json(value) => value,
        Sent::Other(error) => {
            let message = format!("the body is no JSON: {error}");
            return vec![Violation::new(api, "bodyNotJson", message, body.source)];
        }
    };
    let shown = exchanges.iter().filter_map(|it| it.request_body.as_ref());
    let shown: Vec<&Value> = shown.collect();
    // What the page itself shows is documented, whatever its tables say.
    if shown.contains(&value) {
        return Vec::new();
    }
    let mut walk = Walk {
        api,
        shown,
        found: Vec::new(),
    };
    match &body.content {
        BodyContent::Bytes => {}
        BodyContent::Value(ty) => walk.value(value, *ty, ""),
        BodyContent::Object(properties) => {
            if let Value::Object(object) = value {
                walk.object(object, properties, &[], "");
            }
        }
    }
    let found = walk.found.into_iter().take(TOLD);
    let violation = |path: String| {
        let message = format!("the property `{path}` is not documented");
        Violation::new(api, "undocumentedProperty", message, body.source)
    };
    found.map(violation).collect()
}

struct Walk<'a> {
    api: &'a Api,
    /// The bodies that the page shows.
    shown: Vec<&'a Value>,
    found: Vec<String>,
}

impl Walk<'_> {
    fn value(&mut self, value: &Value, ty: Type, path: &str) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(item, ty, &format!("{path}/{index}"));
                }
            }
            Value::Object(object) => {
                let TypeKind::Resource(id) = ty.kind else {
                    return;
                };
                let id = self.written_type(object).unwrap_or(id);
                let lineage = self.lineage(id);
                if lineage.iter().any(|&id| self.api.resource(id).open) {
                    return;
                }
                self.object(object, &[], &lineage, path);
            }
            _ => {}
        }
    }

    /// The properties of an object, against documented ones: its own, or those of its types.
    fn object(
        &mut self,
        object: &Map<String, Value>,
        own: &[Property],
        lineage: &[ResourceId],
        path: &str,
    ) {
        let api = self.api;
        for (name, value) in object.iter().filter(|(name, _)| !name.contains('@')) {
            let types = lineage.iter().flat_map(|&id| &api.resource(id).properties);
            let mut documented = own.iter().chain(types);
            let path = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}/{name}")
            };
            match documented.find(|property| property.name.eq_ignore_ascii_case(name)) {
                Some(property) => self.value(value, property.ty, &path),
                None if self.shown.iter().any(|shown| has(shown, name)) => {}
                None => self.found.push(path),
            }
        }
    }

    /// The type that an object says it has.
    fn written_type(&self, object: &Map<String, Value>) -> Option<ResourceId> {
        let written = object.get("@odata.type")?.as_str()?.trim_start_matches('#');
        let name = written.rsplit('.').next()?;
        let mut resources = self.api.resources.iter();
        let found = resources.position(|resource| resource.name.eq_ignore_ascii_case(name))?;
        Some(ResourceId(found as u32))
    }

    /// A type and those that it extends.
    fn lineage(&self, id: ResourceId) -> Vec<ResourceId> {
        let mut lineage = vec![id];
        let mut next = self.api.resource(id).base;
        while let Some(base) = next.filter(|base| !lineage.contains(base)) {
            lineage.push(base);
            next = self.api.resource(base).base;
        }
        lineage
    }
}

/// Whether a request says that its body is something else than JSON: pages document some that may
/// be either.
fn is_other(call: &Call<'_>) -> bool {
    let kind = call
        .headers
        .get(CONTENT_TYPE)
        .and_then(|it| it.to_str().ok());
    kind.is_some_and(|kind| !kind.to_ascii_lowercase().contains("json"))
}

/// Whether a documented body has a property anywhere.
fn has(shown: &Value, name: &str) -> bool {
    match shown {
        Value::Array(items) => items.iter().any(|item| has(item, name)),
        Value::Object(object) => {
            object.contains_key(name) || object.values().any(|value| has(value, name))
        }
        _ => false,
    }
}
