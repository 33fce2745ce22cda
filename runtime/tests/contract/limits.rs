//! What takes too long ends.

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use crate::photos::Client;
use bytes::Bytes;
use docwright_client::{
    Body, BoxError, BoxFuture, Error, ErrorKind, Json, MemoryTransport, RetryPolicy, Transport,
    Upload,
};
use futures_core::Stream;

const SHORT: Duration = Duration::from_millis(5);

/// Leaves the first request without an answer, and answers the others by a function.
struct Stalls<F> {
    sent: AtomicUsize,
    answer: F,
}

impl<F> Transport for Stalls<F>
where
    F: Fn(&http::Request<Body>) -> &'static str + Send + Sync + 'static,
{
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        if self.sent.fetch_add(1, Ordering::Relaxed) == 0 {
            return Box::pin(std::future::pending());
        }
        let answer = http::Response::new((self.answer)(&request).into());
        Box::pin(std::future::ready(Ok(answer)))
    }
}

#[tokio::test]
async fn a_part_that_stalls_is_tried_again() {
    let transport = Stalls {
        sent: AtomicUsize::new(0),
        answer: |request: &http::Request<Body>| match *request.method() {
            http::Method::GET => r#"{ "nextExpectedRanges": ["0-"] }"#,
            _ => r#"{ "id": "made" }"#,
        },
    };
    let client: docwright_client::Client =
        docwright_client::Client::builder("https://api.example.com")
            .transport(transport)
            .attempt_timeout(SHORT)
            .retry(RetryPolicy::default().delays(Duration::ZERO, Duration::ZERO))
            .build()
            .unwrap();
    let mut upload = Upload::<Json>::new(&client, "https://up.example.com/1", "hello");
    assert_eq!(upload.send().await.unwrap()["id"], "made");
}

#[tokio::test]
async fn a_wait_that_is_longer_than_the_call_is_none() {
    let transport = MemoryTransport::new(|_| {
        let busy = http::Response::builder().status(503);
        busy.header("Retry-After", "30").body("").unwrap()
    });
    let builder = Client::builder("https://api.example.com").transport(transport);
    let client = builder.timeout(Duration::from_secs(20)).build().unwrap();
    let error = client.me().photo().get().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
}

#[tokio::test]
async fn a_call_that_ends_in_time_tells_what_came_before() {
    let sent = AtomicUsize::new(0);
    let transport = MemoryTransport::new(move |_| {
        let first = sent.fetch_add(1, Ordering::Relaxed) == 0;
        let answer = http::Response::builder().status(if first { 503 } else { 200 });
        answer.body(Body::from_stream(Drying(None, first))).unwrap()
    });
    let builder = Client::builder("https://api.example.com").transport(transport);
    let at_once = RetryPolicy::new(1).delays(Duration::ZERO, Duration::ZERO);
    let client = builder.retry(at_once).timeout(10 * SHORT).build().unwrap();
    let error = client.me().photo().get().await.unwrap_err();
    assert!(error.is_timeout());
    let before = std::error::Error::source(&error).unwrap();
    let before = before.downcast_ref::<Error>().unwrap();
    assert_eq!(before.status().unwrap(), 503);
}

/// A few bytes, and then the end or nothing more.
struct Drying(Option<Bytes>, bool);

impl Stream for Drying {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0.take() {
            Some(bytes) => Poll::Ready(Some(Ok(bytes))),
            None if self.1 => Poll::Ready(None),
            None => Poll::Pending,
        }
    }
}

#[tokio::test]
async fn a_body_that_stands_still_is_given_up() {
    let transport = MemoryTransport::new(|_| {
        let start = Bytes::from_static(b"{\"width\":");
        http::Response::new(Body::from_stream(Drying(Some(start), false)))
    });
    let builder = Client::builder("https://api.example.com").transport(transport);
    let builder = builder.retry(RetryPolicy::none()).attempt_timeout(None);
    let client = builder.read_timeout(SHORT).build().unwrap();
    let value = || client.me().photo().value().get();
    assert!(
        value()
            .await
            .unwrap()
            .bytes()
            .await
            .unwrap_err()
            .is_timeout()
    );

    let mut stream = value().await.unwrap().stream();
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "{\"width\":");
    let error = stream.chunk().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(stream.chunk().await.unwrap().is_none());

    assert!(client.me().photo().get().await.unwrap_err().is_timeout());
}
