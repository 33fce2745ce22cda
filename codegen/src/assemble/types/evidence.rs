//! What the rest of the pages says about the type of a property, where the row of its table is vague
//! or alone with what it says.
//!
//! Over a whole documentation set rows are right far more often than what stands beside them: a
//! representation shows `"String"` for enumerations and a sample for much else. So each rule here is
//! about a row that says little, or that two witnesses contradict.

use super::Types;
use crate::assemble::examples::mistaken::objects;
use crate::assemble::findings::OfPage;
use crate::diagnostic::Code;
use crate::model::{Primitive, ResourceId, Type, TypeKind};
use crate::page::Page;
use crate::page::example::ExampleMessage;
use crate::page::resource::JsonProperty;
use crate::page::table::NamedRow;
use crate::page::type_name::Name;
use crate::text::file_stem;
use crate::vocabulary::{Json, Kind};

const STRING: TypeKind = TypeKind::Primitive(Primitive::String);

/// What shows a property beside its row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evidence<'o, 'a> {
    /// The JSON representation of its resource.
    pub(super) shown: &'o JsonProperty,
    /// The responses that show its resource.
    pub(super) examples: &'o [&'o ExampleMessage<'a>],
}

/// The type of a property whose row says one thing and whose JSON representation shows another.
pub(super) fn weigh(
    of: &mut OfPage<'_, '_>,
    row: &NamedRow<'_>,
    said: Type,
    Evidence { shown, examples }: Evidence<'_, '_>,
    types: &Types,
) -> Type {
    let Some(meant) = types.resolve(of.page, &shown.ty) else {
        return said;
    };
    let Some(named) = &row.ty else {
        return meant;
    };
    let same_number = meant.collection == said.collection;
    // A name that no page defines, as that of a link may be one for readers, says nothing.
    let is_undefined = matches!(named.name, Name::Documented(_)) && said.kind == TypeKind::Json;
    if is_undefined && same_number {
        return meant;
    }
    if !shown.named || meant == said || meant.kind == TypeKind::Json {
        return said;
    }
    if same_number && is_namesake(&named.name, said.kind, meant.kind, types) {
        return meant;
    }
    let is_better = match (said.kind, meant.kind) {
        (said_kind, meant_kind) if said_kind == meant_kind && meant.collection => {
            examples_show(examples, &row.name, true)
        }
        // What may be one of several is what the JSON calls them all.
        (_, TypeKind::Resource(_)) if matches!(named.name, Name::AnyOf(_)) => return meant,
        // Nearly everything is a string in JSON, so the row may not have meant to say more.
        (STRING, _) if said.kind != meant.kind => same_number,
        (TypeKind::Resource(_), TypeKind::Resource(id)) => {
            same_number && links_to(of.page, row, &types.resources[id.0 as usize].name)
        }
        (STRING, STRING) => said.collection && examples_show(examples, &row.name, false),
        _ => false,
    };
    if !is_better && (same_number || is_undefined) {
        return said;
    }
    let (name, is, was) = (&row.name, in_words(meant, types), in_words(said, types));
    let message = format!("the row says that `{name}` is {was}, and the JSON shows {is}");
    let (taken, help) = match is_better {
        true => (meant, "what the JSON shows is taken"),
        false => (said, "what the row says is taken"),
    };
    of.report_with_help(Code::PropertyType, row.span, message, help);
    taken
}

/// Whether a row names a resource without its namespace, and the JSON one of the same name in another namespace.
fn is_namesake(named: &Name, said: TypeKind, meant: TypeKind, types: &Types) -> bool {
    let (TypeKind::Resource(said), TypeKind::Resource(meant)) = (said, meant) else {
        return false;
    };
    let name = |id: ResourceId| &types.resources[id.0 as usize].name;
    matches!(named, Name::Documented(named) if !named.contains('.'))
        && name(said).eq_ignore_ascii_case(name(meant))
}

/// Whether a row has a link to the page of a type.
fn links_to(page: &Page<'_>, row: &NamedRow<'_>, name: &str) -> bool {
    let (row, mut links) = (row.span, page.links.iter());
    links.any(|link| {
        let is_in_row = row.start <= link.span.start && link.span.end <= row.end;
        is_in_row && file_stem(&link.destination).eq_ignore_ascii_case(name)
    })
}

/// Whether examples show a property of the resource that they are about, and always many of it, or never.
fn examples_show(examples: &[&ExampleMessage<'_>], name: &str, many: bool) -> bool {
    let mut is_shown = false;
    for body in examples.iter().filter_map(|example| example.json_value()) {
        for object in objects(body) {
            match object.member(name).map(Json::kind) {
                Some(Kind::Array) if !many => return false,
                Some(kind) if many && kind != Kind::Array => return false,
                found => is_shown |= found.is_some(),
            }
        }
    }
    is_shown
}

fn in_words(ty: Type, types: &Types) -> String {
    let name = types.label(ty.kind);
    match ty.collection {
        true => format!("a collection of `{name}`"),
        false => format!("`{name}`"),
    }
}
