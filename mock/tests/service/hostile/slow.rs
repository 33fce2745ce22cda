//! Clients that take their time.

use std::time::{Duration, Instant};

use docwright_mock::{Limits, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::super::mock;
use super::{PATIENCE, assert_serves, said, status};

const TIME: Duration = Duration::from_millis(300);

/// A server without patience.
async fn hasty(connections: usize) -> Server {
    let limits = Limits {
        connections,
        head_time: TIME,
        body_time: TIME,
        answer_time: TIME,
        ..Limits::default()
    };
    mock().limits(limits).start(0).await.unwrap()
}

/// Sends bytes, and then one more now and then, until the server has had enough.
async fn trickle(server: &Server, bytes: &str) -> (String, Duration) {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let begin = Instant::now();
    stream.write_all(bytes.as_bytes()).await.unwrap();
    let mut answer = [0; 1024];
    while begin.elapsed() < PATIENCE {
        if stream.write_all(b"a").await.is_err() {
            break;
        }
        let read = timeout(TIME / 10, stream.read(&mut answer)).await;
        if let Ok(read) = read {
            let read = read.unwrap_or(0);
            return (
                String::from_utf8_lossy(&answer[..read]).into_owned(),
                begin.elapsed(),
            );
        }
    }
    (String::new(), begin.elapsed())
}

#[tokio::test]
async fn who_trickles_is_cut_off() {
    let server = hasty(100).await;
    let head = "GET /v1.0/me HTTP/1.1\r\nx: ";
    let body = "POST /v1.0/users HTTP/1.1\r\nhost: a\r\ncontent-length: 1000000\r\n\r\n";
    for bytes in ["", head, body] {
        let (answer, time) = trickle(&server, bytes).await;
        assert!(status(&answer).is_none_or(|it| it == 408), "{answer}");
        assert!(time < PATIENCE, "{bytes:?} {time:?}");
        assert_serves(&server, bytes).await;
    }
}

#[tokio::test]
async fn a_connection_that_says_nothing_is_closed() {
    let server = hasty(100).await;
    let mut silent = TcpStream::connect(server.address()).await.unwrap();
    assert_eq!(said(&mut silent).await, "");

    // Nor is one kept for long that has been of use.
    let mut kept = TcpStream::connect(server.address()).await.unwrap();
    let request = b"GET /v1.0/me HTTP/1.1\r\nhost: a\r\n\r\n";
    kept.write_all(request).await.unwrap();
    assert_eq!(status(&said(&mut kept).await), Some(200));
}

#[tokio::test]
async fn slow_clients_do_not_keep_others_out() {
    let server = hasty(20).await;
    let mut slow = Vec::new();
    for _ in 0..200 {
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        // Those that are served are cut off while others are still coming.
        let _ = stream.write_all(b"GET /v1.0/me HTTP/1.1\r\n").await;
        slow.push(stream);
    }
    assert_serves(&server, "slow clients").await;
}

#[tokio::test]
async fn who_does_not_read_hinders_nobody() {
    let server = hasty(100).await;
    let mut deaf = TcpStream::connect(server.address()).await.unwrap();
    let request = "GET /v1.0/users HTTP/1.1\r\nhost: a\r\n\r\n".repeat(100);
    // Sends until the server reads no more, since nobody takes its answers.
    let sending = async { while deaf.write_all(request.as_bytes()).await.is_ok() {} };
    let _ = timeout(Duration::from_secs(2), sending).await;
    assert_serves(&server, "requests without end").await;
    timeout(PATIENCE, server.stop()).await.unwrap();
}

#[tokio::test]
async fn who_does_not_read_keeps_no_place() {
    let server = hasty(2).await;
    let request = "GET /v1.0/users HTTP/1.1\r\nhost: a\r\n\r\n".repeat(100);
    let mut deaf = Vec::new();
    for _ in 0..2 {
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        let sending = async { while stream.write_all(request.as_bytes()).await.is_ok() {} };
        let _ = timeout(TIME * 2, sending).await;
        deaf.push(stream);
    }
    assert_serves(&server, "clients that take no answers").await;
}

#[tokio::test]
async fn a_server_stops_while_clients_are_slow() {
    let server = mock().start(0).await.unwrap();
    let mut idle = Vec::new();
    for _ in 0..100 {
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        stream
            .write_all(b"GET /v1.0/me HTTP/1.1\r\n")
            .await
            .unwrap();
        idle.push(stream);
    }
    sleep(Duration::from_millis(10)).await;
    let stop = timeout(Duration::from_secs(5), server.stop());
    stop.await.unwrap();
}
