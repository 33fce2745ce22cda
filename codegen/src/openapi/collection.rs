//! A page of a collection: its items, and what an answer says beside them.

use memchr::memmem;

use super::document::Schema;
use super::operations::Use;
use super::schemas::VALUE;
use super::{Context, schemas};
use crate::model::{NEXT_LINK, Operation, PLAIN_NEXT_LINK, QueryOption, TypeKind};

const COUNT: &str = "@odata.count";
const DELTA_LINK: &str = "@odata.deltaLink";

/// The schema of a page (OData JSON Format 4.01, sections 4.6 and 13). Any may have a link to the next one. How many
/// items there are, and where changes can be asked for, is told where the pages ask for it or show it.
pub(super) fn page<'a>(
    context: &Context<'_>,
    uses: &[Use<'_>],
    kind: TypeKind,
    items: Schema<'a>,
) -> Schema<'a> {
    let link = || schemas::typed("string", Some("uri"));
    let any = |does: fn(&Operation) -> bool| uses.iter().any(|used| does(used.operation));
    let mut properties = Vec::new();
    if any(counts) {
        properties.push((COUNT, schemas::typed("integer", Some("int64"))));
    }
    let is_plain = any(|operation| shows(operation, r#""nextLink""#));
    if !is_plain || any(|operation| shows(operation, NEXT_LINK)) {
        properties.push((NEXT_LINK, link()));
    }
    if is_plain {
        properties.push((PLAIN_NEXT_LINK, link()));
    }
    if any(tells_changes) {
        properties.push((DELTA_LINK, link()));
    }
    properties.push((VALUE, items));
    Schema {
        title: Some(format!("Collection of {}", label(context, kind)).into()),
        required: vec![VALUE],
        ..schemas::wrapper(properties)
    }
}

fn counts(operation: &Operation) -> bool {
    operation.query_options.contains(&QueryOption::Count) || shows(operation, COUNT)
}

fn tells_changes(operation: &Operation) -> bool {
    let mut parameters = operation.query_parameters.iter();
    parameters.any(|it| it.name.eq_ignore_ascii_case("$deltatoken")) || shows(operation, DELTA_LINK)
}

/// Whether an example of the operation is answered with a property.
fn shows(operation: &Operation, name: &str) -> bool {
    let answers = operation.examples.iter();
    let answers = answers.filter_map(|example| example.response.as_ref()?.body.as_deref());
    let mut answers = answers.map(str::as_bytes);
    answers.any(|body| memmem::find(body, name.as_bytes()).is_some())
}

fn label(context: &Context<'_>, kind: TypeKind) -> String {
    match kind {
        TypeKind::Resource(id) => context.api.resource(id).name.clone(),
        TypeKind::Enum(id) => context.api.enumeration(id).name.clone(),
        TypeKind::Primitive(primitive) => format!("{primitive:?}"),
        TypeKind::Json => "values".to_owned(),
    }
}
