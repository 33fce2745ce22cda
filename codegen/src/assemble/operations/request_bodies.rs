//! Request bodies: what a request carries.

use super::{Documented, around, aside, kinds, reference, sent_properties};
use crate::assemble::examples::content::annotated;
use crate::assemble::types::references::property;
use crate::assemble::{finding, source};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    self, BodyContent, Content, Property, RequestBody, Resource, ResourceId, Type, TypeKind,
};
use crate::nearness::nearest;
use crate::page::Page;
use crate::page::example::ExampleMessage;
use crate::page::table::NamedRow;
use crate::text::{strip_end, strip_start};
use crate::vocabulary::{Json as _, Kind, Primitive, essence, is_json};

/// What the request carries.
pub(super) fn request_body(
    of: &mut Documented<'_>,
    returned: Option<&Content>,
) -> Option<RequestBody> {
    if !can_have_body(of) {
        return None;
    }
    let page = of.page;
    let example = of.example();
    let media_type = shown_media_type(example).or_else(|| documented_media_type(page));
    // Whether the body of the example is JSON, where it has one.
    let shows_json = example
        .filter(|example| example.message.body.is_some())
        .map(|example| example.json.is_some());
    if shows_json != Some(true) && is_bytes(of, media_type.as_deref()) {
        let is_form = media_type.as_deref().is_some_and(is_form);
        if let (true, Some(row)) = (is_form, page.body_rows.first()) {
            let message = "the body is a form, which clients send as they are given it";
            let help = "only a body of JSON has its properties from the table";
            let mut of = of.of_page();
            of.report_with_help(Code::BodyForm, row.span, message, help);
        }
        // Text is what a page can show of bytes that may be anything.
        let is_sample = |kind: &String| kind.starts_with("text/plain") && !names_media_type(page);
        let media_type = media_type.filter(|kind| !is_sample(kind));
        return Some(body(of, BodyContent::Bytes, media_type));
    }
    // An empty object is how some write nothing.
    let shows_empty = || example.is_some_and(ExampleMessage::is_empty_object);
    if page.body_rows.is_empty()
        && page.request_prose.iter().any(|sentence| sentence.nothing)
        && (shows_json.is_none() || shows_empty())
    {
        return None;
    }
    described_body(of, returned, media_type)
}

/// What the request carries where nothing tells at once that it is bytes. Where it turns out to be, they are of
/// `media_type`.
fn described_body(
    of: &mut Documented<'_>,
    returned: Option<&Content>,
    media_type: Option<String>,
) -> Option<RequestBody> {
    let page = of.page;
    let example = of.example();
    let json_type = json_type(page, example);
    let inner = reference::sent(of).or_else(|| around::around_rows(of, returned));
    if let Some(property) = inner {
        return Some(body(of, BodyContent::Object(vec![property]), json_type));
    }
    match aside::sent(of) {
        Some(BodyContent::Bytes) => return Some(body(of, BodyContent::Bytes, media_type)),
        Some(content) => return Some(body(of, content, json_type)),
        None => {}
    }
    if let Some(sent) = resource_sent(of, returned) {
        of.found.extend(sent.slips);
        let ty = Type::single(TypeKind::Resource(sent.id));
        return Some(RequestBody {
            properties: sent_properties::described(of, sent.id),
            ..body(of, BodyContent::Value(ty), json_type)
        });
    }
    if let Some(ty) = items_sent(of) {
        return Some(body(of, BodyContent::Value(ty), json_type));
    }
    if !page.body_rows.is_empty() {
        let properties = listed(of);
        return Some(body(of, BodyContent::Object(properties), json_type));
    }
    // JSON with a fault in it is meant to be JSON.
    let any = BodyContent::Value(Type::single(TypeKind::Json));
    let message = example.map(|example| &example.message);
    match message.filter(|message| message.body.is_some()) {
        Some(message) if message.has_json() => Some(body(of, any, json_type)),
        Some(_) => Some(body(of, BodyContent::Bytes, media_type)),
        None if shows_no_bytes(example) => None,
        // A request that is shown without it can do without it.
        None if page.shows_body && message.is_none() => Some(body(of, any, json_type)),
        None if media_type.is_some() || sets_stream(of) => {
            Some(body(of, BodyContent::Bytes, media_type))
        }
        None => None,
    }
}

