//! What a service goes on with after it has answered.
//!
//! Long work is answered at once with `202 Accepted`, and a `Location` where it can be asked how far
//! it is (RFC 9110, section 15.3.3; OData protocol 4.01, section 11.6). Services whose `Location` is that of what will
//! be made have another header for it, `Operation-Location` or `Azure-AsyncOperation`. A [`Monitor`] asks there until the work
//! is done, and no more often than the service wants:
//!
//! ```no_run
//! # use docwright_client::{Json, Response, Result};
//! # async fn f(accepted: Response<()>) -> Result<()> {
//! let done = accepted.monitor()?.wait().await?;
//! println!("made {:?}", done.resource_id());
//! let copy = done.result::<Json>().await?;
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "blocking")]
mod blocking;
mod progress;

pub use progress::Progress;

use std::fmt;
use std::time::{Duration, Instant};

use http::header::{ACCEPT, LOCATION};
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use crate::client::Answer;
use crate::link;
use crate::response::retry_after;
use crate::{Body, Client, Error, ErrorKind, Operation, Response, Result};

static ASK: Operation = Operation {
    name: "Ask how far an operation is",
    method: Method::GET,
    doc: "OData protocol 4.01, section 11.6",
    idempotent: false,
};

/// Where an operation can be asked for, beside the `Location` of what it makes (Microsoft REST API Guidelines, "Long-running
/// operations"; Azure Resource Manager, "Track asynchronous Azure operations").
const OPERATION_LOCATIONS: [&str; 2] = ["operation-location", "azure-asyncoperation"];
/// How long an operation is waited for, where nothing else is said.
const LIMIT: Duration = Duration::from_secs(600);
/// How long to wait before asking again, where the service does not say; each time after it takes
/// twice as long, up to the longest.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// No service is asked again sooner, whatever it says: one that asks for no wait would be asked
/// without an end.
const SHORTEST_WAIT: Duration = Duration::from_millis(100);

/// Asks how far an operation is; see the [module](self).
///
/// Where the service's answer leads to another origin, it is asked there without the token.
/// Dropping a monitor stops the asking, and not the operation.
#[derive(Clone)]
#[must_use = "a monitor asks only as it is waited for"]
pub struct Monitor {
    client: Client,
    url: Url,
    /// Where what the operation makes can be asked for, if its answer has said so.
    makes: Option<Url>,
    limit: Duration,
    /// Since when the operation is waited for; `None` where nothing was asked yet.
    since: Option<Instant>,
    /// How long to wait before asking.
    wait: Duration,
    /// The wait after this one, unless the service says another.
    next_wait: Duration,
}

impl<T> Response<T> {
    /// The monitor of an operation that the service has accepted, and goes on with.
    ///
    /// An error where the answer is neither `202 Accepted` nor has a header for the operation alone, or names no
    /// `Location` to ask at.
    pub fn monitor(&self) -> Result<Monitor> {
        let fault = |what: &str| {
            let error = Error::new(ErrorKind::Response, what);
            error.with_answer(self.status(), self.headers().clone())
        };
        let mut operations = OPERATION_LOCATIONS.into_iter();
        let operation = operations.find_map(|name| self.headers().get(name)?.to_str().ok());
        if self.status() != StatusCode::ACCEPTED && operation.is_none() {
            let error = fault("there is nothing to wait for: the answer is not `202 Accepted`");
            return Err(error.during(self.operation()));
        }
        let location = location(self.headers());
        let at = operation.or(location);
        let monitor = at.and_then(|at| Monitor::at(self.client(), at).ok());
        let mut monitor = monitor.ok_or_else(|| {
            let error = fault("the answer has no `Location` that tells how far the operation is");
            error.during(self.operation())
        })?;
        let made = operation.and(location);
        let made = made.and_then(|at| link::resolve(self.client().base_url(), at));
        // Some say the same place twice.
        monitor.makes = made.filter(|made| *made != monitor.url);
        Ok(monitor)
    }
}

impl Monitor {
    /// The monitor at a URL, which an earlier run may have stored.
    pub fn at(client: &Client, url: impl AsRef<str>) -> Result<Self> {
        let url = link::resolve(client.base_url(), url.as_ref()).ok_or_else(|| {
            let message = "the monitor has no URL that can be asked";
            Error::new(ErrorKind::InvalidParameter, message)
        })?;
        Ok(Self {
            client: client.clone(),
            url,
            makes: None,
            limit: LIMIT,
            since: None,
            wait: Duration::ZERO,
            next_wait: FIRST_WAIT,
        })
    }

