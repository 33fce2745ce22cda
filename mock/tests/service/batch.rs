//! Several requests in one.

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
