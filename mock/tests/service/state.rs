//! A service that remembers.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{get, get_json, mock, send};

#[tokio::test]
async fn things_are_created_changed_and_deleted() {
    let server = mock().stateful(true).start(0).await.unwrap();
    let names = async || {
        let list = get_json(&server, "/users").await;
        let users = list["value"].as_array().unwrap().clone();
        users
            .iter()
            .map(|it| it["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let new = json!({ "name": "Edsger" });
    let created = send(&server, Method::POST, "/users", Some(new)).await;
    assert_eq!(created.status(), StatusCode::CREATED);
    let created: serde_json::Value = created.json().await.unwrap();
    let path = format!("/users/{}", created["id"].as_str().unwrap());
    assert_eq!(get_json(&server, &path).await["name"], "Edsger");
    assert_eq!(names().await, ["Ada", "Grace", "Alan", "Edsger"]);

    let change = json!({ "name": "Barbara" });
    send(&server, Method::PATCH, "/users/43", Some(change)).await;
    assert_eq!(get_json(&server, "/USERS/43").await["name"], "Barbara");
    assert_eq!(get_json(&server, "/users/43").await["age"], 36);
    assert_eq!(names().await, ["Ada", "Barbara", "Alan", "Edsger"]);

    for path in ["/users/42", &path] {
        let gone = send(&server, Method::DELETE, path, None).await;
        assert_eq!(gone.status(), StatusCode::NO_CONTENT);
        assert_eq!(get(&server, path).await.status(), StatusCode::NOT_FOUND);
    }
    assert_eq!(names().await, ["Barbara", "Alan"]);
}

#[tokio::test]
async fn a_service_forgets_unless_it_is_told_to_remember() {
    let server = super::start().await;
    send(&server, Method::DELETE, "/users/42", None).await;
    assert_eq!(get(&server, "/users/42").await.status(), StatusCode::OK);
}