/// A request body with what the page says of it.
fn body(of: &Documented<'_>, content: BodyContent, media_type: Option<String>) -> RequestBody {
    let page = of.page;
    let said = page.request_prose.first().map(|sentence| sentence.span);
    let shown = || of.example().map(|example| example.message.span);
    let span = said.or_else(shown).unwrap_or(page.title_span);
    RequestBody {
        content,
        properties: Vec::new(),
        media_type,
        description: description(page),
        source: source(page, span),
    }
}

/// Whether the path, the media type or a sentence tells that bytes are sent.
fn is_bytes(of: &Documented<'_>, media_type: Option<&str>) -> bool {
    // A body of several parts is put together by whoever has them, whatever the first part is.
    let is_whole = |kind: &str| is_form(kind) || kind.starts_with("multipart/");
    of.group.tail.as_deref() == Some("$value")
        || media_type.is_some_and(is_whole)
        || of.page.request_prose.iter().any(|sentence| sentence.binary)
}

/// Whether an example tells that what is sent has no bytes.
fn shows_no_bytes(example: Option<&ExampleMessage<'_>>) -> bool {
    let length = example.and_then(|example| example.message.header("Content-Length"));
    length.is_some_and(|header| header.value == "0")
}

/// Whether all routes of an operation lead to a property that is a stream, which is set by its bytes (OData protocol
/// 4.01, section 11.4.8.2).
fn sets_stream(of: &Documented<'_>) -> bool {
    let &Documented {
        page, group, types, ..
    } = of;
    if !matches!(&*group.method, "PUT" | "PATCH") || group.tail.is_some() {
        return false;
    }
    let is_stream = |name: &str| {
        let mut properties = types.resources.iter().flat_map(|it| &it.properties);
        let stream = Type::single(TypeKind::Primitive(Primitive::Stream));
        properties.any(|property| property.ty == stream && property.name.eq_ignore_ascii_case(name))
    };
    let lines = page.route_lines();
    let own = lines.filter(|line| line.method == group.method && group.is_about(line.span));
    let ends = own.map(|line| line.path.segments.last()?.literal());
    let mut ends = ends.peekable();
    ends.peek().is_some() && ends.all(|end| end.is_some_and(is_stream))
}

/// Whether a request of a method can carry anything. One that deletes does only where a table lists what is
/// in it, and an example shows it or the page has nothing else to list it for.
fn can_have_body(of: &Documented<'_>) -> bool {
    let is_shown = || {
        let example = of.example();
        example.is_some_and(|example| example.message.body.is_some())
    };
    match &*of.group.method {
        "GET" | "HEAD" => false,
        "DELETE" => !of.page.body_rows.is_empty() && (is_shown() || only_deletes(of.page)),
        _ => true,
    }
}

/// A resource that is sent.
struct Sent {
    id: ResourceId,
    /// What is said of the rows that are taken for other properties of it.
    slips: Vec<Diagnostic>,
}

