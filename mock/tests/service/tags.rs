//! Entity tags, in a service that remembers.

use docwright_mock::{Mock, Server};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::{get, get_json, page, send};

/// Plans, whose tags are in the body, and notes, whose tags are in the header.
async fn start() -> Server {
    let json = "Content-Type: application/json";
    let plan = r#"{ "@odata.etag": "W/\"1\"", "id": "p", "title": "Sail" }"#;
    let plan_shown = format!("200 OK\n{json}\n\n{plan}");
    // A thing has a tag where it is created, though the page shows it only where it is read.
    let plan_created = format!("201 Created\n{json}\n\n{{ \"id\": \"p\", \"title\": \"Swim\" }}");
    let note =
        format!("200 OK\n{json}\nETag: \"n1\"\n\n{{ \"id\": \"n\", \"text\": \"Call me\" }}");
    let plans = r#"{ "value": [{ "@odata.etag": "W/\"7\"", "id": "q", "title": "Row" }] }"#;
    let plans = format!("200 OK\n{json}\n\n{plans}");
    let change_plan =
        format!("PATCH /plans/p\nIf-Match: W/\"0\"\n{json}\n\n{{ \"title\": \"Row\" }}");
    let change_note =
        format!("PATCH /notes/n\nIf-Match: \"n1\"\n{json}\n\n{{ \"text\": \"Ahoy\" }}");
    let create = format!("POST /plans\n{json}\n\n{{ \"title\": \"Swim\" }}");
    let boat = format!("200 OK\n{json}\n\n{{ \"id\": \"b\", \"name\": \"Pequod\" }}");
    let done = "204 No Content";
    let pages = [
        ("GET /plans/{id}", "GET /plans/p", &*plan_shown),
        ("GET /plans", "GET /plans", &plans),
        ("POST /plans", &create, &plan_created),
        ("PATCH /plans/{id}", &change_plan, done),
        ("DELETE /plans/{id}", "DELETE /plans/p", done),
        ("GET /notes/{id}", "GET /notes/n", &note),
        (
            "PATCH /notes/{id}",
            &change_note,
            "204 No Content\nETag: \"n2\"",
        ),
        ("GET /boats/{id}", "GET /boats/b", &boat),
        ("PATCH /boats/{id}", "PATCH /boats/b", done),
        ("DELETE /boats/{id}", "DELETE /boats/b", done),
    ];
    let pages = pages.map(page).to_vec();
    let mock = Mock::new(docwright::read_files(pages, Vec::new()).api);
    mock.stateful(true).start(0).await.unwrap()
}

async fn change(server: &Server, method: Method, path: &str, tag: &str) -> Response {
    let url = format!("{}{path}", server.base_url());
    let request = reqwest::Client::new().request(method, url);
    let request = request.header("If-Match", tag);
    let change = json!({ "title": "Swim", "text": "Swim" });
    request.json(&change).send().await.unwrap()
}

#[tokio::test]
async fn a_thing_is_changed_by_those_who_know_its_tag() {
    let server = start().await;
    let tag = async || {
        let plan = get_json(&server, "/plans/p").await;
        plan["@odata.etag"].as_str().unwrap().to_owned()
    };
    let patch = async |tag: &str| {
        let answer = change(&server, Method::PATCH, "/plans/p", tag).await;
        answer.status().as_u16()
    };
    let first = tag().await;
    assert_eq!(first, "W/\"1\"");
    assert_eq!(patch("W/\"9\"").await, 412);
    assert_eq!(get_json(&server, "/plans/p").await["title"], "Sail");
    assert_eq!(patch(&first).await, 204);
    let second = tag().await;
    assert_ne!(second, first);
    assert_eq!(patch(&first).await, 412);
    // One of several that are known, a weak one as well as a strong one, and any.
    let several = format!("\"0\", {}", second.trim_start_matches("W/"));
    assert_eq!(patch(&several).await, 204);
    assert_eq!(patch("*").await, 204);

    let stale = change(&server, Method::DELETE, "/plans/p", &second).await;
    assert_eq!(stale.status(), 412);
    let current = tag().await;
    let gone = change(&server, Method::DELETE, "/plans/p", &current).await;
    assert_eq!(gone.status(), 204);
    assert_eq!(patch(&current).await, 404);
}

#[tokio::test]
async fn a_tag_is_known_from_a_list() {
    let server = start().await;
    let plans = get_json(&server, "/plans").await;
    let tag = plans["value"][0]["@odata.etag"].as_str().unwrap();
    for status in [204, 412] {
        let answer = change(&server, Method::PATCH, "/plans/q", tag).await;
        assert_eq!(answer.status(), status);
    }
    let plans = get_json(&server, "/plans").await;
    let plan = get_json(&server, "/plans/q").await;
    assert_eq!(plans["value"][0], plan);
}

#[tokio::test]
async fn what_is_created_has_a_tag_of_its_own() {
    let server = start().await;
    let plan = Some(json!({ "title": "Dive" }));
    let created = send(&server, Method::POST, "/plans", plan).await;
    let created: Value = created.json().await.unwrap();
    let path = format!("/plans/{}", created["id"].as_str().unwrap());
    let tag = created["@odata.etag"].as_str().unwrap();
    assert_ne!(tag, "W/\"1\"");
    assert_eq!(get_json(&server, &path).await["@odata.etag"], tag);
    for (tag, status) in [("W/\"1\"", 412), (tag, 204), (tag, 412)] {
        let answer = change(&server, Method::PATCH, &path, tag).await;
        assert_eq!(answer.status(), status, "{tag}");
    }
}

#[tokio::test]
async fn a_tag_may_be_in_the_header() {
    let server = start().await;
    let tag = async || {
        let note = get(&server, "/notes/n").await;
        note.headers()["etag"].to_str().unwrap().to_owned()
    };
    let first = tag().await;
    let changed = change(&server, Method::PATCH, "/notes/n", &first).await;
    assert_eq!(changed.status(), 204);
    assert_eq!(changed.headers()["etag"], tag().await);
    let stale = change(&server, Method::PATCH, "/notes/n", &first).await;
    assert_eq!(stale.status(), 412);
}

#[tokio::test]
async fn what_pages_show_is_done_and_what_has_no_tag_is_changed() {
    let server = start().await;
    // The page changes a plan with another tag than the one with which it reads it.
    let url = format!("{}/plans/p", server.base_url());
    let request = reqwest::Client::new()
        .patch(url)
        .header("If-Match", "W/\"0\"");
    let shown = request
        .json(&json!({ "title": "Row" }))
        .send()
        .await
        .unwrap();
    assert_eq!(shown.status(), 204);
    let boat = Some(json!({ "@odata.etag": "\"b1\"", "name": "Rachel" }));
    send(&server, Method::PATCH, "/boats/b", boat).await;
    let boat = get_json(&server, "/boats/b").await;
    assert_eq!(boat, json!({ "id": "b", "name": "Rachel" }));
    let gone = change(&server, Method::DELETE, "/boats/b", "\"any\"").await;
    assert_eq!(gone.status(), 204);
}
