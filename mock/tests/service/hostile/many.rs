//! Many clients at once.

use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::super::{mock, start};
use super::{assert_serves, said, status};
use docwright_mock::{Limits, Server};

/// Opens connections, then asks on all of them, and counts the good answers. As many are open at a
/// time as the system lets: both ends are in this process.
async fn ask(server: &Server, count: usize) -> (usize, usize) {
    let mut open = Vec::new();
    for _ in 0..count {
        match TcpStream::connect(server.address()).await {
            Ok(stream) => open.push(stream),
            Err(_) => break,
        }
    }
    let opened = open.len();
    let mut asking = JoinSet::new();
    for mut stream in open {
        asking.spawn(async move {
            let request = b"GET /v1.0/me HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
            stream.write_all(request).await.ok()?;
            status(&said(&mut stream).await)
        });
    }
    let answers = asking.join_all().await;
    let good = answers.into_iter().filter(|it| *it == Some(200)).count();
    (opened, good)
}

#[tokio::test]
async fn thousands_of_connections_are_answered() {
    let server = start().await;
    let (opened, good) = ask(&server, 3000).await;
    assert_eq!(good, opened);
    assert!(opened > 100, "{opened}");
    assert_serves(&server, "thousands of connections").await;
}

#[tokio::test]
async fn connections_over_the_bound_wait_for_their_turn() {
    let limits = Limits {
        connections: 4,
        ..Limits::default()
    };
    let server = mock().limits(limits).start(0).await.unwrap();
    // The first ones are served while they do not speak yet, and then make room for the others.
    let (opened, good) = ask(&server, 100).await;
    assert_eq!(good, opened);
}

#[tokio::test]
async fn limits_of_any_size_are_bounds() {
    let endless = Limits {
        connections: usize::MAX,
        head_time: Duration::MAX,
        body_time: Duration::MAX,
        answer_time: Duration::MAX,
        head_bytes: usize::MAX,
        body_bytes: usize::MAX,
        all_bodies_bytes: usize::MAX,
        state_bytes: usize::MAX,
    };
    let tight = Limits {
        head_bytes: 0,
        ..Limits::default()
    };
    for limits in [endless, tight] {
        let server = mock().limits(limits.clone()).start(0).await.unwrap();
        assert_serves(&server, &format!("{limits:?}")).await;
    }
}