/// The resource that is sent: the first that a sentence, the annotation of the example or the answer
/// names, and that has what the table lists, but for slips.
fn resource_sent(of: &Documented<'_>, returned: Option<&Content>) -> Option<Sent> {
    let page = of.page;
    let [said, annotated] = named(of);
    let answered = match returned {
        // What comes back is also what is sent only where the table lists properties of it, or where
        // what is made or changed is shown to be some of them.
        Some(Content::Value(ty)) if !page.body_rows.is_empty() => {
            (!lists_parameters(page)).then_some(*ty)
        }
        Some(Content::Value(ty)) if shows_part_of(of.example(), *ty, &of.types.resources) => {
            Some(*ty)
        }
        _ => None,
    };
    let candidates = [said, annotated, answered].into_iter().flatten();
    let candidates = candidates.filter(|ty| !ty.collection);
    // One that has all of it goes before one that nearly does.
    let sent = candidates.filter_map(|ty| sent_as(of, ty, said == Some(ty)));
    sent.min_by_key(|sent| sent.slips.len())
}

/// Whether a media type is that of the fields of a form.
fn is_form(media_type: &str) -> bool {
    strip_start(media_type, "application/x-www-form-urlencoded").is_some()
}

/// The type of what is sent where that is shown to be an array, and no table lists what is in it.
fn items_sent(of: &Documented<'_>) -> Option<Type> {
    let is_array =
        of.page.body_rows.is_empty() && of.example().is_some_and(ExampleMessage::is_array);
    if !is_array {
        return None;
    }
    let [said, annotated] = named(of);
    let Type { kind, .. } = said.or(annotated)?;
    Some(Type::collection(kind))
}

/// The types that a sentence and the annotation of the example name.
pub(super) fn named(of: &Documented<'_>) -> [Option<Type>; 2] {
    let said = kinds::said(of, &of.page.request_prose);
    let example = of.example();
    let annotated = example.and_then(|example| annotated(of.page, example, of.types));
    [said, annotated]
}

/// What the page says of the body.
pub(super) fn description(page: &Page<'_>) -> String {
    let first = page.request_prose.first();
    first.map_or_else(String::new, |sentence| sentence.text.to_string())
}

/// The properties that the table under *Request body* lists, of an object that has no name.
fn listed(of: &mut Documented<'_>) -> Vec<Property> {
    let &mut Documented { page, types, .. } = of;
    let example = of.example();
    let rows = page.body_rows.iter();
    let properties = rows.map(|row| {
        let mut property = property(&mut of.of_page(), row, false, types);
        property.required = property.required && !sent_properties::is_left_out(of, &row.name);
        // A table without types speaks of text, unless the example shows something else.
        if row.ty.is_none() && !shows_text(example, &row.name) {
            property.ty = Type::single(TypeKind::Json);
        }
        property
    });
    properties.collect()
}

/// Whether a page documents nothing but how to delete, so that its tables speak of that.
fn only_deletes(page: &Page<'_>) -> bool {
    let mut lines = page.route_lines();
    lines.all(|line| line.method == "DELETE")
}

/// Whether an example shows no other value for a property of its body than a string.
fn shows_text(example: Option<&ExampleMessage<'_>>, name: &str) -> bool {
    let body = example.and_then(ExampleMessage::json_value);
    let property = body.and_then(|body| body.member(name));
    property.is_none_or(|property| matches!(property.kind(), Kind::String(_)))
}

/// Whether the page calls what the table lists parameters: those of an action, which have the name of a property of what
/// comes back where they give it a value, and are no such thing all the same.
fn lists_parameters(page: &Page<'_>) -> bool {
    let mut sentences = page.request_prose.iter();
    sentences.any(|sentence| sentence.text.contains("following parameters"))
}

/// Whether an example sends nothing but properties of a resource, and some.
pub(super) fn shows_part_of(
    example: Option<&ExampleMessage<'_>>,
    ty: Type,
    resources: &[Resource],
) -> bool {
    let body = example.and_then(ExampleMessage::json_value);
    let (Some(id), Some(body)) = (ty.kind.resource(), body) else {
        return false;
    };
    let mut sent = body.members().map(|(name, _)| name).peekable();
    let is_property = |name: &str| model::property(resources, id, name).is_some();
    sent.peek().is_some() && sent.all(|name| name.starts_with('@') || is_property(name))
}

