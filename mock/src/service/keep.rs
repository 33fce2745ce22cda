//! Answers of a service that remembers.

use std::borrow::Cow;

use docwright::model::{self, OperationId, SegmentKind, Type, TypeKind};
use http::StatusCode;
use http::header::{CONTENT_TYPE, Entry, HeaderValue, LOCATION};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::call::Call;
use super::outcome::goes_well;
use super::place::{self, parent};
use super::state::{Content, Full, TAG, moved};
use super::{Service, collection, id, property};
use crate::answer::{Answer, Body};
use crate::query::option;

/// What of the thing at a path a request is about.
enum Part<'c> {
    /// All of it: a thing, a collection, or bytes.
    Whole,
    /// One of its properties.
    Property(&'c str),
    /// That it belongs there.
    Reference,
    /// How many things there are in it.
    Count,
}

impl Service {
    /// Keeps what the request creates, changes or deletes, and answers with what was kept before.
    pub(super) fn keep<'e>(
        &'e self,
        mut answer: Answer<'e>,
        call: &Call<'_>,
        operation: OperationId,
    ) -> Result<Answer<'e>, Full> {
        let (path, part) = self.part(call);
        let _turn = self.state.turn();
        // What was deleted can be put there again.
        let needed = match (call.method, &part) {
            ("PUT", Part::Whole | Part::Reference) => parent(&path).unwrap_or_default(),
            _ => &path,
        };
        if self.state.is_gone(needed) {
            return Ok(self.failed(operation, StatusCode::NOT_FOUND, call));
        }
        // What is refused changes nothing.
        if !goes_well(answer.status) && call.method != "GET" {
            return Ok(answer);
        }
        if let "PATCH" | "PUT" | "DELETE" = call.method
            && !self.is_current(call, changed(call, &part), &path)
        {
            let status = StatusCode::PRECONDITION_FAILED;
            return Ok(self.failed(operation, status, call));
        }
        match part {
            Part::Whole => self.keep_thing(&mut answer, call, operation, path.clone())?,
            Part::Property(name) => {
                self.keep_property(&mut answer, call, operation, (&path, name))?
            }
            Part::Reference => self.keep_reference(call, path.clone())?,
            Part::Count => self.count(&mut answer, call, &path),
        }
        self.show_tag(&mut answer, &path);
        Ok(answer)
    }

    /// The path of a thing, and what of it a request is about.
    fn part<'c>(&self, call: &'c Call<'_>) -> (String, Part<'c>) {
        let path = call.place(&self.api);
        if let Some(name) = call.property() {
            return (path, Part::Property(name));
        }
        for (suffix, part) in [("/$ref", Part::Reference), ("/$count", Part::Count)] {
            if let Some(thing) = path.strip_suffix(suffix) {
                return (thing.to_owned(), part);
            }
        }
        match call.behind().last().map(String::as_str) {
            Some("$ref") => (path, Part::Reference),
            Some("$count") => (path, Part::Count),
            Some("$value") => (path + "/$value", Part::Whole),
            _ => (path, Part::Whole),
        }
    }

    fn keep_thing(
        &self,
        answer: &mut Answer<'_>,
        call: &Call<'_>,
        operation: OperationId,
        path: String,
    ) -> Result<(), Full> {
        let is_key = call.id(&self.api).is_some();
        match call.method {
            "GET" => match (self.state.get(&path), answer.body.json_mut()) {
                (Some(content), _) => show(answer, content),
                (None, Some(value)) => self.state.list(&path, value),
                (None, None) => {}
            },
            "POST" => {
                if let Some(Value::Object(documented)) = answer.body.json()
                    && answer.status == StatusCode::CREATED
                    && (documented.contains_key("id") || self.creates(call, operation))
                {
                    let mut value = documented.clone();
                    value.extend(call.properties());
                    // The service gives the id, whatever the request says of it.
                    if let Some(id) = documented.get("id") {
                        value.insert("id".to_owned(), id.clone());
                    }
                    if self.has_tags(call, call.path) {
                        value.entry(TAG).or_insert(Value::Null);
                    }
                    let value = self.state.create(&path, value)?;
                    self.locate(answer, call, &value);
                    let id = id::of(&value).unwrap_or_default();
                    self.show_tag(answer, &place::below(&path, &id));
                    answer.body = Body::of(value);
                }
            }
            "PATCH" | "PUT" => match self.shown_at(call.path, call) {
                Some(Body::Text(_)) => {
                    let kind = call.headers.get(CONTENT_TYPE).cloned();
                    let content = Content::Bytes(call.bytes.clone(), kind);
                    self.state.put(path, content)?;
                }
                shown => {
                    let before = thing(shown);
                    if is_key || before.is_some() {
                        let before = before.unwrap_or_default();
                        let value = self.state.change(&path, before, call.properties())?;
                        if answer.body.json().is_some() {
                            answer.body = Body::of(value);
                        }
                    }
                }
            },
            "DELETE" => {
                let is_single = || match self.shown_at(call.path, call) {
                    Some(Body::Text(_)) => true,
                    shown => thing(shown).is_some(),
                };
                if is_key || is_single() {
                    self.state.delete(&path)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether what a request creates can be found again, by its id or in what is listed there. A session
    /// to upload in cannot: its answer is all that there is of it.
    fn creates(&self, call: &Call<'_>, operation: OperationId) -> bool {
        let mut outcomes = self.api.operation(operation).outcomes.iter();
        let created = outcomes.find(|outcome| outcome.status == StatusCode::CREATED.as_u16());
        match created.map(|outcome| &outcome.content) {
            Some(&model::Content::Value(Type {
                kind: TypeKind::Resource(id),
                ..
            })) => {
                self.api.property(id, "id").is_some() || self.shown_at(call.path, call).is_some()
            }
            _ => true,
        }
    }

    /// Keeps the change of one property, or shows one as it was changed before.
    fn keep_property(
        &self,
        answer: &mut Answer<'_>,
        call: &Call<'_>,
        operation: OperationId,
        (path, name): (&str, &str),
    ) -> Result<(), Full> {
        let kept = self.state.get(path);
        if call.method == "GET" {
            if let Some(content) = kept {
                show(answer, content);
                self.take_property(answer, name, operation);
            }
            return Ok(());
        }
        let whole = changed(call, &Part::Property(name));
        let documented = thing(self.shown_at(whole, call)).unwrap_or_default();
        let before = match &kept {
            Some(Content::Json(value)) => value.get(name),
            _ => documented.get(name),
        };
        let Some(value) = property::sent(call, before) else {
            return Ok(());
        };
        let changes = Map::from_iter([(name.to_owned(), value)]);
        let value = self.state.change(path, documented, changes)?;
        if answer.body.json().is_some() {
            answer.body = Body::of(value);
            self.take_property(answer, name, operation);
        }
        Ok(())
    }

    /// Brings the number of things in a collection up to date, or the things of which it is the number.
    fn count(&self, answer: &mut Answer<'_>, call: &Call<'_>, path: &str) {
        if let Some(value) = answer.body.json_mut()
            && collection::count(value).is_some()
        {
            return self.state.list(path, value);
        }
        let shown = match &answer.body {
            Body::Text(text) => std::str::from_utf8(text)
                .ok()
                .and_then(|it| it.trim().parse().ok()),
            body => body.json().and_then(Value::as_u64),
        };
        let Some(shown) = shown else {
            return;
        };
        let collection = parent(call.path.trim_end_matches('/')).unwrap_or_default();
        let body = self.shown_at(collection, call);
        let things = body.as_ref().and_then(Body::json).cloned();
        let things = things.filter(|things| collection::count(things).is_some());
        let mut things = Cow::Owned(things.unwrap_or_else(|| json!({ "value": [] })));
        let count = |things: &Value| collection::count(things).unwrap_or_default();
        let before = count(&things);
        self.state.list(path, &mut things);
        let number = moved(shown, before, count(&things));
        answer.body = Body::Text(number.to_string().into());
    }

    /// Adds a thing to a collection or puts it into a relationship, or takes it out again.
    fn keep_reference(&self, call: &Call<'_>, path: String) -> Result<(), Full> {
        if call.method == "DELETE" {
            let which = option(&call.query, "$id").map(last_segment);
            return match which {
                Some(id) => self.state.delete(&place::below(&path, &id)),
                None => self.state.delete(&path),
            };
        }
        let url = call.body.json().and_then(|body| body.get("@odata.id"));
        let Some(url) = url.and_then(Value::as_str) else {
            return Ok(());
        };
        let thing = self.thing_at(call, url);
        let thing = thing.unwrap_or_else(|| json!({ "id": last_segment(url) }));
        let path = match id::of(&thing) {
            Some(id) if call.method == "POST" => place::below(&path, &id),
            _ => path,
        };
        self.state.put(path, Content::Json(thing))
    }

    /// The thing that a URL leads to, as it is now.
    fn thing_at(&self, call: &Call<'_>, url: &str) -> Option<Value> {
        let behind_scheme = url.split_once("://").map(|(_, rest)| rest);
        let path = behind_scheme.map_or(url, |rest| &rest[rest.find('/').unwrap_or(rest.len())..]);
        let found = self.locator.find(&self.api, "GET", path)?;
        let place = call.to_read(found).place(&self.api);
        match self.state.get(&place) {
            Some(Content::Json(thing)) => Some(thing),
            _ => thing(self.shown_at(path, call)).map(Value::Object),
        }
    }

    /// Has an answer that shows where a thing was created show where this one was.
    fn locate(&self, answer: &mut Answer<'_>, call: &Call<'_>, created: &Value) {
        let Entry::Occupied(mut shown) = answer.headers.entry(LOCATION) else {
            return;
        };
        let id = id::of(created).unwrap_or_default();
        let is_documented = |key: &String| {
            let path = [call.path.trim_end_matches('/'), key].concat();
            let there = self.locator.find(&self.api, "GET", &path);
            let last =
                there.and_then(|(_, found)| self.api.route(found.route).path.segments.last());
            last.is_some_and(|it| it.kind == SegmentKind::Item)
        };
        let in_parentheses = [format!("({id})"), format!("('{}')", id.replace('\'', "''"))];
        let key = in_parentheses.into_iter().find(is_documented);
        let key = key.unwrap_or_else(|| format!("/{id}"));
        let place = [call.here.trim_end_matches('/'), &key].concat();
        if let Ok(place) = HeaderValue::try_from(place) {
            shown.insert(place);
        }
    }

    /// What the pages show at a path.
    fn shown_at(&self, path: &str, call: &Call<'_>) -> Option<Body<'_>> {
        self.answer_at(path, call).map(|answer| answer.body)
    }

    /// What the pages answer where a path is read, and that goes well.
    pub(super) fn answer_at(&self, path: &str, call: &Call<'_>) -> Option<Answer<'_>> {
        let call = call.to_read(self.locator.find(&self.api, "GET", path)?);
        let answer = self.shown(self.choose(&call)?, &call);
        answer.status.is_success().then_some(answer)
    }
}

/// The path of the thing that a request changes all or part of.
fn changed<'c>(call: &Call<'c>, part: &Part<'_>) -> &'c str {
    match part {
        Part::Property(_) => parent(call.path.trim_end_matches('/')).unwrap_or_default(),
        _ => call.path,
    }
}

/// Makes an answer that of what is kept.
fn show(answer: &mut Answer<'_>, content: Content) {
    answer.body = match content {
        Content::Json(value) => Body::of(value),
        Content::Bytes(bytes, kind) => {
            if let Some(kind) = kind {
                answer.headers.insert(CONTENT_TYPE, kind);
            }
            Body::Text(bytes)
        }
    };
    // The pages may show that there is nothing.
    if !answer.status.is_success() || answer.status == StatusCode::NO_CONTENT {
        answer.status = StatusCode::OK;
    }
}

/// The properties of what the pages show, where that is one thing and not a collection.
fn thing(shown: Option<Body<'_>>) -> Option<Map<String, Value>> {
    let shown = shown?;
    let thing = shown.json().filter(|it| collection::count(it).is_none())?;
    thing.as_object().cloned()
}

/// The last segment of a URL: the key of the thing that it leads to.
fn last_segment(url: &str) -> Cow<'_, str> {
    let last = url.rsplit('/').find(|it| !it.is_empty()).unwrap_or(url);
    percent_decode_str(last).decode_utf8_lossy()
}