    /// Where the service is asked.
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// How long the operation is waited for at most, from the first time that the service is asked;
    /// ten minutes where this is not called.
    ///
    /// It is not asked again where the wait before would end later. What has been asked is waited
    /// for as any call is.
    pub fn limit(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    /// How long to wait before asking a second time, where the service does not say; a second where
    /// this is not called. Later waits are longer, up to half a minute, and none is shorter than a
    /// tenth of a second.
    pub fn interval(self, interval: Duration) -> Self {
        let next_wait = interval;
        Self { next_wait, ..self }
    }

    /// Waits until the operation is done.
    ///
    /// An operation that failed is an error of the kind [`Operation`](ErrorKind::Operation), with
    /// the code and the message that the service tells; one that takes too long is one of the kind
    /// [`Timeout`](ErrorKind::Timeout), after which this can be called again.
    pub async fn wait(&mut self) -> Result<Progress> {
        self.since = None;
        loop {
            let progress = self.next().await?;
            if progress.is_done() {
                return Ok(progress);
            }
        }
    }

    /// Asks how far the operation is, not before it is time to.
    ///
    /// What fails for the moment is asked again, as the client's
    /// [`RetryPolicy`](crate::RetryPolicy) says.
    pub async fn next(&mut self) -> Result<Progress> {
        loop {
            let waited = self.since.get_or_insert_with(Instant::now).elapsed();
            if waited.saturating_add(self.wait) > self.limit {
                let message = format!("the operation is not done after {waited:?}");
                return Err(Error::new(ErrorKind::Timeout, message).during(&ASK));
            }
            if !self.wait.is_zero() {
                self.client.transport().sleep(self.wait).await;
            }
            match self.ask().await {
                Ok(Some(progress)) => return Ok(progress),
                Ok(None) => {}
                Err(error) => return Err(error.during(&ASK)),
            }
        }
    }

    /// Asks once; `None` where the monitor has moved.
    async fn ask(&mut self) -> Result<Option<Progress>> {
        self.wait = self.next_wait.max(SHORTEST_WAIT);
        self.next_wait = self
            .next_wait
            .saturating_mul(2)
            .min(LONGEST_WAIT.max(self.next_wait));
        let request = http::Request::builder()
            .uri(self.url.as_str())
            .header(ACCEPT, "application/json")
            .body(Body::empty());
        let request = request.map_err(|source| {
            let message = "the monitor has no URL that can be asked";
            Error::new(ErrorKind::InvalidParameter, message).with_source(source)
        })?;
        let Answer { parts, body } = self.client.ask(&ASK, request).await?;
        if let Some(wait) = retry_after(&parts.headers) {
            self.wait = wait.max(SHORTEST_WAIT);
        }
        let body = match body {
            Ok(body) => body.bytes().await,
            Err(unread) => Err(unread),
        };
        let moved = location(&parts.headers)
            .and_then(|location| link::resolve_at(&self.url, self.client.base_url(), location));
        match parts.status {
            StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
                if moved.is_some() =>
            {
                self.url = moved.unwrap_or_else(|| self.url.clone());
                Ok(None)
            }
            StatusCode::SEE_OTHER => {
                let progress = Progress::read(&self.client, *parts, body?)?;
                Ok(Some(progress.with_result_at(moved)))
            }
            status if status.is_success() => {
                if let (StatusCode::ACCEPTED, Some(moved)) = (status, moved) {
                    self.url = moved;
                }
                let progress = Progress::read(&self.client, *parts, body?)?;
                Ok(Some(progress.or_result_at(&self.makes)))
            }
            _ => Err(Error::of_status(parts.status, parts.headers, body)),
        }
    }
}

/// Of the URL the origin alone: elsewhere it can be all that is needed to ask there.
impl fmt::Debug for Monitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Monitor")
            .field("origin", &self.url.origin().ascii_serialization())
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

fn location(headers: &HeaderMap) -> Option<&str> {
    headers.get(LOCATION)?.to_str().ok()
}
