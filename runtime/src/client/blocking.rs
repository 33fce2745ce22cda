//! Calls from code that is not asynchronous.
//!
//! The calling thread polls the call itself, and sleeps while there is nothing to do. Connections
//! and timers are driven by a runtime on a thread of its own, which all clients of a process share:
//! it is started by the first call, and is there until the process ends.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::sync::{Arc, LazyLock, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use futures_core::Stream;
use tokio::runtime::{Builder, Runtime};
use tokio::task::unconstrained;

use super::token::Authorization;
use super::{Client, Inner, builder};
use crate::{Error, ErrorKind, Result};

/// A stream whose items are waited for by the calling thread: an iterator.
#[must_use = "iterators do nothing unless they are asked"]
pub struct Blocking<S>(Result<S, Option<Error>>);

/// The client that sends what is sent from code that is not asynchronous.
pub(super) enum Twin {
    /// This is the one.
    Itself,
    /// It is made when it is asked for.
    Other {
        /// Whether it sends through the same transport.
        shared: bool,
        client: OnceLock<Client>,
    },
}

static RUNTIME: LazyLock<io::Result<Runtime>> = LazyLock::new(|| {
    Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("docwright-blocking")
        .enable_all()
        .build()
});

/// Waits for a future on this thread, which may belong to an asynchronous runtime or not.
pub(crate) fn wait<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = RUNTIME.as_ref().map_err(|error| {
        let message = format!("the thread for blocking calls cannot be started: {error}");
        Error::new(ErrorKind::Configuration, message)
    })?;
    let _context = runtime.enter();
    // Where this thread runs a task of a runtime, that one would make the future give way after a
    // number of steps, again and again, until the task itself did.
    let mut future = pin!(unconstrained(future));
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(outcome) => return outcome,
            Poll::Pending => thread::park(),
        }
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

impl Client {
    /// The client to send with while a thread is blocked.
    ///
    /// It has connections and a token of its own: the very thread that is blocked may drive those of
    /// the asynchronous client, or be about to ask for its token, and would wait for ever.
    pub(crate) fn blocking(&self) -> Result<Self> {
        let (shared, twin) = match &self.0.blocking {
            Twin::Itself => return Ok(self.clone()),
            Twin::Other { shared, client } => (*shared, client),
        };
        if let Some(client) = twin.get() {
            return Ok(client.clone());
        }
        let client = Self(Arc::new(Inner {
            settings: self.0.settings.clone(),
            authorization: self.token_source().map(Authorization::apart),
            transport: match shared {
                true => self.0.transport.clone(),
                false => builder::default_transport()?,
            },
            blocking: Twin::Itself,
        }));
        Ok(twin.get_or_init(|| client).clone())
    }
}

impl Twin {
    pub(super) fn new(shared: bool) -> Self {
        Self::Other {
            shared,
            client: OnceLock::new(),
        }
    }
}

impl<S> Blocking<S> {
    pub(crate) fn new(stream: Result<S>) -> Self {
        Self(stream.map_err(Some))
    }

    /// The stream itself, which knows more than its items: [`Pages`](crate::Pages) and
    /// [`Items`](crate::Items) where they go on, and how many items there are. `None` where the calls could
    /// not be begun, which the first item tells.
    pub fn get_ref(&self) -> Option<&S> {
        self.0.as_ref().ok()
    }
}

impl<S, T> Iterator for Blocking<S>
where
    S: Stream<Item = Result<T>> + Unpin,
{
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        match &mut self.0 {
            Ok(stream) => {
                let next = poll_fn(|context| Pin::new(&mut *stream).poll_next(context));
                wait(async { Ok(next.await) }).unwrap_or_else(|error| Some(Err(error)))
            }
            Err(error) => error.take().map(Err),
        }
    }
}

impl<S> fmt::Debug for Blocking<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blocking")
    }
}
