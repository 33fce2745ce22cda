//! What comes after an answer: uploads in parts, and work that was accepted.

use docwright_mock::{Mock, Server};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::{get_json, send};

/// A page of an operation that opens a session, with what is told of it behind the example.
fn opens(name: &str, more: &str) -> String {
    format!(
        "# Open {name}\n\n## HTTP request\n```http\nPOST /{name}/open\n```\n\n## Example\n\
         ```http\nPOST https://api.example.com/v1.0/{name}/open\n```\n\
         ```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n\
         {{ \"uploadUrl\": \"https://up.example.org/{name}?key=1\", \"until\": \"noon\", \
         \"nextExpectedRanges\": [\"0-\"] }}\n```\n{more}"
    )
}

/// A page of an operation that begins work, with the headers of its answer.
fn begins(name: &str, headers: &str) -> String {
    format!(
        "# Begin {name}\n\n## HTTP request\n```http\nPOST /{name}/begin\n```\n\n## Example\n\
         ```http\nPOST https://api.example.com/v1.0/{name}/begin\n```\n\
         ```http\nHTTP/1.1 202 Accepted\n{headers}\n```\n"
    )
}

/// A page of a place where work can be asked for.
fn work(name: &str, status: &str) -> String {
    format!(
        "# Get {name}\n\n## HTTP request\n```http\nGET /{name}/{{id}}\n```\n\n## Example\n\
         ```http\nGET https://api.example.com/v1.0/{name}/1\n```\n\
         ```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n\
         {{ \"id\": \"1\", \"status\": \"{status}\" }}\n```\n"
    )
}

async fn start() -> Server {
    let made = "```http\nPUT https://up.example.org/films?key=1\nContent-Range: bytes 0-3/9\n\nreel\n```\n\
                ```http\nHTTP/1.1 202 Accepted\n\n{ \"nextExpectedRanges\": [\"4-\"] }\n```\n\
                ```http\nPUT https://up.example.org/films?key=1\nContent-Range: bytes 4-8/9\n\n film\n```\n\
                ```http\nHTTP/1.1 201 Created\nContent-Type: application/json\n\n{ \"id\": \"f-1\" }\n```\n";
    let base = "https://api.example.com/v1.0";
    Mock::of_texts([
        ("films.md", opens("films", made)),
        ("songs.md", opens("songs", "")),
        (
            "copies.md",
            begins("copies", "Location: https://work.example.org/monitor/1"),
        ),
        (
            "scans.md",
            begins(
                "scans",
                &format!("Location: {base}/scans/1\nOperation-Location: {base}/lost/1"),
            ),
        ),
        ("prints.md", begins("prints", "Location: /prints/1")),
        (
            "moves.md",
            begins("moves", &format!("Location: {base}/moves/1")),
        ),
        (
            "tours.md",
            begins("tours", "Location: /prints('1')/tours('2')"),
        ),
        ("print.md", work("prints", "completed")),
        ("move.md", work("moves", "inProgress")),
    ])
    .start(0)
    .await
    .unwrap()
}

async fn open(server: &Server, name: &str) -> String {
    let opened = send(server, Method::POST, &format!("/{name}/open"), None).await;
    let opened: Value = opened.json().await.unwrap();
    assert_eq!(opened["until"], "noon");
    opened["uploadUrl"].as_str().unwrap().to_owned()
}

async fn put(url: &str, range: &str, body: &'static str) -> Response {
    let request = reqwest::Client::new()
        .put(url)
        .header("Content-Range", range);
    request.body(body).send().await.unwrap()
}

#[tokio::test]
async fn a_session_takes_bytes_until_all_are_there() {
    let server = start().await;
    let url = open(&server, "films").await;
    assert!(
        url.starts_with(&format!("http://{}/", server.address())),
        "{url}"
    );
    assert_ne!(url, open(&server, "films").await);

    let part = put(&url, "bytes 0-3/9", "reel").await;
    assert_eq!(part.status(), 202);
    let standing = json!({ "until": "noon", "nextExpectedRanges": ["4-"] });
    assert_eq!(part.json::<Value>().await.unwrap(), standing);
    for (range, body, status) in [
        ("bytes 0-3/9", "reel", 416),
        ("bytes 6-8/9", "ilm", 416),
        ("bytes 4-8/10", " film", 400),
        ("bytes 4-8/9", " fil", 400),
        ("bytes 4-9/9", " films", 400),
        ("4-8", " film", 400),
    ] {
        let refused = put(&url, range, body).await;
        assert_eq!(refused.status(), status, "{range} {body}");
    }
    let asked = reqwest::get(&url).await.unwrap();
    assert_eq!(asked.status(), 200);
    assert_eq!(asked.json::<Value>().await.unwrap(), standing);

    let last = put(&url, "bytes 4-8/9", " film").await;
    assert_eq!(last.status(), 201);
    assert_eq!(last.json::<Value>().await.unwrap(), json!({ "id": "f-1" }));
    assert_eq!(reqwest::get(&url).await.unwrap().status(), 404);
    // A session that waits for its end is ended by POST.
    let ended = reqwest::Client::new().post(&url).send().await.unwrap();
    assert_eq!(ended.json::<Value>().await.unwrap(), json!({ "id": "f-1" }));
}

