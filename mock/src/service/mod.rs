//! The documented service: a request in, an answer out, without a network.

mod arguments;
mod batch;
mod call;
mod choose;
mod collection;
mod fill;
mod id;
mod issued;
mod keep;
mod links;
mod locate;
mod monitor;
mod outcome;
mod own;
mod paging;
mod place;
mod property;
mod refuse;
mod state;
mod tags;
mod texts;
mod upload;
mod verbatim;

pub(crate) use call::{Call, Sent};

use std::collections::BTreeMap;
use std::mem::take;
use std::sync::OnceLock;

use bytes::Bytes;
use docwright::model::{Api, OperationId, RouteId};
use http::header::CONTENT_TYPE;
use http::{Request, Response, StatusCode};

use crate::answer::{Answer, Body};
use crate::exchange::Exchange;
use crate::explorer::Explorer;
use crate::{Settings, check, error};
use choose::Chosen;
use issued::Issued;
use locate::Locator;
use monitor::Monitor;
use outcome::{documented, goes_well, success};
use paging::Names;
use state::{Full, State};
use upload::Session;

/// The documented service.
pub(crate) struct Service {
    api: Api,
    locator: Locator,
    /// The exchanges of each operation, made ready when they are first asked for.
    exchanges: Vec<OnceLock<Vec<Exchange>>>,
    /// The operations whose pages show requests that take a route of others, by that route.
    shown_elsewhere: BTreeMap<RouteId, Vec<OperationId>>,
    state: State,
    uploads: Issued<Session>,
    monitors: Issued<Monitor>,
    explorer: Explorer,
    pub(crate) settings: Settings,
}

impl Service {
    pub(crate) fn new(api: Api, mut settings: Settings) -> Self {
        Self {
            explorer: Explorer::new(&api, take(&mut settings.explorer)),
            locator: Locator::new(&api),
            exchanges: api.operations.iter().map(|_| OnceLock::new()).collect(),
            shown_elsewhere: shown_elsewhere(&api),
            state: State::new(settings.limits.state_bytes),
            uploads: Issued::new(upload::FOLDER),
            monitors: Issued::new(monitor::FOLDER),
            settings,
            api,
        }
    }

    /// The path of the documented base URL.
    pub(crate) fn base_path(&self) -> &str {
        self.locator.base_path()
    }

    /// Answers a request to the server at `origin`.
    pub(crate) fn answer(&self, request: &Request<Bytes>, origin: &str) -> Response<Bytes> {
        if let Some(response) = self.follow_up(request) {
            return response;
        }
        let (method, path) = (request.method().as_str(), request.uri().path());
        let documented = self
            .locator
            .find(&self.api, method, path)
            .map(|found| Call::new(request, found, origin))
            // What a page shows of a batch is no answer to another one.
            .filter(|call| call.names_answer() || !self.is_batch(request))
            .and_then(|call| self.answer_call(&call, origin));
        documented
            .or_else(|| self.own(request, origin))
            .unwrap_or_else(|| self.unknown(method, path))
    }

    /// Answers a request whose route is known; nothing where the route has no operation.
    fn answer_call(&self, call: &Call<'_>, origin: &str) -> Option<Response<Bytes>> {
        let chosen = self.choose(call)?;
        let operation = self.api.operation(chosen.operation);
        let exchanges = self.exchanges(chosen.operation);
        let mut violations = check::request(&self.api, operation, exchanges, call);
        // What a page itself shows is allowed, whatever its tables say.
        if !violations.is_empty() && verbatim::is_shown(call, self.exchanges_at(call.found.route)) {
            violations.clear();
        }
        if let Some(refusal) = self.refuse(&violations) {
            return Some(refusal);
        }
        let mut answer = self.shown(chosen, call);
        let shows_it = { chosen.exchange }.is_some_and(|it| it.behind == call.behind());
        let has_thing = call.method == "GET" || answer.body.json().is_some();
        if let Some(name) = call.property().filter(|_| has_thing && !shows_it) {
            self.take_property(&mut answer, name, chosen.operation);
        }
        if self.settings.stateful && call.preferences.status.is_none() {
            answer = match self.keep(answer, call, chosen.operation) {
                Ok(answer) => answer,
                Err(Full) => {
                    let status = StatusCode::INSUFFICIENT_STORAGE;
                    let message = "the server keeps no more things";
                    return Some(error::response(status, "full", message));
                }
            };
        }
        if call.is_count()
            && let Some(count) = answer.body.json().and_then(collection::count)
        {
            answer.body = Body::Text(count.to_string().into());
            answer.headers.remove(CONTENT_TYPE);
        } else if goes_well(answer.status)
            && let Some(value) = answer.body.json_mut()
        {
            let documented = chosen.exchange.map_or(&[][..], |it| &it.query);
            let names = Names::of(&self.api, operation, exchanges);
            if !call.names_answer() {
                let is_shown = |it| verbatim::conditions(call, it).is_some();
                if chosen.exchange.is_some_and(is_shown) {
                    links::leave_out_own(value, call, names);
                } else if links::is_behind_all(call, chosen.exchange, exchanges, value, names) {
                    links::empty(value, names);
                    links::to_changes(value, operation, call);
                }
            }
            collection::shape(value, &call.query, documented, &call.here, names);
        }
        // Who asks for an example has what is documented.
        if call.preferences.example.is_none() && goes_well(answer.status) {
            self.open_upload(&mut answer, call, chosen, origin);
            self.begin_work(&mut answer, call, origin);
        }
        // A failure that is wanted for itself is one that a client is to try again after.
        let wanted = &call.preferences;
        if wanted.status.is_some() && wanted.example.is_none() && outcome::passes(answer.status) {
            error::retry_later(&mut answer.headers);
        }
        Some(answer.into_response())
    }

