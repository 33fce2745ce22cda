//! Keeps the processors awake between the requests of a client that asks one after the other.
//!
//! A processor without work goes to sleep, and to wake it takes longer than to answer: in a virtual
//! machine several times as long, once for each request and once for each answer. So while a client
//! comes back at once, a thread looks out for it, for a moment and not longer. The processor that it
//! keeps busy does not sleep; nor does the other one, on which the kernel then runs server and client in
//! turns. The thread makes way for whatever else has work, and it is there only where there are two
//! processors: with more, the kernel takes one that sleeps.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

/// How soon a client comes back that asks one after the other: about what it takes to wake up both
/// sides, and little more.
const MOMENT: Duration = Duration::from_micros(200);

/// Sees when requests come and answers go, on all connections.
#[derive(Debug)]
pub(super) struct Lookout {
    seen: Arc<Seen>,
    thread: Thread,
}

#[derive(Debug)]
struct Seen {
    begin: Instant,
    /// When the last answer went, in microseconds since the beginning.
    answered: AtomicU64,
    ended: AtomicBool,
}

impl Lookout {
    /// Begins to look out; nothing where that is of no use.
    ///
    /// # Errors
    ///
    /// Where there can be no more threads.
    pub(super) fn start() -> io::Result<Option<Self>> {
        let processors = thread::available_parallelism();
        if !processors.is_ok_and(|count| count.get() == 2) {
            return Ok(None);
        }
        let seen = Arc::new(Seen {
            begin: Instant::now(),
            answered: AtomicU64::new(0),
            ended: AtomicBool::new(false),
        });
        let thread = thread::Builder::new().name("lookout".to_owned());
        let looking = seen.clone();
        let thread = thread.spawn(move || looking.look_out())?.thread().clone();
        Ok(Some(Self { seen, thread }))
    }

    /// A request has come.
    pub(super) fn see_request(&self) {
        if self.seen.is_soon() {
            self.thread.unpark();
        }
    }

    /// A request is answered.
    pub(super) fn see_answer(&self) {
        let now = self.seen.begin.elapsed().as_micros();
        self.seen.answered.store(now as u64, Ordering::Relaxed);
    }
}

impl Drop for Lookout {
    fn drop(&mut self) {
        self.seen.ended.store(true, Ordering::Relaxed);
        self.thread.unpark();
    }
}

impl Seen {
    fn look_out(&self) {
        while !self.ended.load(Ordering::Relaxed) {
            thread::park();
            while self.is_soon() {
                thread::yield_now();
            }
        }
    }

    /// Whether the last answer went a moment ago.
    fn is_soon(&self) -> bool {
        let answered = Duration::from_micros(self.answered.load(Ordering::Relaxed));
        self.begin.elapsed() < answered + MOMENT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sleeps_after_a_moment_and_ends_with_the_server() {
        let Some(lookout) = Lookout::start().unwrap() else {
            return;
        };
        let seen = Arc::downgrade(&lookout.seen);
        lookout.see_answer();
        lookout.see_request();
        thread::sleep(MOMENT * 2);
        assert!(!lookout.seen.is_soon());
        drop(lookout);
        let begin = Instant::now();
        while seen.strong_count() > 0 {
            assert!(begin.elapsed() < Duration::from_secs(60));
            thread::yield_now();
        }
    }
}
