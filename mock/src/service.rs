//! The documented service: a request in, an answer out, without a network.

use std::mem::take;
use std::slice::from_ref;
use std::sync::OnceLock;

use bytes::Bytes;
use docwright::model::{
    Api, Content, Operation, OperationId, RouteDifference, Segment, SegmentKind,
};
use docwright::page::route::is_version;
use docwright::routing::{Found, Router};
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, Request, Response, StatusCode};
use serde_json::{Map, Value};

use crate::check::{self, Given, Violation};
use crate::choose::Wanted;
use crate::exchange::{Answer, Exchange, Shown};
use crate::explorer::{Explorer, Subject};
use crate::state::{Full, Known, State};
use crate::url::{option, query_pairs};
use crate::{Settings, collection, error, fill, sample};

/// How many segments a path may have: more than any documented one.
const SEGMENTS: usize = 128;

/// The documented service.
pub(crate) struct Service {
    api: Api,
    router: Router,
    /// The path of the base URL, such as `/v1.0`.
    base_path: String,
    /// The exchanges of each operation, made ready when they are first asked for.
    exchanges: Vec<OnceLock<Vec<Exchange>>>,
    state: State,
    explorer: Explorer,
    pub(crate) settings: Settings,
}

/// A request whose route is known.
struct Call<'r> {
    found: Found,
    /// The path behind the base URL.
    path: &'r str,
    query: Vec<(String, String)>,
    /// The body, where it is JSON.
    body: Option<Value>,
    /// The URL without its query.
    here: String,
}

impl Service {
    pub(crate) fn new(api: Api, mut settings: Settings) -> Self {
        let explorer = Explorer::new(&api, take(&mut settings.explorer));
        let router = Router::new(&api.routes);
        let base = api.base_url.as_deref().unwrap_or("");
        let behind_host = base.split_once("://").map_or("", |(_, rest)| rest);
        let base_path = behind_host.find('/').map_or("", |at| &behind_host[at..]);
        let base_path = base_path.trim_end_matches('/').to_owned();
        let exchanges = api.operations.iter().map(|_| OnceLock::new()).collect();
        Self {
            router,
            base_path,
            exchanges,
            state: State::default(),
            explorer,
            settings,
            api,
        }
    }

    /// The path of the documented base URL.
    pub(crate) fn base_path(&self) -> &str {
        &self.base_path
    }

    /// Answers a request to the server at `origin`.
    pub(crate) fn answer(&self, request: &Request<Bytes>, origin: &str) -> Response<Bytes> {
        let method = request.method().as_str();
        let path = request.uri().path();
        let Some((prefix, found)) = self.locate(method, path) else {
            let explored = self.explored(request);
            return explored.unwrap_or_else(|| self.unknown(method, path));
        };
        let call = Call {
            found,
            path: &path[prefix..],
            query: query_pairs(request.uri().query().unwrap_or("")),
            body: serde_json::from_slice(request.body()).ok(),
            here: format!("{origin}{path}"),
        };
        let Some((id, exchange)) = self.choose(&call, request.headers()) else {
            return self.unknown(method, path);
        };
        let given = Given {
            headers: request.headers(),
            query: &call.query,
            body: request.body(),
        };
        let operation = self.api.operation(id);
        let violations = check::request(&self.api, operation, self.exchanges(id), &given);
        if let Some(refusal) = self.tell(violations) {
            return refusal;
        }
        let preferred = preferred_status(request.headers());
        let mut answer = match preferred {
            Some(status) => self.outcome(operation, exchange, status),
            None => match exchange.and_then(|it| it.answer.clone()) {
                Some(answer) => answer,
                None => self.documented(operation, success(operation)),
            },
        };
        let documented = exchange.map_or(&[][..], |it| &it.query);
        self.fill(&mut answer, exchange, &call);
        if self.settings.stateful
            && preferred.is_none()
            && let Err(Full) = self.keep(method, &mut answer, &call, operation)
        {
            let status = StatusCode::INSUFFICIENT_STORAGE;
            return error::response(status, "full", "the server keeps no more things");
        }
        if let Shown::Json(_, value) = &mut answer.body {
            collection::shape(value, &call.query, documented, &call.here);
        }
        if let Some(RouteDifference::Behind(more)) = &call.found.difference
            && more.last().is_some_and(|last| last == "$count")
            && let Some(count) = count(&answer.body)
        {
            answer.body = Shown::Text(count.to_string());
        }
        self.send(answer)
    }

