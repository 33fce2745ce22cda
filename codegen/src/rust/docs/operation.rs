//! The docs of operations: what a page says of one, what it takes, and what it answers.

use super::{Docs, code, escape};
use crate::model::{BodyContent, Content, Operation, OperationId, Outcome, Type, TypeKind};
use crate::rust::Context;
use crate::rust::names::Ident;
use crate::rust::operations::may_be_empty;
use crate::rust::types::{self, Output};
use crate::vocabulary::essence;

/// The docs of an operation's type. Links to other modules begin with `root`.
pub(in crate::rust) fn full(context: &Context<'_>, id: OperationId, root: &str) -> Docs {
    let operation = context.api.operation(id);
    let docs = title(operation).prose("", &operation.description);
    let docs = match &operation.request_body {
        // What the page says of a body that has a type of its own is said there.
        Some(body) if !matches!(body.content, BodyContent::Object(_)) => {
            docs.prose("", &body.described())
        }
        _ => docs,
    };
    let takes = takes(context, id, root);
    let answers = answers(context, operation, root);
    docs.text(format!("{takes} {answers}"))
        .text(place(context, operation))
}

/// The docs of the methods that make an operation's request: what its type says in full.
pub(in crate::rust) fn summary(context: &Context<'_>, id: OperationId, root: &str) -> Docs {
    let operation = context.api.operation(id);
    let answers = answers(context, operation, root);
    title(operation).text(format!("{answers} {}", place(context, operation)))
}

fn title(operation: &Operation) -> Docs {
    let title = escape(operation.title.trim().trim_end_matches('.'));
    Docs::new().text(format!("{title}."))
}

fn place(context: &Context<'_>, operation: &Operation) -> String {
    let place = code(&context.api.locate(operation.source));
    format!("Documented in {place}.")
}

/// What an operation takes as a body, as a sentence.
fn takes(context: &Context<'_>, id: OperationId, root: &str) -> String {
    let Some(body) = &context.api.operation(id).request_body else {
        return String::new();
    };
    let taken = match &body.content {
        BodyContent::Bytes => match &body.media_type {
            // A parameter such as the boundary between parts is that of an example.
            Some(media_type) => code(essence(media_type)),
            None => "bytes".to_owned(),
        },
        BodyContent::Value(ty) => value(context, *ty, root),
        BodyContent::Object(_) => {
            let names = context.names.operation(id);
            let name = &names.body.as_ref().expect("an object has a name").ty;
            link(root, "resources", name)
        }
    };
    let required = body.required().into_iter();
    let required: Vec<String> = required.map(|property| code(&property.name)).collect();
    match required.as_slice() {
        [] => format!("Takes {taken}."),
        [only] => format!("Takes {taken}, which must have {only}."),
        [first @ .., last] => {
            let first = first.join(", ");
            format!("Takes {taken}, which must have {first} and {last}.")
        }
    }
}

/// A type of a module, with a link to it.
fn link(root: &str, module: &str, name: &Ident) -> String {
    format!("[`{name}`]({root}::{module}::{name})")
}

/// A value of a type, in words, with a link to it where it has docs of its own.
fn value(context: &Context<'_>, ty: Type, root: &str) -> String {
    let name = match ty.kind {
        TypeKind::Resource(id) => {
            let name = &context.names.resource(id).ty;
            link(root, "resources", name)
        }
        TypeKind::Enum(id) => {
            let name = &context.names.enumeration(id).ty;
            link(root, "enums", name)
        }
        TypeKind::Primitive(primitive) => format!("`{primitive:?}`"),
        TypeKind::Json => "JSON".to_owned(),
    };
    match ty.collection {
        true => format!("a collection of {name}"),
        false => name,
    }
}

