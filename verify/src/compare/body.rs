//! The body of an answer.

use docwright::conformance::{Departure, Fault, Json, JsonPath, Kind, Step, Walk};
use docwright::diagnostic::Code;
use docwright::json;
use docwright::model::{Content, ExampleResponse, Primitive, Type, TypeKind};
use http::StatusCode;
use serde_json::Value;

use super::Comparison;
use crate::findings::Found;
use crate::send::Answer;

impl Comparison<'_> {
    /// Where a body parts from the one that a page shows, and from its type.
    pub(super) fn body(
        &self,
        shown: Option<&ExampleResponse>,
        ty: Option<Type>,
        answer: &Answer,
    ) -> Vec<Found> {
        // These have no content (RFC 9110, sections 15.3.5 and 15.4.5), and pages that show some have
        // a finding of their own.
        let is_empty = matches!(
            answer.status,
            StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED
        );
        if is_empty || self.pages.api.route(self.planned.route).method == "HEAD" {
            return Vec::new();
        }
        let label = &self.label;
        let text = shown.and_then(|shown| shown.body.as_deref());
        let documented = text.and_then(json::read);
        let is_json = documented.is_some() || (text.is_none() && ty.is_some_and(is_json_type));
        let nothing =
            text.is_none() && self.content(answer.status.as_u16()) == Some(Content::Empty);
        let message = match serde_json::from_slice::<Value>(&answer.body) {
            // That a page shows what is no JSON is a matter of `check`.
            _ if text.is_some_and(|text| text.as_bytes() == answer.body) => return Vec::new(),
            _ if nothing && !answer.body.is_empty() => {
                format!("the answer to `{label}` has a body, and none is documented")
            }
            // An example that leaves out the body does not say that there is one.
            _ if answer.body.is_empty() && (text.is_some() || (shown.is_none() && is_json)) => {
                format!("the answer to `{label}` has no body")
            }
            _ if answer.body.is_empty() => return Vec::new(),
            Err(error) if is_json => {
                format!("the body of the answer to `{label}` is no JSON: {error}")
            }
            Ok(value) if is_json => {
                let mut found = self.types(&value, documented.as_ref(), ty);
                if let (Some(shown), Some(documented)) = (shown, &documented) {
                    found.extend(self.example(shown, documented, &value, ty));
                }
                return found;
            }
            _ => return Vec::new(),
        };
        let place = shown.map_or_else(|| self.place(), |shown| self.at(shown.source));
        vec![self.found(Code::ServiceBody, "", place, message)]
    }

    /// Where a body parts from its type. What the page shows itself is documented, whatever its tables
    /// say.
    fn types(&self, value: &Value, documented: Option<&Value>, ty: Option<Type>) -> Vec<Found> {
        let Some(ty) = ty else { return Vec::new() };
        let bodies = self
            .operations
            .iter()
            .flat_map(|operation| &operation.examples);
        let bodies = bodies.filter_map(|example| example.response.as_ref()?.body.as_deref());
        let bodies: Vec<Value> = bodies.filter_map(json::read).collect();
        let mut found = Vec::new();
        let mut report = |departure: Departure<'_, '_, &Value>| {
            let shown = bodies.iter().flat_map(|body| at(body, departure.path));
            if !shown.into_iter().any(|shown| excuses(shown, &departure)) {
                found.push(self.departure(&departure));
            }
        };
        Walk::new(&self.types, &mut report).answer(value, ty);
        let is_many = |value: &Value| value.get("value").map(Value::is_array);
        if ty.collection
            && documented.and_then(is_many) == Some(true)
            && is_many(value) == Some(false)
        {
            let message = format!(
                "`$.value` is documented as {}, and the answer to `{}` has {}",
                self.types.label(ty),
                self.label,
                (&value["value"]).kind(),
            );
            found.push(self.found(Code::ServiceValueType, "value", self.place(), message));
        }
        if documented.is_some_and(Value::is_array) && !value.is_array() {
            let message = format!(
                "the answer to `{}` is documented as an array, and is {}",
                self.label,
                value.kind(),
            );
            found.push(self.found(Code::ServiceValueType, "", self.place(), message));
        }
        found
    }

    fn departure(&self, departure: &Departure<'_, '_, &Value>) -> Found {
        let Departure { path, name, .. } = departure;
        let api = self.pages.api;
        let label = &self.label;
        let (code, source, message) = match departure.fault {
            Fault::UnknownProperty(owner) => {
                let id = owner.shape.resources.first().copied();
                let owner = id.map(|id| self.types.label(Type::single(TypeKind::Resource(id))));
                let owner = owner.unwrap_or_else(|| "it".to_owned());
                let message = format!(
                    "the answer to `{label}` has `{path}`, and {owner} has no such property"
                );
                let source = id.map(|id| api.resource(id).source);
                (Code::ServicePropertyUnknown, source, message)
            }
            Fault::WrongType(ty) => {
                let expected = self.types.label(ty);
                let given = departure.value.kind();
                let message = format!(
                    "`{path}` is documented as {expected}, and the answer to `{label}` has {given}"
                );
                (Code::ServiceValueType, departure.documented, message)
            }
            Fault::NotNullable => {
                let message = format!(
                    "`{path}` is documented as never null, and the answer to `{label}` has null"
                );
                (Code::ServiceValueType, departure.documented, message)
            }
            Fault::WrongForm(primitive) => {
                let expected = self.types.label(Type::primitive(primitive));
                let message = format!(
                    "`{path}` is documented as {expected}, and the answer to `{label}` has {}",
                    quoted(departure.value)
                );
                (Code::ServiceValueType, departure.documented, message)
            }
            Fault::UnknownMember(id) => {
                let expected = self.types.label(Type::single(TypeKind::Enum(id)));
                let message = format!(
                    "`{path}` is {} in the answer to `{label}`, which is no member of {expected}",
                    quoted(departure.value)
                );
                (
                    Code::ServiceMemberUnknown,
                    Some(api.enumeration(id).source),
                    message,
                )
            }
            Fault::UnknownType(_) => {
                let message = format!(
                    "`{path}` is {} in the answer to `{label}`, and no page defines that type",
                    quoted(departure.value)
                );
                (Code::ServiceTypeUnknown, None, message)
            }
        };
        let place = source.map_or_else(|| self.place(), |source| self.at(source));
        self.found(code, name, place, message)
    }
}

