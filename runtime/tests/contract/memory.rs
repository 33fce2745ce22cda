//! A service in memory, for tests of what goes out and comes in.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use docwright_client::{Body, MemoryTransport};

use crate::photos::Client;

pub(crate) type Seen = Arc<Mutex<Vec<http::Request<Bytes>>>>;

/// A client whose requests are kept, and answered by a function of their URL.
pub(crate) fn service(
    answer: impl Fn(&str) -> http::Response<Body> + Send + Sync + 'static,
) -> (Client, Seen) {
    let seen = Seen::default();
    let log = seen.clone();
    let transport = MemoryTransport::new(move |request: http::Request<Bytes>| {
        let url = request.uri().to_string();
        log.lock().unwrap().push(request);
        answer(&url)
    });
    let builder = Client::builder("https://api.example.com/v1").transport(transport);
    let client = builder
        .bearer("secret-token")
        .header("X-Client", "tests")
        .build()
        .unwrap();
    (client, seen)
}

pub(crate) fn json(body: &'static str) -> http::Response<Body> {
    http::Response::new(Body::from(body))
}

/// URL and whether the token and the client's header were there, of each request.
pub(crate) fn trail(seen: &Seen) -> Vec<(String, bool, bool)> {
    let requests = seen.lock().unwrap();
    let steps = requests.iter().map(|request| {
        let has = |name| request.headers().contains_key(name);
        (
            request.uri().to_string(),
            has("authorization"),
            has("x-client"),
        )
    });
    steps.collect()
}
