//! A service that remembers.

use docwright::source::SourceFile;
use docwright_mock::Mock;
use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{get, get_json, mock, page, send};

/// A harbour, where nothing but boats and sailors has a key.
fn harbour() -> Mock {
    let json = |body: &str| format!("200 OK\nContent-Type: application/json\n\n{body}");
    let harbour = json(r#"{ "name": "Nantucket", "depth": 4 }"#);
    let ishmael = json(r#"{ "id": "1", "name": "Ishmael" }"#);
    let ahab = json(r#"{ "id": "9", "name": "Ahab" }"#);
    let crew =
        r#"{ "value": [{ "id": "1", "name": "Ishmael" }, { "id": "2", "name": "Queequeg" }] }"#;
    let crew = json(crew);
    let flag = "200 OK\nContent-Type: image/png\n\nblack";
    let done = "204 No Content";
    let pages = [
        ("GET /harbour", "GET /harbour", &*harbour),
        ("PATCH /harbour", "PATCH /harbour", done),
        ("GET /sailors/{id}", "GET /sailors/1", &ishmael),
        ("PATCH /sailors/{id}", "PATCH /sailors/1", done),
        ("DELETE /boats/{id}", "DELETE /boats/7", done),
        ("GET /boats/{id}/crew", "GET /boats/7/crew", &crew),
        (
            "POST /boats/{id}/crew/$ref",
            "POST /boats/7/crew/$ref",
            done,
        ),
        (
            "DELETE /boats/{id}/crew/{id}/$ref",
            "DELETE /boats/7/crew/1/$ref",
            done,
        ),
        ("GET /boats/{id}/captain", "GET /boats/7/captain", &ahab),
        (
            "PUT /boats/{id}/captain/$ref",
            "PUT /boats/7/captain/$ref",
            done,
        ),
        (
            "DELETE /boats/{id}/captain/$ref",
            "DELETE /boats/7/captain/$ref",
            done,
        ),
        (
            "GET /boats/{id}/flag/$value",
            "GET /boats/7/flag/$value",
            flag,
        ),
        (
            "PUT /boats/{id}/flag/$value",
            "PUT /boats/7/flag/$value",
            done,
        ),
    ];
    let pages = pages.map(page).to_vec();
    Mock::new(docwright::read_files(pages, Vec::new()).api)
}

#[tokio::test]
async fn ids_are_numbers_where_the_pages_show_numbers() {
    let json =
        |status: &str, body: &str| format!("{status}\nContent-Type: application/json\n\n{body}");
    let list = json("200 OK", r#"[{ "id": 7, "name": "Pequod" }]"#);
    let ship = json("200 OK", r#"{ "id": 7, "name": "Pequod" }"#);
    let built = json("201 Created", r#"{ "id": 8, "name": "Rachel" }"#);
    let post = r#"POST /ships
Content-Type: application/json

{ "name": "Rachel" }"#;
    let pages = [
        ("GET /ships", "GET /ships", &*list),
        ("GET /ships/{id}", "GET /ships/7", &ship),
        ("POST /ships", post, &built),
    ];
    let pages = pages.map(page).to_vec();
    let mock = Mock::new(docwright::read_files(pages, Vec::new()).api);
    let server = mock.stateful(true).start(0).await.unwrap();
    assert_eq!(get_json(&server, "/ships/9").await["id"], 9);

    // The service gives the id, whatever a request says of it.
    let ship = json!({ "id": "mine", "name": "Town-Ho" });
    let built = send(&server, Method::POST, "/ships", Some(ship)).await;
    let built: serde_json::Value = built.json().await.unwrap();
    let path = format!("/ships/{}", built["id"].as_u64().unwrap());
    assert_eq!(get_json(&server, &path).await, built);
    // An array by itself is a collection too.
    assert_eq!(get_json(&server, "/ships").await[1], built);
}

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
async fn what_has_no_key_is_answered_as_it_is_documented() {
    let json = "Content-Type: application/json";
    let request = format!("POST /boats/7/haul\n{json}\n\n{{ \"weight\": 3 }}");
    let answer = format!("201 Created\n{json}\n\n{{ \"ticket\": \"a-1\" }}");
    let haul = page(("POST /boats/{id}/haul", &request, &answer));
    let haul = format!(
        "{}\n## Response\n\nReturns `201 Created` and a [haul](haul.md) object.\n",
        haul.text
    );
    let table = "# haul resource type\n\n## Properties\n\n| Property | Type |\n|:--|:--|\n| ticket | String |\n";
    let pages = vec![
        SourceFile::new("docs/haul-post.md", haul),
        SourceFile::new("docs/haul.md", table.to_owned()),
    ];
    let mock = Mock::new(docwright::read_files(pages, Vec::new()).api);
    let server = mock.stateful(true).start(0).await.unwrap();
    let weight = json!({ "weight": 3 });
    let hauled = send(&server, Method::POST, "/boats/7/haul", Some(weight)).await;
    let hauled: serde_json::Value = hauled.json().await.unwrap();
    assert_eq!(hauled, json!({ "ticket": "a-1" }));
}

#[tokio::test]
async fn a_service_forgets_unless_it_is_told_to_remember() {
    let server = super::start().await;
    send(&server, Method::DELETE, "/users/42", None).await;
    assert_eq!(get(&server, "/users/42").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn the_number_of_things_is_that_of_those_that_are_there() {
    let json = "Content-Type: application/json\n\n";
    let ships = r#"{ "@odata.count": 9, "value": [{ "id": "1" }, { "id": "2" }] }"#;
    let ships = format!("200 OK\n{json}{ships}");
    let created = format!("201 Created\n{json}{{ \"id\": \"1\" }}");
    let create = |path| format!("POST {path}\n{json}{{ \"name\": \"Pequod\" }}");
    let pages = [
        ("GET /ships", "GET /ships?$count=true", &*ships),
        ("GET /fleets/{id}/ships", "GET /fleets/1/ships", &*ships),
        (
            "GET /ships/$count",
            "GET /ships/$count",
            "200 OK\nContent-Type: text/plain\n\n9",
        ),
        ("POST /ships", &create("/ships"), &created),
        (
            "POST /fleets/{id}/ships",
            &create("/fleets/1/ships"),
            &created,
        ),
        ("DELETE /ships/{id}", "DELETE /ships/1", "204 No Content"),
    ];
    let pages = pages.map(page).to_vec();
    let mock = Mock::new(docwright::read_files(pages, Vec::new()).api);
    let server = mock.stateful(true).start(0).await.unwrap();
    let counts = async || {
        let ships = get_json(&server, "/ships?$count=true&$top=1").await;
        assert_eq!(ships["value"].as_array().map(Vec::len), Some(1));
        let count = get(&server, "/ships/$count").await.text().await.unwrap();
        (ships["@odata.count"].as_u64().unwrap(), count)
    };
    assert_eq!(counts().await, (9, "9".to_owned()));
    for name in ["Rachel", "Town-Ho"] {
        let ship = json!({ "name": name });
        send(&server, Method::POST, "/ships", Some(ship.clone())).await;
        send(&server, Method::POST, "/fleets/1/ships", Some(ship)).await;
    }
    assert_eq!(counts().await, (11, "11".to_owned()));
    send(&server, Method::DELETE, "/ships/2", None).await;
    assert_eq!(counts().await, (10, "10".to_owned()));
    // What no page counts has as many as are listed, whatever part of them is asked for.
    let count = get(&server, "/fleets/1/ships/$count?$top=1").await;
    assert_eq!(count.text().await.unwrap(), "4");
}

#[tokio::test]
async fn what_has_no_key_is_changed_as_well() {
    let server = harbour().stateful(true).start(0).await.unwrap();
    let depth = json!({ "depth": 5 });
    send(&server, Method::PATCH, "/harbour", Some(depth)).await;
    let harbour = get_json(&server, "/harbour").await;
    assert_eq!(harbour, json!({ "name": "Nantucket", "depth": 5 }));
}

#[tokio::test]
async fn bytes_are_kept_as_they_came() {
    let server = harbour().stateful(true).start(0).await.unwrap();
    let url = format!("{}/boats/7/flag/$value", server.base_url());
    let client = reqwest::Client::new();
    let flag = client.put(&url).header("Content-Type", "image/webp");
    flag.body("\u{0}red").send().await.unwrap();
    let flag = client.get(&url).send().await.unwrap();
    assert_eq!(flag.headers()["content-type"], "image/webp");
    assert_eq!(flag.bytes().await.unwrap(), "\u{0}red");
}

#[tokio::test]
async fn things_are_put_into_relationships_and_taken_out() {
    let server = harbour().stateful(true).start(0).await.unwrap();
    let crew = async || {
        let crew = get_json(&server, "/boats/7/crew").await;
        let names = crew["value"].as_array().unwrap().iter();
        names.map(|it| it["name"].clone()).collect::<Vec<_>>()
    };
    let tashtego = json!({ "name": "Tashtego" });
    send(&server, Method::PATCH, "/sailors/5", Some(tashtego)).await;
    let reference = json!({ "@odata.id": "https://api.example.com/sailors/5" });
    let body = Some(reference.clone());
    send(&server, Method::POST, "/boats/7/crew/$ref", body).await;
    assert_eq!(crew().await, ["Ishmael", "Queequeg", "Tashtego"]);
    send(&server, Method::DELETE, "/boats/7/crew/1/$ref", None).await;
    assert_eq!(crew().await, ["Queequeg", "Tashtego"]);

    let captain = "/boats/7/captain";
    let body = Some(reference);
    send(&server, Method::PUT, "/boats/7/captain/$ref", body).await;
    assert_eq!(get_json(&server, captain).await["name"], "Tashtego");
    send(&server, Method::DELETE, "/boats/7/captain/$ref", None).await;
    let nobody = get(&server, captain).await;
    assert_eq!(nobody.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_belongs_to_a_deleted_thing_is_gone_with_it() {
    let server = harbour().stateful(true).start(0).await.unwrap();
    send(&server, Method::DELETE, "/boats/7", None).await;
    for (path, status) in [("/boats/7/crew", 404), ("/boats/8/crew", 200)] {
        assert_eq!(get(&server, path).await.status(), status, "{path}");
    }
}

#[tokio::test]
async fn things_at_different_paths_are_kept_apart() {
    let json = "200 OK\nContent-Type: application/json\n\n";
    let thing = format!("{json}{{ \"id\": \"1\", \"name\": \"one\" }}");
    let things = format!("{json}{{ \"value\": [{{ \"id\": \"a/b\", \"name\": \"one\" }}] }}");
    let done = "204 No Content";
    let (by_name, by_code) = (
        "/things/byName(name='{name}')",
        "/things/byCode(code='{code}')",
    );
    let reading = |path: &str| format!("GET {path}");
    let pages = [
        ("GET /things", "GET /things", &*things),
        ("GET /things/{id}", "GET /things/1", &thing),
        ("PATCH /things/{id}", "PATCH /things/1", done),
        ("DELETE /things/{id}", "DELETE /things/1", done),
        (&reading(by_name), "GET /things/byName(name='x')", &thing),
        (
            &format!("PATCH {by_name}"),
            "PATCH /things/byName(name='x')",
            done,
        ),
        (&reading(by_code), "GET /things/byCode(code='x')", &thing),
    ];
    let pages = pages.map(page).to_vec();
    let mock = Mock::new(docwright::read_files(pages, Vec::new()).api);
    let server = mock.stateful(true).start(0).await.unwrap();
    let name = async |path: &str| get_json(&server, path).await["name"].clone();

    let renamed = json!({ "name": "two" });
    let path = "/things/byName(name='q')";
    send(&server, Method::PATCH, path, Some(renamed.clone())).await;
    assert_eq!(name(path).await, "two");
    assert_eq!(name("/things/byCode(code='q')").await, "one");
    assert_eq!(name("/things/q").await, "one");

    send(&server, Method::PATCH, "/things/a%2Fb", Some(renamed)).await;
    send(&server, Method::DELETE, "/things/a", None).await;
    assert_eq!(name("/things/a%2Fb").await, "two");
    assert_eq!(name("/things('a%2Fb')").await, "two");
    let things = get_json(&server, "/things").await;
    assert_eq!(things["value"], json!([{ "id": "a/b", "name": "two" }]));
    assert_eq!(get(&server, "/things/a").await.status(), 404);
}

#[tokio::test]
async fn keys_in_parentheses_are_keys() {
    let json = |status: &str, headers: &str, body: &str| {
        format!("{status}\nContent-Type: application/json\n{headers}\n{body}")
    };
    let crate_7 = r#"{ "id": "7", "weight": 3 }"#;
    let all = json("200 OK", "", r#"{ "value": [{ "id": "7", "weight": 3 }] }"#);
    let one = json("200 OK", "", crate_7);
    let here = "Location: https://api.example.com/v1.0/docks(1)/crates(7)\n";
    let created = json("201 Created", here, crate_7);
    let pages = [
        ("GET /docks({id})/crates", "GET /docks(1)/crates", &*all),
        (
            "GET /docks({id})/crates({id})",
            "GET /docks(1)/crates(7)",
            &one,
        ),
        (
            "POST /docks({id})/crates",
            "POST /docks(1)/crates\nContent-Type: application/json\n\n{ \"weight\": 3 }",
            &created,
        ),
        (
            "DELETE /docks({id})/crates({id})",
            "DELETE /docks(1)/crates(7)",
            "204 No Content",
        ),
    ];
    let reading = docwright::read_files(pages.map(page).to_vec(), Vec::new());
    let server = Mock::new(reading.api)
        .stateful(true)
        .start(0)
        .await
        .unwrap();

    let weight = Some(json!({ "weight": 5 }));
    let created = send(&server, Method::POST, "/docks(1)/crates", weight).await;
    let place = created.headers()["Location"].to_str().unwrap().to_owned();
    let created: serde_json::Value = created.json().await.unwrap();
    let path = format!("/docks(1)/crates({})", created["id"].as_str().unwrap());
    assert!(place.ends_with(&path), "{place}");
    assert_eq!(get_json(&server, &path).await["weight"], 5);
    let crates = get_json(&server, "/docks(1)/crates").await;
    assert_eq!(crates["value"].as_array().unwrap().len(), 2);

    send(&server, Method::DELETE, "/docks(1)/crates(7)", None).await;
    let crates = get_json(&server, "/docks(1)/crates").await;
    assert_eq!(crates["value"], json!([created]));
    let gone = get(&server, "/docks(1)/crates(7)").await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_fails_has_the_error_of_its_page_or_one_of_the_servers_own() {
    let text = |route: &str, example: &str, examples: &str| {
        let route = format!("```http\n{route}\n```\n");
        format!(
            "# {route}\n\n## HTTP request\n{route}\n## Response\nIf the thing is gone, this method \
             returns a `404 Not Found` response code.\n\n## Examples\n\
             ```http\n{example}\n```\n{examples}"
        )
    };
    let json = "Content-Type: application/json\n\n";
    let plan = format!(
        "```http\nHTTP/1.1 200 OK\n{json}{{ \"@odata.etag\": \"W/\\\"1\\\"\", \"id\": \"p\" }}\n```\n"
    );
    let done = "```http\nHTTP/1.1 204 No Content\n```\n";
    let gone = format!(
        "```http\nGET /plans/none\n```\n```http\nHTTP/1.1 404 Not Found\n{json}\
         {{ \"error\": {{ \"code\": \"noSuchPlan\", \"message\": \"There is none.\" }} }}\n```\n"
    );
    let empty = "```http\nGET /notes/none\n```\n```http\nHTTP/1.1 404 Not Found\n```\n";
    let change = format!("PATCH /plans/p\n{json}{{ \"title\": \"Row\" }}");
    let mock = Mock::of_texts([
        (
            "plan.md",
            text("GET /plans/{id}", "GET /plans/p", &(plan.clone() + &gone)),
        ),
        ("plan-change.md", text("PATCH /plans/{id}", &change, done)),
        (
            "plan-delete.md",
            text("DELETE /plans/{id}", "DELETE /plans/p", done),
        ),
        (
            "note.md",
            text("GET /notes/{id}", "GET /notes/p", &(plan.clone() + empty)),
        ),
        (
            "note-delete.md",
            text("DELETE /notes/{id}", "DELETE /notes/p", done),
        ),
        ("boat.md", text("GET /boats/{id}", "GET /boats/p", &plan)),
        (
            "boat-delete.md",
            text("DELETE /boats/{id}", "DELETE /boats/p", done),
        ),
    ]);
    let server = mock.stateful(true).start(0).await.unwrap();
    let url = format!("{}/plans/p", server.base_url());
    let stale = reqwest::Client::new()
        .patch(url)
        .header("If-Match", "W/\"9\"");
    let stale = stale
        .json(&json!({ "title": "Swim" }))
        .send()
        .await
        .unwrap();
    assert_eq!(stale.status(), StatusCode::PRECONDITION_FAILED);
    let error: serde_json::Value = stale.json().await.unwrap();
    assert_eq!(error["error"]["code"], "Precondition Failed");

    for path in ["/plans/p", "/notes/p", "/boats/p"] {
        send(&server, Method::DELETE, path, None).await;
        assert_eq!(get(&server, path).await.status(), StatusCode::NOT_FOUND);
    }
    let code = async |path: &str| get_json(&server, path).await["error"]["code"].clone();
    assert_eq!(code("/plans/p").await, "noSuchPlan");
    assert_eq!(code("/plans/p?$select=id").await, "noSuchPlan");
    assert_eq!(code("/boats/p").await, "Not Found");
    // The page shows that there is nothing.
    assert_eq!(get(&server, "/notes/p").await.text().await.unwrap(), "");
}
