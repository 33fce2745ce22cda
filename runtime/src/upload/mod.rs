//! Large uploads in parts, that go on where they broke off.
//!
//! A service opens a session and tells a URL. The bytes go there one part after the other, each with
//! its place in the whole as `Content-Range` (RFC 9110, section 14.4); the answer to a part tells
//! what is still missing, and the answer to the last one is what was made of them. The URL is all
//! that is needed to write there: neither the token nor the client's headers go to it.
//!
//! ```no_run
//! # use docwright_client::{Json, Response, Result, UploadSession};
//! # async fn f<S: UploadSession>(session: Response<S>, bytes: Vec<u8>) -> Result<()> {
//! let mut upload = session
//!     .upload::<Json>(bytes)
//!     .on_progress(|sent, total| println!("{sent} of {total} bytes"));
//! let item = upload.send().await?;
//! println!("{}", item["id"]);
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "blocking")]
mod blocking;
mod session;
mod source;
mod standing;

pub use session::UploadSession;

use std::error::Error as _;
use std::fmt;
use std::marker::PhantomData;

use http::Method;

use crate::client::Retries;
use crate::{Body, Client, Error, ErrorKind, FromResponse, Operation, Response, Result};
use session::{Failure, Session};
use source::Source;
use standing::{Missing, Standing};

/// How many bytes a part has where nothing else is said: ten times 320 KiB.
///
/// Services ask for multiples of 320 KiB; some take no more than 4 MB in one request.
const PART: u64 = 10 * 320 * 1024;

static PUT: Operation = operation("Upload a part", Method::PUT);
static ASK: Operation = operation("Ask how far an upload is", Method::GET);
static COMMIT: Operation = operation("Complete an upload", Method::POST);
static CANCEL: Operation = operation("Cancel an upload", Method::DELETE);

const fn operation(name: &'static str, method: Method) -> Operation {
    Operation {
        name,
        method,
        doc: "RFC 9110, section 14.4",
        idempotent: false,
    }
}

/// An upload in parts; see the [module](self).
///
/// One that failed can be sent again: it asks how far it came, and goes on there. Dropping it
/// leaves the session open until the service closes it; [`cancel`](Self::cancel) closes it at once.
#[must_use = "an upload does nothing until it is sent"]
pub struct Upload<T> {
    session: Session,
    source: Source,
    /// `None` where nobody knows how long the body is.
    total: Option<u64>,
    part: u64,
    /// What to send next; `None` where the service has to be asked.
    next: Option<Missing>,
    progress: Option<Progress>,
    output: PhantomData<fn() -> T>,
}

type Progress = Box<dyn FnMut(u64, u64) + Send>;

/// What came of a part.
enum Step<T> {
    /// The part from this byte on was sent, and this is what is missing now.
    More(u64, Missing),
    Done(Response<T>),
}

impl<T: FromResponse> Upload<T> {
    /// An upload to the URL of a session.
    ///
    /// The length of the body has to be known: that of a stream is told by
    /// [`Body::with_length`]. Of a stream no more than a part is held in memory.
    pub fn new(client: &Client, url: impl Into<String>, body: impl Into<Body>) -> Self {
        let body = body.into();
        Self {
            session: Session {
                client: client.clone(),
                url: url.into(),
            },
            total: body.length(),
            source: Source::new(body),
            part: PART,
            next: Some(Missing::from(0)),
            progress: None,
            output: PhantomData,
        }
    }

    /// How many bytes go in one request, at most; 3,276,800 where this is not called.
    ///
    /// Services can ask for a multiple of some number: 327,680 is a common one.
    pub fn chunk_size(mut self, bytes: u32) -> Self {
        self.part = u64::from(bytes.max(1));
        self
    }

