//! Several requests in one (OData JSON format 4.01, section 19).
//!
//! A service that answers `POST …/$batch` takes requests together and answers each as if it had
//! come alone. Any request can be put into a [`Batch`], and each comes with a [`Handle`] that knows
//! what its answer is read as:
//!
//! ```
//! use docwright_client::{Batch, Client, Json, Method, Operation, Request, Result};
//! # use docwright_client::MemoryTransport;
//! # const GET_ME: Operation = Operation { name: "", method: Method::GET, doc: "", idempotent: false };
//! # const GET_PHOTO: Operation = Operation { name: "", method: Method::GET, doc: "", idempotent: false };
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<()> {
//! # let transport = MemoryTransport::new(|_| http::Response::new(r#"{"responses": [
//! #     {"id": "1", "status": 200, "body": {"name": "Ada"}}, {"id": "2", "status": 404}]}"#));
//! # let client: Client = Client::builder("https://api.example.com/v1").transport(transport).build()?;
//! # let me = client.root().literal("me");
//! let mut batch = Batch::new();
//! let user = batch.add(Request::<Json>::new(&GET_ME, &me));
//! let photo = batch.add(Request::<Json>::new(&GET_PHOTO, &me.literal("photo")));
//!
//! let mut answers = batch.send().await;
//! assert_eq!(answers.take(user)?["name"], "Ada");
//! assert!(answers.take(photo).unwrap_err().is_not_found());
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "blocking")]
mod blocking;
mod message;

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{HeaderMap, Method, StatusCode};

use crate::client::{Repeatable, Retries};
use crate::response::retry_after;
use crate::{
    Body, BoxFuture, Client, Error, ErrorKind, FromResponse, Operation, Request, Response, Result,
};
use message::{Answer, Answers as AnswerMessages, Call, Calls};

static BATCH: Operation = Operation {
    name: "Batch",
    method: Method::POST,
    doc: "OData JSON format 4.01, section 19",
    idempotent: false,
};

/// Requests that are sent together; see the [module](self).
#[derive(Default)]
#[must_use = "a batch does nothing until it is sent"]
pub struct Batch {
    id: Arc<()>,
    limit: Option<usize>,
    entries: Vec<Entry>,
}

/// A request of a batch, by which its answer is taken; see [`Batch::add`].
pub struct Handle<T> {
    batch: Arc<()>,
    index: usize,
    output: PhantomData<fn() -> T>,
}

/// The answers to a batch; see [`Batch::send`].
pub struct Answers {
    batch: Arc<()>,
    /// What each request led to; `None` once it is taken.
    outcomes: Vec<Option<Outcome>>,
}

struct Entry {
    client: Client,
    operation: &'static Operation,
    request: Result<http::Request<Body>>,
    repeatable: Repeatable,
    /// The requests that have to succeed before this one, by index.
    after: Vec<usize>,
    read: Read,
}

/// A request that waits for its answer.
struct Waiting {
    index: usize,
    operation: &'static Operation,
    repeatable: Repeatable,
    /// The requests that have to succeed before this one, by index.
    after: Vec<usize>,
    read: Read,
    call: Call,
}

/// A [`Response`] of the type that the handle knows, or why there is none.
type Outcome = Result<Box<dyn Any + Send>>;

/// Reads an answer as the type of its request, which only the function still knows.
type Read = fn(
    http::Response<Body>,
    Client,
    &'static Operation,
) -> BoxFuture<'static, Result<Box<dyn Any + Send>>>;

impl Batch {
    /// A batch without a request.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many requests go together at most; any number where this is not called.
    ///
    /// A larger batch is sent in several calls, one after the other. Services have a limit of their
    /// own, often 20 or 100, and refuse what is longer.
    pub fn limit(self, requests: usize) -> Self {
        let limit = Some(requests.max(1));
        Self { limit, ..self }
    }

    /// Adds a request.
    ///
    /// All requests of a batch have to come from clones of one client: they travel with its token.
    pub fn add<T: FromResponse>(&mut self, request: impl Into<Request<T>>) -> Handle<T> {
        let request = request.into();
        self.entries.push(Entry {
            client: request.client().clone(),
            operation: request.operation(),
            repeatable: request.repeatable(),
            request: request.into_http(),
            after: Vec::new(),
            read: |answer, client, operation| {
                Box::pin(async move {
                    let response = Response::<T>::read(answer.into(), &client, operation).await?;
                    Ok(Box::new(response) as Box<dyn Any + Send>)
                })
            },
        });
        Handle {
            batch: self.id.clone(),
            index: self.entries.len() - 1,
            output: PhantomData,
        }
    }

