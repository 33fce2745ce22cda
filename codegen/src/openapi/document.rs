//! The objects of an OpenAPI document, as far as pages fill them (OpenAPI 3.1.0, section 4.8).

use std::borrow::Cow;
use std::collections::BTreeMap;

use foldhash::HashSet;
use serde::{Serialize, Serializer};

use super::json::Json;
use super::paths::Paths;
use super::prose;

#[derive(Serialize)]
pub(super) struct Document<'a> {
    pub(super) openapi: &'static str,
    pub(super) info: Info<'a>,
    pub(super) servers: [Server<'a>; 1],
    pub(super) security: Vec<Requirement<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) tags: Vec<Tag>,
    pub(super) paths: Paths<'a>,
    pub(super) components: Components<'a>,
}

#[derive(Serialize)]
pub(super) struct Info<'a> {
    pub(super) title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'a str>,
    pub(super) version: &'a str,
}

#[derive(Serialize)]
pub(super) struct Server<'a> {
    pub(super) url: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) variables: BTreeMap<&'a str, ServerVariable<'a>>,
}

/// A part of the URL of a server.
#[derive(Serialize)]
pub(super) struct ServerVariable<'a> {
    pub(super) default: &'a str,
}

#[derive(Serialize)]
pub(super) struct Tag {
    pub(super) name: String,
}

/// The operations of a path, by method.
pub(super) type PathItem<'a> = Entries<'a, Operation<'a>>;

/// What is needed together: security schemes, and the scopes that each of them asks for.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Requirement<'a>(pub(super) Vec<(&'a str, Vec<&'a str>)>);

impl Serialize for Requirement<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(scheme, scopes)| (scheme, scopes)))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Operation<'a> {
    pub(super) tags: Vec<String>,
    pub(super) summary: String,
    #[serde(
        skip_serializing_if = "str::is_empty",
        serialize_with = "prose::serialize"
    )]
    pub(super) description: Cow<'a, str>,
    pub(super) operation_id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) parameters: Vec<OrReference<Parameter<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) request_body: Option<RequestBody<'a>>,
    pub(super) responses: BTreeMap<Cow<'static, str>, OrReference<Response<'a>>>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) deprecated: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) security: Vec<Requirement<'a>>,
    #[serde(rename = "x-source")]
    pub(super) x_source: String,
}

#[derive(Serialize)]
pub(super) struct Parameter<'a> {
    pub(super) name: &'a str,
    #[serde(rename = "in")]
    pub(super) place: &'static str,
    #[serde(
        skip_serializing_if = "str::is_empty",
        serialize_with = "prose::serialize"
    )]
    pub(super) description: Cow<'a, str>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) required: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) deprecated: bool,
    /// Absent for values that are no list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) explode: Option<bool>,
    pub(super) schema: Schema<'a>,
    #[serde(skip_serializing_if = "Entries::is_empty")]
    pub(super) examples: Entries<'a, Example<'a>>,
    #[serde(rename = "x-source", skip_serializing_if = "Option::is_none")]
    pub(super) x_source: Option<String>,
}

#[derive(Serialize)]
pub(super) struct RequestBody<'a> {
    #[serde(
        skip_serializing_if = "str::is_empty",
        serialize_with = "prose::serialize"
    )]
    pub(super) description: Cow<'a, str>,
    pub(super) content: Content<'a>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) required: bool,
}

/// Bodies by media type.
pub(super) type Content<'a> = BTreeMap<Cow<'a, str>, MediaType<'a>>;

#[derive(Serialize)]
pub(super) struct MediaType<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) schema: Option<Schema<'a>>,
    #[serde(skip_serializing_if = "Entries::is_empty")]
    pub(super) examples: Entries<'a, Example<'a>>,
}

#[derive(Serialize)]
pub(super) struct Response<'a> {
    pub(super) description: Cow<'static, str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) headers: BTreeMap<&'a str, Header<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) content: Content<'a>,
}

#[derive(Serialize)]
pub(super) struct Header<'a> {
    pub(super) schema: Schema<'a>,
    pub(super) example: &'a str,
}

#[derive(Serialize)]
pub(super) struct Example<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) summary: &'a str,
    pub(super) description: String,
    pub(super) value: Value<'a>,
    #[serde(rename = "x-source", skip_serializing_if = "Option::is_none")]
    pub(super) x_source: Option<String>,
}

/// The value of an example.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Value<'a> {
    /// JSON.
    Json(Json<'a>),
    /// Anything else.
    Text(&'a str),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Components<'a> {
    pub(super) schemas: BTreeMap<&'a str, Schema<'a>>,
    pub(super) responses: BTreeMap<&'static str, Response<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) parameters: BTreeMap<&'static str, Parameter<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) security_schemes: BTreeMap<&'a str, SecurityScheme<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum SecurityScheme<'a> {
    #[serde(rename = "apiKey")]
    ApiKey {
        description: &'static str,
        name: &'a str,
        #[serde(rename = "in")]
        place: &'static str,
    },
    Http {
        description: &'static str,
        scheme: &'static str,
    },
    OAuth2 {
        description: &'static str,
        flows: BTreeMap<&'static str, Flow<'a>>,
    },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Flow<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) authorization_url: Option<&'a str>,
    pub(super) token_url: &'a str,
    pub(super) scopes: BTreeMap<&'a str, &'static str>,
}

/// A JSON Schema.
#[derive(Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Schema<'a> {
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
    pub(super) reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<Cow<'a, str>>,
    #[serde(
        skip_serializing_if = "str::is_empty",
        serialize_with = "prose::serialize"
    )]
    pub(super) description: Cow<'a, str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) all_of: Vec<Self>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) any_of: Vec<Self>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<Kind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) format: Option<&'static str>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub(super) members: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) minimum: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) items: Option<Box<Self>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) required: Vec<&'a str>,
    #[serde(skip_serializing_if = "Entries::is_empty")]
    pub(super) properties: Entries<'a, Self>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) additional_properties: Option<bool>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) read_only: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) deprecated: bool,
    #[serde(rename = "x-source", skip_serializing_if = "Option::is_none")]
    pub(super) x_source: Option<String>,
}

/// What kind of JSON a value is.
#[derive(Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum Kind {
    /// Of one kind.
    One(&'static str),
    /// Of either.
    Either([&'static str; 2]),
}

/// An object of the document, or where in the document it is.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum OrReference<T> {
    /// The object.
    Object(T),
    /// A reference to it.
    Reference {
        #[serde(rename = "$ref")]
        target: String,
    },
}

/// Values by name, in the order in which they were added.
#[derive(Clone, PartialEq)]
pub(super) struct Entries<'a, T> {
    entries: Vec<(Cow<'a, str>, T)>,
    names: HashSet<Cow<'a, str>>,
}

impl<'a, T> Entries<'a, T> {
    /// Adds a value unless there is one of its name.
    pub(super) fn insert(&mut self, name: impl Into<Cow<'a, str>>, value: T) {
        let name = name.into();
        if self.names.insert(name.clone()) {
            self.entries.push((name, value));
        }
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<T> Default for Entries<'_, T> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            names: HashSet::default(),
        }
    }
}

impl<T: Serialize> Serialize for Entries<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.entries.iter().map(|(name, value)| (name, value)))
    }
}

fn is_false(value: &bool) -> bool {
    !value
}
