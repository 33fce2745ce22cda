//! Bodies that the pages do not allow.

use docwright::source::SourceFile;
use docwright_mock::Mock;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::refusals::tasks;
use super::{refused, send, start};

#[tokio::test]
async fn a_resource_has_what_the_page_of_the_request_requires() {
    let text = |method: &str, rows: &str| {
        format!(
            "# {method}\n## HTTP request\n```http\n{method}\n```\n## Request body\n\
             Supply a JSON representation of a [boat](boat.md) object.\n\n\
             | Property | Type | Description |\n|:-|:-|:-|\n{rows}\
             ## Response\nReturns `201 Created`.\n"
        )
    };
    let required = "| name | String | Required. |\n| owner | String | Required. |\n";
    let boat = "# boat resource type\n## Properties\n| Property | Type | Description |\n|:-|:-|:-|\n\
                | name | String | |\n| owner | String | |\n";
    let mock = Mock::of_texts([
        ("boat.md", boat.to_owned()),
        ("create.md", text("POST /boats", required)),
        ("build.md", text("POST /ships", required)),
        (
            "buy.md",
            text("POST /ships", "| owner | String | Required. |\n"),
        ),
    ]);
    let server = mock.start(0).await.unwrap();
    let post = |path: &str, body: Value| {
        let url = format!("{}{path}", server.base_url());
        reqwest::Client::new().post(url).json(&body)
    };
    let message = refused(post("/boats", json!({ "name": "Argo" })), "missingProperty").await;
    assert_eq!(
        message,
        "the property `owner` is required (see create.md:12)"
    );
    // Of what two pages document, each has to require it.
    let message = refused(post("/ships", json!({})), "missingProperty").await;
    assert!(
        message.contains("`owner`") && !message.contains("`name`"),
        "{message}"
    );
    for sent in [
        post("/boats", json!({ "name": null, "Owner": "Jason" })),
        post(
            "/boats",
            json!({ "name": "Argo", "owner@odata.bind": "sailors/1" }),
        ),
        post("/ships", json!({ "owner": "Jason" })),
    ] {
        let answer = sent.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED);
    }
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
async fn what_is_created_is_sent_and_is_of_a_documented_media_type() {
    let server = tasks().start(0).await.unwrap();
    let url = format!("{}/lists/7/tasks", server.base_url());
    let post = || reqwest::Client::new().post(&url);
    let message = refused(post(), "missingBody").await;
    assert!(
        message.contains("documented as `task` (see create.md:"),
        "{message}"
    );

    let form = post().header("Content-Type", "application/x-www-form-urlencoded");
    let answer = form.body("title=Whales").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let error: Value = answer.json().await.unwrap();
    assert_eq!(error["error"]["code"], "wrongMediaType");

    let json = post().json(&json!({ "title": "Whales" }));
    let shown = post()
        .header("Content-Type", "text/calendar; v=2")
        .body("END");
    for request in [json, shown] {
        assert_eq!(request.send().await.unwrap().status(), StatusCode::CREATED);
    }
}