    /// Calls a function after each part, with the bytes that have arrived and the bytes in all.
    pub fn on_progress(mut self, progress: impl FnMut(u64, u64) + Send + 'static) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Goes on with a session that has some of the bytes already, from an earlier run perhaps: asks
    /// which are missing before any is sent.
    pub fn resume(mut self) -> Self {
        self.next = None;
        self
    }

    /// Sends what is missing, and reads the answer to the last part.
    ///
    /// A part that fails for a reason that passes (no connection, no answer in
    /// [time](crate::ClientBuilder::attempt_timeout), 408, 416, 429, a status from 500
    /// on) is tried again, after the service was asked what arrived. How often in a row, and after
    /// which waits, says the client's [`RetryPolicy`](crate::RetryPolicy). Where the session is gone
    /// by then, as it is when the last part arrived and its answer was lost, the error has the
    /// failure that began it as its [source](std::error::Error::source).
    /// Where the session waits for a [`commit`](Self::commit), the last answer is no item yet, and
    /// is best read as `()`.
    pub async fn send(&mut self) -> Result<Response<T>> {
        let total = match self.total {
            Some(0) => return Err(invalid("an upload in parts needs at least a byte")),
            Some(total) => total,
            None => {
                let message = "the length of the body is not known: tell it by `Body::with_length`";
                return Err(invalid(message));
            }
        };
        let policy = self.session.client.retry();
        let (mut arrived, mut retries) = (0, Retries::new(policy));
        let mut before: Option<Error> = None;
        loop {
            // Whatever ends this early, the service has to be asked before more is sent.
            let next = self.next.take();
            let failure = match self.step(next, total).await {
                Ok(Step::Done(response)) => {
                    self.report(total);
                    return Ok(response);
                }
                Ok(Step::More(sent, next)) => {
                    self.next = Some(next);
                    if next.first > arrived {
                        (arrived, retries) = (next.first, Retries::new(policy));
                        before = None;
                        self.report(arrived);
                        continue;
                    }
                    // What a session has lost is filled again; that it was lost has been counted.
                    if next.first > sent {
                        continue;
                    }
                    let message = "the service asks for bytes that it was sent";
                    Failure {
                        error: Error::new(ErrorKind::Response, message).during(&PUT),
                        passes: true,
                        wait: None,
                    }
                }
                Err(failure) => failure,
            };
            let passes = failure.passes.then_some(failure.wait);
            let Some(wait) = passes.and_then(|asked| retries.next(asked)) else {
                let error = failure.error;
                return Err(match before {
                    Some(before) if error.source().is_none() => error.with_source(before),
                    _ => error,
                });
            };
            // What failed first is what the upload came to grief by.
            before.get_or_insert(failure.error);
            self.session.transport().sleep(wait).await;
        }
    }

    /// Completes a session that waits for it, once all bytes have arrived, and reads the answer.
    pub async fn commit(&mut self) -> Result<Response<T>> {
        self.session.end(&COMMIT).await
    }

    /// Closes the session, and has the service forget the bytes that have arrived.
    pub async fn cancel(self) -> Result<Response<()>> {
        self.session.end(&CANCEL).await
    }

    /// Sends the next part, after the service was asked for it where nobody knows which it is.
    async fn step(&mut self, next: Option<Missing>, total: u64) -> Result<Step<T>, Failure> {
        let next = match next {
            Some(next) => next,
            None => self.ask().await?,
        };
        let end = next.last.map_or(total, |last| last.saturating_add(1));
        let end = end.min(total).min(next.first.saturating_add(self.part));
        if next.first >= end {
            let message = "the service asks for bytes behind the end";
            return Err(Error::new(ErrorKind::Response, message).during(&PUT).into());
        }
        let length = (end - next.first) as usize;
        let part = self.source.read(next.first, length).await;
        let part = part.map_err(|error| Failure {
            passes: false,
            ..error.during(&PUT).into()
        })?;
        let range = format!("bytes {}-{}/{total}", next.first, end - 1);
        let answer = self
            .session
            .ask(&PUT, Body::from(part), Some(range))
            .await?;
        // Services differ in the status of what is not the last part: what is missing counts.
        match Standing::read(answer.body()).missing() {
            Some(missing) => Ok(Step::More(next.first, missing)),
            None if end < total => Ok(Step::More(next.first, Missing::from(end))),
            None => {
                let answer = answer.map(Body::from);
                let response = Response::read(answer.into(), &self.session.client, &PUT).await?;
                Ok(Step::Done(response))
            }
        }
    }

    /// Asks which bytes are missing.
    async fn ask(&mut self) -> Result<Missing, Failure> {
        let answer = self.session.ask(&ASK, Body::empty(), None).await?;
        let missing = Standing::read(answer.body()).missing();
        missing.ok_or_else(|| {
            let message = "the service does not say which bytes are missing";
            let error = Error::new(ErrorKind::Response, message).during(&ASK);
            error.with_body(answer.into_body()).into()
        })
    }

    fn report(&mut self, arrived: u64) {
        if let (Some(progress), Some(total)) = (&mut self.progress, self.total) {
            progress(arrived, total);
        }
    }
}

fn invalid(message: &str) -> Error {
    Error::new(ErrorKind::InvalidParameter, message).during(&PUT)
}

/// The URL is left out: it is all that is needed to write to the session.
impl<T> fmt::Debug for Upload<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("total", &self.total)
            .field("next", &self.next.map(|next| next.first))
            .finish_non_exhaustive()
    }
}