    /// What a browser is shown where no page documents a route.
    fn explored(&self, request: &Request<Bytes>) -> Option<Response<Bytes>> {
        if !Explorer::is_asked(request.uri().path(), request.headers()) {
            return None;
        }
        let subject = Subject {
            api: &self.api,
            base_path: &self.base_path,
            find: &|method, path| Some(self.locate(method, path)?.1),
        };
        self.explorer.answer(&subject, request)
    }

    /// Where the path behind the base URL begins, and the route that it takes.
    fn locate(&self, method: &str, path: &str) -> Option<(usize, Found)> {
        if path.split('/').count() > SEGMENTS {
            return None;
        }
        self.prefixes(path).into_iter().find_map(|prefix| {
            let found = self.router.find(method, &path[prefix..])?;
            Some((prefix, found))
        })
    }

    /// How much of a path may belong to the base: the documented base, any version, or nothing.
    fn prefixes(&self, path: &str) -> Vec<usize> {
        let mut prefixes = Vec::new();
        let base = &self.base_path;
        let start = path.get(..base.len());
        if start.is_some_and(|start| start.eq_ignore_ascii_case(base)) {
            prefixes.push(base.len());
        }
        let first = path.trim_start_matches('/').split('/').next();
        if let Some(version) = first.filter(|first| is_version(first)) {
            prefixes.push(path.len() - path.trim_start_matches('/').len() + version.len());
        }
        prefixes.push(0);
        prefixes.dedup();
        prefixes
    }

    /// The answer to a request that takes no documented route.
    fn unknown(&self, method: &str, path: &str) -> Response<Bytes> {
        let prefixes = self.prefixes(path).into_iter();
        let methods = match path.split('/').count() {
            ..=SEGMENTS => { prefixes }
                .map(|prefix| self.router.methods(&path[prefix..]))
                .find(|methods| !methods.is_empty())
                .unwrap_or_default(),
            _ => Vec::new(),
        };
        let status = match methods.is_empty() {
            true => StatusCode::NOT_FOUND,
            false => StatusCode::METHOD_NOT_ALLOWED,
        };
        let message = match methods.is_empty() {
            true => format!("no page documents the path `{path}`"),
            false => format!(
                "no page documents `{method}` for `{path}`: {}",
                methods.join(", ")
            ),
        };
        let violation = Violation {
            code: "unknownRoute",
            message,
            place: None,
            status,
        };
        if let Some(listener) = &self.settings.listener {
            listener(&violation);
        }
        match methods.is_empty() {
            true => error::response(status, violation.code, &violation.message),
            false => error::method_not_allowed(&methods, &violation.message),
        }
    }

    /// Tells of violations, and refuses the request where that is asked for.
    fn tell(&self, violations: Vec<Violation>) -> Option<Response<Bytes>> {
        if let Some(listener) = &self.settings.listener {
            violations.iter().for_each(|violation| listener(violation));
        }
        let first = violations.first().filter(|_| !self.settings.lenient)?;
        let all: Vec<_> = violations.iter().map(Violation::to_string).collect();
        Some(error::response(first.status, first.code, &all.join("; ")))
    }

    /// The exchanges of an operation.
    fn exchanges(&self, id: OperationId) -> &[Exchange] {
        self.exchanges[id.0 as usize].get_or_init(|| {
            let examples = &self.api.operation(id).examples;
            examples.iter().map(Exchange::new).collect()
        })
    }

    /// The operation that a request means, and the exchange that fits it best.
    fn choose(
        &self,
        call: &Call<'_>,
        headers: &HeaderMap,
    ) -> Option<(OperationId, Option<&Exchange>)> {
        let operations = &self.api.route(call.found.route).operations;
        let wanted = Wanted {
            route: call.found.route,
            arguments: &call.found.arguments,
            query: &call.query,
            body: call.body.as_ref(),
        };
        let preferred = preferred_status(headers);
        let all = || operations.iter().flat_map(|&id| self.exchanges(id));
        let has = |fits: &dyn Fn(StatusCode) -> bool| {
            let answered = all().filter(|it| it.answer.as_ref().is_some_and(|it| fits(it.status)));
            wanted.best(answered)
        };
        let chosen = preferred
            .and_then(|status| has(&|other| other == status))
            .or_else(|| has(&|status| !status.is_client_error() && !status.is_server_error()))
            .or_else(|| has(&|_| true))
            .or_else(|| wanted.best(all()));
        let owns = |id: &&OperationId| {
            let exchanges = self.exchanges(**id);
            chosen.is_some_and(|chosen| exchanges.iter().any(|it| std::ptr::eq(it, chosen)))
        };
        let owner = operations
            .iter()
            .find(owns)
            .or_else(|| operations.first())?;
        Some((*owner, chosen))
    }

