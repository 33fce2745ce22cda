//! What is sent again, and what is not, over real HTTP on loopback.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::photos::Client;
use crate::service::{Hurry, Say, Service, json, say};
use docwright_client::{
    Batch, Body, BoxError, BoxFuture, ErrorKind, Json, Method, Operation, Request,
    ReqwestTransport, RetryPolicy, Transport,
};

const SECOND: Duration = Duration::from_secs(1);

/// A client that waits for nothing and has all the time it wants.
fn hurried(service: &Service, transport: &Hurry) -> Client {
    let builder = Client::builder(&service.origin).transport(transport.clone());
    builder
        .bearer("secret")
        .attempt_timeout(None)
        .read_timeout(None)
        .build()
        .unwrap()
}

#[tokio::test]
async fn what_passes_is_waited_for() {
    let service = Service::start(|number, _| match number {
        1 => say(429, ("Retry-After", "7"), ""),
        2 => say(503, ("Retry-After", "Thu, 01 Jan 1970 00:00:00 GMT"), ""),
        3 => json(504, ""),
        _ => json(200, r#"{ "width": 96 }"#),
    });
    let transport = Hurry::new();
    let photo = hurried(&service, &transport)
        .me()
        .photo()
        .get()
        .await
        .unwrap();
    assert_eq!(photo.width, 96.into());
    assert_eq!(service.requests().len(), 4);
    assert_eq!(service.header("authorization"), ["Bearer secret"; 4]);
    let waits = transport.waits();
    assert_eq!(waits[0], 7 * SECOND);
    // A time that has passed is no wait, and no transport is asked for one.
    assert_eq!(waits.len(), 2);
    assert!(waits[1] <= 2 * SECOND);
}

#[tokio::test]
async fn an_answer_that_asks_for_too_long_is_given_at_once() {
    let service = Service::start(|_, _| {
        let body = r#"{ "error": { "code": "tooManyRequests" } }"#;
        say(429, ("Retry-After", "3600"), body)
    });
    let transport = Hurry::new();
    let error = hurried(&service, &transport)
        .me()
        .photo()
        .get()
        .await
        .unwrap_err();
    assert!(error.is_throttled());
    assert_eq!(error.retry_after(), Some(3600 * SECOND));
    assert_eq!(error.code(), Some("tooManyRequests"));
    assert_eq!(service.requests().len(), 1);
    assert!(transport.waits().is_empty());
}

#[tokio::test]
async fn tries_end_with_the_last_answer() {
    let service = Service::start(|_, _| json(503, r#"{ "error": { "code": "busy" } }"#));
    let transport = Hurry::new();
    let error = hurried(&service, &transport)
        .me()
        .photo()
        .get()
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("busy"));
    assert_eq!(service.requests().len(), 4);

    let client = Client::builder(&service.origin).retry(RetryPolicy::none());
    let error = client
        .build()
        .unwrap()
        .me()
        .photo()
        .get()
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(service.requests().len(), 5);
}

#[tokio::test]
async fn only_what_can_be_repeated_is_sent_again() {
    const POST: Operation = Operation {
        name: "Resize",
        method: Method::POST,
        doc: "",
        idempotent: false,
    };
    const REPEATABLE: Operation = Operation {
        idempotent: true,
        method: Method::POST,
        ..POST
    };
    let transport = Hurry::new();
    let start = || {
        let service = Service::start(|number, _| match number {
            1 => json(503, ""),
            _ => json(200, "{}"),
        });
        let client: docwright_client::Client = docwright_client::Client::builder(&service.origin)
            .transport(transport.clone())
            .attempt_timeout(None)
            .read_timeout(None)
            .build()
            .unwrap();
        (service, client)
    };
    let send = async |operation, body: Body| {
        let (service, client) = start();
        let path = client.root().literal("range");
        let sent = Request::<Json>::new(operation, &path)
            .bytes("text/plain", body)
            .await;
        (sent.is_ok(), service.requests().len())
    };
    assert_eq!(send(&POST, "a".into()).await, (false, 1));
    // The caller may know better than the method says.
    let (service, client) = start();
    let path = client.root().literal("range");
    let post = || Request::<Json>::new(&POST, &path).idempotent(true);
    assert!(post().retry(RetryPolicy::none()).await.is_err());
    assert!(post().await.is_ok());
    assert_eq!(service.requests().len(), 2);
    assert_eq!(send(&REPEATABLE, "a".into()).await, (true, 2));
    let stream = Body::from_stream(Body::from("a").stream());
    assert_eq!(send(&REPEATABLE, stream).await, (false, 1));
}

#[tokio::test]
async fn what_was_not_carried_out_is_sent_again_whatever_it_is() {
    let service = Service::start(|number, _| match number {
        1 => json(429, ""),
        2 => say(503, ("Retry-After", "3"), ""),
        3 | 4 => say(429, ("Retry-After", "7"), ""),
        5 => json(200, r#"{ "responses": [{ "id": "1", "status": 204 }] }"#),
        _ => json(502, ""),
    });
    let transport = Hurry::new();
    let client = hurried(&service, &transport);
    let change = crate::photos::resources::User::default();
    let mut batch = Batch::new();
    client.me().patch(&change).await.unwrap_err();
    assert_eq!(service.requests(), ["PATCH /me"; 4]);
    assert_eq!(transport.waits()[1..], [3 * SECOND, 7 * SECOND]);
    let changed = batch.add(client.me().patch(&change));
    batch.send().await.take(changed).unwrap();
    // A gateway that fails may have passed a change on.
    client.me().patch(&change).await.unwrap_err();
    client.me().photo().value().put("jpeg").await.unwrap_err();
    assert_eq!(service.requests().len(), 7);
    client.me().photo().get().await.unwrap_err();
    assert_eq!(service.requests().len(), 11);
}

#[tokio::test]
async fn a_request_that_never_left_is_sent_again() {
    // Nobody listens at a port that was just given back.
    let listener = std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let transport = Hurry::new();
    let builder = Client::builder(origin).transport(transport.clone());
    let builder = builder.attempt_timeout(None).read_timeout(None);
    let client = builder.build().unwrap();
    let change = crate::photos::resources::User::default();
    let error = client.me().patch(&change).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(transport.waits().len(), 3);
}

#[tokio::test]
async fn the_limits_of_reqwest_are_limits() {
    let silent = std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).unwrap();
    let brief = reqwest::Client::builder().timeout(Duration::from_millis(50));
    let builder = Client::builder(format!("http://{}", silent.local_addr().unwrap()));
    let builder = builder.transport(ReqwestTransport::from(brief.build().unwrap()));
    let client = builder.retry(RetryPolicy::none()).build().unwrap();
    assert!(client.me().photo().get().await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn a_connection_that_breaks_is_made_again() {
    let service = Service::start(|number, _| match number {
        1 | 2 => Say::HangUp,
        _ => json(200, r#"{ "width": 96 }"#),
    });
    let transport = Hurry::new();
    let client = hurried(&service, &transport);
    assert_eq!(client.me().photo().get().await.unwrap().width, 96.into());
    assert!(service.requests().len() >= 3);

    // A photo that was uploaded may have arrived, and does not mind to arrive again.
    let service = Service::start(|number, _| match number {
        1 => Say::HangUp,
        _ => json(200, ""),
    });
    let client = hurried(&service, &transport);
    client.me().photo().value().put("jpeg").await.unwrap();
    // A change of some properties is not repeated: PATCH is not idempotent (RFC 5789).
    let service = Service::start(|_, _| Say::HangUp);
    let client = hurried(&service, &transport);
    let change = crate::photos::resources::User::default();
    let error = client.me().patch(&change).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(service.requests().len(), 1);
    // It is where the caller says so.
    let error = client.me().patch(&change).idempotent(true).await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Transport);
    assert!(service.requests().len() > 2);
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_asked_for_again() {
    let service = Service::start(|number, _| match number {
        1 => say(200, ("Content-Length", "99"), "{ \"width\":"),
        _ => json(200, r#"{ "width": 96 }"#),
    });
    let client = hurried(&service, &Hurry::new());
    assert_eq!(client.me().photo().get().await.unwrap().width, 96.into());
    assert_eq!(service.requests().len(), 2);
}

/// Does not answer the first requests, and has no timer of its own.
struct Sluggish {
    silent: usize,
    sent: Arc<AtomicUsize>,
}

impl Transport for Sluggish {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        if self.sent.fetch_add(1, Ordering::Relaxed) < self.silent {
            return Box::pin(std::future::pending());
        }
        let answer = http::Response::new(r#"{ "width": 96 }"#.into());
        Box::pin(std::future::ready(Ok(answer)))
    }
}

#[tokio::test]
async fn attempts_and_calls_end_in_time() {
    const SHORT: Duration = Duration::from_millis(5);
    let sluggish = |silent| {
        let sent = Arc::new(AtomicUsize::new(0));
        let transport = Sluggish {
            silent,
            sent: sent.clone(),
        };
        let builder = Client::builder("https://api.example.com").transport(transport);
        let brief = RetryPolicy::new(1).delays(Duration::ZERO, Duration::ZERO);
        (builder.retry(brief), sent)
    };
    // The first attempt is given up, and the second is answered.
    let (builder, sent) = sluggish(1);
    let client = builder.attempt_timeout(SHORT).build().unwrap();
    assert_eq!(client.me().photo().get().await.unwrap().width, 96.into());
    assert_eq!(sent.load(Ordering::Relaxed), 2);

    let (builder, sent) = sluggish(usize::MAX);
    let client = builder.attempt_timeout(SHORT).build().unwrap();
    let error = client.me().photo().get().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.operation().unwrap().name, "Get profilePhoto");
    assert_eq!(sent.load(Ordering::Relaxed), 2);

    // The limit of the call is one for all attempts.
    let (builder, sent) = sluggish(usize::MAX);
    let client = builder.timeout(SHORT).build().unwrap();
    assert!(client.me().photo().get().await.unwrap_err().is_timeout());
    assert_eq!(sent.load(Ordering::Relaxed), 1);

    let (builder, sent) = sluggish(usize::MAX);
    let client = builder.build().unwrap();
    let limited = client.me().photo().get().timeout(SHORT);
    assert!(limited.await.unwrap_err().is_timeout());
    assert_eq!(sent.load(Ordering::Relaxed), 1);
    // Each attempt is given up, and the policy of the request is how many there are.
    let attempt = || client.me().photo().get().attempt_timeout(SHORT);
    assert!(attempt().await.unwrap_err().is_timeout());
    assert_eq!(sent.load(Ordering::Relaxed), 3);
    let once = attempt().retry(RetryPolicy::none());
    assert!(once.await.unwrap_err().is_timeout());
    assert_eq!(sent.load(Ordering::Relaxed), 4);
}

#[tokio::test]
async fn tries_count_across_redirects_and_the_token_stays_at_home() {
    let elsewhere = Service::start(|number, _| match number {
        1 => say(503, ("Retry-After", "1"), ""),
        _ => say(200, ("Content-Type", "image/jpeg"), "jpeg"),
    });
    let location = format!("{}/signed?sig=x", elsewhere.origin);
    let home = Service::start(move |number, _| match number {
        1 => say(429, ("Retry-After", "2"), ""),
        _ => say(302, ("Location", &location), ""),
    });
    let transport = Hurry::new();
    let client = Client::builder(&home.origin)
        .bearer("secret")
        .header("X-Api-Key", "secret")
        .api_key("X-Caller", "secret")
        .transport(transport.clone());
    let client = client
        .attempt_timeout(None)
        .read_timeout(None)
        .build()
        .unwrap();
    let request = client.me().photo().value().get().header("Cookie", "secret");
    let photo = request.header("If-None-Match", "\"1\"").await.unwrap();
    assert_eq!(photo.bytes().await.unwrap(), "jpeg");

    assert_eq!(home.header("authorization"), ["Bearer secret"; 2]);
    assert_eq!(home.header("cookie"), ["secret"; 2]);
    assert_eq!(home.header("x-caller"), ["secret"; 2]);
    // Sent again is the signed URL, and neither the first request nor anything that is secret.
    assert_eq!(elsewhere.requests(), ["GET /signed?sig=x"; 2]);
    for secret in ["authorization", "x-api-key", "x-caller", "cookie"] {
        assert_eq!(elsewhere.header(secret), ["", ""]);
    }
    assert_eq!(elsewhere.header("if-none-match"), ["\"1\"", "\"1\""]);
    assert_eq!(transport.waits(), [2 * SECOND, SECOND]);
}

#[tokio::test]
async fn the_body_of_an_error_is_bounded_too() {
    let service = Service::start(|_, _| json(404, r#"{ "error": { "code": "notFound" } }"#));
    let client = Client::builder(&service.origin)
        .max_body(10)
        .build()
        .unwrap();
    let error = client.me().photo().get().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!((error.body(), error.code()), (None, None));
    let reason = std::error::Error::source(&error).unwrap().to_string();
    assert!(reason.contains("10 bytes"), "{reason}");
}

#[tokio::test]
async fn a_body_that_grows_as_it_is_read_is_bounded_too() {
    /// `{ "id": "aaa…" }` of 1,012 bytes, as gzip writes it (RFC 1952).
    const GROWING: &[u8] =
        b"\x1f\x8b\x08\0\0\0\0\0\x02\x03\xabVP\xcaLQ\xb2RPJ\x1c\x05\xa3`\x14\x0c\
        {\xa0\xa4P\x0b\0\\\xa9F\xf9\xf4\x03\0\0";
    let service = Service::start(|_, _| {
        let message = http::Response::builder().header("Content-Encoding", "gzip");
        Say::Message(message.body(GROWING.into()).unwrap())
    });
    let builder = || Client::builder(&service.origin);
    let whole = builder().build().unwrap().me().photo().get().await.unwrap();
    assert_eq!(whole.id.value().map(String::len), Some(1000));
    assert!(!whole.headers().contains_key("content-encoding"));
    let bounded = builder().max_body(500).build().unwrap();
    let error = bounded.me().photo().get().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response);
    assert!(error.to_string().contains("500 bytes"), "{error}");
    // It would be no shorter the next time.
    assert_eq!(service.header("accept-encoding"), ["gzip", "gzip"]);
}
