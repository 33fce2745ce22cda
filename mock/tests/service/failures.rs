//! Examples of failures.

use docwright_mock::{Mock, Server};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::{get_json, send};

/// A page with an operation and its examples: of each a request and its answer.
fn page(route: &str, examples: &[(&str, &str)]) -> String {
    let examples = examples.iter().map(|(request, answer)| {
        format!("```http\n{request}\n```\n```http\nHTTP/1.1 {answer}\n```\n")
    });
    let examples: String = examples.collect();
    format!("# {route}\n\n## HTTP request\n```http\n{route}\n```\n\n## Examples\n{examples}")
}

/// Items in stock.
fn stock() -> Mock {
    let json =
        |status: &str, body: &str| format!("{status}\nContent-Type: application/json\n\n{body}");
    let error = |status: &str, code: &str| {
        json(
            status,
            &format!("{{ \"error\": {{ \"code\": \"{code}\", \"message\": \"\" }} }}"),
        )
    };
    let change = |tag: &str, body: &str| {
        format!("PATCH /items/i-1\nIf-Match: W/\"{tag}\"\nContent-Type: application/json\n\n{body}")
    };
    let get = page(
        "GET /items/{id}",
        &[
            // Who asks, and whether it is asked again, is no part of what is asked for.
            (
                "GET /items/i-999\nX-Api-Key: key-1\nOcp-Apim-Subscription-Key: key-2\nIdempotency-Key: again-1",
                &error("404 Not Found", "noSuchItem"),
            ),
            (
                "GET /items/i-1",
                &json("200 OK", r#"{ "id": "i-1", "count": 3 }"#),
            ),
            // The same request may go well.
            (
                "GET /items/i-1",
                &error("503 Service Unavailable", "stocktaking"),
            ),
        ],
    );
    let patch = page(
        "PATCH /items/{id}",
        &[
            (
                &change("1", r#"{ "count": 4 }"#),
                &json("200 OK", r#"{ "id": "i-1", "count": 4 }"#),
            ),
            (
                "PATCH /items/i-1\nContent-Type: application/json\n\n{ \"count\": 4 }",
                &error("428 Precondition Required", "noTag"),
            ),
            (
                &change("2", r#"{ "count": 4 }"#),
                &error("412 Precondition Failed", "changed"),
            ),
            (
                &change("1", r#"{ "count": -1 }"#),
                &error("400 Bad Request", "belowZero"),
            ),
        ],
    );
    let list = page(
        "GET /items",
        &[
            ("GET /items", &json("200 OK", r#"{ "value": [] }"#)),
            (
                "GET /items?$filter=x",
                &error("400 Bad Request", "badFilter"),
            ),
        ],
    );
    Mock::of_texts([("get.md", get), ("patch.md", patch), ("list.md", list)])
}

async fn patch(server: &Server, path: &str, tag: &str, body: Value) -> Response {
    let url = format!("{}{path}", server.base_url());
    let request = reqwest::Client::new().request(Method::PATCH, url);
    let request = request.header("If-Match", tag).json(&body);
    request.send().await.unwrap()
}

#[tokio::test]
async fn a_failure_answers_the_very_request_that_its_page_shows() {
    let server = stock().start(0).await.unwrap();
    let missing = get_json(&server, "/items/i-999").await;
    assert_eq!(missing["error"]["code"], "noSuchItem");
    let filter = get_json(&server, "/items?%24filter=x").await;
    assert_eq!(filter["error"]["code"], "badFilter");
    let count = Some(json!({ "count": 4 }));
    let bare = send(&server, Method::PATCH, "/items/i-1", count).await;
    assert_eq!(bare.status(), 428);
    let cases = [
        ("/items/i-1", "W/\"1\"", 4, 200),
        ("/items/i-1", "W/\"2\"", 4, 412),
        ("/items/i-1", "W/\"1\"", -1, 400),
    ];
    for (path, tag, count, status) in cases {
        let answer = patch(&server, path, tag, json!({ "count": count })).await;
        assert_eq!(answer.status(), status, "{path} {tag} {count}");
    }
}

#[tokio::test]
async fn other_requests_go_well() {
    let server = stock().start(0).await.unwrap();
    assert_eq!(get_json(&server, "/items/i-1").await["count"], 3);
    assert_eq!(get_json(&server, "/items/i-2").await["id"], "i-2");
    assert_eq!(
        get_json(&server, "/items?$filter=y").await,
        json!({ "value": [] })
    );
    for (path, tag, count) in [("/items/i-1", "W/\"3\"", 4), ("/items/i-2", "W/\"2\"", 4)] {
        let answer = patch(&server, path, tag, json!({ "count": count })).await;
        assert_eq!(answer.status(), 200, "{path} {tag} {count}");
    }
}

#[tokio::test]
async fn a_failure_that_is_asked_for_tells_when_to_try_again() {
    let server = stock().start(0).await.unwrap();
    let url = format!("{}/items/i-1", server.base_url());
    let get = async |prefer| {
        let request = reqwest::Client::new().get(&url).header("Prefer", prefer);
        request.send().await.unwrap()
    };
    for code in [429, 503] {
        let answer = get(format!("code={code}")).await;
        assert_eq!(answer.status(), code);
        assert_eq!(answer.headers()["retry-after"], "1");
    }
    let shown = get("code=503, example=\"get.md:31\"".to_owned()).await;
    assert_eq!(shown.status(), 503);
    for answer in [get("code=404".to_owned()).await, shown] {
        assert_eq!(answer.headers().get("retry-after"), None);
    }
}

#[tokio::test]
async fn what_fails_changes_nothing() {
    let server = stock().stateful(true).start(0).await.unwrap();
    let refused = patch(&server, "/items/i-1", "W/\"1\"", json!({ "count": -1 })).await;
    assert_eq!(refused.status(), 400);
    assert_eq!(get_json(&server, "/items/i-1").await["count"], 3);
}
