//! Paths that lead somewhere else, or nowhere.

use super::super::start;
use super::{assert_serves, say, status};

#[tokio::test]
async fn no_path_leads_to_a_file() {
    let server = start().await;
    let deep = "/a".repeat(20_000);
    let colons = format!("/users{}", "/:".repeat(5_000));
    let dots = format!("/v1.0{}/etc/passwd", "/..".repeat(30));
    let cases: [&[u8]; 19] = [
        b"/",
        b"*",
        b"//",
        b"///etc/passwd",
        b"/../../etc/passwd",
        b"/v1.0/users/../../../etc/passwd",
        dots.as_bytes(),
        b"/v1.0/..%2f..%2f..%2fetc%2fpasswd",
        b"/v1.0/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        b"/v1.0/%252e%252e%252fetc%252fpasswd",
        b"/v1.0/..\\..\\..\\etc\\passwd",
        b"/v1.0/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
        b"/v1.0/pages/user.md",
        b"/v1.0/planets/\xff\xfe",
        b"/v1.0/planets/%ff%fe%00%",
        b"/v1.0/planets?\xff=%ff&=&&%",
        b"file:///etc/passwd",
        deep.as_bytes(),
        colons.as_bytes(),
    ];
    for path in cases {
        let name = String::from_utf8_lossy(&path[..path.len().min(60)]).into_owned();
        let request = [b"GET ", path, b" HTTP/1.1\r\nhost: a\r\n\r\n"].concat();
        let answer = say(&server, &request).await;
        let status = status(&answer);
        assert!(
            status.is_none_or(|it| it == 400 || it == 404),
            "{name}: {answer}"
        );
        assert!(!answer.contains("root:"), "{name}");
        assert!(!answer.contains("## Properties"), "{name}");
        assert_serves(&server, &name).await;
    }
}

#[tokio::test]
async fn a_value_in_a_path_is_only_a_value() {
    let server = start().await;
    let parentheses = "('a')".repeat(5_000);
    for value in [
        &parentheses,
        "%2e%2e",
        "..%2f..%2fetc%2fpasswd",
        "%ff",
        "%00",
        "%22%7d%0d%0a",
    ] {
        let request = format!("GET /v1.0/users/{value} HTTP/1.1\r\nhost: a\r\n\r\n");
        let answer = say(&server, request.as_bytes()).await;
        assert_eq!(status(&answer), Some(200), "{value}: {answer}");
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        let user: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(user["name"], "Ada", "{value}");
    }
}

#[tokio::test]
async fn what_asks_for_another_server_is_answered_by_this_one() {
    let server = start().await;
    let cases = [
        ("GET http://example.com/v1.0/me HTTP/1.1", 200),
        ("CONNECT example.com:443 HTTP/1.1", 404),
        ("OPTIONS * HTTP/1.1", 404),
    ];
    for (line, expected) in cases {
        let answer = say(&server, format!("{line}\r\nhost: a\r\n\r\n").as_bytes()).await;
        assert_eq!(status(&answer), Some(expected), "{line}: {answer}");
        assert_serves(&server, line).await;
    }
}
