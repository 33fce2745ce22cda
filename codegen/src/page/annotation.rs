//! Annotation comments: the JSON objects in HTML comments that say what a block is.

use jsonc_parser::ast::{Object, Value};

use super::context::Context;
use super::json;
use crate::diagnostic::Code;
use crate::markdown::Comment;
use crate::source::Span;

/// What the comment says.
#[derive(Debug)]
pub enum Annotation<'a> {
    /// The annotation of the page itself.
    Page(PageAnnotation),
    /// The annotation of the next block.
    Block(BlockAnnotation<'a>),
}

/// The annotation of a page.
#[derive(Clone, Debug, Default)]
pub struct PageAnnotation {
    /// The namespace of the resources that the page defines.
    pub namespace: Option<String>,
    /// Findings of another checker that the page's authors chose to live with, as it words them.
    pub suppressions: Vec<String>,
}

/// The annotation of a block.
#[derive(Clone, Debug)]
pub struct BlockAnnotation<'a> {
    /// What the block is.
    pub kind: BlockType,
    /// The names of a request, or those of the requests that a response answers.
    pub names: Vec<String>,
    /// The type of the body, or the one that is defined.
    pub ty: Option<String>,
    /// Whether the body is a collection of the type.
    pub collection: Option<bool>,
    /// Whether the body lacks properties.
    pub truncated: bool,
    /// The type that a resource extends.
    pub base: Option<String>,
    /// Whether a resource may have properties that no page lists.
    pub open: bool,
    /// Literals of a request's path that stand for parameters.
    pub sample_keys: Vec<String>,
    /// Whether a request can be repeated although its method says otherwise.
    pub idempotent: bool,
    /// Scopes that a request needs.
    pub scopes: Vec<String>,
    /// The text of the comment.
    pub text: &'a str,
    /// The place of the comment.
    pub span: Span,
}

/// What an annotated block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockType {
    /// Nothing that a checker should look at: route lines, usually.
    Ignored,
    /// An example request.
    Request,
    /// An example response.
    Response,
    /// The JSON representation of a resource.
    Resource,
    /// A body of its own.
    Example,
    /// Alternative URLs of one operation.
    Samples,
    /// A permissions table.
    Permissions,
    /// The annotation does not say.
    Unspecified,
}

impl BlockType {
    /// Whether an annotation of this type tells nothing of its block that the block does not.
    pub fn says_nothing(self) -> bool {
        matches!(self, Self::Ignored | Self::Permissions)
    }
}

