//! What failures are answered with: OData's errors, or what the API has in their place.

use super::Context;
use super::document::Schema;
use super::names::ERROR;
use super::operations::Use;
use super::schemas;
use crate::json;
use crate::model::{Api, Example, Type};
use crate::vocabulary::{Json, Kind};

/// Whether failures are answered with something else than OData's errors: most of those that examples show are.
pub(super) fn are_own(api: &Api) -> bool {
    let examples = api.operations.iter().flat_map(|it| &it.examples);
    let shown: Vec<bool> = examples.filter_map(is_odata).collect();
    let odata = shown.iter().filter(|is_odata| **is_odata).count();
    odata * 2 < shown.len()
}

/// The type that a page gives what failures of a route are answered with.
pub(super) fn documented(uses: &[Use<'_>]) -> Option<Type> {
    uses.iter().find_map(|used| used.operation.failure)
}

/// The schema of an error: that of its documented type; any JSON where the API has errors of its own, of which no page gives the type.
pub(super) fn schema<'a>(context: &Context<'_>, documented: Option<Type>) -> Schema<'a> {
    match documented {
        Some(ty) => schemas::value(context, ty),
        None if context.own_errors => Schema::default(),
        None => schemas::reference(ERROR),
    }
}

/// Whether the failure that an example shows is an error of OData (OData JSON Format 4.01, section 21); `None` where
/// it shows none, or none in JSON.
fn is_odata(example: &Example) -> Option<bool> {
    let response = example.response.as_ref()?;
    let body = response.body.as_ref().filter(|_| response.status >= 400)?;
    let body = json::parse(body).ok()?;
    let error = Json::member(&body.value, "error");
    let code = error.and_then(|error| error.member("code"));
    Some(code.is_some_and(|code| matches!(code.kind(), Kind::String(_))))
}
