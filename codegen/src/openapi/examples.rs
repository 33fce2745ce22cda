//! Documented examples by their names.

use super::Context;
use super::document::{Entries, Example as Shown, Value};
use super::json::Json;
use crate::model::Example;
use crate::vocabulary::{self, is_token};

/// Adds what an example shows, under its name.
pub(super) fn insert<'a>(
    shown: &mut Entries<'a, Shown<'a>>,
    context: &Context<'_>,
    example: &'a Example,
    value: Value<'a>,
) {
    let request = &example.request;
    let entry = Shown {
        summary: &example.title,
        description: format!("`{} {}`", request.method, request.target),
        value,
        x_source: context.locate(request.source),
    };
    if !shown.contains(&example.name) {
        return shown.insert(example.name.as_str(), entry);
    }
    let numbered = (2..).map(|number| format!("{} {number}", example.name));
    if let Some(free) = { numbered }.find(|name| !shown.contains(name)) {
        shown.insert(free, entry);
    }
}

/// A body: as JSON where it can be read as JSON, and otherwise as text.
pub(super) fn body(text: &str) -> Value<'_> {
    match Json::read(text) {
        Some(json) => Value::Json(json),
        None => Value::Text(text),
    }
}

/// The media type of a body: that of the header, or else what the body looks like.
pub(super) fn media_type(headers: &[(String, String)], value: &Value<'_>) -> String {
    let mut headers = headers.iter();
    let header = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let named = header.and_then(|(_, text)| essence(text));
    named.unwrap_or_else(|| match value {
        Value::Json(_) => "application/json".to_owned(),
        Value::Text(_) => "application/octet-stream".to_owned(),
    })
}

/// A media type without its parameters, in lower case; absent where a text is none.
pub(super) fn essence(text: &str) -> Option<String> {
    let text = vocabulary::essence(text).to_ascii_lowercase();
    let (kind, subtype) = text.split_once('/')?;
    (is_token(kind) && is_token(subtype)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::super::format::to_string;
    use super::*;

    #[test]
    fn a_body_is_json_where_it_can_be_read_as_json() {
        let written = |text| to_string(&body(text));
        assert_eq!(written("{\"b\": [1]}\n"), "{\n  \"b\": [\n    1\n  ]\n}");
        assert_eq!(written("7"), "7");
        assert_eq!(written("{a: 1,}"), "{\n  \"a\": 1\n}");
        assert_eq!(written("{ binary }}"), "\"{ binary }}\"");
        assert_eq!(written("The bytes"), "\"The bytes\"");
    }

    #[test]
    fn media_types_lose_their_parameters() {
        assert_eq!(
            essence("Application/JSON; charset=utf-8").as_deref(),
            Some("application/json")
        );
        assert_eq!(essence("image/*").as_deref(), Some("image/*"));
        assert_eq!(essence("binary"), None);
        assert_eq!(essence("a/b/c"), None);
    }
}
