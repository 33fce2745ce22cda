//! Which answer a request gets.

use docwright::source::SourceFile;
use docwright_mock::{Faults, Mock};
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{get, get_json, mock, start};

#[tokio::test]
async fn the_documented_request_gets_the_documented_bytes() {
    let server = start().await;
    assert!(server.address().ip().is_loopback());
    assert!(server.base_url().ends_with("/v1.0"));
    let answer = get(&server, "/users/42").await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "application/json");
    let page = include_str!("../pages/user-get.md");
    assert!(page.contains(&answer.text().await.unwrap()));
    server.stop().await;
}

#[tokio::test]
async fn what_the_request_names_stands_in_the_answer() {
    let server = start().await;
    assert_eq!(get_json(&server, "/users/7").await["id"], "7");
    assert_eq!(get_json(&server, "/Users/a%20b").await["id"], "a b");
    assert_eq!(get_json(&server, "/users('7')").await["id"], "7");
    // Another version, and none.
    let origin = server.base_url().replace("/v1.0", "");
    for url in [format!("{origin}/beta/me"), format!("{origin}/me")] {
        let answer: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
        assert_eq!(answer["name"], "Ada");
    }
}

#[tokio::test]
async fn a_property_of_a_thing_can_be_asked_for() {
    let server = start().await;
    let age = get_json(&server, "/users/7/age").await;
    assert_eq!(age, json!({ "value": 36 }));
    assert_eq!(
        get_json(&server, "/me/name").await,
        json!({ "value": "Ada" })
    );
    // The example shows none.
    let nicknames = get_json(&server, "/users/7/nicknames").await;
    assert_eq!(nicknames, json!({ "value": [] }));
    let unknown = get(&server, "/users/7/height").await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_example_with_the_same_query_answers() {
    let server = start().await;
    let count = async |path: &str| {
        let answer = get_json(&server, path).await;
        answer["value"].as_array().unwrap().len()
    };
    assert_eq!(count("/users").await, 3);
    assert_eq!(count("/users?$filter=age%20gt%2050").await, 1);
    assert_eq!(count("/users?%24filter=age+gt+50").await, 1);
    assert_eq!(count("/users?$filter=name%20eq%20'x'").await, 1);
}

#[tokio::test]
async fn pages_follow_each_other() {
    let server = start().await;
    let first = get_json(&server, "/users?$top=2&$select=name").await;
    let names = json!([{ "id": "42", "name": "Ada" }, { "id": "43", "name": "Grace" }]);
    assert_eq!(first["value"], names);
    let next = first["@odata.nextLink"].as_str().unwrap();
    assert!(next.starts_with(&server.base_url()), "{next}");
    let last: Value = reqwest::get(next).await.unwrap().json().await.unwrap();
    assert_eq!(last, json!({ "value": [{ "id": "44", "name": "Alan" }] }));
    assert_eq!(
        get(&server, "/users/$count").await.text().await.unwrap(),
        "3"
    );
}

#[tokio::test]
async fn another_outcome_can_be_asked_for() {
    let server = start().await;
    let url = format!("{}/users/42", server.base_url());
    let request = reqwest::Client::new().get(url).header("Prefer", "code=404");
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    let error: Value = answer.json().await.unwrap();
    assert!(error["error"]["code"].is_string());
}

#[tokio::test]
async fn an_example_can_be_asked_for_by_its_name_and_by_its_place() {
    let server = start().await;
    let answer = async |preference: &str| {
        let url = format!("{}/users", server.base_url());
        let request = reqwest::Client::new().get(url).header("Prefer", preference);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        answer["value"].as_array().map(Vec::len)
    };
    assert_eq!(answer("return=representation").await, Some(3));
    for preference in [
        "example=filter_users",
        "code=200, example=\"Filter_Users\"",
        "example=\"pages/user-list.md:52\"",
    ] {
        assert_eq!(answer(preference).await, Some(1), "{preference}");
    }
    assert_eq!(answer("example=another").await, Some(3));
}

#[tokio::test]
async fn the_name_of_an_example_may_have_a_comma_in_it() {
    let example = |name: &str, size: u32| {
        format!(
            "<!-- {{ \"blockType\": \"request\", \"name\": \"{name}\" }} -->\n\
             ```http\nGET https://api.example.com/boxes/{size}\n```\n\
             ```http\nHTTP/1.1 200 OK\nContent-type: application/json\n\n{{ \"size\": {size} }}\n```\n"
        )
    };
    let (small, large) = (example("box, small", 1), example("box, large", 2));
    let page =
        format!("# Get box\n\n## HTTP request\n```http\nGET /boxes/{{id}}\n```\n{small}{large}");
    let mock = Mock::of_texts([("box-get.md", page)]);
    let server = mock.start(0).await.unwrap();
    for (name, size) in [("box, small", 1), ("box, large", 2)] {
        let url = format!("{}/boxes/3", server.base_url());
        let preference = format!("example=\"{name}\", return=minimal");
        let request = reqwest::Client::new().get(url).header("Prefer", preference);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["size"], size, "{name}");
    }
}

