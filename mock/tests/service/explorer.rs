//! What a browser is shown.

use std::path::Path;

use docwright::source::SourceFile;
use docwright_mock::{Mock, Server};
use reqwest::header::{ACCEPT, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

use super::{mock, start};

/// Asks as a browser does, at a path of the server's own.
async fn browse(server: &Server, path: &str) -> Response {
    let url = format!("http://{}{path}", server.address());
    let request = Client::new().get(url);
    let request = request.header(ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8");
    request.send().await.unwrap()
}

async fn data(server: &Server, path: &str) -> Value {
    let path = format!("/-/explorer/{path}.json");
    browse(server, &path).await.json().await.unwrap()
}

/// The call that a described request is written as.
async fn call(server: &Server, described: Value) -> Value {
    let url = format!("http://{}/-/explorer/call", server.address());
    let request = Client::new().post(url).body(described.to_string());
    request.send().await.unwrap().json().await.unwrap()
}

/// The texts between two others.
fn between<'t>(text: &'t str, before: &str, behind: &str) -> Vec<&'t str> {
    let found = text.split(before).skip(1);
    found
        .filter_map(|rest| Some(rest.split_once(behind)?.0))
        .collect()
}

#[tokio::test]
async fn a_browser_gets_a_page_that_loads_only_its_own_files() {
    let server = start().await;
    let page = browse(&server, "/").await;
    assert_eq!(page.status(), StatusCode::OK);
    assert_eq!(page.headers()[CONTENT_TYPE], "text/html; charset=utf-8");
    let policy = page.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; "));
    assert!(!policy.contains("unsafe"), "{policy}");

    let text = page.text().await.unwrap();
    let (sources, links) = (
        between(&text, "src=\"", "\""),
        between(&text, "href=\"/", "\""),
    );
    let links = links.iter().map(|link| format!("/{link}"));
    let mut files: Vec<String> = sources
        .into_iter()
        .map(str::to_owned)
        .chain(links)
        .collect();
    assert!(files.len() >= 4, "{files:?}");
    let mut scripts = 0;
    while let Some(path) = files.pop() {
        let file = browse(&server, &path).await;
        assert_eq!(file.status(), StatusCode::OK, "{path}");
        let is_script = path.ends_with(".js");
        scripts += usize::from(is_script);
        let text = file.text().await.unwrap();
        if is_script && scripts < 100 {
            let imported = between(&text, "from \"./", "\"");
            files.extend(imported.iter().map(|name| format!("/-/explorer/{name}")));
            assert!(!text.contains("innerHTML"), "{path} makes markup of text");
        }
    }
    assert!(scripts > 5);
}

#[tokio::test]
async fn who_is_no_browser_gets_what_the_pages_say() {
    let server = start().await;
    let url = format!("http://{}/", server.address());
    let answer = reqwest::get(url).await.unwrap();
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    let answer = browse(&server, "/-/explorer/..%2Fmod.rs").await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    let answer = browse(&server, "/-/explorer/operations/none.json").await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_index_has_all_operations_by_area() {
    let server = mock().crate_name("people").start(0).await.unwrap();
    let index = data(&server, "index").await;
    assert_eq!(index["name"], "people");
    assert_eq!(index["basePath"], "/v1.0");
    let areas = index["areas"].as_array().unwrap();
    let names: Vec<&str> = areas
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["me", "users"]);
    assert_eq!(areas[0]["entries"].as_array().unwrap().len(), 1);

    // Each of them can be opened by the name that the index has for it.
    let operations = index["operations"].as_array().unwrap();
    assert_eq!(operations.len(), 5);
    for entry in operations {
        let slug = entry["slug"].as_str().unwrap();
        let operation = data(&server, &format!("operations/{slug}")).await;
        assert_eq!(operation["title"], entry["title"]);
        let routes = operation["routes"].as_array().unwrap();
        let paths: Vec<&Value> = routes.iter().map(|route| &route["path"]).collect();
        let known: Vec<&Value> = entry["routes"].as_array().unwrap().iter().collect();
        assert_eq!(paths, known);
    }
    for slug in index["types"].as_array().unwrap() {
        let described = data(&server, &format!("types/{}", slug.as_str().unwrap())).await;
        assert_eq!(described["slug"], *slug);
    }
}

#[tokio::test]
async fn an_operation_has_all_that_its_page_says() {
    let server = start().await;
    let operation = data(&server, "operations/get-user").await;
    assert_eq!(operation["description"], "Reads the properties of a user.");
    assert_eq!(operation["place"]["line"], 8);
    assert_eq!(operation["routes"][0]["path"], "/users/{user-id}");
    assert_eq!(operation["routes"][0]["pieces"][3]["name"], "user-id");
    assert_eq!(operation["outcomes"][0]["status"], 200);
    assert_eq!(
        operation["outcomes"][0]["type"]["slug"],
        "microsoft.graph.user"
    );
    let example = &operation["examples"][0];
    assert_eq!(example["request"]["arguments"], json!({ "user-id": "42" }));
    assert_eq!(example["response"]["reason"], "OK");

    let user = data(&server, "types/microsoft.graph.user").await;
    let has = |slug: &str| {
        user["operations"]
            .as_array()
            .unwrap()
            .contains(&json!(slug))
    };
    assert!(has("get-user") && !has("delete-user"), "{user}");
}

