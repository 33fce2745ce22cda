//! A host on loopback that answers by a function of the whole request, its body too, and remembers
//! what it was asked.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use docwright_client::testing;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

pub(crate) type Request = http::Request<Bytes>;
pub(crate) type Answer = http::Response<Full<Bytes>>;

/// It runs until it is dropped.
pub(crate) struct Host {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
    task: JoinHandle<()>,
}

impl Host {
    /// Answers requests by a function of them; `None` breaks the connection off.
    pub(crate) async fn start<F>(answer: F) -> testing::Result<Self>
    where
        F: FnMut(&Request) -> Option<Answer> + Send + 'static,
    {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let seen = Arc::default();
        let task = tokio::spawn(serve(
            listener,
            Arc::new(Mutex::new(answer)),
            Arc::clone(&seen),
        ));
        Ok(Self {
            address,
            seen,
            task,
        })
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The requests that came since this was last called.
    pub(crate) fn seen(&self) -> Vec<Request> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve<F>(listener: TcpListener, answer: Arc<Mutex<F>>, seen: Arc<Mutex<Vec<Request>>>)
where
    F: FnMut(&Request) -> Option<Answer> + Send + 'static,
{
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let (answer, seen) = (answer.clone(), seen.clone());
        let service = service_fn(move |request: http::Request<Incoming>| {
            let (answer, seen) = (answer.clone(), seen.clone());
            async move {
                let (parts, body) = request.into_parts();
                let body = body.collect().await.map_err(|error| error.to_string())?;
                let request = Request::from_parts(parts, body.to_bytes());
                let answer = (answer.lock().unwrap())(&request);
                seen.lock().unwrap().push(request);
                answer.ok_or_else(|| "broken off".to_owned())
            }
        });
        connections.spawn(async move {
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

/// An answer with a status and a body of JSON, or none where it is empty.
pub(crate) fn answer(status: u16, body: impl Into<String>) -> Answer {
    let body = body.into();
    let mut builder = http::Response::builder().status(status);
    if !body.is_empty() {
        builder = builder.header("Content-Type", "application/json");
    }
    builder.body(Full::from(body)).unwrap()
}

/// An answer with a header.
pub(crate) fn with(mut answer: Answer, name: &'static str, value: &str) -> Answer {
    answer.headers_mut().insert(name, value.parse().unwrap());
    answer
}
