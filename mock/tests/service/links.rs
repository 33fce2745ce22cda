//! Where the links of an answer lead.

use docwright_mock::Mock;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{get_json, page, send};

/// A print shop: jobs are created, and begun as work that takes its time.
fn shop() -> Mock {
    let base = "https://api.example.com/v1.0";
    let json = "Content-Type: application/json";
    let created = format!(
        "201 Created\n{json}\nLocation: {base}/jobs/1\n\n\
         {{ \"id\": \"1\", \"title\": \"Moby-Dick\", \"uploadUrl\": \"{base}/jobs/1/pages?at=0\" }}"
    );
    let begun = format!(
        "202 Accepted\nLocation: {base}/work/5\nOperation-Location: {base}/work/5\n\
         Content-Location: /jobs/1"
    );
    let shown = format!(
        "200 OK\n{json}\n\n{{ \"@odata.context\": \"{base}/$metadata#jobs\", \"id\": \"1\", \
         \"pages@odata.navigationLink\": \"{base}/jobs/1/pages\", \
         \"links\": [\"{base}/work/5\", \"https://www.example.com/v1.0/jobs\"] }}"
    );
    let pages = [
        (
            "POST /jobs",
            format!("POST {base}/jobs\n{json}\n\n{{ \"title\": \"Moby-Dick\" }}"),
            created,
        ),
        ("GET /jobs/{id}", format!("GET {base}/jobs/1"), shown),
        (
            "POST /jobs/{id}/start",
            format!("POST {base}/jobs/1/start"),
            begun,
        ),
        (
            "GET /work/{id}",
            format!("GET {base}/work/5"),
            format!("200 OK\n{json}\n\n{{ \"status\": \"completed\" }}"),
        ),
        (
            "PUT /jobs/{id}/pages",
            format!("PUT {base}/jobs/1/pages"),
            "204 No Content".to_owned(),
        ),
    ];
    let pages = pages.map(|(route, example, answer)| page((route, &example, &answer)));
    Mock::new(docwright::read_files(pages.to_vec(), Vec::new()).api)
}

#[tokio::test]
async fn links_below_the_documented_base_lead_to_the_mock() {
    let server = shop().start(0).await.unwrap();
    let base = server.base_url();
    let begun = send(&server, Method::POST, "/jobs/1/start", None).await;
    assert_eq!(begun.status(), StatusCode::ACCEPTED);
    for name in ["location", "operation-location"] {
        assert_eq!(begun.headers()[name], format!("{base}/work/5"), "{name}");
    }
    assert_eq!(begun.headers()["content-location"], "/jobs/1");

    let title = json!({ "title": "Moby-Dick" });
    let created = send(&server, Method::POST, "/jobs", Some(title)).await;
    assert_eq!(created.headers()["location"], format!("{base}/jobs/1"));
    let created: Value = created.json().await.unwrap();
    assert_eq!(created["uploadUrl"], format!("{base}/jobs/1/pages?at=0"));

    let job = get_json(&server, "/jobs/7").await;
    assert_eq!(
        job["pages@odata.navigationLink"],
        format!("{base}/jobs/7/pages")
    );
    let links = json!([
        format!("{base}/work/5"),
        "https://www.example.com/v1.0/jobs"
    ]);
    assert_eq!(job["links"], links);
    // Where the metadata are is no link that anybody follows.
    let context = "https://api.example.com/v1.0/$metadata#jobs";
    assert_eq!(job["@odata.context"], context);
}

#[tokio::test]
async fn what_is_created_is_where_its_location_says() {
    let server = shop().stateful(true).start(0).await.unwrap();
    let title = json!({ "title": "Typee" });
    let created = send(&server, Method::POST, "/jobs", Some(title)).await;
    let location = created.headers()["location"].to_str().unwrap().to_owned();
    let created: Value = created.json().await.unwrap();
    let path = format!("/jobs/{}", created["id"].as_str().unwrap());
    assert_eq!(location, format!("{}{path}", server.base_url()));
    let kept: Value = reqwest::get(location).await.unwrap().json().await.unwrap();
    assert_eq!(kept["title"], "Typee");
}

