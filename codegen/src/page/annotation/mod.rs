//! Annotation comments: the JSON objects in HTML comments that say what a block is.

mod fields;
pub(super) mod pending;
pub mod suppression;

use super::context::Context;
use super::permission::scope_list::scopes;
use crate::diagnostic::Code;
use crate::json;
use crate::markdown::Comment;
use crate::nearness::nearest;
use crate::source::Span;
use crate::text::strip_end;
use crate::vocabulary::Scopes;
use fields::Fields;
use suppression::Suppression;

/// What the comment says.
#[derive(Debug)]
pub enum Annotation {
    /// The annotation of the page itself.
    Page(PageAnnotation),
    /// The annotation of the next block.
    Block(BlockAnnotation),
}

/// The annotation of a page.
#[derive(Clone, Debug, Default)]
pub struct PageAnnotation {
    /// The namespace of the resources that the page defines.
    pub namespace: Option<String>,
    /// Findings that the page's authors chose to live with.
    pub suppressions: Vec<Suppression>,
}

impl PageAnnotation {
    /// Adds what another annotation of the same page says.
    pub(super) fn add(&mut self, other: Self) {
        self.namespace = self.namespace.take().or(other.namespace);
        self.suppressions.extend(other.suppressions);
    }
}

/// The annotation of a block.
#[derive(Clone, Debug)]
pub struct BlockAnnotation {
    /// What the block is.
    pub kind: BlockType,
    /// The names of a request, or those of the requests that a response answers.
    pub names: Vec<String>,
    /// The type of the body, or the one that is defined.
    pub ty: Option<String>,
    /// Another full name of the type (`@type.aka`).
    pub aka: Option<String>,
    /// Whether the body is a collection of the type.
    pub collection: Option<bool>,
    /// Whether the body lacks properties.
    pub truncated: bool,
    /// The type that a resource extends.
    pub base: Option<String>,
    /// Whether a resource may have properties that no page lists.
    pub open: bool,
    /// The property by which resources of the type are told apart (`keyProperty`).
    pub key: Option<String>,
    /// Whether a request can be repeated although its method says otherwise.
    pub idempotent: bool,
    /// Whether a request goes to a URL that the service gave out, and takes no route (`opaqueUrl`).
    pub opaque: bool,
    /// The scopes with one of which a request can be made.
    pub scopes: Scopes,
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

/// The keys of annotations, those of most first: also those that only other tools have a use for, so that
/// none of them is taken for another one with a slip in it.
const KEYS: &[&str] = &[
    "blockType",
    "@odata.type",
    "name",
    "type",
    "section",
    "tocPath",
    "description",
    "keywords",
    "truncated",
    "suppressions",
    "optionalProperties",
    "keyProperty",
    "isCollection",
    "baseType",
    "isComposable",
    "sampleKeys",
    "openType",
    "scopes",
    "tags",
    "@type",
    "idempotent",
    "@odata.annotations",
    "target",
    "abstract",
    "@type.aka",
    "opaqueUrl",
    "tocBookmarks",
    "isEmpty",
    "isMediaEntity",
    "@property.aka",
    "namespace",
    "tocIndex",
    "title",
    "apiVersions",
    "canonicalUrl",
    "collectionProperty",
    "expectError",
    "footerAdditions",
    "headerAdditions",
    "longRunningResponseType",
    "mergePermissions",
    "nullableProperties",
    "requestUrls",
];

/// The types of blocks by the names that annotations have for them.
const BLOCK_TYPES: &[(&str, BlockType)] = &[
    ("ignored", BlockType::Ignored),
    ("request", BlockType::Request),
    ("response", BlockType::Response),
    ("simulatedResponse", BlockType::Ignored),
    ("resource", BlockType::Resource),
    ("example", BlockType::Example),
    ("samples", BlockType::Samples),
    ("permissions", BlockType::Permissions),
    ("testParams", BlockType::Ignored),
];

/// Reads a comment; `None` where it is no annotation, or one that had to be reported.
pub fn parse(cx: &mut Context<'_>, comment: &Comment, span: Span) -> Option<Annotation> {
    let text = cx.slice(comment.inner);
    let body = text.trim_start();
    if !body.starts_with('{') {
        if !comment.closed {
            let message = "the comment is never closed and hides the rest of the page";
            cx.report_with_help(Code::CommentUnclosed, span, message, "end it with `-->`");
        }
        return None;
    }
    cx.accounting.annotations.read += 1;
    if !comment.closed {
        let message = "the annotation is never closed and hides the rest of the page";
        cx.report_with_help(Code::CommentUnclosed, span, message, "end it with `-->`");
        cx.accounting.annotations.reported += 1;
        return None;
    }
    let body = body.trim_end();
    let mut fields = match Fields::parse(body) {
        Some(fields) => fields,
        None => parse_lenient(cx, body)?,
    };
    cx.accounting.annotations.used += 1;
    for (written, meant) in fields.mend(KEYS) {
        let message = format!("`{written}` is no key of annotations");
        let help = format!("did you mean `{meant}`? It is taken for that");
        let place = place_of_key(body, &written);
        let place = place.map_or(span, |key| Span::of(key, &cx.file.text));
        cx.report_with_help(Code::AnnotationKey, place, message, help);
    }
    let is_page = |ty: &str| ty.eq_ignore_ascii_case("#page.annotation");
    Some(match fields.text("type").is_some_and(is_page) {
        true => Annotation::Page(of_page(&fields)),
        false => Annotation::Block(of_block(cx, &fields, span)),
    })
}

fn of_page(fields: &Fields<'_>) -> PageAnnotation {
    let suppressions = fields.texts("suppressions");
    let suppressions = suppressions.iter().map(|text| suppression::parse(text));
    PageAnnotation {
        namespace: fields.text("namespace").map(str::to_owned),
        suppressions: suppressions.flatten().collect(),
    }
}

fn of_block(cx: &mut Context<'_>, fields: &Fields<'_>, span: Span) -> BlockAnnotation {
    let kind = fields.text("blockType");
    let kind = kind.map_or(BlockType::Unspecified, |it| block_type(cx, it, span));
    let ty = fields.text("@type").or_else(|| fields.text("@odata.type"));
    let (ty, unwrapped) = ty.map_or((None, false), unwrap_collection);
    let ty = ty.filter(|name| !names_nothing(name));
    let base = fields.text("baseType").filter(|base| !base.is_empty());
    BlockAnnotation {
        kind,
        names: fields.texts("name"),
        ty,
        aka: fields.text("@type.aka").map(str::to_owned),
        collection: fields.flag("isCollection").or(unwrapped.then_some(true)),
        truncated: fields.flag("truncated").unwrap_or(false),
        base: base.map(str::to_owned),
        open: fields.flag("openType").unwrap_or(false),
        key: fields.text("keyProperty").map(str::to_owned),
        idempotent: fields.flag("idempotent").unwrap_or(false),
        opaque: fields.flag("opaqueUrl").unwrap_or(false),
        scopes: fields.text("scopes").map(scopes).unwrap_or_default(),
        span,
    }
}

/// The block type that an annotation names. One that there is not is reported, and taken for the nearest.
fn block_type(cx: &mut Context<'_>, written: &str, span: Span) -> BlockType {
    if let Some(kind) = BlockType::parse(written) {
        return kind;
    }
    let message = format!("there is no block type `{written}`");
    let meant = nearest(written, BLOCK_TYPES.iter().map(|(name, _)| *name));
    let help = match meant {
        Some(meant) => format!("did you mean `{meant}`? It is taken for that"),
        None => {
            "one of: ignored, request, response, resource, example, samples, permissions".to_owned()
        }
    };
    cx.report_with_help(Code::AnnotationBlockType, span, message, help);
    let meant = meant.and_then(BlockType::parse);
    meant.unwrap_or(BlockType::Unspecified)
}

/// Where a key is written in an annotation, which may have the same word in a value before.
fn place_of_key<'t>(body: &'t str, key: &str) -> Option<&'t str> {
    let mut found = body.match_indices(key);
    let is_key = |end: usize| {
        let rest = body[end..].trim_start_matches(['"', '\'']);
        rest.trim_start().starts_with(':')
    };
    found.find_map(|(at, key)| is_key(at + key.len()).then_some(key))
}

