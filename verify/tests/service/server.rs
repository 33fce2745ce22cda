//! A server that passes requests on to the mock, and alters its answers.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use docwright::model::Api;
use docwright_mock::{Mock, Server};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_LENGTH, HeaderMap};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::reading;

/// A request as it came in.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// Method, path and query, with a space between.
    pub(crate) line: String,
    pub(crate) headers: HeaderMap,
}

/// What becomes of an answer.
type Alter = dyn Fn(&Seen, &mut Response<Bytes>) + Send + Sync;

/// The server. It stops when it is dropped.
pub(crate) struct Altered {
    pub(crate) base_url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
    _mock: Server,
}

impl Altered {
    pub(crate) async fn start(
        alter: impl Fn(&Seen, &mut Response<Bytes>) + Send + Sync + 'static,
    ) -> Self {
        Self::of(reading().api, alter).await
    }

    /// The server of other pages than those beside this file.
    pub(crate) async fn of(
        api: Api,
        alter: impl Fn(&Seen, &mut Response<Bytes>) + Send + Sync + 'static,
    ) -> Self {
        let mock = Mock::new(api).start(0).await.unwrap();
        let upstream = format!("http://{}", mock.address());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let base_url = format!("http://{}/v1.0", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (list, alter): (_, Arc<Alter>) = (seen.clone(), Arc::new(alter));
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (upstream, list, alter) = (upstream.clone(), list.clone(), alter.clone());
                let service = service_fn(move |request| {
                    answer(upstream.clone(), list.clone(), alter.clone(), request)
                });
                let connection =
                    http1::Builder::new().serve_connection(TokioIo::new(stream), service);
                tokio::spawn(async move {
                    // What a connection dies of is seen by the client.
                    let _ = connection.await;
                });
            }
        });
        Self {
            base_url,
            seen,
            task,
            _mock: mock,
        }
    }

    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// Their first lines.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.line).collect()
    }
}

impl Drop for Altered {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(
    upstream: String,
    list: Arc<Mutex<Vec<Seen>>>,
    alter: Arc<Alter>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, reqwest::Error> {
    let (head, body) = request.into_parts();
    let line = format!("{} {}", head.method, head.uri);
    let seen = Seen {
        line: line.replace("/v1.0", ""),
        headers: head.headers.clone(),
    };
    list.lock().unwrap().push(seen.clone());
    let body = body.collect().await.unwrap().to_bytes();
    let url = format!("{upstream}{}", head.uri);
    let call = reqwest::Client::new().request(head.method, url);
    let given = call.headers(head.headers).body(body).send().await?;
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = given.status();
    *response.headers_mut() = given.headers().clone();
    *response.body_mut() = given.bytes().await?;
    alter(&seen, &mut response);
    response.headers_mut().remove(CONTENT_LENGTH);
    Ok(response.map(Full::new))
}

/// Changes the JSON of an answer.
pub(crate) fn change(response: &mut Response<Bytes>, change: impl FnOnce(&mut Value)) {
    let mut value = serde_json::from_slice(response.body()).unwrap();
    change(&mut value);
    *response.body_mut() = value.to_string().into();
}
