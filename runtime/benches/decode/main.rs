//! Measures what it costs to keep everything: a page of messages read as resources, which keep
//! properties that the pages do not list, against the same fields with serde's derive, which drops
//! them.
//!
//! Both are measured in turns, and the quickest of the rounds counts: whatever else the machine
//! does makes a round slower and never quicker.

mod page;
mod types;

use std::hint::black_box;
use std::time::{Duration, Instant};

use docwright_client::{Collection, from_json};

use types::{derived, resource};

const ROUNDS: usize = 500;

fn main() {
    let page = page::of_messages(1_000);
    let resources = keep_all(&page);
    let derived = drop_unknown(&page);
    assert_eq!(resources.len(), derived.value.len());
    // Without the option it is a run of tests, and nothing is to be measured.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let (mut kept, mut dropped) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        kept = kept.min(time(|| keep_all(&page)));
        dropped = dropped.min(time(|| drop_unknown(&page)));
    }
    println!("a page of 1,000 messages, {} KiB", page.len() / 1024);
    println!("resources, which keep everything: {kept:>8.2?}");
    println!("serde's derive, which drops:      {dropped:>8.2?}");
    let ratio = kept.as_secs_f64() / dropped.as_secs_f64();
    println!("ratio:                            {ratio:>8.2}");
}

fn keep_all(page: &str) -> Collection<resource::Message> {
    from_json(page).expect("the page is a collection of messages")
}

fn drop_unknown(page: &str) -> derived::Page {
    serde_json::from_str(page).expect("the page has messages")
}

/// How long it takes to make a value, without the time to drop it.
fn time<T>(make: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let value = black_box(make());
    let needed = start.elapsed();
    drop(value);
    needed
}
