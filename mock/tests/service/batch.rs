//! Several requests in one.

use docwright_mock::Mock;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{send, start};

#[tokio::test]
async fn each_request_of_a_batch_is_answered() {
    let server = start().await;
    let batch = json!({ "requests": [
        { "id": "1", "method": "GET", "url": "/users/7" },
        { "id": "2", "method": "GET", "url": "users?$filter=age gt 50" },
        { "id": "3", "method": "GET", "url": "/planets" },
        { "id": "4", "method": "DELETE", "url": "/users/7", "dependsOn": ["1"] },
        { "id": "5", "method": "GET", "url": "/me", "dependsOn": ["3"] },
        { "id": "6", "method": "GET", "url": "/v1.0/users/$count" },
        { "id": "7", "method": "POST", "url": "/$batch", "body": { "requests": [] } },
        { "id": "8", "method": "POST", "url": "/users", "body": { "name": "Ada", "colour": "red" },
          "headers": { "Content-Type": "application/json", "X-Reason": "test" } },
    ]});
    let answer = send(&server, Method::POST, "/$batch", Some(batch)).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let answer: Value = answer.json().await.unwrap();
    let responses = answer["responses"].as_array().unwrap();
    let statuses = responses.iter().map(|it| it["status"].as_u64().unwrap());
    let expected = [200, 200, 404, 204, 424, 200, 400, 400];
    assert_eq!(statuses.collect::<Vec<_>>(), expected);
    assert_eq!(responses[0]["id"], "1");
    assert_eq!(responses[0]["body"]["id"], "7");
    assert_eq!(responses[0]["headers"]["Content-Type"], "application/json");
    assert_eq!(responses[1]["body"]["value"].as_array().unwrap().len(), 1);
    assert_eq!(responses[3].get("body"), None);
    assert_eq!(responses[5]["body"], "3");
    let code = &responses[7]["body"]["error"]["code"];
    assert_eq!(code, "undocumentedProperty");
}

#[tokio::test]
async fn a_batch_has_bounds() {
    let server = start().await;
    let one = json!({ "id": "1", "method": "GET", "url": "/me" });
    let cases = [
        json!({ "requests": vec![one; 101] }),
        json!({ "requests": "all" }),
        json!([]),
    ];
    for batch in cases {
        let answer = send(&server, Method::POST, "/$batch", Some(batch)).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    }
    for part in [
        json!(1),
        json!({ "url": "//" }),
        json!({ "method": "GET", "url": "http://[" }),
    ] {
        let batch = json!({ "requests": [part] });
        let answer = send(&server, Method::POST, "/$batch", Some(batch)).await;
        let answer: Value = answer.json().await.unwrap();
        assert_eq!(answer["responses"][0]["status"], 400, "{answer}");
    }
}

#[tokio::test]
async fn a_batch_is_taken_though_a_page_documents_batches() {
    let batches = r#"# Send a batch

## HTTP request
```http
POST /$batch
```

## Request body
| Property | Type | Description |
|:-|:-|:-|
| requests | batchRequest collection | Required. The requests. |

## Response
If successful, this method returns a `200 OK` response code.

## Example
<!-- { "blockType": "request", "name": "send_batch" } -->
```http
POST https://api.example.com/v1.0/$batch

{ "requests": [{ "id": "a", "method": "GET", "url": "/lamps/1" }] }
```
```http
HTTP/1.1 200 OK
Content-Type: application/json

{ "responses": [{ "id": "a", "status": 200 }] }
```
"#;
    let part = "# batchRequest resource type\n\n## Properties\n| Property | Type |\n|:-|:-|\n\
                | id | String |\n| method | String |\n| url | String |\n";
    let lamp = "# Get lamp\n\n## HTTP request\n```http\nGET /lamps/{id}\n```\n\n## Example\n\
                ```http\nGET https://api.example.com/v1.0/lamps/1\n```\n\
                ```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{ \"lit\": true }\n```\n";
    let pages = [("batch.md", batches), ("part.md", part), ("lamp.md", lamp)];
    let server = Mock::of_texts(pages).start(0).await.unwrap();
    let headers = json!({ "Accept": "application/json" });
    let batch = json!({ "requests": [
        { "id": "1", "method": "GET", "url": "/lamps/7", "headers": headers },
        { "id": "2", "method": "GET", "url": "/lamps/8", "headers": headers },
    ]});
    let answer = send(&server, Method::POST, "/$batch", Some(batch)).await;
    let answer: Value = answer.json().await.unwrap();
    let responses = answer["responses"].as_array().unwrap();
    assert_eq!(responses.len(), 2, "{answer}");
    assert_eq!(responses[1]["body"], json!({ "lit": true }));

    // Who asks for the page's example by its name is shown it.
    let url = format!("{}/$batch", server.base_url());
    let request = reqwest::Client::new().post(url);
    let request = request.header("Prefer", "example=send_batch");
    let body = json!({ "requests": [{ "id": "a", "method": "GET", "url": "/lamps/1" }] });
    let answer: Value = request
        .json(&body)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(
        answer,
        json!({ "responses": [{ "id": "a", "status": 200 }] })
    );
}