#[tokio::test]
async fn paths_are_behind_a_base_of_which_only_the_path_is_known() {
    let page = "# Get box\n\n## HTTP request\n```http\nGET /api/v1/boxes/{id}\n```\n\n## Example\n\
                ```http\nGET /api/v1/boxes/1\n```\n\
                ```http\nHTTP/1.1 200 OK\nContent-type: application/json\n\n\
                { \"path\": \"/api/v1/boxes/1\" }\n```\n";
    let server = Mock::of_texts([("box-get.md", page)])
        .start(0)
        .await
        .unwrap();
    assert!(server.base_url().ends_with("/api/v1"));
    assert_eq!(
        get_json(&server, "/boxes/1").await,
        json!({ "path": "/api/v1/boxes/1" })
    );
}

#[tokio::test]
async fn of_several_answers_to_one_request_each_can_be_asked_for_by_its_place() {
    let answer = |state: &str| {
        format!(
            "```http\nHTTP/1.1 200 OK\nContent-type: application/json\n\n{{ \"state\": \"{state}\" }}\n```\n"
        )
    };
    let (running, done) = (answer("running"), answer("done"));
    let page = format!(
        "# Get job\n\n## HTTP request\n```http\nGET /jobs/{{id}}\n```\n\n## Examples\n\
         ```http\nGET https://api.example.com/jobs/1\n```\n{running}{done}"
    );
    let server = Mock::of_texts([("job-get.md", page)])
        .start(0)
        .await
        .unwrap();
    for (place, state) in [(10, "running"), (13, "running"), (19, "done")] {
        let url = format!("{}/jobs/1", server.base_url());
        let preference = format!("example=\"job-get.md:{place}\"");
        let request = reqwest::Client::new().get(url).header("Prefer", preference);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["state"], state, "{place}");
    }
}