/// The documented answers as a sentence.
fn answers(context: &Context<'_>, operation: &Operation, root: &str) -> String {
    let output = types::output(operation);
    let carried = match output {
        Output::Empty => String::new(),
        Output::Bytes => " with bytes".to_owned(),
        Output::Count => " with the number of items".to_owned(),
        Output::Json(ty) => format!(" with {}", value(context, ty, root)),
        Output::Array(kind) => {
            let item = value(context, Type::single(kind), root);
            format!(" with an array of {item}")
        }
    };
    let mut good: Vec<u16> = Vec::new();
    let mut empty: Vec<u16> = Vec::new();
    let mut apart: Vec<u16> = Vec::new();
    let mut passed: Vec<u16> = Vec::new();
    let mut other: Vec<u16> = Vec::new();
    let may_be_empty = may_be_empty(operation);
    for outcome in &operation.outcomes {
        let list = match outcome.is_success() {
            true if may_be_empty && outcome.content == Content::Empty => &mut empty,
            true if is_apart(outcome, output) => &mut apart,
            true => &mut good,
            false if is_followed(operation, outcome.status) => &mut passed,
            false => &mut other,
        };
        if !list.contains(&outcome.status) {
            list.push(outcome.status);
        }
    }
    let all = |list: &[u16]| {
        list.iter()
            .map(|status| format!("`{status}`"))
            .collect::<Vec<_>>()
            .join(" or ")
    };
    let carried = match empty.as_slice() {
        [] => carried,
        statuses => format!("{carried}, {} with nothing (an `Option`)", all(statuses)),
    };
    let carried = match apart.as_slice() {
        [] => carried,
        statuses => format!("{carried}, {} with something else", all(statuses)),
    };
    let answered = match (good.as_slice(), passed.as_slice()) {
        ([], []) => String::new(),
        (good, []) => format!("Answers {}{carried}", all(good)),
        ([], passed) => format!("Answers what {} leads to", all(passed)),
        (good, passed) => format!("Answers {}{carried} by way of {}", all(good), all(passed)),
    };
    let read = operation.failure.map(|ty| {
        let ty = value(context, ty, root);
        format!("{ty}, which [`Error::json`]({root}::Error::json) reads")
    });
    let failed = match (other.is_empty(), read) {
        (true, None) => String::new(),
        (false, None) => all(&other),
        (true, Some(read)) => read,
        (false, Some(read)) => format!("{} and {read}", all(&other)),
    };
    match (answered.is_empty(), failed.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!("Fails with {failed}."),
        (false, true) => format!("{answered}."),
        (false, false) => format!("{answered}, or fails with {failed}."),
    }
}

