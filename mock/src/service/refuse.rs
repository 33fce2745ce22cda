//! Requests that the pages do not allow.

use bytes::Bytes;
use http::{Response, StatusCode};

use super::Service;
use crate::check::Violation;
use crate::error;

impl Service {
    /// The answer to a request that takes no documented route.
    pub(super) fn unknown(&self, method: &str, path: &str) -> Response<Bytes> {
        let methods = self.locator.methods(path);
        let violation = if methods.is_empty() {
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
        let mut response = error::response(violation.status, violation.code, &violation.message);
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