/// The fields of an annotation that is no strict JSON; what is wrong with it is reported.
fn parse_lenient<'a>(cx: &mut Context<'a>, body: &'a str) -> Option<Fields<'a>> {
    let start = Span::of(body, &cx.file.text).start as usize;
    let place = |offset: usize| Span::new(start + offset, start + (offset + 1).min(body.len()));
    match json::parse(body) {
        Ok(json) => {
            if let Some(fault) = json.fault {
                let message = format!("the annotation is no strict JSON: {}", fault.message);
                cx.report(Code::AnnotationLenient, place(fault.offset), message);
            }
            json.value.as_object().map(Fields::of)
        }
        Err(fault) => {
            let message = format!("the annotation is not JSON: {}", fault.message);
            cx.report(Code::AnnotationNotJson, place(fault.offset), message);
            cx.accounting.annotations.reported += 1;
            None
        }
    }
}

impl BlockType {
    fn parse(text: &str) -> Option<Self> {
        let found = BLOCK_TYPES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(text));
        found.map(|&(_, kind)| kind)
    }
}

/// Whether the name of a type says that there is no body: `example.none`.
fn names_nothing(name: &str) -> bool {
    strip_end(name, "none").is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// A type name without a leading `#`, and whether it was written as `Collection(…)`.
fn unwrap_collection(text: &str) -> (Option<String>, bool) {
    let text = text.trim().trim_start_matches('#');
    let inner = text
        .get(.."Collection(".len())
        .filter(|start| start.eq_ignore_ascii_case("Collection("))
        .and_then(|start| text[start.len()..].strip_suffix(')'));
    let name = inner.unwrap_or(text).trim().trim_start_matches('#');
    // A namespace alone is no name.
    let is_name = !name.is_empty() && !name.ends_with('.');
    (is_name.then(|| name.to_owned()), inner.is_some())
}