/// The values of a documented body at a place, whichever item of an array it is in.
fn at<'v>(body: &'v Value, path: &JsonPath<'_>) -> Vec<&'v Value> {
    let mut values = vec![body];
    for step in &path.0 {
        values = match step {
            Step::Property(name) => values.iter().filter_map(|value| value.get(name)).collect(),
            Step::Item(_) => values.iter().flat_map(|value| value.items()).collect(),
        };
    }
    values
}

/// Whether what a page shows at a place is as the answer has it.
fn excuses(shown: &Value, departure: &Departure<'_, '_, &Value>) -> bool {
    let (shown_kind, given) = (shown.kind(), departure.value.kind());
    match departure.fault {
        Fault::UnknownProperty(_) => true,
        Fault::WrongType(_) => {
            std::mem::discriminant(&shown_kind) == std::mem::discriminant(&given)
        }
        Fault::WrongForm(_)
        | Fault::UnknownMember(_)
        | Fault::UnknownType(_)
        | Fault::NotNullable => shown_kind == given,
    }
}

/// Whether a value of a type is sent as JSON.
fn is_json_type(ty: Type) -> bool {
    let bytes = [Primitive::Stream, Primitive::Binary].map(TypeKind::Primitive);
    ty.kind != TypeKind::Json && !bytes.contains(&ty.kind)
}

/// How much of a text is told.
const TOLD: usize = 60;

/// A short word of the service, on one line.
fn quoted(value: &Value) -> String {
    match value.kind() {
        Kind::String(text) => {
            let short: String = text.chars().take(TOLD).collect();
            format!("`{}`", short.escape_debug())
        }
        other => other.to_string(),
    }
}
