//! A server that has one answer.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

use super::upstream::Upstream;
use super::{Example, Mismatch};
use crate::BoxError;

/// A server on loopback that expects the request of an [`Example`], and gives its answer, or that of
/// the service in `DOCWRIGHT_MOCK`.
///
/// It runs until it is dropped.
pub struct Server {
    address: SocketAddr,
    example: Arc<Example>,
    source: Arc<Source>,
    seen: Seen,
    task: JoinHandle<()>,
}

/// Where answers come from.
struct Source {
    page: http::Response<Full<Bytes>>,
    /// Goes before the page, save where that shows what no page documents.
    service: Option<Upstream>,
    undocumented: AtomicBool,
}

/// For each request that came, what is wrong with it, if anything.
type Seen = Arc<Mutex<Vec<Result<(), String>>>>;

impl Server {
    pub(super) async fn start(example: Example) -> super::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let page = example.check(example.response.to_http())?;
        let source = Source {
            page: page.map(Full::new),
            service: Upstream::from_environment(&example)?,
            undocumented: AtomicBool::new(false),
        };
        let (example, source) = (Arc::new(example), Arc::new(source));
        let seen = Seen::default();
        let task = tokio::spawn(accept(
            listener,
            example.clone(),
            source.clone(),
            seen.clone(),
        ));
        Ok(Self {
            address,
            example,
            source,
            seen,
            task,
        })
    }

    /// The URL that stands for the base of the example, with the same path.
    pub fn base_url(&self) -> String {
        format!("http://{}{}", self.address, self.example.base_path)
    }

    /// The request that comes is one that no page documents: no service has an answer to it.
    pub(super) fn expect_undocumented(&self) {
        self.source.undocumented.store(true, Ordering::Relaxed);
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

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Server");
        debug
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Serves connections; those that are open end with the task, which owns them.
async fn accept(listener: TcpListener, example: Arc<Example>, source: Arc<Source>, seen: Seen) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let (example, source, seen) = (example.clone(), source.clone(), seen.clone());
        let service = service_fn(move |request: http::Request<Incoming>| {
            let (example, source, seen) = (example.clone(), source.clone(), seen.clone());
            async move {
                let answer = answer(request, &example, &source, &seen).await;
                answer.map_err(|error| Mismatch(error.to_string()))
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

/// Checks a request, and answers it.
async fn answer(
    request: http::Request<Incoming>,
    example: &Example,
    source: &Source,
    seen: &Seen,
) -> Result<http::Response<Full<Bytes>>, BoxError> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let request = http::Request::from_parts(parts, body);
    let outcome = example.request.check(&request);
    seen.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(outcome);
    match &source.service {
        Some(service) if !source.undocumented.load(Ordering::Relaxed) => {
            service.send(request).await
        }
        _ => Ok(source.page.clone()),
    }
}
