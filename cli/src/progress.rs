//! A bar on a terminal for work that takes longer than a second.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use docwright::progress::Progress;
use indicatif::{ProgressBar, ProgressStyle};

/// Work that is done sooner is not worth a bar that flashes up.
const PATIENCE: Duration = Duration::from_secs(1);
const REDRAW: Duration = Duration::from_millis(100);

/// Does the work, and shows on standard error how far it has come if that is a terminal.
pub(crate) fn shown<R>(progress: &Progress, work: impl FnOnce() -> R) -> R {
    if !io::stderr().is_terminal() {
        return work();
    }
    let (done, is_done) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            // The sender never sends: it is dropped when the work is done, be it by a panic.
            let wait = |time| is_done.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
            if !wait(PATIENCE) {
                return;
            }
            let bar = ProgressBar::no_length().with_style(style());
            loop {
                let (total, done) = progress.total_and_done();
                bar.set_length(total as u64);
                bar.set_position(done as u64);
                if !wait(REDRAW) {
                    return bar.finish_and_clear();
                }
            }
        });
        let result = work();
        drop(done);
        result
    })
}

fn style() -> ProgressStyle {
    let template = "{bar:40} {pos}/{len} {elapsed}";
    ProgressStyle::with_template(template).expect("the template is well-formed")
}