/// Reads a comment; `None` where it is no annotation, or one that had to be reported.
pub fn parse<'a>(cx: &mut Context<'a>, comment: &Comment, span: Span) -> Option<Annotation<'a>> {
    let text = cx.slice(comment.inner);
    let body = text.trim_start();
    if !body.starts_with('{') {
        if !comment.closed {
            let message = "the comment is never closed and hides the rest of the page";
            cx.report_with_help(Code::CommentUnclosed, span, message, "end it with `-->`");
        }
        return None;
    }
    if !comment.closed {
        let message = "the annotation is never closed and hides the rest of the page";
        cx.report_with_help(Code::CommentUnclosed, span, message, "end it with `-->`");
        cx.accounting.annotations.reported += 1;
        return None;
    }
    let start = comment.inner.start as usize + (text.len() - body.len());
    let place = |offset: usize| Span::new(start + offset, start + (offset + 1).min(body.len()));
    let value = match json::parse(body.trim_end()) {
        Ok(json) => {
            if let Some(fault) = json.fault {
                let message = format!("the annotation is no strict JSON: {}", fault.message);
                cx.report(Code::AnnotationLenient, place(fault.offset), message);
            }
            json.value
        }
        Err(fault) => {
            let message = format!("the annotation is not JSON: {}", fault.message);
            cx.report(Code::AnnotationNotJson, place(fault.offset), message);
            cx.accounting.annotations.reported += 1;
            return None;
        }
    };
    let Value::Object(object) = &value else {
        return None;
    };
    cx.accounting.annotations.used += 1;
    if get_string(object, "type").is_some_and(|ty| ty.eq_ignore_ascii_case("#page.annotation")) {
        return Some(Annotation::Page(PageAnnotation {
            namespace: get_string(object, "namespace"),
            suppressions: get_strings(object, "suppressions"),
        }));
    }
    let written = get_string(object, "blockType");
    let kind = match written.as_deref().map(BlockType::parse) {
        Some(Some(kind)) => kind,
        Some(None) => {
            let written = written.unwrap_or_default();
            let message = format!("there is no block type `{written}`");
            let help =
                "one of: ignored, request, response, resource, example, samples, permissions";
            cx.report_with_help(Code::AnnotationBlockType, span, message, help);
            BlockType::Unspecified
        }
        None => BlockType::Unspecified,
    };
    let ty = get_string(object, "@type").or_else(|| get_string(object, "@odata.type"));
    let (ty, unwrapped) = match ty {
        Some(ty) => unwrap_collection(&ty),
        None => (None, false),
    };
    Some(Annotation::Block(BlockAnnotation {
        kind,
        names: get_strings(object, "name"),
        ty,
        collection: get_bool(object, "isCollection").or(unwrapped.then_some(true)),
        truncated: get_bool(object, "truncated").unwrap_or(false),
        base: get_string(object, "baseType").filter(|base| !base.is_empty()),
        open: get_bool(object, "openType").unwrap_or(false),
        sample_keys: get_strings(object, "sampleKeys"),
        idempotent: get_bool(object, "idempotent").unwrap_or(false),
        scopes: get_string(object, "scopes")
            .map(|scopes| scopes.split_whitespace().map(str::to_owned).collect())
            .unwrap_or_default(),
        text,
        span,
    }))
}

impl BlockType {
    fn parse(text: &str) -> Option<Self> {
        let types = [
            ("ignored", Self::Ignored),
            ("request", Self::Request),
            ("response", Self::Response),
            ("simulatedResponse", Self::Ignored),
            ("resource", Self::Resource),
            ("example", Self::Example),
            ("samples", Self::Samples),
            ("permissions", Self::Permissions),
            ("testParams", Self::Ignored),
        ];
        let found = types
            .into_iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(text));
        found.map(|(_, kind)| kind)
    }
}

/// A type name without a leading `#`, and whether it was written as `Collection(…)`.
fn unwrap_collection(text: &str) -> (Option<String>, bool) {
    let text = text.trim().trim_start_matches('#');
    let inner = text
        .get(.."Collection(".len())
        .filter(|start| start.eq_ignore_ascii_case("Collection("))
        .and_then(|start| text[start.len()..].strip_suffix(')'));
    let name = inner.unwrap_or(text).trim().trim_start_matches('#');
    ((!name.is_empty()).then(|| name.to_owned()), inner.is_some())
}

fn get<'v, 't>(object: &'v Object<'t>, key: &str) -> Option<&'v Value<'t>> {
    let mut properties = object.properties.iter();
    let found = properties.find(|property| property.name.as_str().eq_ignore_ascii_case(key));
    found.map(|property| &property.value)
}

fn get_string(object: &Object<'_>, key: &str) -> Option<String> {
    get(object, key)
        .and_then(json::string)
        .map(|text| text.to_string())
}

fn get_bool(object: &Object<'_>, key: &str) -> Option<bool> {
    get(object, key).and_then(json::boolean)
}

/// The strings of an array, or a string as the only one.
fn get_strings(object: &Object<'_>, key: &str) -> Vec<String> {
    match get(object, key) {
        Some(Value::StringLit(text)) => vec![text.value.to_string()],
        Some(Value::Array(array)) => {
            let strings = array.elements.iter().filter_map(json::string);
            strings.map(|text| text.to_string()).collect()
        }
        _ => Vec::new(),
    }
}