#[tokio::test]
async fn no_item_is_given_twice_to_those_who_follow_links() {
    let base = "https://api.example.com/v1.0";
    let list = |items: &str, link: &str| {
        format!(
            "200 OK\nContent-Type: application/json\n\n\
             {{ \"value\": [{items}], \"@odata.nextLink\": \"{link}\" }}"
        )
    };
    let items = r#"{ "id": "1" }, { "id": "2" }"#;
    let cases = [
        ("tokens", format!("{base}/tokens?$skiptoken=x")),
        ("pages", format!("{base}/pages?page=2")),
        ("skips", format!("{base}/skips?$skip=2")),
        ("elsewhere", "https://…".to_owned()),
    ];
    let pages = cases.iter().map(|(name, link)| {
        let (route, request) = (format!("GET /{name}"), format!("GET {base}/{name}"));
        page((&route, &request, &list(items, link)))
    });
    let mut pages: Vec<_> = pages.collect();
    // The second page of these is documented.
    let (first, second) = ("/known", "/known?$skiptoken=y");
    let more = format!(
        "```http\nGET {base}{second}\n```\n```http\nHTTP/1.1 {}\n```\n",
        list(r#"{ "id": "3" }"#, "").replace(", \"@odata.nextLink\": \"\"", "")
    );
    let known = page((
        &format!("GET {first}"),
        &format!("GET {base}{first}"),
        &list(items, &format!("{base}{second}")),
    ));
    let text = format!("{}\n{more}", known.text);
    pages.push(docwright::source::SourceFile::new("known.md", text));
    let mock = Mock::new(docwright::read_files(pages, Vec::new()).api);
    let server = mock.stateful(true).start(0).await.unwrap();
    for (name, count) in [
        ("tokens", 2),
        ("pages", 2),
        ("skips", 2),
        ("elsewhere", 2),
        ("known", 3),
    ] {
        let mut link = Some(format!("{}/{name}", server.base_url()));
        let mut ids = Vec::new();
        let mut pages = 0;
        while let Some(url) = link.filter(|url| !url.is_empty()) {
            let answer: Value = reqwest::get(&url).await.unwrap().json().await.unwrap();
            let items = answer["value"].as_array().unwrap().iter();
            ids.extend(items.map(|item| item["id"].as_str().unwrap().to_owned()));
            link = answer["@odata.nextLink"].as_str().map(str::to_owned);
            pages += 1;
        }
        assert_eq!(pages, 2, "{name}");
        let expected: Vec<String> = (1..=count).map(|id| format!("{id}")).collect();
        assert_eq!(ids, expected, "{name}");
    }
}

#[tokio::test]
async fn links_of_any_page_lead_to_an_end() {
    let base = "https://api.example.com/v1.0";
    // The request that the page shows, its link to more, and where to begin.
    let cases = [
        ("/numbers", "/numbers?page=2", "/numbers?page=3", "/numbers"),
        (
            "/offsets",
            "/offsets?from=9&size=3",
            "/offsets?from=12&size=3",
            "/offsets?size=3&from=9",
        ),
        (
            "/marks",
            "/marks?$skiptoken=a",
            "/marks?$skiptoken=b",
            "/marks?$skiptoken=a",
        ),
        ("/dots", "/dots?$skiptoken=a", "…", "/dots?$skiptoken=a"),
        ("/paths/{number}", "/paths/2", "/paths/3", "/paths/2"),
    ];
    let pages = cases.map(|(route, request, link, _)| {
        let link = if link == "…" {
            "https://…".to_owned()
        } else {
            [base, link].concat()
        };
        let answer = format!(
            "200 OK\nContent-Type: application/json\n\n\
             {{ \"value\": [{{ \"id\": \"1\" }}], \"@odata.nextLink\": \"{link}\" }}"
        );
        page((
            &format!("GET {route}"),
            &format!("GET {base}{request}"),
            &answer,
        ))
    });
    let mock = Mock::new(docwright::read_files(pages.to_vec(), Vec::new()).api);
    let server = mock.start(0).await.unwrap();
    for (.., begin) in cases {
        let first = get_json(&server, begin).await;
        assert_eq!(first["value"], json!([{ "id": "1" }]), "{begin}");
        let more = first["@odata.nextLink"].as_str().unwrap();
        assert!(more.starts_with(&server.base_url()), "{more}");
        let last: Value = reqwest::get(more).await.unwrap().json().await.unwrap();
        assert_eq!(last, json!({ "value": [] }), "{begin}");
    }
}

#[tokio::test]
async fn a_page_that_is_shown_to_lead_to_itself_is_the_last() {
    let url = "https://api.example.com/v1.0/rings?page=2";
    let answer = format!(
        "200 OK\nContent-Type: application/json\n\n\
         {{ \"value\": [{{ \"id\": \"1\" }}], \"@odata.nextLink\": \"{url}\" }}"
    );
    let rings = page(("GET /rings", &format!("GET {url}"), &answer));
    let mock = Mock::new(docwright::read_files(vec![rings], Vec::new()).api);
    let server = mock.start(0).await.unwrap();
    let last = get_json(&server, "/rings?page=2").await;
    assert_eq!(last, json!({ "value": [{ "id": "1" }] }));
    // Who asks for the example has what is documented.
    let request = reqwest::Client::new().get(format!("{}/rings?page=2", server.base_url()));
    let request = request.header("Prefer", "example=\"GET--rings.md:13\"");
    let shown: Value = request.send().await.unwrap().json().await.unwrap();
    let own = format!("{}/rings?page=2", server.base_url());
    assert_eq!(shown["@odata.nextLink"], own);
}

#[tokio::test]
async fn the_last_page_of_what_tracks_changes_leads_on_to_them() {
    let base = "https://api.example.com/v1.0/kites/delta";
    let shown = format!(
        "200 OK\nContent-Type: application/json\n\n\
         {{ \"value\": [{{ \"id\": \"1\" }}], \"@odata.nextLink\": \"{base}?$skiptoken=x\" }}"
    );
    let kites = page(("GET /kites/delta", &format!("GET {base}"), &shown));
    let options = "## Query parameters\n| Parameter | Type | Description |\n|:--|:--|:--|\n\
                   | $deltatoken | String | Since when. |\n\n## Response";
    let text = kites.text.replace("## Response", options);
    let kites = docwright::source::SourceFile::new("kites.md", text);
    let mock = Mock::new(docwright::read_files(vec![kites], Vec::new()).api);
    let server = mock.start(0).await.unwrap();
    let first = get_json(&server, "/kites/delta").await;
    assert_eq!(first["value"], json!([{ "id": "1" }]));
    assert_eq!(first["@odata.deltaLink"], Value::Null);

    let mut link = first["@odata.nextLink"].as_str().unwrap().to_owned();
    let changes = format!("{}/kites/delta?$deltatoken=more", server.base_url());
    for _ in ["the last page", "the changes"] {
        let last: Value = reqwest::get(link).await.unwrap().json().await.unwrap();
        assert_eq!(last["value"], json!([]));
        assert_eq!(last["@odata.deltaLink"], changes);
        link = changes.clone();
    }
}

#[tokio::test]
async fn nor_where_the_link_or_the_items_have_other_names() {
    let base = "https://api.example.com/v1.0";
    let shown = |name: &str, items: &str, link: &str| {
        let answer = format!(
            "200 OK\nContent-Type: application/json\n\n\
             {{ \"{items}\": [{{ \"id\": \"1\" }}, {{ \"id\": \"2\" }}], \
             \"{link}\": \"{base}/{name}?page=2\" }}"
        );
        page((
            &format!("GET /{name}"),
            &format!("GET {base}/{name}"),
            &answer,
        ))
    };
    let told = shown("told", "results", "next");
    let told = docwright::source::SourceFile::new(
        "told.md",
        format!(
            "{}\n## Response\nReturns `200 OK` and a [result](result.md) object.\n",
            told.text
        ),
    );
    // Its second example has the link with its prefix, as that of a collection.
    let mixed = shown("mixed", "value", "nextLink");
    let mixed = docwright::source::SourceFile::new(
        "mixed.md",
        format!(
            "{}\n```http\nGET {base}/mixed?page=2\n```\n```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n\
             {{ \"value\": [{{ \"id\": \"3\" }}], \"@odata.nextLink\": \"{base}/mixed?from=3\" }}\n```\n",
            mixed.text
        ),
    );
    let result = docwright::source::SourceFile::new(
        "result.md",
        "# result resource type\n## Properties\n| Property | Type | Description |\n|:--|:--|:--|\n\
         | results | Object collection | The things. |\n| next | String | The URL of the next page. |\n",
    );
    let pages = vec![shown("plain", "value", "nextLink"), told, mixed, result];
    let mock = Mock::new(docwright::read_files(pages, Vec::new()).api);
    let server = mock.start(0).await.unwrap();
    for (name, items, link) in [("plain", "value", "nextLink"), ("told", "results", "next")] {
        let first = get_json(&server, &format!("/{name}")).await;
        let more = first[link].as_str().unwrap();
        assert_eq!(more, format!("{}/{name}?page=2", server.base_url()));
        let second: Value = reqwest::get(more).await.unwrap().json().await.unwrap();
        assert_eq!(second, json!({ items: [] }), "{name}");
    }
    let short = get_json(&server, "/plain?$top=1").await;
    assert!(short["nextLink"].as_str().unwrap().ends_with("$skip=1"));
    assert!(short.get("@odata.nextLink").is_none());
    let short = get_json(&server, "/told?$top=1&$select=id").await;
    assert_eq!(short["results"], json!([{ "id": "1" }]));
    let more = short["next"].as_str().unwrap();
    assert!(more.ends_with("$skip=1"), "{more}");
    let rest: Value = reqwest::get(more).await.unwrap().json().await.unwrap();
    assert_eq!(rest, json!({ "results": [{ "id": "2" }] }));

    let second = get_json(&server, "/mixed?page=2").await;
    let more = second["@odata.nextLink"].as_str().unwrap();
    assert_eq!(more, format!("{}/mixed?from=3", server.base_url()));
    let third: Value = reqwest::get(more).await.unwrap().json().await.unwrap();
    assert_eq!(third, json!({ "value": [] }));
    let short = get_json(&server, "/mixed?$top=1").await;
    assert!(short.get("nextLink").is_none(), "{short}");
    assert!(
        short["@odata.nextLink"]
            .as_str()
            .unwrap()
            .ends_with("$skip=1")
    );
}