    /// Has the service carry out a request only after another one, which was added before it, and
    /// only if that one succeeds. Otherwise its answer is `424 Failed Dependency`.
    ///
    /// Without this a service may carry out the requests in any order. An error where the requests
    /// are not both of this batch, or the other one was not added first; the batch stays as it was.
    pub fn depends_on<T, U>(&mut self, request: &Handle<T>, other: &Handle<U>) -> Result<()> {
        let ours = [&request.batch, &other.batch].map(|batch| Arc::ptr_eq(batch, &self.id));
        if ours != [true, true] || other.index >= request.index {
            let message = "a request can depend only on one that was added to its batch before it";
            return Err(Error::new(ErrorKind::InvalidParameter, message));
        }
        self.entries[request.index].after.push(other.index);
        Ok(())
    }

    /// Sends the requests.
    ///
    /// What fails, be it a request or the call that carries it, is told for each request by
    /// [`Answers::take`], as if it had been sent alone. Where the call failed, its error is the
    /// [source](std::error::Error::source) of theirs.
    ///
    /// The call is sent again as any is, and so are the requests in it that the service refuses for the
    /// moment, together with those that depend on them: as the client's
    /// [`RetryPolicy`](crate::RetryPolicy) says, after the longest time that one of them is to wait. With all
    /// that is sent again, each takes no longer than a [call may](crate::ClientBuilder::timeout).
    pub async fn send(self) -> Answers {
        let mut answers = Answers {
            batch: self.id,
            outcomes: Vec::new(),
        };
        let client = self.entries.first().map(|entry| entry.client.clone());
        let limit = self.limit.unwrap_or(self.entries.len()).max(1);
        let mut entries = self.entries.into_iter().peekable();
        while let Some(client) = client.as_ref().filter(|_| entries.peek().is_some()) {
            let together = entries.by_ref().take(limit).collect();
            answers.call(client, together).await;
        }
        answers
    }
}

impl Answers {
    /// The answer to a request, or why there is none.
    pub fn take<T: FromResponse>(&mut self, handle: Handle<T>) -> Result<Response<T>> {
        let of_this = Arc::ptr_eq(&self.batch, &handle.batch);
        let outcome = self.outcomes.get_mut(handle.index).filter(|_| of_this);
        let Some(outcome) = outcome.and_then(Option::take) else {
            let message = "the request is of another batch than the answers";
            return Err(Error::new(ErrorKind::InvalidParameter, message));
        };
        let response = outcome?.downcast::<Response<T>>();
        // The handle was made together with the function that read the answer.
        Ok(*response.expect("an answer is read as its handle says"))
    }

    /// Sends the next requests in one call, and adds what comes of them.
    async fn call(&mut self, client: &Client, entries: Vec<Entry>) {
        let first = self.outcomes.len();
        let mut waiting = Vec::new();
        for (entry, index) in entries.into_iter().zip(first..) {
            let call = match entry.request {
                _ if !entry.client.is(client) => {
                    let message = "the requests of a batch have to come from one client";
                    Err(Error::new(ErrorKind::InvalidParameter, message))
                }
                // The service knows nothing of requests that were in an earlier call, or in none.
                Ok(_) if self.has_failed(&entry.after) => Err(Error::of_status(
                    StatusCode::FAILED_DEPENDENCY,
                    HeaderMap::new(),
                    Ok(Default::default()),
                )),
                Ok(request) => Call::new(index, request, client).await,
                Err(error) => Err(error),
            };
            let outcome = match call {
                Ok(mut call) => {
                    let together = entry.after.iter().filter(|index| **index >= first);
                    call.depends_on = together.map(|&index| message::id(index)).collect();
                    waiting.push(Waiting {
                        index,
                        operation: entry.operation,
                        repeatable: entry.repeatable,
                        after: entry.after,
                        read: entry.read,
                        call,
                    });
                    None
                }
                Err(error) => Some(Err(error.during(entry.operation))),
            };
            self.outcomes.push(outcome);
        }
        let mut retries = Retries::new(client.retry());
        let (begin, limit) = (Instant::now(), client.limits().call);
        let mut left = limit;
        while !waiting.is_empty() {
            waiting = self.round(client, waiting, &mut retries, left).await;
            left = limit.map(|limit| limit.saturating_sub(begin.elapsed()));
        }
    }

