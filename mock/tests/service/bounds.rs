//! Clients that mean no good.

use std::time::Duration;

use reqwest::StatusCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{get, start};
use docwright_mock::Server;

/// What a server says to bytes, until it closes the connection or says no more.
async fn say(server: &Server, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    // The server may close before it has read everything.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn anything_gets_an_answer_or_a_closed_connection() {
    let server = start().await;
    let giant = format!(
        "GET /v1.0/me HTTP/1.1\r\nx: {}\r\n\r\n",
        "a".repeat(1 << 20)
    );
    let deep = format!("GET {} HTTP/1.1\r\nhost: a\r\n\r\n", "/a".repeat(20_000));
    let parentheses = format!(
        "GET /users{} HTTP/1.1\r\nhost: a\r\n\r\n",
        "('a')".repeat(5_000)
    );
    let cases: [(&str, &[u8]); 9] = [
        ("nothing", b""),
        ("noise", b"\0\xff\xfe\r\n\r\n"),
        ("no version", b"GET /v1.0/me\r\n\r\n"),
        (
            "dots",
            b"GET /v1.0/../../etc/passwd HTTP/1.1\r\nhost: a\r\n\r\n",
        ),
        (
            "escaped dots",
            b"GET /v1.0/users/%2e%2e%2f%2e%2e HTTP/1.1\r\nhost: a\r\n\r\n",
        ),
        (
            "no text",
            b"GET /v1.0/users/%ff%fe?%ff=%fe HTTP/1.1\r\nhost: a\r\n\r\n",
        ),
        ("giant header", giant.as_bytes()),
        ("deep path", deep.as_bytes()),
        ("parentheses", parentheses.as_bytes()),
    ];
    for (name, bytes) in cases {
        let answer = say(&server, bytes).await;
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 "),
            "{name}: {answer}"
        );
        assert!(!answer.contains("root:"), "{name}");
        assert_eq!(get(&server, "/me").await.status(), StatusCode::OK, "{name}");
    }
}

#[tokio::test]
async fn a_giant_body_is_not_kept() {
    let server = start().await;
    let url = format!("{}/users", server.base_url());
    let body = "x".repeat(9 << 20);
    let request = reqwest::Client::new()
        .post(url)
        .header("X-Reason", "a")
        .body(body);
    // The answer may come, or the connection may break, while the body is still being sent.
    if let Ok(answer) = request.send().await {
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
    assert_eq!(get(&server, "/me").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn idle_connections_hinder_nobody() {
    let server = start().await;
    let mut idle = Vec::new();
    for _ in 0..400 {
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        stream
            .write_all(b"GET /v1.0/me HTTP/1.1\r\n")
            .await
            .unwrap();
        idle.push(stream);
    }
    assert_eq!(get(&server, "/me").await.status(), StatusCode::OK);
    tokio::time::timeout(Duration::from_secs(10), server.stop())
        .await
        .unwrap();
}
