//! A small documentation set, served and called.

mod answers;
mod batch;
mod bodies;
mod explorer;
mod failures;
mod follow_ups;
mod hostile;
mod links;
mod properties;
mod refusals;
mod state;
mod tags;

use std::path::Path;
use std::sync::{Arc, Mutex};

use docwright::source::SourceFile;
use docwright_mock::{Mock, Server};
use reqwest::{Method, Response, StatusCode};
use serde_json::Value;

/// The service of the pages beside this file.
fn mock() -> Mock {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let reading = docwright::read(&pages, "pages", &Default::default());
    let found: Vec<_> = reading.diagnostics.iter().map(|it| &it.message).collect();
    assert!(found.is_empty(), "{found:?}");
    Mock::new(reading.api)
}

async fn start() -> Server {
    mock().start(0).await.unwrap()
}

/// Sends a request with a JSON body, or none.
async fn send(server: &Server, method: Method, path: &str, body: Option<Value>) -> Response {
    let url = format!("{}{path}", server.base_url());
    let request = reqwest::Client::new().request(method, url);
    let request = request.header("X-Reason", "test");
    let request = match body {
        Some(body) => request.json(&body),
        None => request,
    };
    request.send().await.unwrap()
}

async fn get(server: &Server, path: &str) -> Response {
    send(server, Method::GET, path, None).await
}

async fn get_json(server: &Server, path: &str) -> Value {
    get(server, path).await.json().await.unwrap()
}

/// The message of a refusal.
async fn refused(request: reqwest::RequestBuilder, code: &str) -> String {
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    let error: Value = answer.json().await.unwrap();
    assert_eq!(error["error"]["code"], code);
    error["error"]["message"].as_str().unwrap().to_owned()
}

/// A service that writes down what it is told of violations.
fn told() -> (Mock, Arc<Mutex<Vec<String>>>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let list = told.clone();
    let mock = mock().on_violation(move |it| list.lock().unwrap().push(it.to_string()));
    (mock, told)
}

/// A page of one operation, with an example of its request and its answer.
fn page((route, example, answer): (&str, &str, &str)) -> SourceFile {
    let text = format!(
        "# {route}\n\n## HTTP request\n```http\n{route}\n```\n\n## Response\nSee the example.\n\n\
         ## Example\n```http\n{example}\n```\n```http\nHTTP/1.1 {answer}\n```\n"
    );
    SourceFile::new(format!("{}.md", route.replace(['/', ' '], "-")), text)
}
