//! Enumerations of what requests carry: of a parameter, or of a property of a body that has no type, whose row lists
//! the words of which the value is one, or a table of its own.

use foldhash::HashMap;

use crate::assemble::findings::OfPage;
use crate::assemble::types::Types;
use crate::assemble::types::enumerations::{listed, members, one_of, other_members};
use crate::diagnostic::Diagnostic;
use crate::model::{self, BodyContent, Content, Operation, Primitive, ResourceId, Type, TypeKind};
use crate::page::Page;
use crate::page::table::NamedRow;
use crate::words::{lower_camel, upper_camel};

/// Gives the values of such rows their enumerations.
pub(in crate::assemble) fn define(
    pages: &[Page<'_>],
    operations: &mut [Operation],
    types: &mut Types,
    found: &mut Vec<Diagnostic>,
) {
    let known = types.enums.len();
    for own in operations.chunk_by_mut(|a, b| a.source.page == b.source.page) {
        let page = &pages[own[0].source.page.0 as usize];
        // Hardly any page has such a row.
        if page.typed_rows().all(|row| one_of(row).is_none()) {
            continue;
        }
        let mut of = Operations {
            of: OfPage { page, found },
            name: lower_camel(&own[0].name),
            resources: own.iter().flat_map(resources).collect(),
        };
        // Operations of one page share its rows.
        let mut kinds = HashMap::default();
        for (row, ty) in own.iter_mut().flat_map(|it| taken(page, it)) {
            if let Some(words) = one_of(row) {
                let kind = kinds.entry(row.span.start);
                ty.kind = *kind.or_insert_with(|| of.kind(row, words, pages, types));
            }
        }
    }
    if types.enums.len() > known {
        types.settle_namespaces();
    }
}

/// The operations of a page.
struct Operations<'p, 'a> {
    /// The page.
    of: OfPage<'p, 'a>,
    /// What the first of them is called.
    name: String,
    /// What they answer with and take.
    resources: Vec<ResourceId>,
}

impl Operations<'_, '_> {
    /// The enumeration of the words of a row. Where a resource of the operations has a property of the name which can
    /// be each of them, the row is about that, and so has its type; otherwise it has one that is called after the
    /// operation and the row, since rows of one name list other words elsewhere.
    fn kind(
        &mut self,
        row: &NamedRow<'_>,
        words: &[String],
        pages: &[Page<'_>],
        types: &mut Types,
    ) -> TypeKind {
        let of_property = self.of_property(row, words, types);
        of_property.unwrap_or_else(|| of_row(&mut self.of, &self.name, row, pages, types))
    }

    fn of_property(&self, row: &NamedRow<'_>, words: &[String], types: &Types) -> Option<TypeKind> {
        let can_be = |kind: TypeKind, word: &String| match kind {
            TypeKind::Enum(id) => {
                let mut members = types.enums[id.0 as usize].members.iter();
                members.any(|member| member.name == *word)
            }
            _ => false,
        };
        let properties = self.resources.iter();
        let properties =
            properties.filter_map(|&id| model::property(&types.resources, id, &row.name));
        let mut kinds = properties.map(|property| property.ty.kind);
        kinds.find(|&kind| words.iter().all(|word| can_be(kind, word)))
    }
}

/// The enumeration of the words of a row, which is called after an operation of the page and the row.
pub(super) fn of_row(
    of: &mut OfPage<'_, '_>,
    operation: &str,
    row: &NamedRow<'_>,
    pages: &[Page<'_>],
    types: &mut Types,
) -> TypeKind {
    const TEXT: TypeKind = TypeKind::Primitive(Primitive::String);
    let page = of.page;
    let words = one_of(row).unwrap_or_default().to_vec();
    let namespace = page.namespace.as_deref().unwrap_or("");
    let name = format!("{operation}{}", upper_camel(&row.name));
    let mut own = listed(page, row, namespace, name.clone(), words);
    let mut tables = page.option_values.iter();
    if let Some(table) = tables.find(|table| table.is_named(&row.name)) {
        own.members = members(page, table);
    }
    if let Some(first) = types.enumeration(own) {
        let help = "the value is taken for text: give it a type with another name";
        let found = other_members(page, row.span, &name, first, pages);
        of.found.push(found.with_help(help));
        return TEXT;
    }
    let found = types.index.same(namespace, &name).next();
    found
        .filter(|kind| matches!(kind, TypeKind::Enum(_)))
        .unwrap_or(TEXT)
}

/// The resources that an operation answers with or takes.
fn resources(operation: &Operation) -> impl Iterator<Item = ResourceId> {
    let answers = operation.outcomes.iter().map(|outcome| &outcome.content);
    let answers = answers.filter_map(Content::value);
    let sent = match operation.request_body.as_ref().map(|body| &body.content) {
        Some(BodyContent::Value(ty)) => Some(*ty),
        _ => None,
    };
    let types = answers.chain(sent);
    types.filter_map(|ty| ty.kind.resource())
}

/// The rows of what an operation takes, and the types of what they document.
fn taken<'o, 'p, 'a>(
    page: &'p Page<'a>,
    operation: &'o mut Operation,
) -> impl Iterator<Item = (&'p NamedRow<'a>, &'o mut Type)> {
    let in_path = page
        .path_parameters
        .iter()
        .zip(&mut operation.path_parameters);
    let arguments = { page.function_parameters.iter() }.chain(page.arguments_in_body());
    let arguments = arguments.zip(&mut operation.function_parameters);
    let options = page
        .query_parameters
        .iter()
        .zip(&mut operation.query_parameters);
    let parameters = in_path.chain(arguments).chain(options);
    let parameters = parameters.map(|(row, parameter)| (row, &mut parameter.ty));
    let body = operation.request_body.as_mut();
    let body = match body.map(|body| &mut body.content) {
        Some(BodyContent::Object(properties)) => properties.as_mut_slice(),
        _ => &mut [],
    };
    let body = page.body_rows.iter().zip(body);
    parameters.chain(body.map(|(row, property)| (row, &mut property.ty)))
}
