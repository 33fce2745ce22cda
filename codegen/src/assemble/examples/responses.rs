//! Responses of examples: what they carry, and whether the page speaks of their status.

use std::collections::BTreeSet;

use super::headers;
use super::mistaken::{is_mistaken, sent};
use crate::assemble::findings::OfPage;
use crate::assemble::routes::groups::Group;
use crate::assemble::source;
use crate::diagnostic::Code;
use crate::model::{Api, ExampleResponse, Operation, Type, TypeIndex};
use crate::page::Page;
use crate::page::example::ExampleMessage;
use crate::page::type_name;

/// The response as the model has it.
pub(super) fn read(
    page: &Page<'_>,
    operation: &Operation,
    response: &ExampleMessage<'_>,
    types: &TypeIndex,
    api: &Api,
) -> ExampleResponse {
    let status = response.message.status().unwrap_or(200);
    let mut outcomes = operation
        .outcomes
        .iter()
        .filter(|outcome| outcome.status == status);
    let documented = outcomes.find_map(|outcome| outcome.content.value());
    let ty = documented.map(|ty| part_of(ty, page, response, types, api).unwrap_or(ty));
    let annotation = response.annotation.as_ref();
    ExampleResponse {
        status,
        headers: headers(response),
        body: response.body().map(str::to_owned),
        ty,
        truncated: annotation.is_some_and(|annotation| annotation.truncated),
        source: source(page, response.message.span),
    }
}

/// The resource that a response is annotated as, where it has no base in common with what its operation
/// answers: pages that document a thing and its parts in one operation show a part so.
fn part_of(
    documented: Type,
    page: &Page<'_>,
    response: &ExampleMessage<'_>,
    types: &TypeIndex,
    api: &Api,
) -> Option<Type> {
    let whole = documented.kind.resource()?;
    let shown = type_name::parse(response.annotated_as()?)?;
    let shown = types.resolve(&shown, page.namespace.as_deref())?;
    let part = shown.kind.resource()?;
    let mut bases = api.lineage(part);
    let is_kin = bases.any(|base| api.lineage(whole).any(|other| base == other));
    let sent = || sent(page, |ty| types.resolve(ty, page.namespace.as_deref()));
    let is_whole = is_kin || is_mistaken(response, part, whole, sent(), &api.resources);
    let collection = response.is_collection();
    (!is_whole).then_some(Type {
        collection,
        ..shown
    })
}

/// Reports a successful status that the page's sentences do not name.
pub(super) fn check_status(
    of: &mut OfPage<'_, '_>,
    group: &Group,
    operation: &Operation,
    response: &ExampleMessage<'_>,
) {
    let Some(status) = response.message.status() else {
        return;
    };
    let named = of
        .page
        .response_prose
        .iter()
        .filter(|sentence| group.is_about(sentence.span))
        .flat_map(|sentence| &sentence.statuses);
    let named: Vec<u16> = named.map(|(status, _)| *status).collect();
    // Where a redirect is documented, examples also show what it leads to.
    let redirected = status == 200 && named.iter().any(|named| (300..400).contains(named));
    // A page that only tells how a request fails says nothing of how it succeeds.
    let tells_success = named.iter().any(|&named| named < 400);
    if tells_success && status < 400 && !named.contains(&status) && !redirected {
        // A sentence and a table may both name one.
        let expected: BTreeSet<u16> = named.into_iter().collect();
        let expected: Vec<_> = expected.iter().map(u16::to_string).collect();
        let message = format!(
            "the page does not name {status} among the answers to `{}`",
            operation.title
        );
        let help = format!("it names {}", expected.join(", "));
        let span = response.message.span;
        of.report_with_help(Code::ExampleStatus, span, message, help);
    }
}