#[tokio::test]
async fn words_scopes_and_places_in_paths_are_told() {
    let page = "# Get lamp\n\n## Permissions\n\
                | Permission type | Permissions (from least to most privileged) |\n|:-|:-|\n\
                | Delegated (work or school account) | Lamps.Read, Lamps.ReadWrite |\n\
                | Application | Lamps.Read.All |\n\n\
                ## HTTP request\n```http\nGET /lamps/{id}/near(place='{place}')\n```\n\n\
                ## Response\nIf successful, this method returns a `200 OK` response code and a [lamp](lamp.md) object in the response body.\n";
    let lamp = "# lamp resource type\n\n## Properties\n| Property | Type |\n|:-|:-|\n| state | lampState |\n\n\
                ### lampState values\n| Member | Description |\n|:-|:-|\n| off | It is dark. |\n";
    let server = Mock::of_texts([("get.md", page), ("lamp.md", lamp)])
        .start(0)
        .await
        .unwrap();
    let operation = data(&server, "operations/get-lamp").await;
    let permissions = &operation["permissions"];
    assert_eq!(permissions[0]["kind"], "Delegated, work or school account");
    assert_eq!(
        permissions[0]["scopes"],
        json!([["Lamps.Read"], ["Lamps.ReadWrite"]])
    );
    assert_eq!(permissions[1]["scopes"], json!([["Lamps.Read.All"]]));
    let pieces = operation["routes"][0]["pieces"].as_array().unwrap();
    let encodings: Vec<&str> = pieces
        .iter()
        .filter_map(|it| it["encoding"].as_str())
        .collect();
    assert_eq!(encodings, ["segment", "quoted"]);

    let index = data(&server, "index").await;
    let types = index["types"].as_array().unwrap();
    let state = types
        .iter()
        .filter_map(Value::as_str)
        .find(|it| it.contains("lampState"));
    let state = data(&server, &format!("types/{}", state.unwrap())).await;
    assert_eq!(state["members"][0]["name"], "off");
    assert_eq!(state["members"][0]["description"], "It is dark.");
    assert_eq!(
        state["members"][0]["place"],
        json!({ "page": "lamp.md", "line": 11 })
    );
    assert_eq!(state["operations"], json!([]));
}

#[tokio::test]
async fn the_pages_are_there_where_they_are_given() {
    let server = start().await;
    let path = "/-/explorer/pages/pages%2Fuser-get.md.json";
    assert_eq!(browse(&server, path).await.status(), StatusCode::NOT_FOUND);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let server = mock().pages(folder, "pages").start(0).await.unwrap();
    let page = data(&server, "pages/pages%2Fuser-get.md").await;
    assert!(page["text"].as_str().unwrap().starts_with("# Get user\n"));
    for elsewhere in [
        "pages%2F..%2Fservice%2Fmain.rs",
        "pages%2Fnone.md",
        "Cargo.toml",
    ] {
        let path = format!("/-/explorer/pages/{elsewhere}.json");
        assert_eq!(browse(&server, &path).await.status(), StatusCode::NOT_FOUND);
    }
    // Those of a program's own are in it.
    let texts = docwright_mock::pages!("../pages/", ["user-get.md", "user.md"]);
    let server = Mock::of_texts(texts).start(0).await.unwrap();
    let page = data(&server, "pages/user-get.md").await;
    assert!(page["text"].as_str().unwrap().starts_with("# Get user\n"));
    assert_eq!(data(&server, "index").await["pageTexts"], json!(true));
}

#[tokio::test]
async fn a_request_is_written_as_a_call_of_the_client() {
    let server = mock().crate_name("people").start(0).await.unwrap();
    let get = json!({
        "operation": "get-user", "method": "GET", "path": "/users/ada%20l",
        "query": "$select=id", "headers": [["X-Reason", "\"} }"]], "body": null,
    });
    let written = call(&server, get.clone()).await;
    let written = written["call"].as_str().unwrap();
    assert!(written.starts_with("use people::Client;\n"), "{written}");
    let flat: String = written.split_whitespace().collect();
    let expected =
        ".users(\"adal\").get().query(\"$select\",\"id\").header(\"X-Reason\",r#\"\"}}\"#)";
    assert!(flat.contains(expected), "{written}");

    // What the client cannot say is no call; nor is one that is too long to be looked at.
    let mut elsewhere = get.clone();
    elsewhere["path"] = "/planets/1".into();
    let mut unknown = get.clone();
    unknown["operation"] = "get-planet".into();
    let mut long = get.clone();
    long["query"] = "a=1&".repeat(100_000).into();
    let without_header = json!({
        "operation": "create-user", "method": "POST", "path": "/users", "body": "{}",
    });
    for none in [elsewhere, unknown, long, without_header, Value::Null] {
        let written = call(&server, none).await;
        assert!(
            written["none"].is_string() && written["call"].is_null(),
            "{written}"
        );
    }
}

#[tokio::test]
async fn no_documented_route_is_hidden() {
    let page = [
        "# Get part",
        "## HTTP request",
        "```http",
        "GET /{tenant}/{kind}/index.json",
        "```",
        "## Response",
        "If successful, this method returns a `204 No Content` response code.",
    ];
    let page = SourceFile::new("part-get.md", page.join("\n"));
    let api = docwright::read_files(vec![page], Vec::new()).api;
    let server = Mock::new(api).start(0).await.unwrap();
    let answer = browse(&server, "/-/explorer/index.json").await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    assert_eq!(browse(&server, "/").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_service_that_fails_on_purpose_is_shown_all_the_same() {
    let faults = "503=1".parse().unwrap();
    let server = mock().faults(faults).start(0).await.unwrap();
    assert_eq!(browse(&server, "/").await.status(), StatusCode::OK);
    let index = browse(&server, "/-/explorer/index.json").await;
    assert_eq!(index.status(), StatusCode::OK);
    let answer = browse(&server, "/v1.0/me").await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
}
