//! The API that the pages of all cases document.
//!
//! Each case stands for one peculiarity of the dialect. What a reader makes of it is compared in
//! `tests/expected`; that the code made of it compiles without a warning is shown here, and that
//! it does what the page's examples show, in `tests/examples.rs`.

#![deny(warnings)]

include!(concat!(env!("OUT_DIR"), "/api.rs"));

pub use api::*;
