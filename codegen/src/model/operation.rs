//! Operations and the routes that lead to them.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{
    Example, PathParameter, PathTemplate, Permission, Property, QueryOption, SegmentKind, Source,
    Type, TypeKind,
};

/// The index of an operation in [`Api::operations`](super::Api::operations).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(pub u32);

/// The index of a route in [`Api::routes`](super::Api::routes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RouteId(pub u32);

/// A method and a path.
///
/// Pages that write one route with other names or in another case mean the same route: the
/// service does not tell them apart.
#[derive(Clone, Debug)]
pub struct Route {
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path behind the base URL.
    pub path: PathTemplate,
    /// What the route can be used for: usually one operation, several where pages share it. The first is
    /// the one that is about the thing there.
    pub operations: Vec<OperationId>,
    /// The route lines that document it, the first of them first.
    pub sources: Vec<Source>,
}

/// One thing that can be asked of the service, by whichever route.
#[derive(Clone, Debug)]
pub struct Operation {
    /// A name in words, unique in the API: `get profilePhoto value`.
    pub name: String,
    /// The title of the page, with the heading of the part of it that this operation is.
    pub title: String,
    /// What the page says about it, as Markdown.
    pub description: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// Whether the page says that a request can be repeated although its method says otherwise.
    pub idempotent: bool,
    /// Whether the page says that it is deprecated.
    pub deprecated: bool,
    /// The routes that lead here, in the order of the page.
    pub routes: Vec<RouteId>,
    /// Where its first route is documented.
    pub source: Source,
    /// Values in the path that a table describes.
    pub path_parameters: Vec<Parameter>,
    /// Arguments of the function that the path calls, as a table describes them.
    pub function_parameters: Vec<Parameter>,
    /// OData's system query options that the page documents.
    pub query_options: Vec<QueryOption>,
    /// Other parameters of the query string. An argument of a function is one of them where no path
    /// of the operation has it (OData 4.01 Protocol, section 11.5.4.1.1).
    pub query_parameters: Vec<Parameter>,
    /// Request headers, without those that each client writes by itself and the media types that the
    /// bodies imply.
    pub headers: Vec<Parameter>,
    /// Request headers that carry a key of the caller: a client has it once for all calls, as it has a token.
    pub keys: Vec<Parameter>,
    /// What is sent.
    pub request_body: Option<RequestBody>,
    /// What may come back, by status.
    pub outcomes: Vec<Outcome>,
    /// The type of what failures are answered with, where the page gives it.
    pub failure: Option<Type>,
    /// Who may call it.
    pub permissions: Vec<Permission>,
    /// The page's examples, in its order.
    pub examples: Vec<Example>,
}

impl Operation {
    /// What a request takes beside its path and its body: parameters of the query string, and headers.
    pub fn options(&self) -> impl Iterator<Item = &Parameter> {
        self.query_parameters.iter().chain(&self.headers)
    }

    /// What comes back where all goes well.
    pub fn successes(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|outcome| outcome.is_success())
    }

    /// Whether its page calls it deprecated, or anything that it takes.
    pub(crate) fn has_deprecated(&self) -> bool {
        let body = self.request_body.as_ref().map(|body| &body.content);
        let takes_deprecated = matches!(body, Some(BodyContent::Object(rows)) if rows.iter().any(|row| row.deprecated));
        self.deprecated || takes_deprecated || self.options().any(|option| option.deprecated)
    }

    /// What a table says of a parameter in a segment of a path of the operation.
    pub fn described(&self, parameter: &PathParameter, within: SegmentKind) -> Option<&Parameter> {
        let rows = match within {
            SegmentKind::Function => &self.function_parameters,
            _ => &self.path_parameters,
        };
        let mut rows = rows.iter();
        rows.find(|row| parameter.is_called(&row.name))
    }

    /// The described parameters in a path of the operation, with the values that a request has for them.
    pub fn described_values<'m>(
        &'m self,
        path: &'m PathTemplate,
        values: &'m [String],
    ) -> impl Iterator<Item = (&'m Parameter, &'m str)> {
        let rows = path.segments.iter().flat_map(|segment| {
            let parameters = segment.parameters();
            parameters.map(|parameter| self.described(parameter, segment.kind))
        });
        let values = values.iter().map(String::as_str);
        rows.zip(values)
            .filter_map(|(row, value)| Some((row?, value)))
    }
}

