//! Answers of a service that remembers.

use docwright::model::Operation;
use http::StatusCode;
use serde_json::{Map, Value};

use super::Service;
use super::call::Call;
use super::outcome::documented;
use super::state::{Full, Known};
use crate::answer::{Answer, Body};

impl Service {
    /// Keeps what the request creates, changes or deletes, and answers with what was kept before.
    pub(super) fn keep<'e>(
        &'e self,
        mut answer: Answer<'e>,
        call: &Call<'_>,
        operation: &Operation,
    ) -> Result<Answer<'e>, Full> {
        // Things are kept, and not their parts.
        if call.property().is_some() {
            return Ok(answer);
        }
        let path = call.canonical_path(&self.api);
        let is_thing = call.id(&self.api).is_some();
        if is_thing && call.method != "PUT" {
            match self.state.get(&path) {
                Known::Deleted => {
                    return Ok(documented(&self.api, operation, StatusCode::NOT_FOUND));
                }
                Known::Changed(value) if call.method == "GET" => {
                    answer.body = Body::of(value);
                    return Ok(answer);
                }
                Known::Documented | Known::Changed(_) => {}
            }
        }
        match (call.method, answer.body.json()) {
            ("DELETE", _) if is_thing => self.state.delete(&path)?,
            ("PATCH" | "PUT", shown) if is_thing => {
                let before = self.before(call);
                let value = self.state.change(&path, before, call.properties())?;
                if shown.is_some() {
                    answer.body = Body::of(value);
                }
            }
            ("POST", Some(Value::Object(documented))) if answer.status == StatusCode::CREATED => {
                let mut value = documented.clone();
                value.extend(call.properties());
                answer.body = Body::of(self.state.create(&path, value)?);
            }
            ("GET", Some(_)) => {
                if let Some(value) = answer.body.json_mut() {
                    self.state.list(&path, value);
                }
            }
            _ => {}
        }
        Ok(answer)
    }

    /// What the pages show of a thing before it is changed.
    fn before(&self, call: &Call<'_>) -> Map<String, Value> {
        let read = || {
            let (_, found) = self.locator.find(&self.api, "GET", call.path)?;
            let call = call.to_read(found);
            let exchange = self.choose(&call)?.exchange?;
            let mut answer = exchange.answer.as_ref()?.lend();
            self.adapt(&mut answer, Some(exchange), &call);
            answer.body.json()?.as_object().cloned()
        };
        read().unwrap_or_default()
    }
}
