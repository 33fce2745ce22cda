//! What the pages of an answer call their items, and the link to the next page.

use docwright::model::{Api, Content, Operation, Paging, Property, Type, TypeKind};

use crate::exchange::Exchange;

/// The names of what makes an answer a page of something longer.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) items: &'a str,
    pub(super) link: &'a str,
}

const NEXT: &str = "@odata.nextLink";

/// What services that are not quite of OData call it.
const PLAIN_NEXT: &str = "nextLink";

impl<'a> Names<'a> {
    /// Those of an operation's answers: of their type, where that is a page, and else what a collection has, with
    /// the link that an exchange shows.
    pub(super) fn of(api: &'a Api, operation: &Operation, exchanges: &[Exchange]) -> Self {
        let outcomes = operation.outcomes.iter();
        let good = outcomes.filter(|outcome| (200..300).contains(&outcome.status));
        let mut names = good.filter_map(|outcome| match outcome.content {
            Content::Value(ty) => Self::of_type(api, ty),
            _ => None,
        });
        names.next().unwrap_or_else(|| {
            let answers = exchanges.iter().filter_map(|it| it.answer.as_ref());
            let mut bodies = answers.filter_map(|answer| answer.body.json());
            let is_plain = bodies.any(|body| body.get(PLAIN_NEXT).is_some());
            Self {
                items: "value",
                link: if is_plain { PLAIN_NEXT } else { NEXT },
            }
        })
    }

    fn of_type(api: &'a Api, ty: Type) -> Option<Self> {
        let TypeKind::Resource(id) = ty.kind else {
            return None;
        };
        if ty.collection {
            return None;
        }
        let resources = api.lineage(id).map(|id| api.resource(id));
        let properties: Vec<&Property> = resources.flat_map(|it| &it.properties).collect();
        let paging = Paging::of(properties.into_iter())?;
        Some(Self {
            items: &paging.items.name,
            link: &paging.link.name,
        })
    }
}
