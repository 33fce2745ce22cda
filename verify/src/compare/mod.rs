//! An answer, held against what the pages say of it.

mod body;
mod example;
mod headers;
mod status;

use docwright::conformance::Types;
use docwright::diagnostic::{Code, Location};
use docwright::model::{
    Content, Example, ExampleResponse, Operation, RouteDifference, Source, Type,
};

use crate::findings::Found;
use crate::place::Pages;
use crate::plan::Planned;
use crate::send::{Answer, Outgoing};
use crate::target::Target;

/// What an answer says about the pages.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// Nothing: the service does not take the request as it was made.
    Refused(Found),
    /// Where the two part.
    Compared(Vec<Found>),
}

/// A request that was sent, and all that the pages say about its answer.
#[derive(Debug)]
pub(crate) struct Comparison<'c> {
    pages: Pages<'c>,
    types: Types<'c>,
    planned: &'c Planned<'c>,
    target: &'c Target,
    /// The request in a sentence.
    label: String,
    /// The operations that share the route: a service may answer for any of them.
    operations: Vec<&'c Operation>,
    /// The documented answers to the same request, that of the planned example first.
    documented: Vec<&'c ExampleResponse>,
}

impl<'c> Comparison<'c> {
    pub(crate) fn new(
        pages: Pages<'c>,
        planned: &'c Planned<'c>,
        target: &'c Target,
        request: &Outgoing<'_>,
    ) -> Self {
        let api = pages.api;
        let route = api.route(planned.route);
        let operations = [planned.operation].into_iter();
        let others = route.operations.iter().copied();
        let operations = operations.chain(others.filter(|&id| id != planned.operation));
        let operations: Vec<&Operation> = operations.map(|id| api.operation(id)).collect();
        let alike = operations.iter().flat_map(|operation| &operation.examples);
        // A page may show several answers to one request: each is an example of its own.
        let alike = alike.filter(|&other| {
            let is_other = |own: &&Example| !std::ptr::eq(*own, other) && is_same(own, other);
            planned.example.as_ref().is_some_and(is_other)
        });
        let examples = planned.example.into_iter().chain(alike);
        let documented = examples.filter_map(|it| it.response.as_ref()).collect();
        Self {
            pages,
            types: Types::new(api),
            planned,
            target,
            label: request.label(),
            operations,
            documented,
        }
    }

    /// Compares an answer. Where pages show several for the same request, it departs only where it
    /// departs from each, and what it departs from the least is told.
    pub(crate) fn judge(&self, answer: &Answer) -> Verdict {
        if let Some(verdict) = self.status(answer.status) {
            return verdict;
        }
        let status = answer.status.as_u16();
        let shown = self
            .documented
            .iter()
            .filter(|shown| shown.status == status);
        let compared = shown.map(|shown| {
            let mut found = self.headers(shown, answer);
            found.extend(self.body(Some(shown), self.answer_type(shown.ty), answer));
            found
        });
        let found = compared.min_by_key(Vec::len).unwrap_or_else(|| {
            let documented = self.content(status).and_then(|content| content.value());
            match documented {
                Some(ty) => self.body(None, self.answer_type(Some(ty)), answer),
                None => Vec::new(),
            }
        });
        Verdict::Compared(found)
    }

    /// What the sentences about the answer say that it carries.
    fn content(&self, status: u16) -> Option<Content> {
        let outcomes = self.operations.iter().flat_map(|it| &it.outcomes);
        let mut outcomes = outcomes.filter(|outcome| outcome.status == status);
        outcomes.next().map(|outcome| outcome.content.clone())
    }

    /// The documented type of the answer to this very request: segments behind the route may ask for
    /// another one than the route answers with.
    fn answer_type(&self, ty: Option<Type>) -> Option<Type> {
        let taken = self
            .planned
            .example
            .and_then(|it| it.request.route.as_ref());
        match taken.and_then(|it| it.difference.as_ref()) {
            Some(RouteDifference::Behind(more)) => self.types.behind(ty?, more),
            _ => ty,
        }
    }

    /// The place of the answer in the pages.
    fn place(&self) -> Location {
        let shown = self.documented.first().map(|response| response.source);
        let said = || self.operations[0].outcomes.first().map(|it| it.source);
        self.at(shown.or_else(said).unwrap_or(self.operations[0].source))
    }

    fn at(&self, source: Source) -> Location {
        self.pages.at(source)
    }

    fn found(&self, code: Code, subject: &str, location: Location, message: String) -> Found {
        Found {
            code,
            subject: subject.to_owned(),
            location,
            message,
            help: None,
        }
    }
}

/// Whether two examples ask for the same, but for the values in the path.
fn is_same(one: &Example, other: &Example) -> bool {
    let (one, other) = (&one.request, &other.request);
    let route = |request: &docwright::model::ExampleRequest| {
        let taken = request.route.as_ref();
        taken.map(|it| (it.route, it.difference.clone()))
    };
    one.method == other.method
        && one.query == other.query
        && one.body == other.body
        && route(one) == route(other)
}