    /// The documented outcome of a status.
    fn outcome(
        &self,
        operation: &Operation,
        exchange: Option<&Exchange>,
        status: StatusCode,
    ) -> Answer {
        let shown = exchange.and_then(|it| it.answer.as_ref());
        if let Some(shown) = shown.filter(|it| it.status == status) {
            return shown.clone();
        }
        self.documented(operation, status)
    }

    /// An answer made of what the tables say, where no example shows one.
    fn documented(&self, operation: &Operation, status: StatusCode) -> Answer {
        let mut outcomes = operation.outcomes.iter();
        let outcome = outcomes.find(|outcome| outcome.status == status.as_u16());
        let body = match outcome.map(|outcome| &outcome.content) {
            Some(Content::Value(ty)) => {
                let mut value = sample::value(&self.api, *ty);
                if ty.collection {
                    value = serde_json::json!({ "value": value });
                }
                Shown::Json(value.to_string(), value)
            }
            Some(Content::Bytes) => Shown::Text("bytes".to_owned()),
            None if status.is_client_error() || status.is_server_error() => {
                let reason = status.canonical_reason().unwrap_or("error");
                let body = error::response(status, reason, reason).into_body();
                let value = serde_json::from_slice(&body).unwrap_or_default();
                Shown::Json(String::from_utf8_lossy(&body).into_owned(), value)
            }
            Some(Content::Empty) | None => Shown::Nothing,
        };
        Answer {
            status,
            headers: HeaderMap::new(),
            body,
        }
    }

    /// Puts what the request says where the page shows its own values.
    fn fill(&self, answer: &mut Answer, exchange: Option<&Exchange>, call: &Call<'_>) {
        let Shown::Json(_, value) = &mut answer.body else {
            return;
        };
        let route = exchange.and_then(|it| it.route.as_ref());
        if let Some((route, documented)) = route {
            let given = &call.found.arguments;
            if *route == call.found.route {
                fill::replace(value, documented, given);
            } else if let (Some(documented), Some(given)) = (documented.last(), given.last()) {
                // Routes of one operation end alike: the last value names the same thing.
                fill::replace(value, from_ref(documented), from_ref(given));
            }
        }
        let Some(properties) = value.as_object_mut() else {
            return;
        };
        let same = route.is_some_and(|(_, documented)| *documented == call.found.arguments);
        if let (Some(id), true) = (call.id(&self.api), properties.contains_key("id"))
            && !same
        {
            properties.insert("id".to_owned(), id.into());
        }
        self.turn_links(properties, exchange, call);
    }

    /// Links to more of an answer lead back here; behind the last documented page there is none.
    fn turn_links(
        &self,
        properties: &mut Map<String, Value>,
        exchange: Option<&Exchange>,
        call: &Call<'_>,
    ) {
        let token = option(&call.query, "$skiptoken").or(option(&call.query, "$skip"));
        let documented = exchange.is_some_and(|it| it.query == call.query);
        if token.is_some() && !documented {
            properties.remove("@odata.nextLink");
        }
        let Some(base) = self.api.base_url.as_deref() else {
            return;
        };
        let home = call.here.strip_suffix(call.path).unwrap_or(&call.here);
        for name in ["@odata.nextLink", "@odata.deltaLink"] {
            if let Some(Value::String(link)) = properties.get_mut(name)
                && let Some(start) = link.get(..base.len())
                && start.eq_ignore_ascii_case(base)
            {
                *link = format!("{home}{}", &link[base.len()..]);
            }
        }
    }

