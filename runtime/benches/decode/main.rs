//! Measures what it costs to keep everything: a page of messages read as resources, which keep
//! properties that the pages do not list, against the same fields with serde's derive, which drops
//! them.
//!
//! What comes over the network is bytes. The client sees once that they are text and reads that, as
//! `read_json` does; by hand they are given to serde_json, as reqwest's `json` does. A second ratio is that of
//! text on both sides, which nobody has who reads an answer.
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
    let (resources, derived) = (keep_all(page.as_bytes()), drop_unknown(page.as_bytes()));
    assert_eq!(resources.len(), derived.value.len());
    // Without the option it is a run of tests, and nothing is to be measured.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    println!("a page of 1,000 messages, {} KiB", page.len() / 1024);
    compare("bytes", page.as_bytes(), keep_all, drop_unknown);
    compare(
        "text",
        page.as_str(),
        keep_all_of_text,
        drop_unknown_of_text,
    );
}

fn compare<T: Copy, K, D>(what: &str, page: T, keep: impl Fn(T) -> K, drop: impl Fn(T) -> D) {
    let (mut kept, mut dropped) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        kept = kept.min(time(|| keep(page)));
        dropped = dropped.min(time(|| drop(page)));
    }
    let ratio = kept.as_secs_f64() / dropped.as_secs_f64();
    println!("{what}: resources, which keep everything {kept:.2?}");
    println!("{what}: serde's derive, which drops {dropped:.2?}");
    println!("{what}: ratio {ratio:.2}");
}

fn keep_all(page: &[u8]) -> Collection<resource::Message> {
    keep_all_of_text(str::from_utf8(page).expect("the page is text"))
}

fn keep_all_of_text(page: &str) -> Collection<resource::Message> {
    from_json(page).expect("the page is a collection of messages")
}

fn drop_unknown(page: &[u8]) -> derived::Page {
    serde_json::from_slice(page).expect("the page has messages")
}

fn drop_unknown_of_text(page: &str) -> derived::Page {
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
