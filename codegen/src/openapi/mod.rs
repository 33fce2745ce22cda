//! The API as an OpenAPI 3.1 document.
//!
//! Types, formats and collections follow the conventions of OASIS's *OData to OpenAPI Mapping
//! Version 1.0*. The document also keeps what only documentation has: examples by name, scopes, and
//! `x-source`, the page and line where a thing is documented.

mod collection;
mod content;
mod document;
mod errors;
mod examples;
mod format;
mod headers;
mod json;
mod names;
mod operations;
mod parameters;
mod paths;
mod prose;
mod query_options;
mod responses;
mod schemas;
mod security;
mod server;

use std::collections::BTreeMap;

use crate::model::{Api, Source};
use document::{Components, Document, Info};
use names::SchemaKeys;

/// What a document says beside what the pages say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The name of the API.
    pub title: String,
    /// Its version.
    pub version: String,
    /// A sentence about it.
    pub description: Option<String>,
    /// Where callers get tokens, which pages of this dialect do not tell.
    pub oauth: Option<OAuth>,
}

/// The endpoints of an OAuth 2.0 authorization server (RFC 6749, section 3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuth {
    /// Where a user grants access.
    pub authorization_url: String,
    /// Where a client gets its token.
    pub token_url: String,
}

/// The document as JSON, indented, with a line end at its end.
///
/// Keys come in the order in which OpenAPI's specification lists them, paths and schemas by name,
/// and everything else in the order of the pages.
pub fn document(api: &Api, options: &Options) -> String {
    let context = Context {
        api,
        keys: SchemaKeys::new(api),
        keys_of_callers: security::keys(api),
        own_errors: errors::are_own(api),
    };
    let paths = paths::Paths::new(&context);
    let document = Document {
        openapi: "3.1.0",
        info: Info {
            title: &options.title,
            description: options.description.as_deref(),
            version: &options.version,
        },
        // The specification's own default, for pages whose examples show no host.
        servers: [server::of(api.base_url.as_deref().unwrap_or("/"))],
        security: security::fallback(api),
        tags: paths.tags(),
        components: Components {
            schemas: schemas::schemas(&context),
            responses: responses::shared(&context),
            parameters: query_options::shared(api),
            security_schemes: security::schemes(&context, options.oauth.as_ref()),
        },
        paths,
    };
    let mut text = format::to_string(&document);
    text.push('\n');
    text
}

/// What every part of a document is made of.
struct Context<'a> {
    api: &'a Api,
    keys: SchemaKeys,
    /// The headers that carry a key of the caller, by their names in lower case, each as the first page writes it.
    keys_of_callers: BTreeMap<String, &'a str>,
    /// Whether failures are answered with something else than OData's errors.
    own_errors: bool,
}

impl Context<'_> {
    /// The value of `x-source`.
    fn locate(&self, source: Source) -> Option<String> {
        Some(self.api.locate(source))
    }
}

#[cfg(test)]
mod tests;
