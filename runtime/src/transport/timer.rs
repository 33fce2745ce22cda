//! Waiting without an asynchronous runtime.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

/// Ends after a while. One thread counts the time for all that wait, and ends when none does.
pub(super) struct Sleep {
    /// `None` where the end is further away than a clock can tell.
    until: Option<Instant>,
    /// The place among those that wait, once it was asked for.
    place: Option<Place>,
}

/// When somebody is to be woken, and a number to tell those apart who are at the same time.
type Place = (Instant, u64);

static TIMER: Timer = Timer {
    waiting: Mutex::new(Waiting {
        sleepers: BTreeMap::new(),
        last: 0,
        counted: false,
    }),
    changed: Condvar::new(),
};

struct Timer {
    waiting: Mutex<Waiting>,
    /// Told when there is somebody to wake before all others.
    changed: Condvar,
}

struct Waiting {
    sleepers: BTreeMap<Place, Waker>,
    /// The number that was given last.
    last: u64,
    /// Whether there is a thread.
    counted: bool,
}

impl Sleep {
    pub(super) fn new(duration: Duration) -> Self {
        Self {
            until: Instant::now().checked_add(duration),
            place: None,
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
        let place = TIMER.add(until, self.place, context.waker());
        // Without a thread there is nobody to count, and asking again has to do.
        if place.is_none() {
            context.waker().wake_by_ref();
        }
        self.place = place;
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(place) = &self.place {
            // It goes when the timer is free again: with the last of its wakers a task may end, and
            // what that waits for with it.
            let waker = TIMER.lock().sleepers.remove(place);
            drop(waker);
        }
    }
}

impl Timer {
    /// Has somebody woken at a time, in place of whom it was for before. A place that the thread
    /// has seen to meanwhile is taken again, so that nobody is left asleep.
    fn add(&'static self, until: Instant, place: Option<Place>, waker: &Waker) -> Option<Place> {
        let waker = waker.clone();
        let mut waiting = self.lock();
        if !waiting.counted {
            let thread = thread::Builder::new().name("docwright-timer".to_owned());
            thread.spawn(|| self.count()).ok()?;
            waiting.counted = true;
        }
        let place = place.unwrap_or_else(|| {
            waiting.last += 1;
            (until, waiting.last)
        });
        let before = waiting.sleepers.insert(place, waker);
        if waiting.sleepers.keys().next() == Some(&place) {
            self.changed.notify_one();
        }
        drop(waiting);
        drop(before);
        Some(place)
    }

    /// Wakes those whose time has come, until nobody waits.
    fn count(&self) {
        let mut waiting = self.lock();
        while let Some(first) = waiting.sleepers.first_entry() {
            let left = first.key().0.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let sleeper = first.remove();
                // Whoever is woken may wait again, and must find the timer free.
                drop(waiting);
                sleeper.wake();
                waiting = self.lock();
            } else {
                let woken = self.changed.wait_timeout(waiting, left);
                waiting = woken.unwrap_or_else(PoisonError::into_inner).0;
            }
        }
        waiting.counted = false;
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::poll_fn;
    use std::pin::pin;
    use std::sync::Arc;
    use std::task::Wake;

    #[tokio::test]
    async fn a_wait_ends_and_not_before_its_time() {
        let (start, wait) = (Instant::now(), Duration::from_millis(5));
        let (short, long) = (Sleep::new(wait), Sleep::new(4 * wait));
        long.await;
        assert!(start.elapsed() >= 4 * wait);
        short.await;
        Sleep::new(wait).await;
        assert!(start.elapsed() >= 5 * wait);
        Sleep::new(Duration::ZERO).await;
    }

    #[tokio::test]
    async fn many_waits_take_one_thread() {
        let mut sleeps: Vec<_> = (0..100)
            .map(|_| Box::pin(Sleep::new(Duration::from_secs(3600))))
            .collect();
        poll_fn(|context| {
            for sleep in &mut sleeps {
                assert!(sleep.as_mut().poll(context).is_pending());
                // Asked again, it keeps its place.
                assert!(sleep.as_mut().poll(context).is_pending());
            }
            Poll::Ready(())
        })
        .await;
        let places: Vec<_> = sleeps.iter().map(|sleep| sleep.place.unwrap()).collect();
        let held = |place| TIMER.lock().sleepers.contains_key(place);
        assert!(places.iter().all(held));
        #[cfg(target_os = "linux")]
        loop {
            // One that has nothing to do any more may still be about to end, and a new one is known by
            // its name only when it has begun.
            match threads() {
                0 => thread::yield_now(),
                count => break assert!(count <= 2),
            }
        }
        drop(sleeps);
        assert!(!places.iter().any(held));
        let endless = pin!(Sleep::new(Duration::MAX));
        assert!(endless.until.is_none() || endless.place.is_none());
    }

    #[cfg(target_os = "linux")]
    fn threads() -> usize {
        let tasks = std::fs::read_dir("/proc/self/task").unwrap();
        let names = tasks.filter_map(|task| {
            let name = task.unwrap().path().join("comm");
            std::fs::read_to_string(name).ok()
        });
        names
            .filter(|name| name.trim() == "docwright-timer")
            .count()
    }

    /// Counts how often it is woken.
    struct Count(Mutex<u32>, Condvar);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            *self.0.lock().unwrap() += 1;
            self.1.notify_one();
        }
    }

    #[test]
    fn whoever_asked_last_is_woken() {
        let wakers = [(); 2].map(|()| Arc::new(Count(Mutex::new(0), Condvar::new())));
        let mut sleep = pin!(Sleep::new(Duration::from_millis(20)));
        for waker in &wakers {
            let waker = Waker::from(waker.clone());
            assert!(
                sleep
                    .as_mut()
                    .poll(&mut Context::from_waker(&waker))
                    .is_pending()
            );
        }
        let [first, last] = wakers;
        let mut woken = last.0.lock().unwrap();
        while *woken == 0 {
            woken = last.1.wait(woken).unwrap();
        }
        assert_eq!(*first.0.lock().unwrap(), 0);
    }
}
