//! A small photo service on loopback: what an application talks to.
//!
//! It knows no generated code: it reads the request as it came over the wire, with a path that
//! nobody has tidied, and remembers what it saw.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard};

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

/// The only token that the service takes.
pub const TOKEN: &str = "a-secret-token";

/// The version that its paths begin with.
const VERSION: &str = "v1.0";

/// A running service. It ends when it is dropped.
pub struct Service {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    /// Photos by the path of their owner, such as `users/ada`.
    photos: BTreeMap<Vec<String>, Photo>,
    seen: Vec<Seen>,
}

/// A photo as the service keeps it.
#[derive(Clone)]
struct Photo {
    media_type: String,
    bytes: Bytes,
    /// How often the photo was replaced: its entity tag.
    version: u32,
}

/// A request as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub method: Method,
    /// The segments of the path behind the version, decoded after they were split.
    pub path: Vec<String>,
    pub query: Option<String>,
    pub media_type: Option<String>,
}

impl Service {
    /// Starts a service that has a photo for each of the owners.
    pub async fn start(owners: &[&[&str]], photo: &'static [u8]) -> io::Result<Self> {
        let photo = Photo {
            media_type: "image/jpeg".to_owned(),
            bytes: Bytes::from_static(photo),
            version: 1,
        };
        let owned = |owner: &&[&str]| owner.iter().map(|&name| name.to_owned()).collect();
        let state = Arc::new(Mutex::new(State {
            photos: owners
                .iter()
                .map(|owner| (owned(owner), photo.clone()))
                .collect(),
            seen: Vec::new(),
        }));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        Ok(Self {
            address: listener.local_addr()?,
            state: state.clone(),
            task: tokio::spawn(accept(listener, state)),
        })
    }

    /// The base URL for clients.
    pub fn base_url(&self) -> String {
        format!("http://{}/{VERSION}", self.address)
    }

    /// The requests since the last call.
    pub fn seen(&self) -> Vec<Seen> {
        std::mem::take(&mut lock(&self.state).seen)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().expect("no answer panics")
}

async fn accept(listener: TcpListener, state: Arc<Mutex<State>>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let state = state.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let state = state.clone();
            async move {
                let (head, body) = request.into_parts();
                let body = body.collect().await.map(|body| body.to_bytes());
                let request = Request::from_parts(head, body.unwrap_or_default());
                Ok::<_, Infallible>(lock(&state).answer(&request))
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

impl State {
    fn answer(&mut self, request: &Request<Bytes>) -> Response<Full<Bytes>> {
        let decoded = |segment| percent_decode_str(segment).decode_utf8_lossy().into_owned();
        let mut path: Vec<String> = request.uri().path().split('/').map(decoded).collect();
        let text = |name| Some(request.headers().get(name)?.to_str().ok()?.to_owned());
        let versioned = path.drain(..2.min(path.len())).eq(["", VERSION]);
        self.seen.push(Seen {
            method: request.method().clone(),
            path: path.clone(),
            query: request.uri().query().map(decoded),
            media_type: text(header::CONTENT_TYPE),
        });

        if text(header::AUTHORIZATION) != Some(format!("Bearer {TOKEN}")) {
            return error(StatusCode::UNAUTHORIZED, "unauthenticated");
        }
        let is_value = path.last().is_some_and(|last| last == "$value");
        path.truncate(path.len() - usize::from(is_value));
        if !versioned || path.pop().as_deref() != Some("photo") {
            return error(StatusCode::BAD_REQUEST, "noSuchPath");
        }
        let Some(photo) = self.photos.get_mut(&path) else {
            return error(StatusCode::NOT_FOUND, "imageNotFound");
        };
        match *request.method() {
            Method::GET if is_value => photo.bytes(),
            Method::GET => photo.metadata(request.uri().query()),
            Method::PUT | Method::PATCH if is_value => {
                let expected = text(header::IF_MATCH);
                if expected.is_some_and(|tag| tag != photo.tag()) {
                    return error(StatusCode::PRECONDITION_FAILED, "preconditionFailed");
                }
                photo.bytes = request.body().clone();
                photo.media_type = text(header::CONTENT_TYPE).unwrap_or_default();
                photo.version += 1;
                Response::new(Full::default())
            }
            _ => error(StatusCode::METHOD_NOT_ALLOWED, "notAllowed"),
        }
    }
}

impl Photo {
    fn tag(&self) -> String {
        format!("\"{}\"", self.version)
    }

    fn bytes(&self) -> Response<Full<Bytes>> {
        let response = Response::builder()
            .header(header::CONTENT_TYPE, &self.media_type)
            .header(header::ETAG, self.tag());
        response
            .body(Full::new(self.bytes.clone()))
            .expect("both headers are valid")
    }

    /// The properties, or only the width where the query selects it.
    fn metadata(&self, query: Option<&str>) -> Response<Full<Bytes>> {
        let body = match query {
            Some("$select=width") => r#"{ "width": 96 }"#,
            _ => r#"{ "height": 64, "id": "96X64", "width": 96, "tint": "sepia" }"#,
        };
        let response = Response::builder()
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ETAG, self.tag());
        response
            .body(Full::from(body))
            .expect("both headers are valid")
    }
}

fn error(status: StatusCode, code: &str) -> Response<Full<Bytes>> {
    let body = format!(r#"{{ "error": {{ "code": "{code}", "message": "It is so." }} }}"#);
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status;
    response
}
