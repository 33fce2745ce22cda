//! References to things, which are added to a collection or put into a relationship.

use docwright::model::{Api, Operation};
use serde_json::Value;

use super::Violation;
use crate::exchange::Exchange;
use crate::service::Call;

/// By what a body says which thing is meant (OData JSON format 4.01, section 14; without the prefix
/// since 4.01).
const NAMES: [&str; 2] = ["@odata.id", "@id"];

/// What is said of a reference that names nothing: there is nothing that the service could add. A page may
/// show one without, whose service knows by something else what is meant.
pub(super) fn check(
    api: &Api,
    operation: &Operation,
    exchanges: &[Exchange],
    call: &Call<'_>,
) -> Option<Violation> {
    let is_made = matches!(call.method, "POST" | "PUT");
    let names_one = |body: Option<&Value>| {
        let mut names = NAMES.iter();
        body.is_some_and(|body| names.any(|name| body.get(name).is_some_and(Value::is_string)))
    };
    let mut shown = exchanges.iter().map(|it| it.request_body.as_ref());
    let is_missing =
        is_made && call.is_reference(api) && !names_one(call.body.json()) && shown.all(names_one);
    is_missing.then(|| {
        let source = { operation.request_body.as_ref() }.map_or(operation.source, |it| it.source);
        let message = format!("the property `{}` is required", NAMES[0]);
        Violation::new(api, "missingProperty", message, source)
    })
}
