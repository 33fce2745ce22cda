//! How long a call may take.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use crate::{Error, ErrorKind, Result, Transport};

/// Limits of time; `None` is as long as it takes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Limits {
    /// For the call as a whole: all attempts, and the waits between them.
    pub(crate) call: Option<Duration>,
    /// For each attempt, from asking for the token until the answer is there.
    pub(crate) attempt: Option<Duration>,
}

impl Limits {
    /// These limits, and the others where there are none.
    pub(super) fn or(self, others: Self) -> Self {
        Self {
            call: self.call.or(others.call),
            attempt: self.attempt.or(others.attempt),
        }
    }
}

/// The result of a future, or an error where it takes longer than it may.
///
/// The future is borrowed since those of calls are large, and moving them costs.
pub(crate) fn within<T>(
    transport: &dyn Transport,
    limit: Option<Duration>,
    mut future: Pin<&mut impl Future<Output = Result<T>>>,
) -> impl Future<Output = Result<T>> {
    let mut timer = None;
    poll_fn(move |context| {
        if let Poll::Ready(outcome) = future.as_mut().poll(context) {
            return Poll::Ready(outcome);
        }
        let Some(limit) = limit else {
            return Poll::Pending;
        };
        // What is ready at once needs no timer.
        let timer = timer.get_or_insert_with(|| transport.sleep(limit));
        timer.as_mut().poll(context).map(|()| {
            let message = format!("no answer came within {limit:?}");
            Err(Error::new(ErrorKind::Timeout, message))
        })
    })
}
