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

    let patch = client.patch(format!("{url}/42"));
    let message = refused(
        patch.json(&json!({ "name": null, "id": null })),
        "wrongType",
    )
    .await;
    let expected = "`id` is documented as never null, and is null (see pages/user.md:9)";
    assert!(message.contains(expected), "{message}");
}

#[tokio::test]
async fn a_parameter_that_is_required_has_to_be_there() {
    let page = "# Search\n\n## HTTP request\n```http\nGET /search\n```\n\n## Query parameters\n\
                | Parameter | Type | Description |\n|:-|:-|:-|\n\
                | words | String | Required. What to look for. |\n| size | Int32 | Optional. How many. |\n\n\
                ## Response\nIf successful, this method returns a `204 No Content` response code.\n";
    let server = Mock::of_texts([("search.md", page)])
        .start(0)
        .await
        .unwrap();
    let search =
        |query: &str| reqwest::Client::new().get(format!("{}/search{query}", server.base_url()));
    let message = refused(search("?size=1"), "missingParameter").await;
    assert_eq!(
        message,
        "the parameter `words` is required (see search.md:11)"
    );
    for query in ["?words=a&size=1", "?$words=a"] {
        let answer = search(query).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NO_CONTENT, "{query}");
    }
}

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

/// Tasks, whose pages describe the values in their paths and query strings.
fn tasks() -> Mock {
    let list = "# List tasks\n\n## HTTP request\n```http\nGET /lists/{list-id}/tasks\n```\n\n\
                ## Path parameters\n| Parameter | Type | Description |\n|:-|:-|:-|\n\
                | list-id | Guid | The list. |\n\n\
                ## Query parameters\n| Parameter | Type | Description |\n|:-|:-|:-|\n\
                | dueBefore | Date | The last day. |\n| done | Boolean | Whether done. |\n\n\
                ## Example\n\
                ```http\nGET https://api.example.com/lists/work/tasks?dueBefore=today\n```\n\
                ```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{ \"value\": [] }\n```\n";
    let create = "# Create task\n\n## HTTP request\n```http\nPOST /lists/{list-id}/tasks\n```\n\n\
                  ## Request body\nIn the request body, supply a JSON representation of the [task](task.md) object.\n\n\
                  ## Response\nIf successful, this method returns `201 Created`.\n\n\
                  ## Example\n\
                  ```http\nPOST https://api.example.com/lists/work/tasks\nContent-Type: text/calendar\n\nBEGIN\n```\n\
                  ```http\nHTTP/1.1 201 Created\n```\n";
    let task =
        "# task resource type\n\n## Properties\n| Property | Type |\n|:-|:-|\n| title | String |\n";
    Mock::of_texts([("list.md", list), ("create.md", create), ("task.md", task)])
}

#[tokio::test]
async fn values_in_paths_and_queries_are_of_their_types() {
    let server = tasks().start(0).await.unwrap();
    let list = "00000000-0000-0000-0000-000000000001";
    let cases = [
        (
            "/lists/1/tasks".to_owned(),
            "`list-id` is documented as `Guid`, and is `1` (see list.md:11)",
        ),
        (
            format!("/lists/{list}/tasks?dueBefore=tomorrow"),
            "`dueBefore` is documented as `Date`",
        ),
        (format!("/lists/{list}/tasks?done=perhaps"), "`done`"),
        (format!("/lists/{list}/tasks?$top=abc"), "`$top`"),
        (
            format!("/lists/{list}/tasks?$skip=-1"),
            "`$skip` is a whole number from 0 on, and not `-1`",
        ),
        (
            format!("/lists/{list}/tasks?%24count=2"),
            "`$count` is `true` or `false`, and not `2`",
        ),
    ];
    for (path, expected) in cases {
        let request = reqwest::Client::new().get(format!("{}{path}", server.base_url()));
        let message = refused(request, "wrongValue").await;
        assert!(message.contains(expected), "{message}");
    }
    let query = "dueBefore=2024-02-29&done=true&$top=5&$skip=0&$count=true";
    for path in [
        format!("/lists/{list}/tasks?{query}"),
        // The page shows these, whatever its tables say.
        "/lists/work/tasks?dueBefore=today".to_owned(),
        "/lists/work/tasks?dueBefore=today&$top=5".to_owned(),
    ] {
        assert_eq!(get(&server, &path).await.status(), StatusCode::OK, "{path}");
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

#[tokio::test]
async fn a_function_that_lacks_an_argument_is_named() {
    let text = "# Get readings\n\n## HTTP request\n```http\n\
                GET /houses/{house-id}/readings(from={from},to={to},unit='{unit}')\n\
                GET /houses/{house-id}/between(a={a},A={b},c='{c}')\n```\n\n\
                ## Response\nIf successful, this method returns `200 OK`.\n";
    let server = Mock::of_texts([("readings.md", text)])
        .start(0)
        .await
        .unwrap();
    let cases = [
        (
            "/houses/1/readings(from=1,unit='C')",
            "the call of `readings` lacks `to` (see readings.md:5)",
        ),
        ("/houses/1/readings(unit=%27C%27)", "lacks `from`, `to`"),
        ("/houses/1/readings()", "lacks `from`, `to`, `unit`"),
        // A comma or a parenthesis between quotes divides nothing, and names may differ in case alone.
        ("/houses/1/readings(unit='),(',to=2)", "lacks `from` "),
        ("/houses/1/between(A=1,c='x')", "lacks `a` "),
    ];
    for (path, expected) in cases {
        let request = reqwest::Client::new().get(format!("{}{path}", server.base_url()));
        let message = refused(request, "missingParameter").await;
        assert!(message.contains(expected), "{message}");
    }
    for path in [
        "/houses/1/readings(from=1,till=2)",
        "/ships/1/readings(from=1)",
        "/houses/1/readings",
    ] {
        assert_eq!(
            get(&server, path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let whole = "/houses/1/readings(from=1,to=2,unit='C')";
    assert_eq!(get(&server, whole).await.status(), StatusCode::OK);
}

/// The message of a refusal.
async fn refused(request: reqwest::RequestBuilder, code: &str) -> String {
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    let error: Value = answer.json().await.unwrap();
    assert_eq!(error["error"]["code"], code);
    error["error"]["message"].as_str().unwrap().to_owned()
}
