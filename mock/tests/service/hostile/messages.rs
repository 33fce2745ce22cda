//! What is no HTTP, or more of it than anybody means.

use reqwest::StatusCode;

use super::super::{get, start};
use super::{assert_serves, say, status};

const GOOD: &str = "GET /v1.0/me HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn malformed_messages_are_refused() {
    let server = start().await;
    let post = "POST /v1.0/users HTTP/1.1\r\nhost: a\r\nx-reason: a\r\n";
    let cases = [
        ("nothing", String::new()),
        ("noise", "\0\u{1}\u{2}\r\n\r\n".to_owned()),
        ("no version", "GET /v1.0/me\r\n\r\n".to_owned()),
        ("another version", "GET / HTTP/9.9\r\n\r\n".to_owned()),
        ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned()),
        ("TLS", "\u{16}\u{3}\u{1}\0\u{5}hello".to_owned()),
        ("no method", " /v1.0/me HTTP/1.1\r\n\r\n".to_owned()),
        ("odd method", "G@T /v1.0/me HTTP/1.1\r\n\r\n".to_owned()),
        ("a path with spaces", "GET /a b HTTP/1.1\r\n\r\n".to_owned()),
        ("no name", "GET / HTTP/1.1\r\n: a\r\n\r\n".to_owned()),
        ("a zero", "GET / HTTP/1.1\r\nx: \0\r\n\r\n".to_owned()),
        ("half a head", "GET /v1.0/me HTTP/1.1\r\nx".to_owned()),
        ("no length", format!("{post}content-length: a\r\n\r\nab")),
        ("below zero", format!("{post}content-length: -1\r\n\r\nab")),
        (
            "two lengths",
            format!("{post}content-length: 1\r\ncontent-length: 2\r\n\r\nab"),
        ),
        ("half a body", format!("{post}content-length: 9\r\n\r\nab")),
        (
            "no chunk",
            format!("{post}transfer-encoding: chunked\r\n\r\nxyz\r\n"),
        ),
        (
            "a chunk beyond numbers",
            format!("{post}transfer-encoding: chunked\r\n\r\nfffffffffffffffffff\r\na"),
        ),
        (
            "an unknown coding",
            format!("{post}transfer-encoding: gzip\r\n\r\nab"),
        ),
    ];
    for (name, bytes) in cases {
        let status = status(&say(&server, bytes.as_bytes()).await);
        assert!(
            status.is_none_or(|it| (400..600).contains(&it)),
            "{name}: {status:?}"
        );
        assert_serves(&server, name).await;
    }
    assert_eq!(status(&say(&server, GOOD.as_bytes()).await), Some(200));
}

#[tokio::test]
async fn a_giant_head_is_refused() {
    let server = start().await;
    let many: String = (0..5000).map(|at| format!("x-{at}: a\r\n")).collect();
    let cases = [
        ("a long header", format!("x: {}\r\n", "a".repeat(1 << 20))),
        ("many headers", many),
    ];
    for (name, headers) in cases {
        let bytes = GOOD.replace("connection", &format!("{headers}connection"));
        let status = status(&say(&server, bytes.as_bytes()).await);
        assert!(status.is_none_or(|it| it == 431), "{name}: {status:?}");
        assert_serves(&server, name).await;
    }
    let target = GOOD.replace("/me", &format!("/{}", "a".repeat(1 << 20)));
    let status = status(&say(&server, target.as_bytes()).await);
    assert!(status.is_none_or(|it| it == 414 || it == 431), "{status:?}");
}

#[tokio::test]
async fn a_giant_body_is_refused() {
    let server = start().await;
    let url = format!("{}/users", server.base_url());
    let request = reqwest::Client::new()
        .post(url)
        .header("X-Reason", "a")
        .body("x".repeat(9 << 20));
    // The answer may come, or the connection may break, while the body is still being sent.
    if let Ok(answer) = request.send().await {
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
    assert_serves(&server, "a giant body").await;
}

#[tokio::test]
async fn deep_json_is_no_json() {
    let server = start().await;
    let url = format!("{}/users", server.base_url());
    let request = reqwest::Client::new()
        .post(url)
        .header("X-Reason", "a")
        .body("[".repeat(100_000));
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert_eq!(get(&server, "/me").await.status(), StatusCode::OK);
}
