//! What the pages do not allow.

use docwright_mock::Mock;
use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{get, refused, send, start, told};

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
pub(super) fn tasks() -> Mock {
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
