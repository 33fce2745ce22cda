//! Clients that mean no good: each gets an answer or a closed connection, and others are served on.

mod many;
mod messages;
mod paths;
mod slow;

use std::time::Duration;

use docwright_mock::Server;
use reqwest::StatusCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Far longer than any answer takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a server says to bytes, until it closes the connection.
async fn say(server: &Server, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    // The server may close before it has read everything.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    said(&mut stream).await
}

/// What a server says until it closes the connection, which it has to do.
async fn said(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    // A connection that is reset is closed too.
    let _ = timeout(PATIENCE, stream.read_to_end(&mut answer))
        .await
        .expect("the connection stays open");
    String::from_utf8_lossy(&answer).into_owned()
}

/// The status of an answer; nothing where the connection was closed without one.
fn status(answer: &str) -> Option<u16> {
    if answer.is_empty() {
        return None;
    }
    let status = answer.strip_prefix("HTTP/1.1 ");
    let status = status.and_then(|rest| rest.get(..3)?.parse().ok());
    Some(status.unwrap_or_else(|| panic!("no HTTP: {answer}")))
}

/// Another client is answered. A server without patience may cut it off on a busy machine, so that
/// it asks again.
async fn assert_serves(server: &Server, after: &str) {
    let url = format!("{}/me", server.base_url());
    let asking = async {
        loop {
            if let Ok(answer) = reqwest::get(&url).await {
                return answer.status();
            }
        }
    };
    let status = timeout(PATIENCE, asking).await;
    let status = status.unwrap_or_else(|_| panic!("no answer after {after}"));
    assert_eq!(status, StatusCode::OK, "{after}");
}
