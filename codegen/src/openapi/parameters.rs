//! Parameters of paths, query strings and headers.

use std::borrow::Cow;

use super::document::{Entries, Example as Shown, OrReference, Parameter as Entry, Value};
use super::operations::Use;
use super::{Context, examples, query_options, schemas};
use crate::model::{
    Encoding, Parameter, PathParameter, PathTemplate, Primitive, QueryOption, SegmentKind, Type,
    TypeKind,
};
use crate::words::same_folded;

/// The parameters of an operation: those of the path in its order, then those of the query string,
/// then headers.
pub(super) fn parameters<'a>(
    context: &Context<'_>,
    path: &'a PathTemplate,
    uses: &[Use<'a>],
) -> Vec<OrReference<Entry<'a>>> {
    let mut found = Found::default();
    for segment in &path.segments {
        for parameter in segment.parameters() {
            found.in_path(context, parameter, segment.kind, uses);
        }
    }
    for Use { operation, .. } in uses {
        for &option in &operation.query_options {
            found.option(option);
        }
    }
    for used in uses {
        for parameter in &used.operation.query_parameters {
            found.named(context, "query", parameter);
        }
    }
    for used in uses {
        for parameter in &used.operation.headers {
            found.named(context, "header", parameter);
        }
    }
    if uses.len() > 1 {
        found.require_what_all_require(uses);
    }
    found.entries
}

/// Parameters in their order, each once: by place and name, as OpenAPI tells them apart.
#[derive(Default)]
struct Found<'a> {
    entries: Vec<OrReference<Entry<'a>>>,
    names: Vec<(&'static str, String)>,
}

impl<'a> Found<'a> {
    fn is_new(&mut self, place: &'static str, name: &str) -> bool {
        let name = match place {
            "header" => name.to_ascii_lowercase(),
            _ => name.to_owned(),
        };
        let key = (place, name);
        let is_new = !self.names.contains(&key);
        if is_new {
            self.names.push(key);
        }
        is_new
    }

    fn in_path(
        &mut self,
        context: &Context<'_>,
        parameter: &'a PathParameter,
        within: SegmentKind,
        uses: &[Use<'a>],
    ) {
        let rows = uses.iter();
        let documented = { rows }.find_map(|used| used.operation.described(parameter, within));
        let ty = documented.map_or(Type::primitive(Primitive::String), |row| row.ty);
        // A path holds one value, whatever a table says.
        let ty = Type::single(ty.kind);
        self.entries.push(OrReference::Object(Entry {
            name: &parameter.name,
            place: "path",
            description: path_description(parameter, documented),
            required: true,
            deprecated: documented.is_some_and(|row| row.deprecated),
            explode: None,
            schema: schemas::value(context, ty),
            examples: path_examples(parameter, ty, uses, context),
            x_source: documented.and_then(|row| context.locate(row.source)),
        }));
    }

    fn option(&mut self, option: QueryOption) {
        if self.is_new("query", query_options::name(option)) {
            let key = query_options::key(option);
            let target = format!("#/components/parameters/{key}");
            self.entries.push(OrReference::Reference { target });
        }
    }

    fn named(&mut self, context: &Context<'_>, place: &'static str, parameter: &'a Parameter) {
        if self.is_new(place, &parameter.name) {
            let explode = (place == "query" && parameter.ty.collection).then_some(false);
            self.entries.push(OrReference::Object(Entry {
                name: &parameter.name,
                place,
                description: parameter.description.as_str().into(),
                required: parameter.required,
                deprecated: parameter.deprecated,
                explode,
                schema: schemas::value(context, parameter.ty),
                examples: Entries::default(),
                x_source: context.locate(parameter.source),
            }));
        }
    }

    /// A caller who means one of several operations does not need what only another one needs, and may use what
    /// only another one calls deprecated.
    fn require_what_all_require(&mut self, uses: &[Use<'_>]) {
        for entry in &mut self.entries {
            if let OrReference::Object(entry) = entry
                && entry.place != "path"
            {
                entry.required = uses.iter().all(|used| {
                    let mut rows = used.operation.options();
                    rows.any(|row| row.required && row.name == entry.name)
                });
                entry.deprecated = uses.iter().all(|used| {
                    let mut rows = used.operation.options();
                    rows.all(|row| row.deprecated || row.name != entry.name)
                });
            }
        }
    }
}

fn path_description<'a>(
    parameter: &PathParameter,
    documented: Option<&'a Parameter>,
) -> Cow<'a, str> {
    let said = documented.map_or("", |row| row.description.as_str());
    let mut sentences: Vec<String> = Vec::new();
    let others = parameter.documented.iter();
    let others = others.filter(|name| !same_folded(name, &parameter.name));
    let others: Vec<String> = others.map(|name| format!("`{name}`")).collect();
    if !others.is_empty() {
        sentences.push(format!("Documented as {}.", others.join(", ")));
    }
    match parameter.encoding {
        Encoding::Segment => {}
        Encoding::Quoted => sentences.push("Quotes in the value are doubled.".to_owned()),
        Encoding::Path => {
            sentences.push("A path: its slashes are written as they are.".to_owned());
        }
    }
    match (said, sentences.as_slice()) {
        (said, []) => said.into(),
        ("", _) => sentences.join(" ").into(),
        (said, _) => format!("{said}\n\n{}", sentences.join(" ")).into(),
    }
}

/// The values that examples give a parameter of the path.
fn path_examples<'a>(
    parameter: &PathParameter,
    ty: Type,
    uses: &[Use<'a>],
    context: &Context<'_>,
) -> Entries<'a, Shown<'a>> {
    let mut shown = Entries::default();
    for used in uses {
        let path = &context.api.route(used.route).path;
        let Some(at) = { path.parameters() }.position(|it| it.name == parameter.name) else {
            continue;
        };
        for example in used.examples() {
            let taken = example.request.route.as_ref();
            if let Some(text) = taken.and_then(|taken| taken.arguments.get(at)) {
                let value = match ty.kind {
                    TypeKind::Primitive(Primitive::String) => Value::Text(text),
                    _ => scalar(text),
                };
                examples::insert(&mut shown, context, example, value);
            }
        }
    }
    shown
}

/// Numbers and booleans are themselves in JSON; every other value of a path is text.
fn scalar(text: &str) -> Value<'_> {
    match examples::body(text) {
        Value::Json(json) if json.is_scalar() => Value::Json(json),
        _ => Value::Text(text),
    }
}
