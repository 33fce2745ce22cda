//! The types of answers that nothing names, and a table below *Response* describes.

use foldhash::HashMap;

use super::sent_words::of_row;
use crate::assemble::findings::OfPage;
use crate::assemble::routes::Routes;
use crate::assemble::routes::groups::Group;
use crate::assemble::source;
use crate::assemble::types::Types;
use crate::assemble::types::enumerations::one_of;
use crate::assemble::types::references::property;
use crate::diagnostic::Diagnostic;
use crate::model::{Resource, ResourceId, Type, TypeKind};
use crate::page::Page;
use crate::words::lower_camel;

/// The types that have no name but that of their operation, by the indices of their pages.
pub(in crate::assemble) struct DescribedAnswers(HashMap<usize, ResourceId>);

impl DescribedAnswers {
    /// Defines them. Operations of one page share its table.
    pub(in crate::assemble) fn define(
        pages: &[Page<'_>],
        routes: &Routes<'_>,
        types: &mut Types,
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut known = HashMap::default();
        for (group, name) in routes.groups.iter().zip(&routes.names) {
            let page = &pages[group.page];
            // Hardly any page has such a table.
            if is_described(page, group) && !known.contains_key(&group.page) {
                let mut of = OfPage { page, found };
                let resource = resource(&mut of, &lower_camel(name), pages, types);
                known.insert(group.page, types.resource(resource).0);
            }
        }
        if !known.is_empty() {
            types.settle_namespaces();
        }
        Self(known)
    }

    /// The type of what an operation answers with, if it is one of these.
    pub(super) fn of(&self, page: &Page<'_>, group: &Group) -> Option<Type> {
        let id = self
            .0
            .get(&group.page)
            .filter(|_| is_described(page, group))?;
        Some(Type::single(TypeKind::Resource(*id)))
    }
}

/// Whether the table below *Response* is about an operation of its page.
fn is_described(page: &Page<'_>, group: &Group) -> bool {
    let first = page.answer_rows.first();
    first.is_some_and(|row| group.is_about(row.span))
}

/// The type of what an operation answers with.
fn resource(
    of: &mut OfPage<'_, '_>,
    operation: &str,
    pages: &[Page<'_>],
    types: &mut Types,
) -> Resource {
    let page = of.page;
    let title = &page.title;
    let (ending, description) = match lists_items(page) {
        true => ("Item", format!("An item of the answer to *{title}*.")),
        false => ("Response", format!("The answer to *{title}*.")),
    };
    let name = unused(format!("{operation}{ending}"), types);
    let rows = page.answer_rows.iter();
    let properties = rows.map(|row| {
        let mut property = property(of, row, false, types);
        if one_of(row).is_some() {
            property.ty.kind = of_row(of, operation, row, pages, types);
        }
        property
    });
    Resource {
        properties: properties.collect(),
        name,
        namespace: page.namespace.clone().unwrap_or_default(),
        description,
        base: None,
        deprecated: page.deprecated,
        open: false,
        restated: Vec::new(),
        source: source(page, page.answer_rows[0].span),
    }
}

/// Whether the table describes each of the items that an example shows in `value`.
fn lists_items(page: &Page<'_>) -> bool {
    let has_own = page.answer_rows.iter().any(|row| row.name == "value");
    let mut responses = page.examples.responses.iter();
    !has_own && responses.any(|response| response.is_collection())
}

/// A name that no page gives to a type.
fn unused(name: String, types: &Types) -> String {
    match types.index.find(&name, None) {
        Some(_) => unused(name + "Object", types),
        None => name,
    }
}
