//! Values in paths and query strings, beside the types of their parameters.

use docwright::conformance::{Types, is_written_as};
use docwright::model::{Api, Operation, Primitive, Source, Type, TypeKind};

use super::Violation;
use crate::exchange::Exchange;
use crate::query::option;
use crate::service::Call;

/// OData's own options whose values are not text (OData 4.01 URL conventions, section 5.1).
const OPTIONS: [(&str, Primitive); 3] = [
    ("$count", Primitive::Boolean),
    ("$skip", Primitive::Int64),
    ("$top", Primitive::Int64),
];

/// The values of a request that its operation does not allow. What a page shows in the same place is
/// allowed, whatever its tables say.
pub(super) fn check(
    api: &Api,
    operation: &Operation,
    exchanges: &[Exchange],
    call: &Call<'_>,
) -> Vec<Violation> {
    let mut found = Vec::new();
    let path = &api.route(call.found.route).path;
    for (row, value) in operation.described_values(path, &call.found.arguments) {
        let mut routes = exchanges.iter().filter_map(|it| it.route.as_ref());
        let is_shown = routes.any(|(_, arguments)| arguments.iter().any(|it| it == value));
        if !is_shown && !fits(row.ty, value) {
            found.push(violation(api, &row.name, row.ty, value, row.source));
        }
    }
    let is_shown = |name: &str, value: &str| {
        let mut queries = exchanges.iter().map(|it| &it.query);
        queries.any(|query| option(query, name) == Some(value))
    };
    for row in &operation.query_parameters {
        if let Some(value) = option(&call.query, &row.name)
            && !is_shown(&row.name, value)
            && !fits(row.ty, value)
        {
            found.push(violation(api, &row.name, row.ty, value, row.source));
        }
    }
    for (name, primitive) in OPTIONS {
        let mut given = call.query.iter();
        let given = given.find(|(known, _)| known.eq_ignore_ascii_case(name));
        let ty = Type::primitive(primitive);
        if let Some((_, value)) = given
            && !is_shown(name, value)
            && (!fits(ty, value) || value.starts_with('-'))
        {
            // No page documents a type for them.
            let expected = match primitive {
                Primitive::Boolean => "`true` or `false`",
                _ => "a whole number from 0 on",
            };
            let message = format!("the parameter `{name}` is {expected}, and not `{value}`");
            found.push(Violation::new(api, "wrongValue", message, operation.source));
        }
    }
    found
}

/// Whether a text can be a value of a type. An alias stands for a value elsewhere (OData 4.01 URL
/// conventions, section 5.3), and which other words a service knows, it knows itself.
fn fits(ty: Type, text: &str) -> bool {
    match ty.kind {
        TypeKind::Primitive(primitive) if !ty.collection => {
            text == "null" || text.starts_with('@') || is_written_as(primitive, text)
        }
        _ => true,
    }
}

fn violation(api: &Api, name: &str, ty: Type, value: &str, source: Source) -> Violation {
    let ty = Types::new(api).label(ty);
    let message = format!("the parameter `{name}` is documented as {ty}, and is `{value}`");
    Violation::new(api, "wrongValue", message, source)
}
