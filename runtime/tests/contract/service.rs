//! A service on loopback that answers as a test tells it to, one answer after the other.

use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use docwright_client::{Body, BoxError, BoxFuture, ReqwestTransport, Transport};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::runtime::Builder;

/// What a service says to a request.
pub(crate) enum Say {
    /// This message.
    Message(http::Response<Bytes>),
    /// Nothing: the connection is closed.
    HangUp,
}

/// A service on a thread of its own, so that a test may block. It ends with the process.
pub(crate) struct Service {
    /// Its URL without a path.
    pub(crate) origin: String,
    /// The requests that came: `GET /path`, and their headers.
    seen: Arc<Mutex<Vec<http::request::Parts>>>,
}

impl Service {
    /// Starts a service that answers requests by their number and path.
    pub(crate) fn start(say: impl Fn(usize, &str) -> Say + Send + Sync + 'static) -> Self {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (log, say) = (seen.clone(), Arc::new(say));
        thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(accept(listener, log, say));
        });
        Self { origin, seen }
    }

    /// Method and path of each request that came.
    pub(crate) fn requests(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        let lines = seen.iter().map(|it| format!("{} {}", it.method, it.uri));
        lines.collect()
    }

    /// A header of each request that came; empty where there was none.
    pub(crate) fn header(&self, name: &str) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        let values = seen.iter().map(|it| it.headers.get(name));
        let values = values.map(|value| value.map_or("", |value| value.to_str().unwrap()));
        values.map(str::to_owned).collect()
    }
}

/// A message with a status, a header and a body.
pub(crate) fn say(status: u16, header: (&str, &str), body: &'static str) -> Say {
    let message = http::Response::builder().status(status);
    Say::Message(
        message
            .header(header.0, header.1)
            .body(body.into())
            .unwrap(),
    )
}

/// A message with a JSON body.
pub(crate) fn json(status: u16, body: &'static str) -> Say {
    say(status, ("Content-Type", "application/json"), body)
}

async fn accept(
    listener: std::net::TcpListener,
    log: Arc<Mutex<Vec<http::request::Parts>>>,
    say: Arc<impl Fn(usize, &str) -> Say + Send + Sync + 'static>,
) {
    let listener = TcpListener::from_std(listener).unwrap();
    while let Ok((stream, _)) = listener.accept().await {
        let (log, say) = (log.clone(), say.clone());
        let service = service_fn(move |request: http::Request<Incoming>| {
            let (log, say) = (log.clone(), say.clone());
            async move {
                let (parts, body) = request.into_parts();
                body.collect().await.map_err(io::Error::other)?;
                let path = parts.uri.path().to_owned();
                let number = {
                    let mut log = log.lock().unwrap();
                    log.push(parts);
                    log.len()
                };
                match say(number, &path) {
                    Say::Message(message) => {
                        let message = message.map(Full::new);
                        Ok(message)
                    }
                    Say::HangUp => Err(io::Error::other("hung up")),
                }
            }
        });
        tokio::spawn(async move {
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            // Clients go away, and answers fail where a test wants them to.
            let _ = connection.await;
        });
    }
}

/// Sends over the network, but waits for nothing: it keeps how long it was to wait.
///
/// Limits of time are over at once with it, and must be off.
#[derive(Clone)]
pub(crate) struct Hurry {
    transport: ReqwestTransport,
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl Hurry {
    pub(crate) fn new() -> Self {
        Self {
            transport: ReqwestTransport::new().unwrap(),
            waits: Arc::default(),
        }
    }

    /// How long it was to wait, each time.
    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }
}

impl Transport for Hurry {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        self.transport.send(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.waits.lock().unwrap().push(duration);
        Box::pin(std::future::ready(()))
    }
}
