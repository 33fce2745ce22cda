//! What the pages do not allow.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{get, send, start, told};

#[tokio::test]
async fn what_no_page_documents_is_refused() {
    let server = start().await;
    assert_eq!(
        get(&server, "/planets").await.status(),
        StatusCode::NOT_FOUND
    );
    let answer = send(&server, Method::PUT, "/users/42", None).await;
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.headers()["allow"], "DELETE, GET, PATCH");
}

#[tokio::test]
async fn a_refusal_names_page_and_line() {
    let server = start().await;
    let url = format!("{}/users", server.base_url());
    let client = reqwest::Client::new();
    let bare = client.post(&url).json(&json!({ "name": "Ada" }));
    let message = refused(bare, "missingHeader").await;
    assert!(message.contains("`X-Reason`"), "{message}");
    assert!(message.contains("pages/user-post.md:15"), "{message}");

    let post = || client.post(&url).header("X-Reason", "test");
    let message = refused(post().body("{"), "bodyNotJson").await;
    assert!(message.contains("pages/user-post.md:"), "{message}");
    let odd = post().json(&json!({ "name": "Ada", "colour": "red", "@odata.type": "user" }));
    let message = refused(odd, "undocumentedProperty").await;
    assert!(message.contains("`colour`"), "{message}");
}

#[tokio::test]
async fn a_lenient_server_only_tells() {
    let (mock, told) = told();
    let server = mock.lenient(true).start(0).await.unwrap();
    let body = json!({ "name": "Ada", "colour": "red" });
    let answer = send(&server, Method::POST, "/users", Some(body)).await;
    assert_eq!(answer.status(), StatusCode::CREATED);
    let told = told.lock().unwrap();
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("`colour`"), "{told:?}");
}

/// The message of a refusal.
async fn refused(request: reqwest::RequestBuilder, code: &str) -> String {
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    let error: Value = answer.json().await.unwrap();
    assert_eq!(error["error"]["code"], code);
    error["error"]["message"].as_str().unwrap().to_owned()
}
