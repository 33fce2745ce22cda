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
