//! What is sent again, and what is not, over real HTTP on loopback.

use std::time::Duration;

use crate::photos::Client;
use crate::service::{Hurry, Say, Service, json, say};
use docwright_client::{Body, ErrorKind, Json, Method, Operation, Request, RetryPolicy, Transport};

const SECOND: Duration = Duration::from_secs(1);

/// A client that waits for nothing and has all the time it wants.
fn hurried(service: &Service, transport: &Hurry) -> Client {
    let builder = Client::builder(&service.origin).transport(transport.clone());
    builder
        .bearer("secret")
        .attempt_timeout(None)
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
    let send = async |operation, body: Body| {
        let service = Service::start(|number, _| match number {
            1 => json(503, ""),
            _ => json(200, "{}"),
        });
        let client: docwright_client::Client = docwright_client::Client::builder(&service.origin)
            .transport(transport.clone())
            .attempt_timeout(None)
            .build()
            .unwrap();
        let path = client.root().literal("range");
        let sent = Request::<Json>::new(operation, &path)
            .bytes("text/plain", body)
            .await;
        (sent.is_ok(), service.requests().len())
    };
    assert_eq!(send(&POST, "a".into()).await, (false, 1));
    assert_eq!(send(&REPEATABLE, "a".into()).await, (true, 2));
    let stream = Body::from_stream(Body::from("a").stream());
    assert_eq!(send(&REPEATABLE, stream).await, (false, 1));
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

#[tokio::test]
async fn attempts_and_calls_end_in_time() {
    let service = Service::start(|number, _| match number {
        1 => Say::Silence,
        _ => json(200, r#"{ "width": 96 }"#),
    });
    let short = Duration::from_millis(20);
    let brief = RetryPolicy::new(1).delays(Duration::ZERO, Duration::ZERO);
    let client = Client::builder(&service.origin).retry(brief);
    let client = client
        .attempt_timeout(Duration::from_secs(1))
        .build()
        .unwrap();
    // The first attempt is given up, and the second is answered.
    assert_eq!(client.me().photo().get().await.unwrap().width, 96.into());

    let service = Service::start(|_, _| Say::Silence);
    let client = Client::builder(&service.origin).retry(brief);
    let client = client.attempt_timeout(short).build().unwrap();
    let error = client.me().photo().get().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.operation().unwrap().name, "Get profilePhoto");
    assert_eq!(service.requests().len(), 2);

    let error = client.me().photo().get().timeout(Duration::ZERO).await;
    assert!(error.unwrap_err().is_timeout());
    let client = Client::builder(&service.origin)
        .timeout(short)
        .build()
        .unwrap();
    assert!(client.me().photo().get().await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn a_transport_that_cannot_wait_has_a_timer_all_the_same() {
    struct Silent;
    impl Transport for Silent {
        fn send(
            &self,
            _: http::Request<Body>,
        ) -> docwright_client::BoxFuture<'_, Result<http::Response<Body>, docwright_client::BoxError>>
        {
            Box::pin(std::future::pending())
        }
    }
    let client = Client::builder("https://api.example.com").transport(Silent);
    let client = client.timeout(Duration::from_millis(5)).build().unwrap();
    assert!(client.me().photo().get().await.unwrap_err().is_timeout());
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
        .transport(transport.clone());
    let client = client.attempt_timeout(None).build().unwrap();
    let request = client.me().photo().value().get().header("Cookie", "secret");
    let photo = request.header("If-None-Match", "\"1\"").await.unwrap();
    assert_eq!(photo.bytes().await.unwrap(), "jpeg");

    assert_eq!(home.header("authorization"), ["Bearer secret"; 2]);
    assert_eq!(home.header("cookie"), ["secret"; 2]);
    // Sent again is the signed URL, and neither the first request nor anything that is secret.
    assert_eq!(elsewhere.requests(), ["GET /signed?sig=x"; 2]);
    for secret in ["authorization", "x-api-key", "cookie"] {
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
