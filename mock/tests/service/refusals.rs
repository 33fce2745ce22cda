//! What the pages do not allow.

use docwright::source::SourceFile;
use docwright_mock::Mock;
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
async fn a_body_has_the_documented_types_and_all_that_is_required() {
    let page = [
        "# Rename",
        "## HTTP request",
        "```http",
        "POST /users/{id}/rename",
        "```",
        "## Request body",
        "| Property | Type | Description |",
        "|:-|:-|:-|",
        "| name | String | Required. |",
        "| weeks | Int32 | How long. |",
        "| tags | String collection | Words. |",
        "## Response",
        "If successful, this method returns `204 No Content`.",
        "## Example",
        "```http",
        "POST https://api.example.com/v1.0/users/1/rename",
        "",
        r#"{ "name": "Ada", "tags": "one" }"#,
        "```",
        "```http",
        "HTTP/1.1 204 No Content",
        "```",
    ];
    let page = SourceFile::new("user-rename.md", page.join("\n"));
    let api = docwright::read_files(vec![page], Vec::new()).api;
    let server = Mock::new(api).start(0).await.unwrap();
    let url = format!("{}/users/7/rename", server.base_url());
    let post = |body: Value| reqwest::Client::new().post(&url).json(&body);

    let message = refused(post(json!({ "name": "Eve", "weeks": "x" })), "wrongType").await;
    let expected = "`weeks` is documented as `Int32`, and is a string (see user-rename.md:10)";
    assert!(message.contains(expected), "{message}");
    let bare = reqwest::Client::new().post(&url);
    let message = refused(bare, "missingProperty").await;
    assert!(message.contains("`name` is required"), "{message}");
    let message = refused(post(json!(["Eve"])), "wrongType").await;
    assert!(message.contains("the body is documented as"), "{message}");
    let message = refused(post(json!({ "weeks": 2 })), "missingProperty").await;
    assert!(
        message.contains("`name` is required (see user-rename.md:9)"),
        "{message}"
    );
    // The page shows a tag that is no list of them, whatever its table says.
    for body in [
        json!({ "name": null, "weeks": 2.0, "tags": [] }),
        json!({ "Name": "", "tags": "two" }),
    ] {
        let answer = post(body).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    }
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
