//! Requests, held against the pages.

mod body;
mod media_type;
mod reference;
mod values;

use std::fmt;

use docwright::model::{Api, Operation, Source};
use http::StatusCode;

use crate::exchange::Exchange;
use crate::query::option;
use crate::service::Call;

/// Something in a request that the pages do not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// A word for programs, such as `undocumentedProperty`.
    pub code: &'static str,
    /// What is wrong, in a sentence.
    pub message: String,
    /// The page and line that say otherwise, as `page.md:line`; absent where no page speaks of it.
    pub place: Option<String>,
    /// The status of the answer that refuses the request.
    pub status: StatusCode,
}

/// What in a request an operation does not allow.
pub(crate) fn request(
    api: &Api,
    operation: &Operation,
    exchanges: &[Exchange],
    call: &Call<'_>,
) -> Vec<Violation> {
    let mut violations = Vec::new();
    for header in operation.headers.iter().filter(|it| it.required) {
        if !call.headers.contains_key(header.name.as_str()) {
            let message = format!("the header `{}` is required", header.name);
            violations.push(Violation::new(api, "missingHeader", message, header.source));
        }
    }
    for parameter in operation.query_parameters.iter().filter(|it| it.required) {
        if option(&call.query, &parameter.name).is_none() {
            let message = format!("the parameter `{}` is required", parameter.name);
            violations.push(Violation::new(
                api,
                "missingParameter",
                message,
                parameter.source,
            ));
        }
    }
    violations.extend(values::check(api, operation, exchanges, call));
    // What the page says of the body is about the thing, and not about a part of it.
    if call.property().is_none() {
        let found = body::check(api, operation, exchanges, call);
        // A body of another kind, or none, lacks what it refers to as well.
        if found.is_empty() {
            violations.extend(reference::check(api, operation, exchanges, call));
        }
        violations.extend(found);
    }
    violations
}

impl Violation {
    fn new(api: &Api, code: &'static str, message: String, source: Source) -> Self {
        Self {
            code,
            message,
            place: Some(api.locate(source)),
            status: StatusCode::BAD_REQUEST,
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.place {
            Some(place) => write!(f, " (see {place})"),
            None => Ok(()),
        }
    }
}