/// A resource as what is sent, if it has every property that the table under *Request body* lists. Some may
/// have a slip in their names, where others have none: one that the example shows has none, nor has one that
/// is a longer or shorter name, as `ownerId` is beside `owner`. Where a sentence says that it is sent, and the example
/// sends nothing but properties of it, other rows are mistaken.
fn sent_as(of: &Documented<'_>, ty: Type, is_said: bool) -> Option<Sent> {
    let &Documented { page, types, .. } = of;
    let example = of.example();
    let id = ty.kind.resource()?;
    let names = || {
        let resources = types.lineage(id).map(|id| &types.resources[id.0 as usize]);
        let properties = resources.flat_map(|resource| &resource.properties);
        properties.map(|property| property.name.as_str())
    };
    let rows = page.body_rows.iter();
    let unknown: Vec<_> = rows
        .filter(|row| names().all(|name| name != row.name))
        .collect();
    if !unknown.is_empty() && unknown.len() == page.body_rows.len() {
        return None;
    }
    let is_listed = |name: &str| page.body_rows.iter().any(|row| row.name == name);
    let body = example.and_then(ExampleMessage::json_value);
    let is_shown = |name: &str| body.is_some_and(|body| body.member(name).is_some());
    let is_meant = is_said && !unknown.is_empty() && shows_part_of(example, ty, &types.resources);
    let slip = |row: &&NamedRow<'_>| {
        if is_shown(&row.name) {
            return None;
        }
        let near = nearest(&row.name, names()).filter(|near| {
            !is_listed(near) && !near.starts_with(&*row.name) && !row.name.starts_with(near)
        });
        if near.is_none() && !is_meant {
            return None;
        }
        let owner = &types.resources[id.0 as usize].name;
        let message = format!("`{owner}` has no property `{}`", row.name);
        let found = finding(Code::PropertyUnknown, page, row.span, message);
        Some(match near {
            Some(near) => found.with_help(format!("did you mean `{near}`?")),
            None => found,
        })
    };
    let slips: Option<Vec<Diagnostic>> = unknown.iter().map(slip).collect();
    Some(Sent { id, slips: slips? })
}

/// The media type that an example shows, unless it is JSON's.
fn shown_media_type(example: Option<&ExampleMessage<'_>>) -> Option<String> {
    let header = example?.message.header("Content-Type")?;
    (!is_json(header.value)).then(|| header.value.to_owned())
}

/// The media type of JSON of a kind of its own, as `application/merge-patch+json` is: that of the example, or where it
/// tells none, that in the table of headers.
fn json_type(page: &Page<'_>, example: Option<&ExampleMessage<'_>>) -> Option<String> {
    let header = example.and_then(|example| example.message.header("Content-Type"));
    let shown = header.map(|header| header.value);
    let essence = essence(shown.or_else(|| written_media_type(page))?);
    strip_end(essence, "+json").map(|_| essence.to_owned())
}

/// Whether the table of headers has `Content-Type`, or a sentence about the body names the type of its text.
fn names_media_type(page: &Page<'_>) -> bool {
    let mut sentences = page.request_prose.iter();
    documented_media_type(page).is_some()
        || sentences.any(|sentence| sentence.text.contains("text/plain"))
}

/// The media type that the table of headers gives for `Content-Type`, unless it is JSON's.
fn documented_media_type(page: &Page<'_>) -> Option<String> {
    let word = written_media_type(page)?;
    (!is_json(word)).then(|| word.to_owned())
}

/// The media type with which the row of `Content-Type` in the table of headers begins.
fn written_media_type<'p>(page: &'p Page<'_>) -> Option<&'p str> {
    let mut headers = page.headers.iter();
    let row = headers.find(|row| row.name.eq_ignore_ascii_case("Content-Type"))?;
    let word = row.description.split_whitespace().next()?;
    let word = word.trim_matches(['`', '.', ',', ';']);
    word.contains('/').then_some(word)
}