#[tokio::test]
async fn an_example_on_the_page_of_another_operation_can_be_asked_for() {
    let page = |name: &str, method: &str, example: &str| {
        let text = format!(
            "# {name}\n\n## HTTP request\n```http\n{method} /lamps/{{id}}\n```\n\n## Examples\n\
             ```http\nGET https://api.example.com/lamps/1\n```\n\
             ```http\nHTTP/1.1 200 OK\nContent-type: application/json\n\n{example}\n```\n"
        );
        SourceFile::new(format!("{name}.md"), text)
    };
    let pages = vec![
        page("Get lamp", "GET", r#"{ "lit": true, "watts": 7 }"#),
        page("Put out lamp", "DELETE", r#"{ "lit": false }"#),
    ];
    let api = docwright::read_files(pages, Vec::new()).api;
    let server = Mock::new(api).start(0).await.unwrap();
    for (preference, lit) in [
        ("return=minimal", true),
        ("example=\"Put out lamp.md:10\"", false),
    ] {
        let url = format!("{}/lamps/1", server.base_url());
        let request = reqwest::Client::new().get(url).header("Prefer", preference);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["lit"], lit, "{preference}");
    }
}

#[tokio::test]
async fn failures_come_when_they_are_asked_for() {
    let faults: Faults = "429=1".parse().unwrap();
    let server = mock().faults(faults).start(0).await.unwrap();
    let answer = get(&server, "/me").await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.headers()["retry-after"], "1");

    let server = mock()
        .faults("cut=1".parse().unwrap())
        .start(0)
        .await
        .unwrap();
    assert!(
        reqwest::get(format!("{}/me", server.base_url()))
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_key_of_another_kind_stays_what_the_page_shows() {
    let shown = "200 OK\nContent-Type: application/json\n\n{ \"id\": \"b7\", \"code\": \"B-07\" }";
    let text = "# Get bed\n\n## HTTP request\n```http\nGET /beds(code='{code}')\n\
                GET /greenhouses/{greenhouse-id}/beds/{bed-id}\n```\n\n## Response\nSee the example.\n\n\
                ## Example\n```http\nGET /beds(code='B-07')\n```\n";
    let text = format!("{text}```http\nHTTP/1.1 {shown}\n```\n");
    let server = Mock::of_texts([("bed.md", text)]).start(0).await.unwrap();
    let cases = [
        ("/beds(code='B-07')", "b7", "B-07"),
        ("/beds(code='B-08')", "b7", "B-08"),
        ("/greenhouses/gh-1/beds/b7", "b7", "B-07"),
        ("/greenhouses/gh-1/beds/b9", "b9", "B-07"),
    ];
    for (path, id, code) in cases {
        let expected = json!({ "id": id, "code": code });
        assert_eq!(get_json(&server, path).await, expected, "{path}");
    }
}

#[tokio::test]
async fn what_no_example_shows_is_made_of_the_types() {
    let gauge = "# gauge resource type\n\n## Properties\n| Property | Type |\n|:-|:-|\n\
                 | lit | Boolean |\n| level | Int32 |\n| total | Int64 |\n| ratio | Double |\n\
                 | id | Guid |\n| seen | DateTimeOffset |\n| day | Date |\n| time | TimeOfDay |\n\
                 | length | Duration |\n| mark | Binary |\n| state | gaugeState |\n| all | gaugeState collection |\n\n\
                 ### gaugeState values\n| Member | Description |\n|:-|:-|\n| steady | It stands. |\n| falling | It falls. |\n";
    let page = |route: &str, answer: &str| {
        format!(
            "# {route}\n\n## HTTP request\n```http\n{route}\n```\n\n## Response\n\
             If successful, this method returns a `200 OK` response code and {answer} in the response body.\n"
        )
    };
    let pages = [
        ("gauge.md", gauge.to_owned()),
        (
            "get.md",
            page("GET /gauges/{id}", "a [gauge](gauge.md) object"),
        ),
        (
            "list.md",
            page("GET /gauges", "a collection of [gauge](gauge.md) objects"),
        ),
        (
            "image.md",
            page(
                "GET /gauges/{id}/image/$value",
                "the binary data of the image",
            ),
        ),
    ];
    let server = Mock::of_texts(pages).start(0).await.unwrap();
    let id = "00000000-0000-0000-0000-000000000007";
    let shown = json!({
        "lit": true, "level": 1, "total": 1, "ratio": 1.5, "id": id,
        "seen": "2024-01-01T00:00:00Z", "day": "2024-01-01", "time": "12:00:00", "length": "PT1H",
        "mark": "AAAA", "state": "steady", "all": ["steady"],
    });
    assert_eq!(get_json(&server, &format!("/gauges/{id}")).await, shown);
    let all = get_json(&server, "/gauges").await;
    assert_eq!(all["value"].as_array().map(Vec::len), Some(1));
    assert_eq!(all["value"][0]["all"], shown["all"]);
    let image = get(&server, &format!("/gauges/{id}/image/$value")).await;
    assert_eq!(image.headers()["content-type"], "application/octet-stream");
    assert!(!image.bytes().await.unwrap().is_empty());
}