    /// What the pages answer a request with: an example that is adapted to it, or else what the tables say.
    fn shown<'s>(&'s self, chosen: Chosen<'s>, call: &Call<'_>) -> Answer<'s> {
        let shown = chosen.exchange.and_then(|it| it.answer.as_ref());
        let is_wanted = |status| {
            call.preferences
                .status
                .is_none_or(|preferred| preferred == status)
        };
        let mut answer = match shown.filter(|shown| is_wanted(shown.status)) {
            Some(shown) => shown.lend(),
            None => {
                let operation = self.api.operation(chosen.operation);
                let status = call
                    .preferences
                    .status
                    .unwrap_or_else(|| success(operation));
                documented(&self.api, operation, status)
            }
        };
        if let Some(value) = answer.body.json_mut() {
            fill::fill(value, chosen.exchange, call, &self.api);
        }
        // A text that begins like a path need not be a link.
        let base = self.api.base_url.as_deref();
        let base = base.filter(|base| base.contains("://"));
        let operation = self.api.operation(chosen.operation);
        let names = Names::of(&self.api, operation, self.exchanges(chosen.operation));
        links::turn(&mut answer, chosen.exchange, call, base, names);
        answer
    }

    /// What the pages answer a request with that fails: an example of such a failure, or else what the tables
    /// say.
    fn failed(&self, operation: OperationId, status: StatusCode, call: &Call<'_>) -> Answer<'_> {
        let is_such = |it: &&Exchange| it.answer.as_ref().is_some_and(|of| of.status == status);
        let exchange = self.exchanges(operation).iter().find(is_such);
        if exchange.is_none() {
            return documented(&self.api, self.api.operation(operation), status);
        }
        let chosen = Chosen {
            operation,
            exchange,
        };
        self.shown(chosen, call)
    }

    /// The exchanges that can be at a route, on whichever page.
    fn exchanges_at(&self, route: RouteId) -> impl Iterator<Item = &Exchange> {
        let elsewhere = self.shown_elsewhere.get(&route).into_iter().flatten();
        let operations = self.api.route(route).operations.iter().chain(elsewhere);
        operations.flat_map(|&operation| self.exchanges(operation))
    }

    /// The exchanges of an operation.
    fn exchanges(&self, id: OperationId) -> &[Exchange] {
        self.exchanges[id.0 as usize].get_or_init(|| {
            // What another host answers is no answer of the service.
            let examples = self.api.operation(id).examples.iter();
            let examples = examples.filter(|example| !example.request.leaves);
            let exchanges = examples.map(|it| Exchange::new(&self.api, it));
            exchanges.collect()
        })
    }
}

fn shown_elsewhere(api: &Api) -> BTreeMap<RouteId, Vec<OperationId>> {
    let mut shown: BTreeMap<RouteId, Vec<OperationId>> = BTreeMap::new();
    for (operation, id) in api.operations.iter().zip(api.operation_ids()) {
        let taken = operation
            .examples
            .iter()
            .filter_map(|it| it.request.route.as_ref());
        for taken in taken.filter(|taken| !operation.routes.contains(&taken.route)) {
            shown.entry(taken.route).or_default().push(id);
        }
    }
    shown
}
