//! Requests that the pages do not allow.

use bytes::Bytes;
use http::{Response, StatusCode};

use super::Service;
use super::arguments::lack;
use crate::check::Violation;
use crate::error;

impl Service {
    /// The answer to a request that takes no documented route.
    pub(super) fn unknown(&self, method: &str, path: &str) -> Response<Bytes> {
        let methods = self.locator.methods(path);
        let mut places = self.locator.behind_base(path);
        let lack = places.find_map(|path| lack(&self.api, method, path));
        let violation = if let Some(lack) = lack.filter(|_| methods.is_empty()) {
            let names = lack.arguments.join("`, `");
            let message = format!("the call of `{}` lacks `{names}`", lack.function);
            Violation {
                code: "missingParameter",
                message,
                place: lack.source.map(|source| self.api.locate(source)),
                status: StatusCode::BAD_REQUEST,
            }
        } else if methods.is_empty() {
            Violation {
                code: "unknownRoute",
                message: format!("no page documents the path `{path}`"),
                place: None,
                status: StatusCode::NOT_FOUND,
            }
        } else {
            let known = methods.join(", ");
            Violation {
                code: "methodNotDocumented",
                message: format!("no page documents `{method}` for `{path}`: {known}"),
                place: None,
                status: StatusCode::METHOD_NOT_ALLOWED,
            }
        };
        self.tell(&violation);
        let message = violation.to_string();
        let mut response = error::response(violation.status, violation.code, &message);
        error::allow(&mut response, &methods);
        response
    }

    /// Tells of violations, and refuses the request where that is asked for.
    pub(super) fn refuse(&self, violations: &[Violation]) -> Option<Response<Bytes>> {
        violations.iter().for_each(|violation| self.tell(violation));
        let first = violations.first().filter(|_| !self.settings.lenient)?;
        let all: Vec<_> = violations.iter().map(Violation::to_string).collect();
        Some(error::response(first.status, first.code, &all.join("; ")))
    }

    fn tell(&self, violation: &Violation) {
        if let Some(listener) = &self.settings.listener {
            listener(violation);
        }
    }
}
