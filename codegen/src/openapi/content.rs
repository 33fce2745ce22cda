//! Bodies by media type, put together of what several operations and examples say.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::document::{self, Entries, Example as Shown, MediaType, Schema, Value};
use super::{Context, examples};
use crate::model::Example;

pub(super) const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";
/// What bytes are shown as where a sample of text stands for them, which may be of any kind.
const SAMPLE: &str = "text/plain";

/// What may be in a body.
#[derive(Default)]
pub(super) struct Bodies<'a> {
    by_type: BTreeMap<Cow<'a, str>, (Vec<Schema<'a>>, Entries<'a, Shown<'a>>)>,
    /// Whether bytes are documented.
    bytes: bool,
    /// Whether a media type of bytes is named or shown.
    typed_bytes: bool,
}

impl<'a> Bodies<'a> {
    /// A documented body. Where several are documented for a media type, it may be any of them.
    pub(super) fn add(&mut self, media_type: impl Into<Cow<'a, str>>, schema: Schema<'a>) {
        let (schemas, _) = self.by_type.entry(media_type.into()).or_default();
        if !schemas.contains(&schema) {
            schemas.push(schema);
        }
    }

    /// Documented bytes, of the type that is named or that the examples have, if these are not mere samples.
    pub(super) fn add_bytes(&mut self, media_type: Option<&str>) {
        match media_type.and_then(examples::essence) {
            Some(named) => {
                let schema = bytes(&named);
                self.add(named, schema);
                self.typed_bytes = true;
            }
            None => self.bytes = true,
        }
    }

    /// A body that an example shows; `schema` is that of JSON where nothing else is documented.
    pub(super) fn show(
        &mut self,
        context: &Context<'_>,
        example: &'a Example,
        (headers, body): (&[(String, String)], &'a str),
        schema: impl FnOnce() -> Option<Schema<'a>>,
    ) {
        let value = examples::body(body);
        let mut media_type = examples::media_type(headers, &value);
        // JSON with a fault in it is meant to be JSON, unless bytes are documented.
        let is_of_bytes = self.bytes || self.typed_bytes || !headers.is_empty();
        if media_type == BYTES && !is_of_bytes && body.starts_with(['{', '[']) {
            media_type = JSON.to_owned();
        }
        let is_text = matches!(value, Value::Text(_));
        let is_json = media_type.ends_with("json");
        let is_sample = media_type == SAMPLE;
        let raw = bytes(&media_type);
        let (schemas, shown) = self.by_type.entry(media_type.into()).or_default();
        if schemas.is_empty() && is_text && (self.bytes || !is_json) {
            schemas.push(raw);
            self.typed_bytes |= !is_sample;
        } else if schemas.is_empty() && is_json {
            schemas.extend(schema());
        }
        examples::insert(shown, context, example, value);
    }

    /// The bodies by media type.
    pub(super) fn finish(mut self) -> document::Content<'a> {
        if self.bytes && !self.typed_bytes {
            self.add(BYTES, bytes(BYTES));
        }
        let media_types = self
            .by_type
            .into_iter()
            .map(|(name, (mut schemas, examples))| {
                // Where one of several says nothing, all together say nothing.
                let schema = match schemas.len() {
                    0 | 1 => schemas.pop(),
                    _ if schemas.contains(&Schema::default()) => None,
                    _ => Some(Schema {
                        any_of: schemas,
                        ..Schema::default()
                    }),
                };
                (name, MediaType { schema, examples })
            });
        media_types.collect()
    }
}

/// What is no JSON: text where the media type says so, and else bytes.
fn bytes<'a>(media_type: &str) -> Schema<'a> {
    let format = (!media_type.starts_with("text/")).then_some("binary");
    super::schemas::typed("string", format)
}
