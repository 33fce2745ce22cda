//! What clients send without end is not kept: the memory of the process stays within bounds.
//!
//! A test of its own, since the peak of memory is that of the whole process.

use std::fs;
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use docwright_mock::{Limits, Mock, Server};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;

const MEBIBYTE: usize = 1 << 20;

/// The peak of the process's memory in bytes (proc_pid_status(5), `VmHWM`); nothing on systems that
/// do not tell.
fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: usize = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kibibytes << 10)
}

/// Has clients send a start, and then the same again and again, for as long as they may.
async fn flood(server: &Server, clients: usize, start: String, again: Vec<u8>) {
    let (start, again) = (Bytes::from(start), Bytes::from(again));
    let mut sending = JoinSet::new();
    for _ in 0..clients {
        let (start, again) = (start.clone(), again.clone());
        let address = server.address();
        sending.spawn(async move {
            let mut stream = TcpStream::connect(address).await?;
            stream.write_all(&start).await?;
            // Far more than all bounds together.
            for _ in 0..(16 * MEBIBYTE / again.len()) {
                stream.write_all(&again).await?;
            }
            std::io::Result::Ok(())
        });
    }
    let all = async { while sending.join_next().await.is_some() {} };
    // Who is not read any more sends no more.
    let _ = timeout(Duration::from_secs(3), all).await;
}

#[tokio::test]
async fn memory_is_bounded() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let (api, _) = docwright::read_api(&pages, "pages", &Default::default());
    let limits = Limits {
        all_bodies_bytes: 16 * MEBIBYTE,
        state_bytes: 4 * MEBIBYTE,
        ..Limits::default()
    };
    let mock = Mock::new(api).limits(limits).stateful(true);
    let server = mock.start(0).await.unwrap();
    let Some(before) = peak() else {
        println!("skipped: this system does not tell how much memory is used");
        return;
    };
    let post = "POST /v1.0/users HTTP/1.1\r\nhost: a\r\nx-reason: a\r\n";
    let kilobytes = vec![b'a'; 64 << 10];

    let head = "GET /v1.0/me HTTP/1.1\r\nx: ".to_owned();
    flood(&server, 100, head, kilobytes.clone()).await;

    let body = format!("{post}content-length: 8000000\r\n\r\n");
    flood(&server, 100, body, kilobytes.clone()).await;

    let chunked = format!("{post}transfer-encoding: chunked\r\n\r\n");
    let chunk = [b"10000\r\n", &kilobytes[..], b"\r\n"].concat();
    flood(&server, 100, chunked, chunk).await;

    // Requests whose answers are not read.
    let request = b"GET /v1.0/users HTTP/1.1\r\nhost: a\r\n\r\n".repeat(100);
    flood(&server, 20, String::new(), request).await;

    // Things that are to be kept.
    let name = "a".repeat(100_000);
    let body = format!("{{\"name\":\"{name}\"}}");
    let length = body.len();
    let request = format!("{post}content-length: {length}\r\n\r\n{body}");
    flood(&server, 4, String::new(), request.into_bytes()).await;

    // All of them, again and again in one answer.
    let one = r#"{ "id": "1", "method": "GET", "url": "/users" }"#;
    let body = format!("{{ \"requests\": [{}] }}", vec![one; 100].join(","));
    let url = format!("{}/$batch", server.base_url());
    let answer = reqwest::Client::new().post(url).body(body).send().await;
    let answer: serde_json::Value = answer.unwrap().json().await.unwrap();
    assert_eq!(answer["responses"][0]["status"], 200);
    assert_eq!(answer["responses"][99]["status"], 507);

    let grown = peak().map_or(0, |after| after - before);
    assert!(grown < 100 * MEBIBYTE, "{} MiB", grown / MEBIBYTE);
    let answer = reqwest::get(format!("{}/me", server.base_url())).await;
    assert!(answer.unwrap().status().is_success());
}
