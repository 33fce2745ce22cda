//! One property of a thing, where the pages show the whole.

use docwright::model::{Content, OperationId, Type, TypeKind};
use http::StatusCode;
use http::header::CONTENT_TYPE;
use serde_json::{Value, json};

use super::Service;
use super::call::Call;
use crate::answer::{Answer, Body};

/// The value that a request gives a property, which had the value `before`; nothing where it sends none.
/// A change of an object says only what is another in it, and to delete a property is to make it null
/// (OData Protocol 4.01, section 11.4.9).
pub(super) fn sent(call: &Call<'_>, before: Option<&Value>) -> Option<Value> {
    if call.method == "DELETE" {
        return Some(Value::Null);
    }
    let Value::Object(sent) = call.body.json()? else {
        return None;
    };
    let is_wrapper = |name: &String| name == "value" || name.starts_with('@');
    if let Some(value) = sent.get("value")
        && sent.keys().all(is_wrapper)
    {
        return Some(value.clone());
    }
    let mut value = sent.clone();
    if call.method == "PATCH"
        && let Some(Value::Object(before)) = before
    {
        let same = before.iter().filter(|(name, _)| !sent.contains_key(*name));
        value.extend(same.map(|(name, value)| (name.clone(), value.clone())));
    }
    Some(Value::Object(value))
}

impl Service {
    /// Makes the answer that shows a thing that to a request for a property of it. What is not an object
    /// is the `value` of one (OData JSON Format 4.01, section 11); there is no content where the thing
    /// shows no value (OData Protocol 4.01, section 11.2.4), and none of several is an empty list.
    pub(super) fn take_property(
        &self,
        answer: &mut Answer<'_>,
        name: &str,
        operation: OperationId,
    ) {
        take(answer, name, || self.is_list(operation, name));
    }

    /// Whether a property of what an operation answers with is a collection.
    fn is_list(&self, operation: OperationId, name: &str) -> bool {
        let mut outcomes = self.api.operation(operation).outcomes.iter();
        outcomes.any(|outcome| match outcome.content {
            Content::Value(Type {
                kind: TypeKind::Resource(id),
                ..
            }) => {
                let property = self.api.property(id, name);
                property.is_some_and(|property| property.ty.collection)
            }
            _ => false,
        })
    }
}

fn take(answer: &mut Answer<'_>, name: &str, is_list: impl Fn() -> bool) {
    if !answer.status.is_success() {
        return;
    }
    let shown = answer.body.json().and_then(|thing| thing.get(name));
    answer.body = match shown.cloned().unwrap_or_default() {
        Value::Null if is_list() => Body::of(json!({ "value": [] })),
        Value::Null => {
            answer.status = StatusCode::NO_CONTENT;
            answer.headers.remove(CONTENT_TYPE);
            Body::Nothing
        }
        value @ Value::Object(_) => Body::of(value),
        value => Body::of(json!({ "value": value })),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderMap;

    #[test]
    fn what_a_thing_shows_no_value_of_has_no_content() {
        let taken = |name: &str| {
            let thing = json!({ "a": 1, "b": null, "c": { "d": 2 } });
            let mut answer = Answer {
                status: StatusCode::OK,
                headers: HeaderMap::new(),
                body: Body::of(thing),
            };
            take(&mut answer, name, || name == "f");
            (answer.status.as_u16(), answer.body.json().cloned())
        };
        assert_eq!(taken("a"), (200, Some(json!({ "value": 1 }))));
        assert_eq!(taken("b"), (204, None));
        assert_eq!(taken("c"), (200, Some(json!({ "d": 2 }))));
        assert_eq!(taken("e"), (204, None));
        assert_eq!(taken("f"), (200, Some(json!({ "value": [] }))));
    }
}