#[tokio::test]
async fn a_session_without_an_example_of_its_end_says_that_something_was_made() {
    let server = start().await;
    let url = open(&server, "songs").await;
    let client = reqwest::Client::new();
    assert_eq!(client.post(&url).send().await.unwrap().status(), 409);
    let last = put(&url, "bytes 0-3/4", "tune").await;
    assert_eq!(last.status(), 201);
    assert_eq!(last.text().await.unwrap(), "");

    let url = open(&server, "songs").await;
    assert_eq!(client.delete(&url).send().await.unwrap().status(), 204);
    assert_eq!(put(&url, "bytes 0-3/4", "tune").await.status(), 404);
}

#[tokio::test]
async fn what_a_client_sends_is_not_kept_with_the_session() {
    let films = "# Create film\n\n## HTTP request\n```http\nPOST /films\n```\n\n## Example\n\
         ```http\nPOST https://api.example.com/v1.0/films\nContent-Type: application/json\n\n{ \"name\": \"reel\" }\n```\n\
         ```http\nHTTP/1.1 201 Created\nContent-Type: application/json\n\n\
         { \"id\": \"1\", \"name\": \"reel\", \"uploadUrl\": \"https://up.example.org/1\" }\n```\n";
    let mock = Mock::of_texts([("films.md", films.to_owned())]);
    let server = mock.stateful(true).start(0).await.unwrap();
    let sent = json!({ "name": "a name that is of no use for an upload" });
    let made = send(&server, Method::POST, "/films", Some(sent.clone())).await;
    let made: Value = made.json().await.unwrap();
    assert_eq!(made["name"], sent["name"]);
    let url = made["uploadUrl"].as_str().unwrap();
    let standing = put(url, "bytes 0-3/9", "reel").await;
    let standing: Value = standing.json().await.unwrap();
    let shown = json!({ "id": "1", "name": "reel", "nextExpectedRanges": ["4-"] });
    assert_eq!(standing, shown);
}

#[tokio::test]
async fn work_is_running_once_and_then_done() {
    let server = start().await;
    let own = format!("http://{}/-/operations/", server.address());
    let base = server.base_url();
    for (name, header) in [
        ("copies", "location"),
        ("scans", "operation-location"),
        // Behind a documented place is another one.
        ("tours", "location"),
        // The page of the place shows it on its way, and never done.
        ("moves", "location"),
    ] {
        let begun = send(&server, Method::POST, &format!("/{name}/begin"), None).await;
        assert_eq!(begun.status(), 202, "{name}");
        let monitor = begun.headers()[header].to_str().unwrap();
        assert!(monitor.starts_with(&own), "{monitor}");
        for (status, word) in [(202, "running"), (200, "succeeded"), (200, "succeeded")] {
            let progress = reqwest::get(monitor).await.unwrap();
            assert_eq!(progress.status(), status, "{name}");
            let progress: Value = progress.json().await.unwrap();
            assert_eq!(progress, json!({ "status": word }), "{name}");
        }
        // What is made is where it was.
        if name == "scans" {
            assert_eq!(begun.headers()["location"], format!("{base}/scans/1"));
        }
    }
    let unknown = reqwest::get(format!("{own}99")).await.unwrap();
    assert_eq!(unknown.status(), 404);
}

#[tokio::test]
async fn a_documented_place_where_work_is_done_stays() {
    let server = start().await;
    let begun = send(&server, Method::POST, "/prints/begin", None).await;
    assert_eq!(begun.headers()["location"], "/prints/1");
    assert_eq!(get_json(&server, "/prints/1").await["status"], "completed");
}

#[tokio::test]
async fn an_example_that_is_asked_for_is_as_it_is_documented() {
    let server = start().await;
    let post = async |path: &str, example: &str| {
        let url = format!("{}{path}", server.base_url());
        let request = reqwest::Client::new().post(url);
        let request = request.header("Prefer", format!("example=\"{example}\""));
        request.send().await.unwrap()
    };
    let opened: Value = post("/films/open", "films.md:10")
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(opened["uploadUrl"], "https://up.example.org/films?key=1");
    let begun = post("/copies/begin", "copies.md:10").await;
    let location = &begun.headers()["location"];
    assert_eq!(location, "https://work.example.org/monitor/1");
}
