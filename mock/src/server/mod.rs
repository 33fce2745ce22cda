//! The service on a socket: HTTP/1.1, with bounds on everything that a client can send.

mod body;
mod lookout;
mod patience;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::explorer::Explorer;
use crate::fault::{Dice, Failure, Fate};
use crate::service::Service;
use crate::{Limits, error};
use lookout::Lookout;
use patience::Patient;

/// The smallest head that hyper can be told to bound, and the longest time: a limit beyond them is as good as these.
const LEAST_HEAD: usize = 8192;
const LONGEST: Duration = Duration::from_secs(1 << 30);

/// A service that runs. It stops when it is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// What all connections share.
struct Shared {
    service: Service,
    dice: Dice,
    origin: String,
    limits: Limits,
    bodies: body::Reader,
    lookout: Option<Lookout>,
}

/// The connection is to be closed without an answer.
#[derive(Debug)]
struct Cut;

impl Server {
    pub(crate) async fn start(address: SocketAddr, service: Service) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let settings = &service.settings;
        let shared = Arc::new(Shared {
            dice: Dice::new(settings.faults.clone()),
            origin: format!("http://{address}"),
            limits: settings.limits.clone(),
            bodies: body::Reader::new(&settings.limits),
            lookout: settings.wakeful.then(Lookout::start).transpose()?.flatten(),
            service,
        });
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(accept(listener, shared.clone(), stopped));
        Ok(Self {
            address,
            shared,
            stop,
            task,
        })
    }

    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What to give a client in the place of the documented base URL.
    pub fn base_url(&self) -> String {
        format!("{}{}", self.shared.origin, self.shared.service.base_path())
    }

    /// How many requests have come.
    pub fn requests(&self) -> u64 {
        self.shared.dice.rolled()
    }

    /// Stops: requests that have begun are answered, within a second.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        // The task can only have been cancelled, which is what is wanted.
        let _ = (&mut self.task).await;
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

/// Takes connections until it is told to stop.
async fn accept(listener: TcpListener, shared: Arc<Shared>, mut stopped: watch::Receiver<bool>) {
    let connections = shared.limits.connections.min(Semaphore::MAX_PERMITS);
    let slots = Arc::new(Semaphore::new(connections));
    let mut connections = tokio::task::JoinSet::new();
    loop {
        let slot = tokio::select! {
            _ = stopped.changed() => break,
            slot = slots.clone().acquire_owned() => slot,
        };
        let accepted = tokio::select! {
            _ = stopped.changed() => break,
            accepted = listener.accept() => accepted,
            // Connections that have ended are forgotten.
            Some(_) = connections.join_next() => continue,
        };
        match accepted {
            Ok((stream, _)) => {
                let connection = serve(stream, shared.clone(), stopped.clone());
                connections.spawn(async move {
                    let _slot = slot;
                    connection.await;
                });
            }
            // There are no more file descriptors, for example: others may be freed.
            Err(_) => sleep(Duration::from_millis(10)).await,
        }
    }
    drop(listener);
    let done = async { while connections.join_next().await.is_some() {} };
    // Who is not done by then is cut off.
    let _ = timeout(Duration::from_secs(1), done).await;
}

/// Serves one connection until it ends or the server stops.
async fn serve(stream: TcpStream, shared: Arc<Shared>, mut stopped: watch::Receiver<bool>) {
    // Small answers leave at once; where that cannot be set, they leave later.
    let _ = stream.set_nodelay(true);
    let stream = Patient::new(stream, shared.limits.answer_time);
    let head_time = shared.limits.head_time.min(LONGEST);
    let head_bytes = shared.limits.head_bytes.max(LEAST_HEAD);
    let service = service_fn(move |request| {
        let shared = shared.clone();
        async move { shared.respond(request).await }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head_time)
        .max_buf_size(head_bytes)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    // What a connection dies of is the client's affair.
    tokio::select! {
        _ = connection.as_mut() => {}
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

impl Shared {
    async fn respond(&self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Cut> {
        self.lookout.iter().for_each(Lookout::see_request);
        // Who looks at the service is not whom it fails on purpose.
        let fate = match Explorer::is_asked(request.uri().path(), request.headers()) {
            true => Fate::default(),
            false => self.dice.roll(),
        };
        if let Some(delay) = fate.delay {
            sleep(delay).await;
        }
        let response = match fate.failure {
            Some(Failure::Cut) => return Err(Cut),
            Some(Failure::Throttled) => {
                let status = StatusCode::TOO_MANY_REQUESTS;
                let mut response = error::response(status, "tooManyRequests", "try again later");
                error::retry_later(response.headers_mut());
                response
            }
            Some(Failure::Unavailable) => {
                let status = StatusCode::SERVICE_UNAVAILABLE;
                error::response(status, "serviceNotAvailable", "try again later")
            }
            None => {
                let (head, body) = request.into_parts();
                match self.bodies.read(body).await {
                    Ok(body) => {
                        let request = Request::from_parts(head, body);
                        self.service.answer(&request, &self.origin)
                    }
                    Err(unread) => {
                        let (status, code, message) = unread.refusal().ok_or(Cut)?;
                        error::response(status, code, message)
                    }
                }
            }
        };
        self.lookout.iter().for_each(Lookout::see_answer);
        Ok(response.map(Full::new))
    }
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is cut")
    }
}

impl std::error::Error for Cut {}
