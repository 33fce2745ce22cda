//! Bodies by media type, put together of what several operations and examples say.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::document::{self, Entries, Example as Shown, MediaType, Schema, Value};
use super::{Context, examples};
use crate::model::Example;

pub(super) const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";

/// What may be in a body.
#[derive(Default)]
pub(super) struct Bodies<'a> {
    by_type: BTreeMap<Cow<'a, str>, (Vec<Schema<'a>>, Entries<'a, Shown<'a>>)>,
    bytes: bool,
}

impl<'a> Bodies<'a> {
    /// A documented body. Where several are documented for a media type, it may be any of them.
    pub(super) fn add(&mut self, media_type: impl Into<Cow<'a, str>>, schema: Schema<'a>) {
        let (schemas, _) = self.by_type.entry(media_type.into()).or_default();
        if !schemas.contains(&schema) {
            schemas.push(schema);
        }
    }

    /// Documented bytes, of the type that is named or that the examples have.
    pub(super) fn add_bytes(&mut self, media_type: Option<&str>) {
        match media_type.and_then(examples::essence) {
            Some(named) => self.add(named, binary()),
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
        let media_type = examples::media_type(headers, &value);
        let is_text = matches!(value, Value::Text(_));
        let is_json = media_type.ends_with("json");
        let (schemas, shown) = self.by_type.entry(media_type.into()).or_default();
        if schemas.is_empty() && self.bytes && is_text {
            schemas.push(binary());
        } else if schemas.is_empty() && is_json {
            schemas.extend(schema());
        }
        examples::insert(shown, context, example, value);
    }

    /// The bodies by media type.
    pub(super) fn finish(mut self) -> document::Content<'a> {
        let mut schemas = self.by_type.values().flat_map(|(schemas, _)| schemas);
        if self.bytes && !schemas.any(|schema| *schema == binary()) {
            self.add(BYTES, binary());
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

fn binary<'a>() -> Schema<'a> {
    super::schemas::typed("string", Some("binary"))
}
