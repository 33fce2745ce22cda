//! How far the work has come, for those who wait for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A count of steps that is shared by who takes them and who watches.
///
/// To count costs next to nothing, whether or not anybody looks.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    total: AtomicUsize,
    done: AtomicUsize,
}

impl Progress {
    /// How many steps are known of, and how many of them are done.
    pub fn total_and_done(&self) -> (usize, usize) {
        let load = |count: &AtomicUsize| count.load(Ordering::Relaxed);
        (load(&self.0.total), load(&self.0.done))
    }

    /// Notes that there are more steps to take.
    pub fn expect(&self, steps: usize) {
        self.0.total.fetch_add(steps, Ordering::Relaxed);
    }

    /// Notes that a step is done.
    pub fn step(&self) {
        self.0.done.fetch_add(1, Ordering::Relaxed);
    }
}
