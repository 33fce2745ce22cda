//! Waiting without an asynchronous runtime.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

/// Ends after a while. A thread of its own counts the time, and ends when nobody waits any more.
pub(super) struct Sleep {
    /// `None` where the end is further away than a clock can tell.
    until: Option<Instant>,
    alarm: Option<Alarm>,
}

struct Alarm {
    /// Whom to wake; `None` once nobody waits.
    sleeper: Arc<Mutex<Option<Waker>>>,
    thread: Thread,
}

impl Sleep {
    pub(super) fn new(duration: Duration) -> Self {
        Self {
            until: Instant::now().checked_add(duration),
            alarm: None,
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Some(until) = self.until else {
            return Poll::Pending;
        };
        if Instant::now() >= until {
            return Poll::Ready(());
        }
        match &self.alarm {
            Some(alarm) => *lock(&alarm.sleeper) = Some(context.waker().clone()),
            None => match Alarm::set(until, context.waker().clone()) {
                Some(alarm) => self.alarm = Some(alarm),
                // Without a thread there is nobody to count, and asking again has to do.
                None => context.waker().wake_by_ref(),
            },
        }
        Poll::Pending
    }
}

impl Alarm {
    fn set(until: Instant, sleeper: Waker) -> Option<Self> {
        let sleeper = Arc::new(Mutex::new(Some(sleeper)));
        let shared = sleeper.clone();
        let count = move || {
            while lock(&shared).is_some() {
                match until.checked_duration_since(Instant::now()) {
                    Some(left) if !left.is_zero() => thread::park_timeout(left),
                    _ => break,
                }
            }
            if let Some(sleeper) = lock(&shared).take() {
                sleeper.wake();
            }
        };
        let thread = thread::Builder::new().name("docwright-timer".to_owned());
        let thread = thread.spawn(count).ok()?.thread().clone();
        Some(Self { sleeper, thread })
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        lock(&self.sleeper).take();
        self.thread.unpark();
    }
}

fn lock(sleeper: &Mutex<Option<Waker>>) -> MutexGuard<'_, Option<Waker>> {
    sleeper.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::poll_fn;
    use std::pin::pin;

    #[tokio::test]
    async fn a_wait_ends_and_not_before_its_time() {
        let (start, wait) = (Instant::now(), Duration::from_millis(5));
        Sleep::new(wait).await;
        assert!(start.elapsed() >= wait);
        Sleep::new(Duration::ZERO).await;
    }

    #[tokio::test]
    async fn the_thread_ends_when_nobody_waits() {
        let mut sleep = pin!(Some(Sleep::new(Duration::from_secs(3600))));
        let shared = poll_fn(|context| {
            let sleep = sleep.as_mut().as_pin_mut().expect("it is there");
            assert!(sleep.poll(context).is_pending());
            Poll::Ready(())
        });
        shared.await;
        let alarm = sleep
            .as_ref()
            .get_ref()
            .as_ref()
            .and_then(|sleep| sleep.alarm.as_ref());
        let sleeper = Arc::downgrade(&alarm.expect("it was polled").sleeper);
        sleep.set(None);
        // The thread holds the last reference, and lets go of it as it ends.
        while sleeper.strong_count() > 0 {
            thread::yield_now();
        }
        let endless = Sleep::new(Duration::MAX);
        assert!(endless.until.is_none() || endless.alarm.is_none());
    }
}
