//! Serves a whole documentation set, sends every documented request to it, and counts the answers
//! that are the documented ones.
//!
//! ```text
//! cargo bench -p docwright-mock --bench corpus [-- --list]
//! ```
//!
//! Without a documentation set, nothing is measured. See the README beside this file.

#[path = "../../codegen/benches/common/mod.rs"]
mod common;

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

use docwright::model::{Api, Example};
use docwright_mock::{Mock, Server};
use reqwest::{Client, Method};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    // Without that option it is a run of tests, and nothing is to be measured.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let list = arguments.iter().any(|argument| argument == "--list");
    let Some(docs) = common::documentation_set() else {
        return Ok(());
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(replay(&docs, list))
}

async fn replay(docs: &Path, list: bool) -> Result<(), Box<dyn Error>> {
    let begin = Instant::now();
    let (api, _) = docwright::read_api(docs, "docs", &Default::default());
    let documented = api.clone();
    let server = Mock::new(api).start(0).await?;
    println!("started in {} ms", begin.elapsed().as_millis());
    let client = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let begin = Instant::now();
    for operation in &documented.operations {
        for example in &operation.examples {
            let outcome = exchange(&client, &server, &documented, example).await;
            let (class, detail) = outcome.err().unwrap_or(("as documented", String::new()));
            *counts.entry(class).or_default() += 1;
            if list && class != "as documented" {
                let place = documented.locate(example.request.source);
                println!("{place}: {class}: {detail}");
            }
        }
    }
    for (class, count) in &counts {
        println!("{count:6} {class}");
    }
    println!("in {} ms", begin.elapsed().as_millis());
    server.stop().await;
    Ok(())
}

/// Sends a documented request, and says how its answer departs from the documented one.
async fn exchange(
    client: &Client,
    server: &Server,
    api: &Api,
    example: &Example,
) -> Result<(), (&'static str, String)> {
    let request = &example.request;
    let Some(response) = &example.response else {
        return Err(("no documented answer", String::new()));
    };
    if request.route.is_none() {
        return Err(("no documented route", request.target.clone()));
    }
    let query = match request.query.as_str() {
        "" => String::new(),
        query => format!("?{query}"),
    };
    let url = format!("{}{}{query}", server.base_url(), request.path);
    let method = Method::from_bytes(request.method.as_bytes()).unwrap_or_default();
    let mut call = client.request(method, url);
    call = call.header("Prefer", format!("code={}", response.status));
    let own = ["content-length", "host", "prefer", "transfer-encoding"];
    for (name, value) in &request.headers {
        if !own.iter().any(|own| name.eq_ignore_ascii_case(own)) {
            call = call.header(name, value);
        }
    }
    if let Some(body) = &request.body {
        call = call.body(body.clone());
    }
    let answer = call
        .send()
        .await
        .map_err(|error| ("not sent", error.to_string()))?;
    let status = answer.status().as_u16();
    let text = answer
        .text()
        .await
        .map_err(|error| ("cut", error.to_string()))?;
    if status != response.status {
        return Err(("another status", format!("{status}: {text}")));
    }
    if documented_answers(api, example).any(|body| same(api, server, &text, body)) {
        return Ok(());
    }
    // No answer with this status has a body (RFC 9110, section 15.3.5), whatever the page shows.
    if status == 204 {
        return Err(("a body that cannot be sent", String::new()));
    }
    Err(("another body", text.chars().take(200).collect()))
}

/// The bodies that pages show for one and the same request: several do where kinds of a thing share
/// a route.
fn documented_answers<'a>(api: &'a Api, example: &'a Example) -> impl Iterator<Item = &'a str> {
    let request = &example.request;
    let route = request.route.as_ref().map(|found| found.route);
    let operations = route.map_or(&[][..], |route| &api.route(route).operations);
    let examples = operations
        .iter()
        .flat_map(|&id| &api.operation(id).examples);
    let alike = examples.filter(move |other| {
        let theirs = other.request.route.as_ref().map(|found| found.route);
        theirs == route
            && other.request.query == request.query
            && other.request.body == request.body
    });
    let answers = [example]
        .into_iter()
        .chain(alike)
        .filter_map(|it| it.response.as_ref());
    answers.map(|response| response.body.as_deref().unwrap_or(""))
}

/// Whether an answer is a documented one, but for the base of its links and for where an upload goes.
fn same(api: &Api, server: &Server, answer: &str, documented: &str) -> bool {
    let base = api.base_url.as_deref().unwrap_or("");
    let read = |text: &str| {
        let mut read: Value = serde_json::from_str(&text.replace(&server.base_url(), base))?;
        if let Some(url) = read.get_mut("uploadUrl") {
            *url = Value::Null;
        }
        Ok::<_, serde_json::Error>(read)
    };
    match (read(answer), read(documented)) {
        (Ok(answer), Ok(documented)) => answer == documented,
        (Ok(_), Err(_)) => true,
        _ => answer == documented,
    }
}
