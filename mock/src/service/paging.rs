//! What the pages of an answer call their items, and the link to the next page.

use docwright::model::{
    Api, Content, NEXT_LINK, Operation, PLAIN_NEXT_LINK, Paging, Property, Type, TypeKind,
};
use serde_json::{Map, Value};

use super::collection::VALUE;
use crate::exchange::Exchange;

/// The names of what makes an answer a page of something longer.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) items: &'a str,
    pub(super) link: &'a str,
    /// What some answers may call the link as well.
    other_link: Option<&'a str>,
}

/// Those of a collection.
pub(super) const OF_COLLECTION: Names<'static> = Names {
    items: VALUE,
    link: NEXT_LINK,
    other_link: Some(PLAIN_NEXT_LINK),
};

impl<'a> Names<'a> {
    /// Those of an operation's answers: of their type, where that is a page, and else what a collection has, with
    /// the link that exchanges show.
    pub(super) fn of(api: &'a Api, operation: &Operation, exchanges: &[Exchange]) -> Self {
        let mut names = operation
            .successes()
            .filter_map(|outcome| match outcome.content {
                Content::Value(ty) => Self::of_type(api, ty),
                _ => None,
            });
        names.next().unwrap_or_else(|| {
            let answers = exchanges.iter().filter_map(|it| it.answer.as_ref());
            let bodies = answers.filter_map(|answer| answer.body.json());
            let shows = |name| bodies.clone().any(|body| body.get(name).is_some());
            match shows(PLAIN_NEXT_LINK) && !shows(NEXT_LINK) {
                true => Self {
                    link: PLAIN_NEXT_LINK,
                    other_link: Some(NEXT_LINK),
                    ..OF_COLLECTION
                },
                false => OF_COLLECTION,
            }
        })
    }

    /// All names of the link.
    pub(super) fn links(self) -> impl Iterator<Item = &'a str> {
        [self.link].into_iter().chain(self.other_link)
    }

    /// Takes the link out of an answer.
    pub(super) fn leave_out_link(self, answer: &mut Map<String, Value>) {
        for name in self.links() {
            answer.remove(name);
        }
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
            other_link: None,
        })
    }
}