/// Whether a status is a redirect, and the client follows it: it does where nothing is sent.
fn is_followed(operation: &Operation, status: u16) -> bool {
    matches!(operation.method.as_str(), "GET" | "HEAD")
        && matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// Whether what a good answer carries is another value than the operation is said to answer with.
fn is_apart(outcome: &Outcome, output: Output) -> bool {
    match (&outcome.content, output) {
        (Content::Value(carried), Output::Json(ty)) => *carried != ty,
        (Content::Array(carried), Output::Array(kind)) => *carried != kind,
        (Content::Array(_), Output::Json(_)) | (Content::Value(_), Output::Array(_)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{
        Api, BodyContent, Content, Outcome, Property, RequestBody, ResourceId, Type, TypeKind,
    };
    use crate::rust::checks::options;
    use crate::rust::{generate, sample};

    /// The generated operations of an API, with each paragraph of their docs on one line.
    fn operations(api: &Api) -> String {
        let (files, _) = generate(api, &[], &options());
        let files = files.iter();
        let texts = files.filter(|(path, _)| path.starts_with("src/operations/"));
        let texts: String = texts.map(|(_, text)| text).collect();
        texts.replace("\n/// ", " ")
    }

    #[test]
    fn a_redirect_that_is_followed_is_no_failure() {
        let mut api = sample::api();
        let operation = &mut api.operations[0];
        assert_eq!(operation.method, "GET");
        let source = operation.source;
        let outcome = |(status, content)| Outcome {
            status,
            content,
            source,
        };
        let outcomes = [
            (200, Content::Bytes),
            (302, Content::Empty),
            (404, Content::Empty),
        ];
        operation.outcomes = outcomes.map(outcome).into();
        let text = operations(&api);
        let expected = "Answers `200` with bytes by way of `302`, or fails with `404`.";
        assert!(text.contains(expected), "{text}");
        api.operations[0].method = "POST".to_owned();
        let text = operations(&api);
        let expected = "Answers `200` with bytes, or fails with `302` or `404`.";
        assert!(text.contains(expected), "{text}");
    }

    #[test]
    fn the_docs_tell_as_what_a_failure_is_read() {
        let mut api = sample::api();
        api.operations[0].failure = Some(Type::single(TypeKind::Resource(ResourceId(1))));
        let text = operations(&api);
        let expected = "or fails with `404` and [`ProfilePhoto`](super::super::resources::ProfilePhoto), which \
                        [`Error::json`](super::super::Error::json) reads.";
        assert!(text.contains(expected), "{text}");
        api.operations[0].outcomes.clear();
        let text = operations(&api);
        assert!(text.contains("Fails with [`ProfilePhoto`]"), "{text}");
    }

    #[test]
    fn the_docs_tell_what_is_sent() {
        let mut api = sample::api();
        let mut told = |content, media_type: Option<&str>| {
            let operation = &mut api.operations[0];
            operation.request_body = Some(RequestBody {
                description: "Three words.".to_owned(),
                content,
                properties: Vec::new(),
                media_type: media_type.map(str::to_owned),
                source: operation.source,
            });
            operations(&api)
        };
        let photos = Type::collection(TypeKind::Resource(ResourceId(1)));
        let text = told(BodyContent::Value(photos), None);
        let expected =
            "Takes a collection of [`ProfilePhoto`](super::super::resources::ProfilePhoto).";
        assert!(
            text.contains(expected) && text.contains("Three words."),
            "{text}"
        );
        let text = told(BodyContent::Bytes, Some("multipart/form-data; boundary=x"));
        assert!(text.contains("Takes `multipart/form-data`."), "{text}");
        // Its own type says the rest.
        let text = told(BodyContent::Object(Vec::new()), None);
        assert!(text.contains("Body`](super::super::resources::"), "{text}");
        assert!(!text.contains("Three words."), "{text}");
    }

    #[test]
    fn the_docs_of_a_request_tell_what_its_arguments_are() {
        let (files, _) = generate(&sample::api(), &[], &options());
        let mut paths = files.iter().filter(|(path, _)| path.contains("/paths/"));
        let described = "    ///\n    /// `prefer`: A header.\n    pub fn post(";
        assert!(paths.any(|(_, text)| text.contains(described)));
    }

    #[test]
    fn the_docs_tell_what_must_be_sent() {
        let mut api = sample::api();
        let mut told = |names: &[&str]| {
            let operation = &mut api.operations[0];
            let property = |name: &&str| Property {
                name: (*name).to_owned(),
                required: true,
                ..api.resources[1].properties[0].clone()
            };
            operation.request_body = Some(RequestBody {
                description: String::new(),
                content: BodyContent::Value(Type::single(TypeKind::Resource(ResourceId(1)))),
                properties: names.iter().map(property).collect(),
                media_type: None,
                source: operation.source,
            });
            operations(&api)
        };
        let text = told(&["a"]);
        assert!(text.contains("/// - `a`: "), "{text}");
        for (names, expected) in [
            (&["a"][..], "), which must have `a`. Answers"),
            (&["a", "b"], "), which must have `a` and `b`. Answers"),
            (
                &["a", "b", "a", "c"],
                "), which must have `a`, `b` and `c`. Answers",
            ),
        ] {
            let text = told(names);
            assert!(text.contains(expected), "{text}");
        }
    }
}
