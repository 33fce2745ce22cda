//! Single properties of the things that a service remembers.

use docwright_mock::Mock;
use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{get, get_json, mock, send};

#[tokio::test]
async fn the_change_of_one_property_is_kept_with_its_thing() {
    let server = mock().stateful(true).start(0).await.unwrap();
    let named = json!({ "name": "Barbara" });
    send(&server, Method::PATCH, "/users/43", Some(named)).await;
    let name = get_json(&server, "/users/43/name").await;
    assert_eq!(name, json!({ "value": "Barbara" }));

    for (method, name) in [(Method::PUT, "Margaret"), (Method::PATCH, "Radia")] {
        let sent = json!({ "value": name });
        let changed = send(&server, method, "/users/43/name", Some(sent.clone())).await;
        assert_eq!(changed.status(), StatusCode::OK);
        assert_eq!(changed.json::<serde_json::Value>().await.unwrap(), sent);
        assert_eq!(get_json(&server, "/users/43/name").await, sent);
        let user = get_json(&server, "/users/43").await;
        assert_eq!((&user["name"], &user["age"]), (&json!(name), &json!(36)));
    }

    let deleted = send(&server, Method::DELETE, "/users/43/name", None).await;
    assert_eq!(deleted.status(), StatusCode::NO_CONTENT);
    let name = get(&server, "/users/43/name").await;
    assert_eq!(name.status(), StatusCode::NO_CONTENT);
    assert_eq!(get_json(&server, "/users/43").await["name"], json!(null));
}

#[tokio::test]
async fn a_change_of_an_object_leaves_the_rest_of_it() {
    let ty = |name: &str, rows: &str| {
        format!("# {name} resource type\n\n## Properties\n| Property | Type |\n|:-|:-|\n{rows}")
    };
    let get = "# Get shop\n\n## HTTP request\n```http\nGET /shops/{id}\n```\n\n## Response\n\
               If successful, this method returns a `200 OK` response code and a [shop](shop.md) object in the response body.\n\n\
               ## Example\n```http\nGET /shops/1\n```\n```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n\
               { \"id\": \"1\", \"address\": { \"town\": \"Ulm\", \"street\": \"Quay 1\" } }\n```\n";
    let patch = "# Update shop\n\n## HTTP request\n```http\nPATCH /shops/{id}\n```\n\n## Request body\n\
                 Supply a JSON representation of a [shop](shop.md) object.\n\n## Response\n\
                 If successful, this method returns a `204 No Content` response code.\n";
    let mock = Mock::of_texts([
        (
            "shop.md",
            ty("shop", "| id | String |\n| address | address |\n"),
        ),
        (
            "address.md",
            ty("address", "| town | String |\n| street | String |\n"),
        ),
        ("get.md", get.to_owned()),
        ("patch.md", patch.to_owned()),
    ]);
    let server = mock.stateful(true).start(0).await.unwrap();
    for (method, sent, kept) in [
        (
            Method::PATCH,
            json!({ "town": "Bonn" }),
            json!({ "town": "Bonn", "street": "Quay 1" }),
        ),
        (
            Method::PATCH,
            json!({ "street": null }),
            json!({ "town": "Bonn", "street": null }),
        ),
        (
            Method::PUT,
            json!({ "town": "Trier" }),
            json!({ "town": "Trier" }),
        ),
    ] {
        let changed = send(&server, method, "/shops/1/address", Some(sent)).await;
        assert!(
            changed.status().is_success(),
            "{}",
            changed.text().await.unwrap()
        );
        assert_eq!(get_json(&server, "/shops/1/address").await, kept);
        assert_eq!(get_json(&server, "/shops/1").await["address"], kept);
    }
}