#[tokio::test]
async fn a_page_may_show_that_nothing_is_sent() {
    let page = "# Start task\n\n## HTTP request\n```http\nPOST /tasks/{id}/copies\n```\n\n\
                ## Request body\nIn the request body, supply a JSON representation of the [task](task.md) object.\n\n\
                ## Example\n```http\nPOST https://api.example.com/tasks/1/copies\n```\n\
                ```http\nHTTP/1.1 204 No Content\n```\n";
    let task =
        "# task resource type\n\n## Properties\n| Property | Type |\n|:-|:-|\n| title | String |\n";
    let mock = Mock::of_texts([("copy.md", page), ("task.md", task)]);
    let server = mock.start(0).await.unwrap();
    let answer = send(&server, Method::POST, "/tasks/2/copies", None).await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_change_says_what_it_changes() {
    let text = |example: &str| {
        format!(
            "# Update task\n\n## HTTP request\n```http\nPATCH /tasks/{{id}}\n```\n\n\
             ## Request body\n| Property | Type | Description |\n|:-|:-|:-|\n\
             | title | String | What to do. |\n\n\
             ## Example\n```http\nPATCH https://api.example.com/tasks/1{example}\n```\n\
             ```http\nHTTP/1.1 204 No Content\n```\n"
        )
    };
    let example = "\nContent-Type: application/json\n\n{ \"title\": \"Whales\" }";
    let mock = Mock::of_texts([("task-update.md", text(example))]);
    let server = mock.start(0).await.unwrap();
    let bare = reqwest::Client::new().patch(format!("{}/tasks/2", server.base_url()));
    let message = refused(bare, "missingBody").await;
    assert!(message.contains("task-update.md:"), "{message}");
    for server in [
        start().await,
        super::mock().stateful(true).start(0).await.unwrap(),
    ] {
        let bare = reqwest::Client::new().patch(format!("{}/users/42", server.base_url()));
        let message = refused(bare, "missingBody").await;
        assert!(message.contains("documented as `user`"), "{message}");
    }
    // The page shows that nothing is sent.
    let mock = Mock::of_texts([("task-update.md", text(""))]);
    let server = mock.start(0).await.unwrap();
    let answer = send(&server, Method::PATCH, "/tasks/2", None).await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn bytes_are_of_the_documented_media_type() {
    let text = |route: &str, kind: &str, body: &str| {
        format!(
            "# Send\n\n## HTTP request\n```http\n{route}\n```\n\n\
             ## Request body\nIn the request body, supply the binary data.\n\n\
             ## Example\n```http\n{route}\n{kind}\n\n{body}\n```\n\
             ```http\nHTTP/1.1 204 No Content\n```\n"
        )
    };
    let form = "Content-Type: multipart/form-data; boundary=x";
    let part = "--x\nContent-Disposition: form-data; name=\"a\"\n\nb\n--x--";
    let mock = Mock::of_texts([
        (
            "photo.md",
            text("PUT /me/photo/$value", "Content-Type: image/jpeg", "bytes"),
        ),
        ("import.md", text("POST /import", form, part)),
        ("any.md", text("PUT /any", "X-Any: 1", "bytes")),
    ]);
    let server = mock.start(0).await.unwrap();
    let cases = [
        (Method::PUT, "/me/photo/$value", "application/json", 415),
        (Method::PUT, "/me/photo/$value", "text/plain", 415),
        (Method::PUT, "/me/photo/$value", "image/jpeg", 204),
        (Method::PUT, "/me/photo/$value", "image/png; q=1", 204),
        (Method::POST, "/import", "application/json", 415),
        (
            Method::POST,
            "/import",
            "multipart/form-data; boundary=y",
            204,
        ),
        (Method::PUT, "/any", "text/plain", 204),
    ];
    for (method, path, kind, status) in cases {
        let url = format!("{}{path}", server.base_url());
        let request = reqwest::Client::new().request(method, url);
        let answer = request.header("Content-Type", kind).body("{}").send();
        let answer = answer.await.unwrap();
        assert_eq!(answer.status(), status, "{path} {kind}");
        if status == 415 {
            let error: Value = answer.json().await.unwrap();
            assert_eq!(error["error"]["code"], "wrongMediaType");
        }
    }
}

#[tokio::test]
async fn text_in_a_body_has_the_form_of_its_type() {
    let create = "# Create house\n\n## HTTP request\n```http\nPOST /houses\n```\n\n\
                  ## Request body\nIn the request body, supply a JSON representation of the [house](house.md) object.\n\n\
                  ## Response\nIf successful, this method returns `201 Created`.\n\n\
                  ## Example\n\
                  ```http\nPOST https://api.example.com/houses\nContent-Type: application/json\n\n\
                  { \"builtOn\": \"2021-12-01\", \"owner\": \"{owner-id}\" }\n```\n\
                  ```http\nHTTP/1.1 201 Created\n```\n";
    let house = "# house resource type\n\n## Properties\n| Property | Type |\n|:-|:-|\n\
                 | builtOn | Date |\n| plan | Guid |\n| warmUp | Duration |\n| owner | Guid |\n\
                 | painted | Date collection |\n| seal | Binary |\n";
    let mock = Mock::of_texts([("create.md", create), ("house.md", house)]);
    let server = mock.start(0).await.unwrap();
    let url = format!("{}/houses", server.base_url());
    let post = |body: Value| reqwest::Client::new().post(&url).json(&body);
    let cases = [
        (
            json!({ "builtOn": "2021-13-01" }),
            "`builtOn` is documented as `Date`, and is `2021-13-01`",
        ),
        (
            json!({ "plan": "7" }),
            "`plan` is documented as `Guid`, and is `7`",
        ),
        (
            json!({ "warmUp": "5 minutes" }),
            "`warmUp` is documented as `Duration`",
        ),
        (
            json!({ "painted": ["2020-01-01", "soon"] }),
            "is documented as `Date`, and is `soon`",
        ),
    ];
    for (body, expected) in cases {
        let message = refused(post(body), "wrongValue").await;
        assert!(message.contains(expected), "{message}");
    }
    // The page shows an owner that is no GUID, whatever its table says.
    for body in [
        json!({ "builtOn": "2024-02-29", "warmUp": "PT5M", "owner": "me", "seal": "§", "plan": null }),
        json!({ "owner": "00000000-0000-0000-0000-000000000001" }),
    ] {
        let answer = post(body).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED);
    }
}

#[tokio::test]
async fn a_reference_names_what_it_refers_to() {
    let text = |route: &str, body: &str| {
        format!(
            "# Add\n\n## HTTP request\n```http\n{route}\n```\n\n## Example\n\
             ```http\n{route}\n{body}\n```\n```http\nHTTP/1.1 204 No Content\n```\n"
        )
    };
    let json = "Content-Type: application/json\n\n";
    let body = format!("{json}{{ \"@odata.id\": \"https://api.example.com/sailors/1\" }}");
    let mock = Mock::of_texts([
        ("crew.md", text("POST /boats/7/crew/$ref", &body)),
        ("captain.md", text("PUT /boats/7/captain/$ref", &body)),
        ("guests.md", text("POST /boats/7/guests/$ref", "")),
    ]);
    let server = mock.start(0).await.unwrap();
    let request = |method: Method, path: &str| {
        reqwest::Client::new().request(method, format!("{}{path}", server.base_url()))
    };
    let (crew, captain) = ("/boats/7/crew/$ref", "/boats/7/captain/$ref");
    for bare in [
        request(Method::POST, crew).json(&json!({})),
        request(Method::POST, crew),
        request(Method::PUT, captain).json(&json!({})),
    ] {
        let message = refused(bare, "missingProperty").await;
        assert!(message.contains("`@odata.id` is required"), "{message}");
    }
    let given = json!({ "@odata.id": "https://api.example.com/sailors/2" });
    for sent in [
        request(Method::POST, crew).json(&given),
        request(Method::POST, crew).json(&json!({ "@id": "sailors/2" })),
        request(Method::PUT, captain).json(&given),
        // The page shows that nothing is sent.
        request(Method::POST, "/boats/7/guests/$ref"),
    ] {
        let answer = sent.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    }
}
