//! What a service says about an error.

use serde_json::Value;

/// Code and message of an OData error body (OData JSON format 4.01, section 21).
#[derive(Default)]
pub(super) struct ServiceError {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
}

impl ServiceError {
    /// What a body tells; nothing where it is no such body.
    pub(super) fn read(body: &[u8]) -> Self {
        let Ok(Value::Object(mut body)) = serde_json::from_slice(body) else {
            return Self::default();
        };
        let Some(Value::Object(mut error)) = body.remove("error") else {
            return Self::default();
        };
        let mut text = |name| match error.remove(name) {
            Some(Value::String(text)) if !text.is_empty() => Some(text),
            _ => None,
        };
        Self {
            code: text("code"),
            message: text("message"),
        }
    }
}