    /// Sends requests in one call; those that are to be sent once more are left, after the wait for that.
    /// All of it takes no longer than the time that is `left`.
    async fn round(
        &mut self,
        client: &Client,
        waiting: Vec<Waiting>,
        retries: &mut Retries,
        left: Option<Duration>,
    ) -> Vec<Waiting> {
        let begin = Instant::now();
        let requests = waiting.iter().map(|it| &it.call).collect();
        let mut request = Request::<AnswerMessages>::new(&BATCH, &client.root().literal("$batch"))
            .prefer("odata.continue-on-error")
            .json(&Calls { requests });
        if let Some(left) = left {
            request = request.timeout(left);
        }
        let mut came = request.await.map(|answer| answer.into_value().by_id());
        let mut refused: Vec<(Waiting, http::Response<Body>)> = Vec::new();
        for it in waiting {
            let answer = match &mut came {
                Ok(came) => answer_to(it.index, came),
                Err(error) => Err(error.for_operation(it.operation)),
            };
            let is_behind = || {
                refused
                    .iter()
                    .any(|(before, _)| it.after.contains(&before.index))
            };
            match answer {
                // The service would not know any more that a request before this one has failed.
                Ok(answer)
                    if !self.has_failed(&it.after)
                        && (it.repeatable.passes(answer.status(), answer.headers())
                            || answer.status() == StatusCode::FAILED_DEPENDENCY && is_behind()) =>
                {
                    refused.push((it, answer));
                }
                answer => self.settle(client, &it, answer).await,
            }
        }
        let asked = refused
            .iter()
            .filter_map(|(_, answer)| retry_after(answer.headers()));
        let asked = asked.max();
        let wait = (!refused.is_empty()).then(|| retries.next(asked)).flatten();
        // A wait that the call does not outlive would only lose what the service said.
        let fits = |wait: &Duration| {
            let over = begin.elapsed().saturating_add(*wait);
            left.is_none_or(|left| over < left)
        };
        let Some(wait) = wait.filter(fits) else {
            for (it, answer) in refused {
                self.settle(client, &it, Ok(answer)).await;
            }
            return Vec::new();
        };
        client.transport().sleep(wait).await;
        let mut again: Vec<Waiting> = refused.into_iter().map(|(it, _)| it).collect();
        // The service knows nothing of what was in the call before.
        let ids: Vec<String> = again.iter().map(|it| message::id(it.index)).collect();
        for it in &mut again {
            it.call.depends_on.retain(|id| ids.contains(id));
        }
        again
    }

    /// Whether one of these requests came to nothing.
    fn has_failed(&self, requests: &[usize]) -> bool {
        let mut outcomes = requests.iter().map(|&index| &self.outcomes[index]);
        outcomes.any(|outcome| matches!(outcome, Some(Err(_))))
    }

    /// Keeps what came of a request.
    async fn settle(
        &mut self,
        client: &Client,
        request: &Waiting,
        answer: Result<http::Response<Body>>,
    ) {
        let outcome = match answer {
            Ok(answer) => (request.read)(answer, client.clone(), request.operation).await,
            Err(error) => Err(error.during(request.operation)),
        };
        self.outcomes[request.index] = Some(outcome);
    }
}

fn answer_to(index: usize, came: &mut BTreeMap<String, Answer>) -> Result<http::Response<Body>> {
    match came.remove(&message::id(index)) {
        Some(answer) => answer.into_http(),
        None => {
            let message = "the answer to the batch has none to this request";
            Err(Error::new(ErrorKind::Response, message))
        }
    }
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operations = self.entries.iter().map(|entry| entry.operation.name);
        f.debug_tuple("Batch")
            .field(&operations.collect::<Vec<_>>())
            .finish()
    }
}

impl<T> fmt::Debug for Handle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Handle").field(&self.index).finish()
    }
}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let left = self.outcomes.iter().flatten().count();
        write!(f, "Answers({left} left)")
    }
}
