//! What comes after an answer, asked of the mock by the client: uploads in parts, and work that was
//! accepted.

use std::error::Error;
use std::time::Duration;

use docwright_mock::{Mock, Server};
use profile_photo::runtime::{Client, Json, Method, Upload};

/// A service that takes scans, and prints them elsewhere.
async fn start() -> Result<(Server, Client), Box<dyn Error>> {
    let page = |path: &str, answer: &str| {
        format!(
            "# {path}\n\n## HTTP request\n```http\nPOST {path}\n```\n\n## Example\n\
             ```http\nPOST https://api.example.com/v1.0{path}\n```\n```http\nHTTP/1.1 {answer}\n```\n"
        )
    };
    let session = "200 OK\nContent-Type: application/json\n\n\
                   { \"uploadUrl\": \"https://up.example.org/1\", \"nextExpectedRanges\": [\"0-\"] }";
    let scan = "```http\nPUT https://up.example.org/1\nContent-Range: bytes 0-3/4\n\nscan\n```\n\
                ```http\nHTTP/1.1 201 Created\nContent-Type: application/json\n\n{ \"id\": \"s-1\" }\n```\n";
    let print = "202 Accepted\nLocation: https://work.example.org/1";
    let mock = Mock::of_texts([
        ("scan.md", page("/scans/open", session) + scan),
        ("print.md", page("/scans/print", print)),
    ]);
    let server = mock.start(0).await?;
    let client = Client::builder(server.base_url()).build()?;
    Ok((server, client))
}

#[tokio::test]
async fn a_session_of_the_mock_is_filled() -> Result<(), Box<dyn Error>> {
    let (server, client) = start().await?;
    let opened = client
        .request(Method::POST, "/scans/open")
        .read_as::<Json>();
    let opened = opened.await?;
    let url = opened["uploadUrl"].as_str().unwrap_or_default();
    let upload = Upload::<Json>::new(&client, url, vec![7; 2500]);
    let made = upload.chunk_size(1000).send().await?;
    assert_eq!(made["id"], "s-1");
    // One to open it, and three parts.
    assert_eq!(server.requests(), 4);

    let opened = client
        .request(Method::POST, "/scans/open")
        .read_as::<Json>();
    let opened = opened.await?;
    let url = opened["uploadUrl"].as_str().unwrap_or_default();
    let mut half = Upload::<Json>::new(&client, url, vec![7; 1000]).chunk_size(500);
    let begun = client
        .request(Method::PUT, url)
        .header("Content-Range", "bytes 0-499/1000");
    begun
        .bytes("application/octet-stream", vec![7; 500])
        .await?;
    // What has arrived is asked for where it is not known, and not sent again.
    half = half.resume();
    assert_eq!(half.send().await?["id"], "s-1");
    Ok(())
}

#[tokio::test]
async fn work_of_the_mock_is_waited_for() -> Result<(), Box<dyn Error>> {
    let (server, client) = start().await?;
    let begun = client.request(Method::POST, "/scans/print").await?;
    let mut monitor = begun.monitor()?.interval(Duration::from_millis(100));
    let first = monitor.next().await?;
    assert_eq!((first.status(), first.is_done()), (Some("running"), false));
    assert!(monitor.wait().await?.is_done());
    assert_eq!(server.requests(), 3);
    Ok(())
}
