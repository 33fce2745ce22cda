//! Tables of what can be done with a resource, held against the pages of the operations that their rows lead to.

use foldhash::HashMap;

use super::{finding, operations};
use crate::conformance::Types;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Content, Operation, Type, TypeKind};
use crate::page::Page;
use crate::page::table::methods::MethodRow;
use crate::page::type_name;
use crate::parallel;

/// A row that says what comes back, and the operation to which it leads.
struct Listing<'p, 'a> {
    page: &'p Page<'a>,
    row: MethodRow,
    operation: &'p Operation,
    /// `None` for nothing.
    answer: Option<Type>,
}

/// Reports rows that say that something else comes back than the page of the operation does. One to which rows lead that
/// name types of no kin answers with that of the thing it is asked of, whichever its page shows.
pub(super) fn check(pages: &[Page<'_>], api: &Api, types: &Types<'_>, found: &mut Vec<Diagnostic>) {
    let listings = listings(pages, api, types);
    let mut named: HashMap<*const Operation, Vec<TypeKind>> = HashMap::default();
    for listing in &listings {
        let kinds = named.entry(listing.operation).or_default();
        if let Some(ty) = listing.answer.filter(|ty| !kinds.contains(&ty.kind)) {
            kinds.push(ty.kind);
        }
    }
    for listing in &listings {
        let Some(documented) = contradicting(listing.answer, listing.operation, types) else {
            continue;
        };
        let mut kinds = named[&std::ptr::from_ref(listing.operation)].iter();
        let own = listing.answer.map(|ty| ty.kind);
        if own.is_some_and(|own| kinds.any(|&it| !are_kin(own, it, types))) {
            continue;
        }
        let label = |ty: Option<Type>| match ty {
            Some(ty) => types.label(ty),
            None => "nothing".to_owned(),
        };
        let (listed, documented) = (label(listing.answer), label(documented));
        let title = &listing.operation.title;
        let message = format!(
            "the row says that {listed} comes back, and the page of *{title}* that {documented} does"
        );
        let help = "the page of the operation is believed: mend the row, or that page";
        let contradiction = finding(
            Code::MethodAnswer,
            listing.page,
            listing.row.returns,
            message,
        );
        found.push(contradiction.with_help(help));
    }
}

/// The rows that lead to pages about one operation each, which say what comes back.
fn listings<'p, 'a>(
    pages: &'p [Page<'a>],
    api: &'p Api,
    types: &Types<'_>,
) -> Vec<Listing<'p, 'a>> {
    if pages.iter().all(|page| page.methods.is_empty()) {
        return Vec::new();
    }
    let says_answer =
        |page: &&Page<'_>| !page.response_prose.is_empty() || !page.examples.responses.is_empty();
    let whole = pages.iter().filter(|page| !page.is_section);
    let only = whole
        .filter(says_answer)
        .filter_map(|page| match operations(page, api) {
            [operation] => Some((page.file.path.as_str(), operation)),
            _ => None,
        });
    let operations: HashMap<&str, &Operation> = only.collect();
    let by_page = parallel::map(pages, |_, page| {
        let rows = page.methods.iter();
        let listings = rows.filter_map(|row| {
            Some(Listing {
                page,
                row: *row,
                operation: operations.get(&*row.path(page)?).copied()?,
                answer: listed(row.answer(page), page, types)?,
            })
        });
        listings.collect::<Vec<_>>()
    });
    by_page.into_iter().flatten().collect()
}

/// What a row says that comes back: a resource, several of them, or nothing. What else there is, rows tell in words of
/// their own.
fn listed(cell: &str, page: &Page<'_>, types: &Types<'_>) -> Option<Option<Type>> {
    const NOTHING: [&str; 2] = ["none", "no content"];
    let bare = cell.trim_end_matches('.');
    if NOTHING.iter().any(|it| it.eq_ignore_ascii_case(bare)) {
        return Some(None);
    }
    let ty = types.resolve(&type_name::parse(cell)?, page.namespace.as_deref())?;
    ty.kind.resource().map(|_| Some(ty))
}

/// What the page of an operation says that comes back, where that contradicts a row: something that is no kin to what
/// the row names, one thing in the place of many, or nothing.
fn contradicting(
    listed: Option<Type>,
    operation: &Operation,
    types: &Types<'_>,
) -> Option<Option<Type>> {
    let mut outcomes = operation.outcomes.iter();
    let documented = outcomes.try_fold(None, |before, outcome| match &outcome.content {
        _ if outcome.status >= 400 => Some(before),
        // The answer may only not be told.
        Content::Empty if outcome.status != 204 => None,
        Content::Empty => Some(before),
        // Behind what is asked for comes what tells of work that is not done yet.
        Content::Value(ty) if ty.kind.resource().is_some() => Some(before.or(Some(*ty))),
        _ => None,
    })?;
    let contradicts = match (listed, documented) {
        (None, None) => false,
        (None, Some(_)) | (Some(_), None) => true,
        (Some(listed), Some(documented)) => {
            listed.collection != documented.collection
                || !are_kin(listed.kind, documented.kind, types)
        }
    };
    contradicts.then_some(documented)
}

/// Whether two types are one, or one extends the other.
fn are_kin(a: TypeKind, b: TypeKind, types: &Types<'_>) -> bool {
    types.is_or_extends(a, b) || types.is_or_extends(b, a)
}