    /// Keeps what the request creates, changes or deletes, and answers with what was kept before.
    fn keep(
        &self,
        method: &str,
        answer: &mut Answer,
        call: &Call<'_>,
        operation: &Operation,
    ) -> Result<(), Full> {
        let path = call.canonical_path(&self.api);
        let is_thing = call.id(&self.api).is_some();
        let changes = || match &call.body {
            Some(Value::Object(changes)) => changes.clone(),
            _ => Map::new(),
        };
        if is_thing && method != "PUT" {
            match self.state.get(&path) {
                Known::Documented => {}
                Known::Deleted => {
                    *answer = self.documented(operation, StatusCode::NOT_FOUND);
                    return Ok(());
                }
                Known::Changed(value) if method == "GET" => {
                    answer.body = Shown::Json(String::new(), value);
                    return Ok(());
                }
                Known::Changed(_) => {}
            }
        }
        match (method, &mut answer.body) {
            ("DELETE", _) if is_thing => self.state.delete(&path)?,
            ("PATCH" | "PUT", body) if is_thing => {
                let value = self.state.change(&path, self.before(call), changes())?;
                if let Shown::Json(text, shown) = body {
                    (*text, *shown) = (String::new(), value);
                }
            }
            ("POST", Shown::Json(text, shown)) if answer.status == StatusCode::CREATED => {
                let Value::Object(documented) = shown else {
                    return Ok(());
                };
                let mut value = documented.clone();
                value.extend(changes());
                (*text, *shown) = (String::new(), self.state.create(&path, value)?);
            }
            ("GET", Shown::Json(_, shown)) => {
                if let Some(Value::Array(items)) = shown.get_mut("value") {
                    self.state.list(&path, items);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// What the pages show of a thing before it is changed.
    fn before(&self, call: &Call<'_>) -> Map<String, Value> {
        let Some(found) = self.router.find("GET", call.path) else {
            return Map::new();
        };
        let read = Call {
            found,
            path: call.path,
            query: Vec::new(),
            body: None,
            here: call.here.clone(),
        };
        let chosen = self.choose(&read, &HeaderMap::new());
        let Some(exchange) = chosen.and_then(|(_, exchange)| exchange) else {
            return Map::new();
        };
        let Some(mut answer) = exchange.answer.clone() else {
            return Map::new();
        };
        self.fill(&mut answer, Some(exchange), &read);
        match answer.body {
            Shown::Json(_, Value::Object(properties)) => properties,
            _ => Map::new(),
        }
    }

    /// An answer as it is sent.
    fn send(&self, answer: Answer) -> Response<Bytes> {
        let (body, kind) = match answer.body {
            Shown::Nothing => (Bytes::new(), None),
            Shown::Json(text, value) => {
                // The page's own text stays where nothing was changed in it.
                let same = serde_json::from_str::<Value>(&text).is_ok_and(|it| it == value);
                let text = if same { text } else { value.to_string() };
                (Bytes::from(text), Some("application/json"))
            }
            Shown::Text(text) => (Bytes::from(text), Some("text/plain")),
        };
        let mut response = Response::new(body);
        *response.status_mut() = answer.status;
        *response.headers_mut() = answer.headers;
        if let Some(kind) = kind {
            let headers = response.headers_mut();
            let entry = headers.entry(CONTENT_TYPE);
            entry.or_insert(HeaderValue::from_static(kind));
        }
        response
    }
}

impl Call<'_> {
    /// The id of the thing that the path leads to; nothing where it leads to something else.
    fn id(&self, api: &Api) -> Option<&str> {
        let segments = &api.route(self.found.route).path.segments;
        let last = segments.last()?;
        if last.kind != SegmentKind::Key {
            return None;
        }
        self.found.arguments.last().map(String::as_str)
    }

    /// The path with names as they are documented, so that a thing has one path.
    fn canonical_path(&self, api: &Api) -> String {
        let mut arguments = self.found.arguments.iter();
        let segments = &api.route(self.found.route).path.segments;
        let text = |segment: &Segment| match segment.literal() {
            Some(text) => format!("/{text}"),
            None => {
                let values = segment.pieces.iter().filter_map(|piece| match piece {
                    docwright::model::Piece::Parameter(_) => arguments.next(),
                    docwright::model::Piece::Literal(_) => None,
                });
                format!(
                    "/{}",
                    values.map(String::as_str).collect::<Vec<_>>().join(",")
                )
            }
        };
        segments.iter().map(text).collect()
    }
}

/// The first success that is documented.
fn success(operation: &Operation) -> StatusCode {
    let mut statuses = operation.outcomes.iter().map(|outcome| outcome.status);
    let status = statuses.find(|status| (200..300).contains(status));
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    status.unwrap_or(StatusCode::NO_CONTENT)
}

/// The status that a request would rather have: `Prefer: code=404`.
fn preferred_status(headers: &HeaderMap) -> Option<StatusCode> {
    let values = headers.get_all("prefer").iter();
    let mut preferences = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|it| it.split(','));
    preferences.find_map(|preference| {
        let code = preference.trim().strip_prefix("code=")?;
        StatusCode::from_bytes(code.as_bytes()).ok()
    })
}

/// How many items an answer has that is a collection.
fn count(body: &Shown) -> Option<usize> {
    let Shown::Json(_, value) = body else {
        return None;
    };
    Some(value.get("value")?.as_array()?.len())
}
