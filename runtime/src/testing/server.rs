//! A server that has one answer.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

use super::Example;

/// A server on loopback that expects the request of an [`Example`], and gives its answer.
///
/// It runs until it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    example: Arc<Example>,
    seen: Seen,
    task: JoinHandle<()>,
}

/// For each request that came, what is wrong with it, if anything.
type Seen = Arc<Mutex<Vec<Result<(), String>>>>;

impl Server {
    pub(super) async fn start(example: Example) -> super::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let response = example.check(example.response.to_http())?.map(Full::new);
        let example = Arc::new(example);
        let seen = Seen::default();
        let task = tokio::spawn(accept(listener, example.clone(), response, seen.clone()));
        Ok(Self {
            address,
            example,
            seen,
            task,
        })
    }

    /// The URL that stands for the base of the example, with the same path.
    pub fn base_url(&self) -> String {
        format!("http://{}{}", self.address, self.example.base_path)
    }

    /// Checks that exactly one request came, and that it was the documented one.
    pub async fn finish(self) -> super::Result {
        let seen = std::mem::take(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner));
        let outcome = match seen.len() {
            1 => seen.into_iter().collect(),
            count => Err(format!("one request is documented, and {count} came")),
        };
        self.example.check(outcome)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Serves connections; those that are open end with the task, which owns them.
async fn accept(
    listener: TcpListener,
    example: Arc<Example>,
    response: http::Response<Full<Bytes>>,
    seen: Seen,
) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let (example, response, seen) = (example.clone(), response.clone(), seen.clone());
        let service = service_fn(move |request: http::Request<Incoming>| {
            let (example, response, seen) = (example.clone(), response.clone(), seen.clone());
            async move {
                let outcome = check(&example, request).await;
                seen.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(outcome);
                Ok::<_, Infallible>(response)
            }
        });
        connections.spawn(async move {
            // A client that goes away is no matter: what it sent has been seen.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn check(example: &Example, request: http::Request<Incoming>) -> Result<(), String> {
    let (parts, body) = request.into_parts();
    let body = body
        .collect()
        .await
        .map_err(|error| error.to_string())?
        .to_bytes();
    example
        .request
        .check(&http::Request::from_parts(parts, body))
}