/// A named value that a request takes beside its body.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name as it is sent.
    pub name: String,
    /// The documented type; a string where the page gives none.
    pub ty: Type,
    /// Whether the page calls it a number and does not say of which kind, or a timestamp. Its type is then what examples show.
    pub number: bool,
    /// Whether the page says that it must be given.
    pub required: bool,
    /// Whether the page says that it is deprecated.
    pub deprecated: bool,
    /// What the page says about it, as Markdown.
    pub description: String,
    /// Where it is documented.
    pub source: Source,
}

/// What a request carries.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// The kind of body.
    pub content: BodyContent,
    /// The properties of a resource that is sent, of which the page says more than that of the resource does:
    /// that they must be given, or in other words what they are.
    pub properties: Vec<Property>,
    /// The media type that the page names for bytes, such as `image/jpeg`, or for JSON of a kind of its own, such as
    /// `application/merge-patch+json`.
    pub media_type: Option<String>,
    /// What the page says about it, as Markdown.
    pub description: String,
    /// Where it is documented.
    pub source: Source,
}

impl RequestBody {
    /// The properties that it must have, in the order of the page: each once, although a table may list one
    /// several times.
    pub fn required(&self) -> Vec<&Property> {
        let properties = match &self.content {
            BodyContent::Object(properties) => properties,
            BodyContent::Bytes | BodyContent::Value(_) => &self.properties,
        };
        let mut names = HashSet::new();
        let required = properties.iter().filter(|property| property.required);
        required.filter(|it| names.insert(&it.name)).collect()
    }

    /// What the page says about it, and below that what it says about some of the properties of a resource that is
    /// sent, as Markdown.
    pub fn described(&self) -> Cow<'_, str> {
        let description = self.description.trim_end();
        let mut said = self.properties.iter();
        if said.all(|property| property.description.is_empty()) {
            return Cow::Borrowed(description);
        }
        // Pages often end with words about their whole table, of which this is a part.
        let lead = "What the page says about some of its properties:";
        let mut text = format!("{description}\n\n{lead}\n").trim_start().to_owned();
        for property in &self.properties {
            let words: Vec<&str> = property.description.split_whitespace().collect();
            if !words.is_empty() {
                text += &format!("\n- `{}`: {}", property.name, words.join(" "));
            }
        }
        Cow::Owned(text)
    }

    /// The media type that a client gives it, where it is told of no other.
    pub fn sent_as(&self) -> &str {
        let told = self.media_type.as_deref();
        told.unwrap_or(match self.content {
            BodyContent::Bytes => "application/octet-stream",
            BodyContent::Value(_) | BodyContent::Object(_) => "application/json",
        })
    }
}

/// The kind of a request body.
#[derive(Clone, Debug)]
pub enum BodyContent {
    /// Bytes that are no JSON.
    Bytes,
    /// A value of a type of the API, as JSON.
    Value(Type),
    /// A JSON object of its own with the documented properties, as actions take it.
    Object(Vec<Property>),
}

/// A documented answer.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The HTTP status.
    pub status: u16,
    /// What the answer carries.
    pub content: Content,
    /// Where it is documented.
    pub source: Source,
}

impl Outcome {
    /// Whether it is what comes back where all goes well (RFC 9110, section 15.3).
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// What an answer carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    Empty,
    /// Bytes that are no JSON.
    Bytes,
    /// The number of items in a collection, as text (OData Protocol 4.01, section 11.2.10).
    Count,
    /// A resource; or any other value, and with [`Type::collection`] an array of values, in an object
    /// whose `value` it is (OData JSON format 4.01, sections 11 and 13).
    Value(Type),
    /// An array of values of this kind by itself, as services that are none of OData's answer with.
    Array(TypeKind),
}

impl Content {
    /// The type of the values that an answer carries, whatever is around them.
    pub fn value(&self) -> Option<Type> {
        match *self {
            Self::Value(ty) => Some(ty),
            Self::Array(kind) => Some(Type::collection(kind)),
            Self::Empty | Self::Bytes | Self::Count => None,
        }
    }
}
